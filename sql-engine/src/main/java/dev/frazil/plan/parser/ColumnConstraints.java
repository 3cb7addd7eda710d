package dev.frazil.plan.parser;

import dev.frazil.error.EngineException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What stands behind the type of a column: how far a DEFAULT reaches, and what is refused. */
final class ColumnConstraints {
  private static final Set<String> NEXT =
      Set.of(
          "check",
          "collate",
          "comment",
          "constraint",
          "default",
          "generated",
          "primary",
          "references",
          "unique");

  private static final Set<String> SERIAL_TYPES =
      Set.of(
          "autoincrement", "bigserial", "serial", "serial2", "serial4", "serial8", "smallserial");

  private ColumnConstraints() {}

  /**
   * The expression behind DEFAULT, up to the next constraint, column or bracket.
   *
   * @param others words that end it too, where they may stand behind it
   */
  static Slice defaultValue(TokenReader reader, String... others) {
    int first = reader.index();
    int depth = 0;
    while (!reader.atEnd() && !(depth == 0 && ends(reader, reader.index() > first, others))) {
      SqlToken token = reader.next();
      if (token.isSymbol("(") || token.isSymbol("[") || token.is("case")) {
        depth++;
      } else if (token.isSymbol(")") || token.isSymbol("]") || token.is("end")) {
        depth--;
      }
    }
    Slice value = new Slice(first, reader.index());
    if (value.size() == 0) {
      throw reader.expected("the value of DEFAULT");
    }
    return value;
  }

  /**
   * @param begun whether the expression has a token already; NULL may be the whole of it
   */
  private static boolean ends(TokenReader reader, boolean begun, String... others) {
    SqlToken token = reader.peek();
    if (token.isSymbol(",") || token.isSymbol(")")) {
      return true;
    }
    if (!begun || token.kind() != SqlToken.Kind.WORD) {
      return false;
    }
    SqlToken before = reader.tokens().get(reader.index() - 1);
    if (token.is("not")) {
      return reader.peek(1).is("null") && !before.is("is");
    }
    if (token.is("null")) {
      return !before.is("is") && !before.is("not") && !before.is("from") && isOperand(before);
    }
    return NEXT.contains(token.value()) || List.of(others).contains(token.value());
  }

  /** Whether a value may end with the token, so that NULL behind it is no operand. */
  private static boolean isOperand(SqlToken token) {
    return switch (token.kind()) {
      case STRING, NUMBER, WORD, QUOTED, PARAMETER -> true;
      case SYMBOL -> token.isSymbol(")") || token.isSymbol("]");
      case END -> false;
    };
  }

  /** Types that are a counter. */
  static void refuseSerial(TokenReader reader) {
    SqlToken type = reader.peek();
    if (type.kind() == SqlToken.Kind.WORD && SERIAL_TYPES.contains(type.value())) {
      throw noCounter(reader, type, "the type " + type.value().toUpperCase(Locale.ROOT));
    }
  }

  /** Constraints that Frazil knows and does not have. */
  static void refuseOthers(TokenReader reader) {
    SqlToken next = reader.peek();
    if (next.is("references")) {
      throw reader
          .source()
          .unsupported(
              next.start(), "the column constraint " + next.value().toUpperCase(Locale.ROOT));
    }
    if (next.is("autoincrement") || next.is("auto_increment") || next.is("identity")) {
      throw noCounter(
          reader, next, "the column constraint " + next.value().toUpperCase(Locale.ROOT));
    }
    if (reader.accept("generated")) {
      if (reader.accept("always", "as") || reader.accept("by", "default", "as")) {
        if (reader.peek().isSymbol("(")) {
          throw reader
              .source()
              .unsupported(next.start(), "a computed column, GENERATED ALWAYS AS (expression)");
        }
      }
      throw noCounter(reader, next, "the column constraint GENERATED AS IDENTITY");
    }
  }

  /** See docs/adr/no-identity-columns.md. */
  private static EngineException noCounter(TokenReader reader, SqlToken at, String construct) {
    return reader
        .source()
        .unsupported(
            at.start(),
            construct
                + " (a counter that every insert would wait for; use varchar DEFAULT uuidv7(), whose"
                + " values ascend)");
  }
}
