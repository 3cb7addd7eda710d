package dev.frazil.function;

import dev.frazil.vector.VectorBuilder;

/** Finds texts in texts and tells how far they are from each other. */
final class TextSearch {
  private static final String SOUNDEX = "01230120022455012623010202";

  private TextSearch() {}

  static void position(Arguments in, VectorBuilder out) {
    String text = in.text(0);
    String needle = in.text(1);
    long occurrence = in.count() > 2 ? in.integer(2) : 1;
    if (occurrence == 0) {
      throw FunctionErrors.argument("occurrences are counted from 1, or from -1");
    }
    int at = occurrence > 0 ? text.indexOf(needle) : text.lastIndexOf(needle);
    long before = occurrence > 0 ? occurrence - 1 : -(occurrence + 1);
    for (long n = 0; at >= 0 && n < before; n++) {
      at = occurrence > 0 ? next(text, needle, at) : lastBefore(text, needle, at);
    }
    out.appendLong(at < 0 ? 0 : 1 + text.codePointCount(0, at));
  }

  /** An empty text stands once between two characters, and nowhere behind the last. */
  private static int next(String text, String needle, int at) {
    return at >= text.length() ? -1 : text.indexOf(needle, at + 1);
  }

  private static int lastBefore(String text, String needle, int at) {
    return at == 0 ? -1 : text.lastIndexOf(needle, at - 1);
  }

  static void levenshtein(Arguments in, VectorBuilder out) {
    int[] left = in.text(0).codePoints().toArray();
    int[] right = in.text(1).codePoints().toArray();
    if ((long) left.length * right.length > 100_000_000L) {
      throw FunctionErrors.argument("the texts of levenshtein_distance are too long");
    }
    int[] previous = new int[right.length + 1];
    int[] current = new int[right.length + 1];
    for (int j = 0; j <= right.length; j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length; i++) {
      current[0] = i;
      for (int j = 1; j <= right.length; j++) {
        int change = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
        current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    out.appendLong(previous[right.length]);
  }

  static void hamming(Arguments in, VectorBuilder out) {
    int[] left = in.text(0).codePoints().toArray();
    int[] right = in.text(1).codePoints().toArray();
    if (left.length != right.length) {
      throw FunctionErrors.argument("the texts of hamming_distance must have one length");
    }
    int distance = 0;
    for (int i = 0; i < left.length; i++) {
      distance += left[i] == right[i] ? 0 : 1;
    }
    out.appendLong(distance);
  }

  /** Vowels part equal codes, H and W do not. */
  static void soundex(Arguments in, VectorBuilder out) {
    out.appendText(soundex(in.text(0)));
  }

  static String soundex(String name) {
    StringBuilder code = new StringBuilder(4);
    char last = '0';
    for (int i = 0; i < name.length(); i++) {
      char upper = Character.toUpperCase(name.charAt(i));
      if (upper < 'A' || upper > 'Z') {
        continue;
      }
      char digit = SOUNDEX.charAt(upper - 'A');
      if (code.isEmpty()) {
        code.append(upper);
      } else if (digit != '0' && digit != last && code.length() < 4) {
        code.append(digit);
      }
      if (upper != 'H' && upper != 'W') {
        last = digit;
      }
    }
    if (!code.isEmpty()) {
      code.append("0".repeat(4 - code.length()));
    }
    return code.toString();
  }
}
