package dev.frazil.function;

/** Numbers as Romans wrote them. */
final class RomanNumerals {
  /** The greatest that has a numeral. */
  static final int MAX = 3999;

  private static final int[] VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
  private static final String[] NUMERALS = {
    "M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"
  };

  private RomanNumerals() {}

  /**
   * @param number from 1 to {@link #MAX}
   */
  static String of(int number) {
    StringBuilder text = new StringBuilder();
    int rest = number;
    for (int i = 0; i < VALUES.length; i++) {
      while (rest >= VALUES[i]) {
        text.append(NUMERALS[i]);
        rest -= VALUES[i];
      }
    }
    return text.toString();
  }
}
