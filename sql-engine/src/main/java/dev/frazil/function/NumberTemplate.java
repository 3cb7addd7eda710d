package dev.frazil.function;

import dev.frazil.error.EngineException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A pattern of PostgreSQL for numbers: digits {@code 9} and {@code 0}, {@code .} and {@code D},
 * {@code ,} and {@code G}, the signs {@code S}, {@code MI}, {@code PL}, {@code SG}, {@code PR},
 * {@code L}, {@code FM}, {@code V}, {@code TH}, {@code EEEE}, {@code RN}, and other characters as
 * they are. Immutable.
 */
final class NumberTemplate {
  private static final int ROMAN_WIDTH = 15;

  /** Longer ones before those that they begin with. */
  private static final List<String> WORDS =
      List.of(
          "EEEE", "FM", "MI", "PL", "PR", "RN", "SG", "SP", "TH", ".", ",", "\"", "B", "C", "D",
          "G", "L", "S", "V");

  /** What a piece of the pattern shows. */
  enum Part {
    NINE,
    ZERO,
    POINT,
    GROUP,
    SIGN,
    MINUS,
    PLUS,
    BOTH_SIGNS,
    BRACKETS,
    ORDINAL,
    LITERAL
  }

  record Piece(Part part, String text) {}

  private final String pattern;
  private final List<Piece> pieces = new ArrayList<>();
  private boolean isFilled = true;
  private int integerDigits;
  private int fractionDigits;

  /** Digits behind V: the number is multiplied by as many tens. */
  private int shift = -1;

  private boolean isScientific;

