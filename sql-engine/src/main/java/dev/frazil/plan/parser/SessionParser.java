package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parses the statements that change a session: its transaction, its schema, its time zone, its
 * idempotency token, its other properties.
 */
final class SessionParser {
  private final TokenReader reader;

  SessionParser(TokenReader reader) {
    this.reader = reader;
  }

  ParsedStatement startTransaction() {
    if (reader.accept("start")) {
      reader.expect("transaction");
    } else {
      reader.expect("begin");
      if (!reader.accept("transaction")) {
        reader.accept("work");
      }
    }
    Modes modes = modes(true);
    TravelledTable.Version moment = reader.atEnd() ? null : TimeTravelClause.read(reader);
    reader.expectEnd();
    return new ParsedStatement.StartTransaction(modes.readOnly(), modes.serializable(), moment);
  }

  private record Modes(@Nullable Boolean readOnly, @Nullable Boolean serializable) {}

  /**
   * @param beforeMoment whether FOR ... AS OF may follow
   */
  private Modes modes(boolean beforeMoment) {
    @Nullable Boolean readOnly = null;
    @Nullable Boolean serializable = null;
    while (!reader.atEnd()) {
      if (beforeMoment && (reader.peek().is("for") || TimeTravelClause.isUnit(reader.peek()))) {
        break;
      }
      if (reader.accept("read", "only")) {
        readOnly = true;
      } else if (reader.accept("read", "write")) {
        readOnly = false;
      } else if (reader.accept("isolation", "level")) {
        serializable = isolation();
      } else {
        throw reader.expected("READ ONLY, READ WRITE or ISOLATION LEVEL");
      }
      reader.acceptSymbol(",");
    }
    return new Modes(readOnly, serializable);
  }

  /** Levels below snapshot isolation get snapshot isolation, as ISO allows. */
  private boolean isolation() {
    if (reader.accept("serializable")) {
      return true;
    }
    if (reader.accept("snapshot")
        || reader.accept("repeatable", "read")
        || reader.accept("read", "committed")
        || reader.accept("read", "uncommitted")) {
      return false;
    }
    throw reader.expected("SERIALIZABLE or SNAPSHOT");
  }

  ParsedStatement commit() {
    return endTransaction(new ParsedStatement.Commit());
  }

  private ParsedStatement endTransaction(ParsedStatement statement) {
    reader.next();
    if (!reader.accept("work")) {
      reader.accept("transaction");
    }
    if (reader.peek().is("and")) {
      throw reader.source().unsupported(reader.peek().start(), "AND CHAIN");
    }
    reader.expectEnd();
    return statement;
  }

  ParsedStatement rollback() {
    int toWord = reader.peek(1).is("work") || reader.peek(1).is("transaction") ? 2 : 1;
    if (!reader.peek(toWord).is("to")) {
      return endTransaction(new ParsedStatement.Rollback());
    }
    reader.moveTo(reader.index() + toWord + 1);
    acceptSavepointWord();
    return new ParsedStatement.RollbackTo(savepointName());
  }

  ParsedStatement savepoint() {
    reader.expect("savepoint");
    return new ParsedStatement.SetSavepoint(savepointName());
  }

  ParsedStatement release() {
    reader.expect("release");
    acceptSavepointWord();
    return new ParsedStatement.ReleaseSavepoint(savepointName());
  }

  /** The word may itself be the name, where nothing follows it. */
  private void acceptSavepointWord() {
    if (reader.peek(1).kind() != Kind.END) {
      reader.accept("savepoint");
    }
  }

  private String savepointName() {
    String name = reader.simpleName("savepoint").value();
    reader.expectEnd();
    return name;
  }

  /** SHOW COMMIT STATE, up to here, [OF] 'token'. */
  ParsedStatement showCommitState() {
    reader.accept("of");
    String token = reader.string("an idempotency token in quotes");
    reader.expectEnd();
    return new ParsedStatement.ShowCommitState(token);
  }

  private ParsedStatement idempotencyToken() {
    acceptEquals();
    boolean initial = reader.accept("default");
    boolean none = !initial && reader.accept("null");
    String token = initial || none ? null : reader.string("a text in quotes, NULL or DEFAULT");
    reader.expectEnd();
    return new ParsedStatement.SetIdempotencyToken(token, initial);
  }

