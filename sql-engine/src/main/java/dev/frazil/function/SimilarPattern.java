package dev.frazil.function;

/** A pattern of SIMILAR TO (ISO 9075) as a regular expression. */
final class SimilarPattern {
  private SimilarPattern() {}

  /**
   * @param escape one character, or '' for none
   */
  static String toRegex(String pattern, String escape) {
    if (escape.codePointCount(0, escape.length()) > 1) {
      throw FunctionErrors.argument("the escape of SIMILAR TO is one character or none");
    }
    StringBuilder regex = new StringBuilder("(?:");
    boolean inBrackets = false;
    for (int i = 0; i < pattern.length(); i++) {
      char character = pattern.charAt(i);
      if (!escape.isEmpty() && pattern.startsWith(escape, i)) {
        i += escape.length();
        if (i >= pattern.length()) {
          throw FunctionErrors.argument("the pattern of SIMILAR TO ends with its escape");
        }
        int literal = pattern.codePointAt(i);
        regex.append(com.google.re2j.Pattern.quote(Character.toString(literal)));
        i += Character.charCount(literal) - 1;
      } else if (inBrackets) {
        inBrackets = character != ']';
        regex.append(character == '\\' ? "\\\\" : String.valueOf(character));
      } else {
        switch (character) {
          case '%' -> regex.append(".*");
          case '_' -> regex.append('.');
          case '[' -> {
            inBrackets = true;
            regex.append('[');
          }
          case '.', '^', '$', '\\' -> regex.append('\\').append(character);
          default -> regex.append(character);
        }
      }
    }
    return regex.append(')').toString();
  }
}
