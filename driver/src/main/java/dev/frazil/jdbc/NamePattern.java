package dev.frazil.jdbc;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of a metadata call: {@code %} any text, {@code _} any character, {@code \} takes the
 * next one as it is. Never becomes SQL. Time is linear in pattern times name.
 */
final class NamePattern {
  static final String ESCAPE = "\\";

  private final @Nullable String pattern;
  private final @Nullable String exact;

  /** Null matches everything. */
  NamePattern(@Nullable String pattern) {
    this.pattern = pattern;
    this.exact = pattern == null ? null : unescaped(pattern);
  }

  /** The only name that matches; null where several may. */
  @Nullable String exact() {
    return exact;
  }

  private static @Nullable String unescaped(String pattern) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < pattern.length(); at++) {
      char c = pattern.charAt(at);
      if (c == '%' || c == '_') {
        return null;
      }
      if (c == '\\' && at + 1 < pattern.length()) {
        c = pattern.charAt(++at);
      }
      text.append(c);
    }
    return text.toString();
  }

  boolean matches(String name) {
    String wanted = pattern;
    if (wanted == null || wanted.equals("%")) {
      return true;
    }
    if (exact != null) {
      return exact.equals(name);
    }
    int[] characters = name.codePoints().toArray();
    int[] signs = wanted.codePoints().toArray();
    // Bit i: what was read of the pattern matches the first i characters.
    BitSet reached = new BitSet(characters.length + 1);
    reached.set(0);
    for (int at = 0; at < signs.length; at++) {
      int sign = signs[at];
      if (sign == '%') {
        int first = reached.nextSetBit(0);
        if (first >= 0) {
          reached.set(first, characters.length + 1);
        }
        continue;
      }
      boolean any = sign == '_';
      if (sign == '\\' && at + 1 < signs.length) {
        sign = signs[++at];
      }
      for (int i = characters.length; i > 0; i--) {
        reached.set(i, reached.get(i - 1) && (any || characters[i - 1] == sign));
      }
      reached.clear(0);
    }
    return reached.get(characters.length);
  }
}