  ParsedStatement use() {
    reader.expect("use");
    if (reader.peek(1).kind() != Kind.END && !reader.peek(1).isSymbol(".")) {
      reader.accept("schema");
    }
    TableName name = reader.name("schema");
    reader.expectEnd();
    return new ParsedStatement.UseSchema(name);
  }

  ParsedStatement set() {
    reader.expect("set");
    if (reader.accept("transaction")) {
      return transactionModes(false);
    }
    if (reader.accept("session", "characteristics")) {
      reader.expect("as", "transaction");
      return transactionModes(true);
    }
    if (reader.peek().is("session") && reader.peek(1).isName()) {
      reader.next();
    }
    if (reader.accept("schema")) {
      acceptEquals();
      if (reader.peek().kind() == Kind.STRING) {
        int offset = reader.peek().start();
        String text = reader.next().value();
        reader.expectEnd();
        return new ParsedStatement.UseSchema(
            new TableName(List.of(new TableName.Part(text, true)), offset));
      }
      TableName name = reader.name("schema");
      reader.expectEnd();
      return new ParsedStatement.UseSchema(name);
    }
    if (reader.accept("time", "zone")) {
      return timeZone();
    }
    if (reader.accept("timezone")) {
      acceptEquals();
      return timeZone();
    }
    if (reader.accept("idempotency_token") || reader.accept("idempotencytoken")) {
      return idempotencyToken();
    }
    return property();
  }

  private void acceptEquals() {
    if (!reader.acceptSymbol("=")) {
      reader.accept("to");
    }
  }

  private ParsedStatement transactionModes(boolean ofSession) {
    if (reader.atEnd()) {
      throw reader.expected("READ ONLY, READ WRITE or ISOLATION LEVEL");
    }
    Modes modes = modes(false);
    return new ParsedStatement.SetTransaction(modes.readOnly(), modes.serializable(), ofSession);
  }

  /** A name of ours, or Spark's {@code [spark.]wap.branch} and {@code wap.id}. */
  private SqlToken propertyName() {
    SqlToken name = reader.simpleName("property of the connection");
    if (name.is("spark") && reader.peek().isSymbol(".") && reader.peek(1).is("wap")) {
      reader.next();
      name = reader.next();
    }
    if (name.is("wap") && reader.acceptSymbol(".")) {
      SqlToken part = reader.simpleName("property such as wap.branch");
      return new SqlToken(Kind.WORD, name.start(), part.end(), "wap" + part.value());
    }
    return name;
  }

  /** SET, up to here, name = value. */
  private ParsedStatement property() {
    SqlToken name = propertyName();
    if (!reader.acceptSymbol("=") && !reader.accept("to")) {
      throw reader
          .source()
          .unsupported(name.start(), "SET " + name.value().toUpperCase(Locale.ROOT));
    }
    boolean initial = reader.accept("default");
    String value = null;
    if (!initial) {
      SqlToken token = reader.peek();
      if (token.kind() != Kind.STRING && token.kind() != Kind.NUMBER && !token.isName()) {
        throw reader.expected("a value or DEFAULT");
      }
      value = reader.next().value();
    }
    reader.expectEnd();
    return new ParsedStatement.SetProperty(name.value(), value);
  }

  /** The zone of SET TIME ZONE: a text, an interval as ISO has it, or LOCAL. */
  private ParsedStatement timeZone() {
    if (reader.accept("local") || reader.accept("default")) {
      reader.expectEnd();
      return new ParsedStatement.SetTimeZone(null, reader.peek().start());
    }
    boolean isInterval = reader.accept("interval");
    SqlToken zone = reader.peek();
    if (zone.kind() != Kind.STRING) {
      throw reader.expected("a time zone such as 'Europe/Berlin' or '+02:00', or LOCAL");
    }
    reader.next();
    if (isInterval) {
      reader.expect("hour");
      if (reader.accept("to")) {
        reader.expect("minute");
      }
    }
    reader.expectEnd();
    return new ParsedStatement.SetTimeZone(zone.value().strip(), zone.start());
  }
}