  /** RN or rn, empty for digits. */
  private String roman = "";

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
      char character = pattern.charAt(at);
      if (character == '9' || character == '0') {
        digit(character, isFraction);
        at++;
        continue;
      }
      String word = wordAt(at);
      if (isScientific && !word.isEmpty()) {
        throw invalid("'" + word + "' behind EEEE, which must be the last");
      }
      switch (word) {
        case ".", "D" -> {
          if (isFraction || shift >= 0) {
            throw invalid(isFraction ? "a second decimal point" : "both V and a decimal point");
          }
          isFraction = true;
          add(Part.POINT, ".");
        }
        case ",", "G" -> add(Part.GROUP, ",");
        case "FM" -> isFilled = false;
        case "MI" -> add(Part.MINUS, "");
        case "PL" -> add(Part.PLUS, "");
        case "SG" -> add(Part.BOTH_SIGNS, "");
        case "PR" -> add(Part.BRACKETS, "");
        case "S" -> add(Part.SIGN, "");
        case "L" -> add(Part.LITERAL, "$");
        case "TH" -> add(Part.ORDINAL, pattern.substring(at, at + 2));
        case "RN" -> roman = pattern.substring(at, at + 2);
        case "EEEE" -> isScientific = true;
        case "V" -> {
          if (isFraction || shift >= 0) {
            throw invalid(isFraction ? "both V and a decimal point" : "a second V");
          }
          shift = 0;
        }
        case "\"" -> at = quoted(at);
        case "" -> {
          at += pattern.startsWith("\\\"", at) ? 1 : 0;
          add(Part.LITERAL, pattern.substring(at, at + 1));
          at++;
        }
        // B, C and SP show nothing, as in PostgreSQL
        default -> {}
      }
      at += word.equals("\"") ? 0 : word.length();
    }
    check();
  }

  private void digit(char character, boolean isFraction) {
    if (isScientific) {
      throw invalid("digits behind EEEE, which must be the last");
    } else if (isFraction) {
      fractionDigits++;
      fixedFraction = character == '0' ? fractionDigits : fixedFraction;
    } else {
      integerDigits++;
      shift += shift >= 0 ? 1 : 0;
    }
    add(character == '9' ? Part.NINE : Part.ZERO, "");
  }

  /** The word in capitals, or empty. */
  private String wordAt(int at) {
    for (String word : WORDS) {
      if (pattern.startsWith(word, at) || pattern.startsWith(word.toLowerCase(Locale.ROOT), at)) {
        return word;
      }
    }
    return "";
  }

  /** Returns where the pattern goes on. */
  private int quoted(int start) {
    int at = start + 1;
    StringBuilder text = new StringBuilder();
    while (at < pattern.length() && pattern.charAt(at) != '"') {
      at += pattern.charAt(at) == '\\' && at + 1 < pattern.length() ? 1 : 0;
      text.append(pattern.charAt(at++));
    }
    add(Part.LITERAL, text.toString());
    return at + 1;
  }

  boolean has(Part part) {
    return pieces.stream().anyMatch(piece -> piece.part() == part);
  }

  private void check() {
    boolean isSigned = has(Part.MINUS) || has(Part.PLUS) || has(Part.BOTH_SIGNS);
    long kinds = pieces.stream().filter(piece -> piece.part() == Part.SIGN).count();
    kinds += (isSigned ? 1 : 0) + (has(Part.BRACKETS) ? 1 : 0);
    if (kinds > 1) {
      throw invalid("more than one sign");
    } else if (isScientific && (kinds > 0 || !isFilled || shift >= 0 || !roman.isEmpty())) {
      throw invalid("EEEE beside more than digits and a point");
    } else if (!roman.isEmpty() && !pieces.isEmpty()) {
      throw invalid("more than FM beside RN");
    } else if (integerDigits + fractionDigits > 1000) {
      throw invalid("more than 1000 digits");
    }
  }

  List<Piece> pieces() {
    return pieces;
  }

  /** Whether blanks fill up what has no digits. */
  boolean isFilled() {
    return isFilled;
  }

  int integerDigits() {
    return integerDigits;
  }

  int fractionDigits() {
    return fractionDigits;
  }

  int fixedFraction() {
    return fixedFraction;
  }

  private void add(Part part, String text) {
    pieces.add(new Piece(part, text));
  }

  private RuntimeException invalid(String what) {
    return FunctionErrors.argument(
        "the pattern '" + FunctionErrors.shown(pattern) + "' of a number has " + what);
  }

  String format(BigDecimal number) {
    if (!roman.isEmpty()) {
      return roman(number);
    } else if (isScientific) {
      return scientific(number);
    }
    BigDecimal rounded =
        number.scaleByPowerOfTen(Math.max(0, shift)).setScale(fractionDigits, RoundingMode.HALF_UP);
    String digits = rounded.abs().unscaledValue().toString();
    String padded = "0".repeat(Math.max(0, fractionDigits + 1 - digits.length())) + digits;
    String whole = padded.substring(0, padded.length() - fractionDigits);
    String fraction = padded.substring(padded.length() - fractionDigits);
    boolean fits = whole.length() <= integerDigits || whole.equals("0");
    return new NumberTemplateWriter(this, rounded.signum() < 0, fits ? whole : "", fraction, fits)
        .text();
  }

  /** Fifteen characters wide, as the longest numeral. */
  private String roman(BigDecimal number) {
    BigDecimal rounded = number.setScale(0, RoundingMode.HALF_UP);
    boolean fits =
        rounded.signum() > 0 && rounded.compareTo(BigDecimal.valueOf(RomanNumerals.MAX)) <= 0;
    String numeral = fits ? RomanNumerals.of(rounded.intValue()) : "#".repeat(ROMAN_WIDTH);
    String filled = isFilled ? " ".repeat(ROMAN_WIDTH - numeral.length()) + numeral : numeral;
    return roman.equals("rn") ? filled.toLowerCase(Locale.ROOT) : filled;
  }

  /** One digit before the point; an exponent of two digits or more. */
  private String scientific(BigDecimal number) {
    int exponent = 0;
    BigDecimal mantissa = number;
    if (number.signum() != 0) {
      mantissa = number.round(new MathContext(fractionDigits + 1, RoundingMode.HALF_UP));
      exponent = mantissa.precision() - mantissa.scale() - 1;
      mantissa = mantissa.scaleByPowerOfTen(-exponent);
    }
    String digits = Integer.toString(Math.abs(exponent));
    return (number.signum() < 0 ? "-" : " ")
        + mantissa.abs().setScale(fractionDigits, RoundingMode.HALF_UP).toPlainString()
        + (exponent < 0 ? "e-" : "e+")
        + (digits.length() < 2 ? "0" : "")
        + digits;
  }

  /**
   * The number of a text; signs, groups, blanks and letters may stand anywhere. What it has no
   * digits for behind the point is cut.
   */
  BigDecimal parse(String text) {
    if (isScientific || !roman.isEmpty()) {
      throw EngineException.unsupported("to_number in a pattern with EEEE or RN");
    }
    StringBuilder digits = new StringBuilder();
    boolean negative = false;
    boolean isFraction = false;
    int fraction = 0;
    int whole = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character >= '0' && character <= '9') {
        if (!isFraction || fraction++ < fractionDigits) {
          digits.append(character);
        }
        whole += isFraction || (whole == 0 && character == '0') ? 0 : 1;
      } else if (character == '.' && !isFraction && has(Part.POINT)) {
        isFraction = true;
        digits.append('.');
      } else if (character == '-' || character == '<') {
        negative = true;
      } else if (character == '.') {
        throw FunctionErrors.notA(text, "a number in the pattern '" + pattern + "'");
      }
    }
    if (whole > integerDigits + Math.max(0, shift)) {
      // PostgreSQL passes over the digits at its end
      throw FunctionErrors.outOfRange(
          "'"
              + FunctionErrors.shown(text)
              + "' has more digits than the pattern '"
              + pattern
              + "'");
    }
    if (digits.chars().noneMatch(Character::isDigit)) {
      throw FunctionErrors.notA(text, "a number in the pattern '" + pattern + "'");
    }
    BigDecimal number = new BigDecimal(digits.toString()).scaleByPowerOfTen(-Math.max(0, shift));
    return negative ? number.negate() : number;
  }
}
