package dev.frazil.function;

import dev.frazil.function.NumberTemplate.Part;
import dev.frazil.function.NumberTemplate.Piece;

/** One number on its way into text. */
final class NumberTemplateWriter {
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

  NumberTemplateWriter(
      NumberTemplate template, boolean negative, String whole, String fraction, boolean fits) {
    this.template = template;
    this.negative = negative;
    this.whole = whole;
    this.fraction = fraction;
    this.fits = fits;
    this.hasSignColumn =
        template.pieces().stream()
            .noneMatch(
                piece ->
                    piece.part() == Part.MINUS
                        || piece.part() == Part.BOTH_SIGNS
                        || (piece.part() == Part.SIGN && !isLeading(piece)));
  }

  private boolean isLeading(Piece sign) {
    int at = template.pieces().indexOf(sign);
    return template.pieces().subList(0, at).stream()
        .noneMatch(piece -> piece.part() == Part.NINE || piece.part() == Part.ZERO);
  }

  String text() {
    int position = 0;
    int fractionPosition = 0;
    boolean zeros = false;
    boolean isFraction = false;
    for (Piece piece : template.pieces()) {
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
        case MINUS -> text.append(negative ? "-" : template.isFilled() ? " " : "");
        case BOTH_SIGNS -> text.append(negative ? '-' : '+');
        case SIGN -> {
          if (!hasSignColumn) {
            text.append(negative ? '-' : '+');
          }
        }
        case PLUS -> text.append(!negative ? "+" : template.isFilled() ? " " : "");
        case ORDINAL -> {
          if (fits && !negative && !isFraction && !template.has(Part.POINT)) {
            text.append(TimeTemplateWriter.ordinal(whole, piece.text()));
          }
        }
        case BRACKETS -> text.append(negative ? ">" : template.isFilled() ? " " : "");
        case LITERAL -> text.append(piece.text());
      }
    }
    return text.toString();
  }

  /** {@code position} counts the digits of the pattern before the point, from the left. */
  private void integer(int position, boolean zeros) {
    column();
    int index = position - (template.integerDigits() - whole.length());
    boolean isHiddenZero =
        whole.equals("0") && template.fractionDigits() > 0 && !zeros && !isBarePoint();
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

  /** Nothing would be left of 0 in FM9.9 but the point: PostgreSQL writes {@code 0.} */
  private boolean isBarePoint() {
    return !template.isFilled()
        && template.fixedFraction() == 0
        && fraction.chars().allMatch(digit -> digit == '0');
  }

  private void fraction(int position) {
    boolean isCut = !template.isFilled() && position >= template.fixedFraction();
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
    if (template.isFilled()) {
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
    boolean showsPlus = template.has(Part.SIGN);
    boolean brackets = template.has(Part.BRACKETS);
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
