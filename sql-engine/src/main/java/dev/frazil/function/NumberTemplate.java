package dev.frazil.function;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A pattern of PostgreSQL for numbers: digits {@code 9} and {@code 0}, {@code .} and {@code D},
 * {@code ,} and {@code G}, the signs {@code S}, {@code MI}, {@code SG}, {@code PR}, {@code L},
 * {@code FM}, and other characters as they are. Immutable.
 */
final class NumberTemplate {
  /** What a piece of the pattern shows. */
  private enum Part {
    NINE,
    ZERO,
    POINT,
    GROUP,
    SIGN,
    MINUS,
    BOTH_SIGNS,
    BRACKETS,
    LITERAL
  }

  private record Piece(Part part, String text) {}

  private final String pattern;
  private final List<Piece> pieces = new ArrayList<>();
  private boolean isFilled = true;
  private int integerDigits;
  private int fractionDigits;

  /** Fraction digits that stay in FM though they are zeros. */
  private int fixedFraction;

  private NumberTemplate(String pattern) {
    this.pattern = pattern;
  }

  static NumberTemplate compile(String pattern) {
    NumberTemplate template = new NumberTemplate(pattern);
    template.compile();
    return template;
  }

  private void compile() {
    boolean isFraction = false;
    int at = 0;
    while (at < pattern.length()) {
      char character = Character.toUpperCase(pattern.charAt(at));
      String two =
          pattern.substring(at, Math.min(at + 2, pattern.length())).toUpperCase(Locale.ROOT);
      at++;
      if (character == '9' || character == '0') {
        if (isFraction) {
          fractionDigits++;
          fixedFraction = character == '0' ? fractionDigits : fixedFraction;
        } else {
          integerDigits++;
        }
        add(character == '9' ? Part.NINE : Part.ZERO, "");
      } else if (character == '.' || character == 'D') {
        if (isFraction) {
          throw invalid("a second decimal point");
        }
        isFraction = true;
        add(Part.POINT, ".");
      } else if (character == ',' || character == 'G') {
        add(Part.GROUP, ",");
      } else if (two.equals("FM")) {
        isFilled = false;
        at++;
      } else if (two.equals("MI") || two.equals("SG") || two.equals("PR")) {
        add(two.equals("MI") ? Part.MINUS : two.equals("SG") ? Part.BOTH_SIGNS : Part.BRACKETS, "");
        at++;
      } else if (character == 'S') {
        add(Part.SIGN, "");
      } else if (character == 'L') {
        add(Part.LITERAL, "$");
      } else if (character == '"') {
        int end = pattern.indexOf('"', at);
        if (end < 0) {
          throw invalid("a quote not closed");
        }
        add(Part.LITERAL, pattern.substring(at, end));
        at = end + 1;
      } else if (Character.isLetter(character)) {
        throw invalid(
            "'" + FunctionErrors.shown(pattern.substring(at - 1)) + "', which is not supported");
      } else {
        add(Part.LITERAL, pattern.substring(at - 1, at));
      }
    }
    long signs =
        pieces.stream()
            .filter(
                piece ->
                    switch (piece.part()) {
                      case SIGN, MINUS, BOTH_SIGNS, BRACKETS -> true;
                      case NINE, ZERO, POINT, GROUP, LITERAL -> false;
                    })
            .count();
    if (signs > 1) {
      throw invalid("more than one sign");
    } else if (integerDigits + fractionDigits == 0 || integerDigits + fractionDigits > 1000) {
      throw invalid("no digits, or more than 1000");
    }
  }

  private void add(Part part, String text) {
    pieces.add(new Piece(part, text));
  }

  private RuntimeException invalid(String what) {
    return FunctionErrors.argument(
        "the pattern '" + FunctionErrors.shown(pattern) + "' of a number has " + what);
  }

  String format(BigDecimal number) {
    BigDecimal rounded = number.setScale(fractionDigits, RoundingMode.HALF_UP);
    String digits = rounded.abs().unscaledValue().toString();
    String padded = "0".repeat(Math.max(0, fractionDigits + 1 - digits.length())) + digits;
    String whole = padded.substring(0, padded.length() - fractionDigits);
    String fraction = padded.substring(padded.length() - fractionDigits);
    boolean fits = whole.length() <= integerDigits || whole.equals("0");
    return new Writer(this, rounded.signum() < 0, fits ? whole : "", fraction, fits).text();
  }

