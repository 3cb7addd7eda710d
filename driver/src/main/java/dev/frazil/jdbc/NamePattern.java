package dev.frazil.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * A pattern of a metadata call: {@code %} any text, {@code _} any character, {@code \} takes the
 * next one as it is. Never becomes SQL. Time is linear in pattern times name.
 */
final class NamePattern {
  static final String ESCAPE = "\\";

  private final @Nullable String pattern;

  /** Null matches everything. */
  NamePattern(@Nullable String pattern) {
    this.pattern = pattern;
  }

  boolean matches(String name) {
    String wanted = pattern;
    if (wanted == null || wanted.equals("%")) {
      return true;
    }
    boolean[] reached = new boolean[name.length() + 1];
    reached[0] = true;
    for (int at = 0; at < wanted.length(); at++) {
      char c = wanted.charAt(at);
      if (c == '%') {
        for (int i = 1; i <= name.length(); i++) {
          reached[i] |= reached[i - 1];
        }
        continue;
      }
      boolean any = c == '_';
      if (c == '\\' && at + 1 < wanted.length()) {
        at++;
        c = wanted.charAt(at);
      }
      for (int i = name.length(); i > 0; i--) {
        reached[i] = reached[i - 1] && (any || name.charAt(i - 1) == c);
      }
      reached[0] = false;
    }
    return reached[name.length()];
  }
}
