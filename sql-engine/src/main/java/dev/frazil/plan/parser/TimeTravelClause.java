package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import dev.frazil.plan.parser.TravelledTable.Version;

/** Reads {@code FOR VERSION | SYSTEM_VERSION | TIMESTAMP | SYSTEM_TIME AS OF ...}. */
final class TimeTravelClause {
  private TimeTravelClause() {}

  static Version read(TokenReader reader) {
    reader.expect("for");
    SqlToken unit = reader.next();
    reader.expect("as", "of");
    if (unit.is("version") || unit.is("system_version")) {
      return version(reader);
    }
    if (unit.is("timestamp") || unit.is("system_time")) {
      return time(reader);
    }
    throw reader
        .source()
        .syntaxError(
            unit.start(),
            "expected SYSTEM_TIME, TIMESTAMP or VERSION after FOR, found " + unit.describe());
  }

  private static Version version(TokenReader reader) {
    SqlToken token = reader.next();
    if (token.kind() == Kind.STRING) {
      return new Version.Reference(token.value());
    }
    if (token.kind() == Kind.NUMBER && token.value().matches("[0-9]{1,19}")) {
      try {
        return new Version.SnapshotId(Long.parseLong(token.value()));
      } catch (NumberFormatException e) {
        throw reader.source().syntaxError(token.start(), "the snapshot id is out of range");
      }
    }
    if (token.kind() == Kind.PARAMETER) {
      throw reader.source().unsupported(token.start(), "a parameter in FOR VERSION AS OF");
    }
    throw reader
        .source()
        .syntaxError(
            token.start(),
            "expected a snapshot id or the name of a branch or tag in quotes, found "
                + token.describe());
  }

  private static Version time(TokenReader reader) {
    int offset = reader.peek().start();
    if (reader.accept("timestamp")) {
      if (reader.accept("with")) {
        reader.accept("local");
        reader.expect("time", "zone");
      }
    } else {
      reader.accept("date");
    }
    if (reader.peek().kind() != Kind.STRING) {
      if (reader.peek().kind() == Kind.NUMBER
          || reader.peek().kind() == Kind.END
          || (reader.peek().kind() == Kind.SYMBOL && !reader.peek().isSymbol("("))) {
        throw reader.expected("a timestamp in quotes");
      }
      throw reader
          .source()
          .unsupported(reader.peek().start(), "a time travel to anything but a literal in quotes");
    }
    return new Version.AsOf(reader.next().value(), offset);
  }
}
