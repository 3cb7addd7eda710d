package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import dev.frazil.plan.parser.TravelledTable.Version;

/** Reads {@code [FOR] VERSION | SYSTEM_VERSION | TIMESTAMP | SYSTEM_TIME AS OF ...}. */
final class TimeTravelClause {
  private TimeTravelClause() {}

  /** Whether a word says what is travelled to. */
  static boolean isUnit(SqlToken word) {
    return isVersion(word) || isTime(word);
  }

  private static boolean isVersion(SqlToken word) {
    return word.is("version") || word.is("system_version");
  }

  private static boolean isTime(SqlToken word) {
    return word.is("timestamp") || word.is("system_time");
  }

  static Version read(TokenReader reader) {
    reader.accept("for");
    SqlToken unit = reader.next();
    reader.expect("as", "of");
    if (isVersion(unit)) {
      return version(reader);
    }
    if (isTime(unit)) {
      return time(reader);
    }
    throw reader
        .source()
        .syntaxError(
            unit.start(),
            "expected SYSTEM_TIME, TIMESTAMP or VERSION after FOR, found " + unit.describe());
  }

  /** {@code TIMESTAMP ts} or {@code VERSION n}. */
  static Version moment(TokenReader reader) {
    SqlToken unit = reader.peek();
    if (!isUnit(unit)) {
      throw reader.expected("TIMESTAMP or VERSION");
    }
    reader.next();
    return isVersion(unit) ? version(reader) : time(reader);
  }

  private static Version version(TokenReader reader) {
    SqlToken token = reader.peek();
    if (token.kind() == Kind.END || (token.kind() == Kind.SYMBOL && !token.isSymbol("("))) {
      throw reader.expected("a snapshot id or the name of a branch or tag in quotes");
    }
    Slice expression = expression(reader);
    if (expression.size() > 1) {
      return new Version.ComputedVersion(expression);
    }
    if (token.kind() == Kind.STRING) {
      return new Version.Reference(token.value());
    }
    if (token.kind() == Kind.NUMBER) {
      try {
        return new Version.SnapshotId(Long.parseLong(token.value()));
      } catch (NumberFormatException e) {
        throw reader.source().syntaxError(token.start(), "the snapshot id is out of range");
      }
    }
    return new Version.ComputedVersion(expression);
  }

  private static Version time(TokenReader reader) {
    SqlToken first = reader.peek();
    if (first.kind() == Kind.NUMBER
        || first.kind() == Kind.END
        || (first.kind() == Kind.SYMBOL && !first.isSymbol("("))) {
      throw reader.expected("a timestamp");
    }
    Slice expression = expression(reader);
    boolean isLiteral = true;
    for (int i = expression.from(); i < expression.to() - 1; i++) {
      SqlToken word = reader.tokens().get(i);
      isLiteral &=
          word.is("timestamp")
              || word.is("date")
              || word.is("with")
              || word.is("local")
              || word.is("time")
              || word.is("zone");
    }
    SqlToken last = reader.tokens().get(expression.to() - 1);
    return isLiteral && last.kind() == Kind.STRING
        ? new Version.AsOf(last.value(), first.start())
        : new Version.ComputedTime(expression);
  }

  /** The tokens of a constant; 0A000 for a query in it. */
  private static Slice expression(TokenReader reader) {
    int from = reader.index();
    ConstantExtent.skip(reader);
    for (int i = from; i < reader.index(); i++) {
      SqlToken token = reader.tokens().get(i);
      if (token.is("select") || token.is("values") || token.is("table")) {
        throw reader.source().unsupported(token.start(), "a sub-query in FOR ... AS OF");
      }
    }
    return new Slice(from, reader.index());
  }
}
