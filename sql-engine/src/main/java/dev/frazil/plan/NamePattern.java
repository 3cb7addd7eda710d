package dev.frazil.plan;

import dev.frazil.plan.parser.ParsedStatement.Show;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What SHOW ... LIKE wants: {@code %} and, as Spark writes it, {@code *} stand for any characters,
 * {@code _} for one. Whatever the case, as names are looked up.
 */
final class NamePattern {
  private final @Nullable Pattern pattern;

  /**
   * @param text null for every name
   */
  NamePattern(@Nullable String text) {
    pattern = text == null ? null : Pattern.compile(expression(text), Pattern.CASE_INSENSITIVE);
  }

  private static String expression(String text) {
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '%', '*' -> {
          if (i == 0 || !(text.charAt(i - 1) == '%' || text.charAt(i - 1) == '*')) {
            expression.append(".*");
          }
        }
        case '_' -> expression.append('.');
        case Show.ESCAPE -> {
          i++;
          expression.append(Pattern.quote(text.substring(i, i + 1)));
        }
        default -> expression.append(Pattern.quote(String.valueOf(character)));
      }
    }
    return expression.toString();
  }

  boolean matches(String name) {
    return pattern == null || pattern.matcher(name).matches();
  }
}