  /** The number of a text; signs, groups and blanks may stand anywhere. */
  BigDecimal parse(String text) {
    StringBuilder digits = new StringBuilder();
    boolean negative = false;
    boolean isFraction = false;
    int fraction = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character >= '0' && character <= '9') {
        if (!isFraction || fraction++ < fractionDigits) {
          digits.append(character);
        }
      } else if (character == '.' && !isFraction) {
        isFraction = true;
        digits.append('.');
      } else if (character == '-' || character == '<') {
        negative = true;
      } else if (Character.isLetter(character) || character == '.') {
        throw FunctionErrors.notA(text, "a number in the pattern '" + pattern + "'");
      }
    }
    if (digits.chars().noneMatch(Character::isDigit)) {
      throw FunctionErrors.notA(text, "a number in the pattern '" + pattern + "'");
    }
    BigDecimal number = new BigDecimal(digits.toString());
    return negative ? number.negate() : number;
  }

  /** One number on its way into text. */
  private static final class Writer {
    private final NumberTemplate template;
    private final boolean negative;
    private final String whole;
    private final String fraction;
    private final boolean fits;
    private final StringBuilder text = new StringBuilder();
    private final boolean hasSignColumn;
    private boolean begun;
    private boolean columnWritten;
    private int lastBlank = -1;

    Writer(NumberTemplate template, boolean negative, String whole, String fraction, boolean fits) {
      this.template = template;
      this.negative = negative;
      this.whole = whole;
      this.fraction = fraction;
      this.fits = fits;
      this.hasSignColumn =
          template.pieces.stream()
              .noneMatch(
                  piece ->
                      piece.part() == Part.MINUS
                          || piece.part() == Part.BOTH_SIGNS
                          || (piece.part() == Part.SIGN && !isLeading(piece)));
    }

    private boolean isLeading(Piece sign) {
      int at = template.pieces.indexOf(sign);
      return template.pieces.subList(0, at).stream()
          .noneMatch(piece -> piece.part() == Part.NINE || piece.part() == Part.ZERO);
    }

    String text() {
      int position = 0;
      int fractionPosition = 0;
      boolean zeros = false;
      boolean isFraction = false;
      for (Piece piece : template.pieces) {
        switch (piece.part()) {
          case NINE, ZERO -> {
            if (isFraction) {
              fraction(fractionPosition++);
              continue;
            }
            zeros |= piece.part() == Part.ZERO;
            integer(position++, zeros);
          }
          case POINT -> {
            begin();
            isFraction = true;
            text.append('.');
          }
          case GROUP -> {
            if (begun) {
              text.append(piece.text());
            } else {
              blank();
            }
          }
          case MINUS -> text.append(negative ? "-" : template.isFilled ? " " : "");
          case BOTH_SIGNS -> text.append(negative ? '-' : '+');
          case SIGN -> {
            if (!hasSignColumn) {
              text.append(negative ? '-' : '+');
            }
          }
          case BRACKETS -> text.append(negative ? ">" : template.isFilled ? " " : "");
          case LITERAL -> text.append(piece.text());
        }
      }
      return text.toString();
    }

    /** {@code position} counts the digits of the pattern before the point, from the left. */
    private void integer(int position, boolean zeros) {
      column();
      int index = position - (template.integerDigits - whole.length());
      boolean isHiddenZero = whole.equals("0") && template.fractionDigits > 0 && !zeros;
      if (!fits) {
        begin();
        text.append('#');
      } else if (index >= 0 && !isHiddenZero) {
        begin();
        text.append(whole.charAt(index));
      } else if (zeros) {
        begin();
        text.append('0');
      } else {
        blank();
      }
    }

    private void fraction(int position) {
      boolean isCut = !template.isFilled && position >= template.fixedFraction;
      boolean onlyZeros = fraction.substring(position).chars().allMatch(digit -> digit == '0');
      if (!fits) {
        text.append('#');
      } else if (!isCut || !onlyZeros) {
        text.append(fraction.charAt(position));
      }
    }

    private void column() {
      if (!columnWritten && hasSignColumn) {
        blank();
      }
      columnWritten = true;
    }

    private void blank() {
      if (template.isFilled) {
        lastBlank = text.length();
        text.append(' ');
      }
    }

    /** Puts the sign before the first digit. */
    private void begin() {
      column();
      if (begun) {
        return;
      }
      begun = true;
      if (!hasSignColumn) {
        return;
      }
      boolean showsPlus = template.pieces.stream().anyMatch(piece -> piece.part() == Part.SIGN);
      boolean brackets = template.pieces.stream().anyMatch(piece -> piece.part() == Part.BRACKETS);
      String sign = negative ? (brackets ? "<" : "-") : showsPlus ? "+" : "";
      if (sign.isEmpty()) {
        return;
      }
      if (lastBlank >= 0) {
        text.setCharAt(lastBlank, sign.charAt(0));
      } else {
        text.append(sign);
      }
    }
  }
}
