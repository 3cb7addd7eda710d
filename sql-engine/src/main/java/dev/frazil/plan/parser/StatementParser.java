package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a statement into its parts. Everything but the expressions and queries inside is parsed
 * here. Errors: 42601 with the position and what was expected, 0A000 for statements that Frazil
 * knows but does not support.
 */
public final class StatementParser {
  private static final Set<String> KNOWN_BUT_UNSUPPORTED =
      Set.of(
          "analyze",
          "deallocate",
          "do",
          "execute",
          "export",
          "grant",
          "import",
          "load",
          "lock",
          "optimize",
          "pivot",
          "prepare",
          "refresh",
          "rename",
          "reset",
          "revoke",
          "unpivot",
          "upsert",
          "vacuum",
          "attach",
          "detach",
          "pragma",
          "cache",
          "declare",
          "fetch",
          "listen",
          "cluster");

  private final TokenReader reader;
  private @Nullable Slice with;
  private @Nullable Slice returning;

  private StatementParser(TokenReader reader) {
    this.reader = reader;
  }

  /** Parses one statement; semicolons at its end are dropped. */
  public static ParsedSql parse(String sql) {
    SqlText source = new SqlText(sql);
    List<SqlToken> tokens = SqlTokenizer.tokens(source);
    int end = tokens.size() - 1;
    while (end > 0 && tokens.get(end - 1).isSymbol(";")) {
      end--;
    }
    TokenReader reader = new TokenReader(source, tokens, 0, end);
    if (reader.atEnd()) {
      throw source.syntaxError(0, "the statement is empty");
    }
    StatementParser parser = new StatementParser(reader);
    ParsedStatement statement = parser.statement();
    return new ParsedSql(source, tokens, statement, parser.with, parser.returning);
  }

  private ParsedStatement statement() {
    SqlToken first = reader.peek();
    if (first.isSymbol("(")) {
      return query();
    }
    if (first.kind() != Kind.WORD) {
      throw reader.expected("a statement");
    }
    return switch (first.value()) {
      case "with" -> with();
      case "select", "values", "table" -> query();
      case "insert" -> new DataChangeParser(beforeReturning()).insert();
      case "update" -> new DataChangeParser(beforeReturning()).update();
      case "delete" -> new DataChangeParser(beforeReturning()).delete();
      case "merge" -> new MergeParser(beforeReturning()).merge();
      case "copy" -> new CopyParser(reader).copy();
      case "call" -> new CallParser(reader).call();
      case "truncate" -> truncate();
      case "create" -> create();
      case "drop" -> drop();
      case "alter" -> alter();
      case "replace" -> replace();
      case "comment" -> new CommentParser(reader).comment();
      case "start", "begin" -> new SessionParser(reader).startTransaction();
      case "commit" -> new SessionParser(reader).commit();
      case "rollback" -> new SessionParser(reader).rollback();
      case "savepoint" -> new SessionParser(reader).savepoint();
      case "release" -> new SessionParser(reader).release();
      case "use" -> new SessionParser(reader).use();
      case "set" -> new SessionParser(reader).set();
      case "undrop" -> new HistoryParser(reader).undrop();
      case "restore" -> new HistoryParser(reader).restore();
      case "show" -> new ShowParser(reader).show();
      case "describe", "desc" -> new ShowParser(reader).describe();
      case "explain" -> explain();
      default -> {
        if (KNOWN_BUT_UNSUPPORTED.contains(first.value())) {
          throw reader
              .source()
              .unsupported(
                  first.start(), "the statement " + first.value().toUpperCase(Locale.ROOT));
        }
        throw reader.expected("a statement such as SELECT, INSERT or CREATE");
      }
    };
  }

  /** A query, or a WITH in front of a statement that changes rows. */
  private ParsedStatement with() {
    for (int i = reader.index() + 1; i + 1 < reader.end(); i++) {
      if (reader.tokens().get(i).isSymbol("(")
          && reader.tokens().get(i - 1).is("as")
          && isChange(reader, i + 1)) {
        throw reader
            .source()
            .unsupported(
                reader.tokens().get(i + 1).start(), "a statement that changes rows within WITH");
      }
    }
    int verb = reader.find("select", "values", "table", "insert", "update", "delete", "merge");
    if (!isChange(reader, verb)) {
      return query();
    }
    with = new Slice(reader.index(), verb);
    reader.moveTo(verb);
    return statement();
  }

  private static boolean isChange(TokenReader reader, int at) {
    if (at >= reader.end()) {
      return false;
    }
    SqlToken token = reader.tokens().get(at);
    return token.is("insert") || token.is("update") || token.is("delete") || token.is("merge");
  }

  /** The statement up to its RETURNING, whose expressions are remembered. */
  private TokenReader beforeReturning() {
    int start = reader.index();
    int at = reader.find("returning");
    if (at < reader.end()) {
      returning = new Slice(at + 1, reader.end());
      reader.moveTo(at + 1);
      if (reader.atEnd()) {
        throw reader.expected("an expression");
      }
    }
    return new TokenReader(reader.source(), reader.tokens(), start, at);
  }

  private ParsedStatement query() {
    Slice slice = new Slice(reader.index(), reader.end());
    reader.moveTo(reader.end());
    return new ParsedStatement.Query(slice);
  }

  private ParsedStatement truncate() {
    reader.expect("truncate");
    reader.accept("table");
    TableName name = reader.target();
    reader.expectEnd();
    return new ParsedStatement.Truncate(name);
  }

  private ParsedStatement create() {
    reader.expect("create");
    if (reader.accept("or", "replace", "view")) {
      return new ViewParser(reader).create(true);
    }
    SqlToken what = reader.peek();
    if (reader.accept("or", "replace", "table")) {
      return new CreateTableParser(reader).createTable(TableMode.OR_REPLACE);
    }
    if (what.is("or") || what.is("external") || what.is("temporary") || what.is("temp")) {
      throw reader
          .source()
          .unsupported(what.start(), "CREATE " + what.value().toUpperCase(Locale.ROOT) + " ...");
    }
    if (SchemaParser.accepts(reader)) {
      return new SchemaParser(reader).create();
    }
    if (reader.accept("table")) {
      return new CreateTableParser(reader).createTable(TableMode.CREATE);
    }
    if (reader.accept("view")) {
      return new ViewParser(reader).create(false);
    }
    throw unsupportedObject("CREATE");
  }

  private ParsedStatement replace() {
    int start = reader.next().start();
    if (reader.accept("table")) {
      return new CreateTableParser(reader).createTable(TableMode.REPLACE);
    }
    throw reader.source().unsupported(start, "the statement REPLACE of anything but a TABLE");
  }

  private ParsedStatement drop() {
    reader.expect("drop");
    if (SchemaParser.accepts(reader)) {
      return new SchemaParser(reader).drop();
    }
    if (reader.accept("table")) {
      boolean ifExists = reader.accept("if", "exists");
      TableName name = reader.name("table");
      boolean purge = reader.accept("purge");
      refuse("cascade", "DROP TABLE ... CASCADE");
      reader.accept("restrict");
      reader.expectEnd();
      return new ParsedStatement.DropTable(name, ifExists, purge);
    }
    if (reader.accept("view")) {
      return new ViewParser(reader).drop();
    }
    throw unsupportedObject("DROP");
  }

  private ParsedStatement alter() {
    reader.expect("alter");
    if (reader.accept("table")) {
      return new AlterTableParser(reader).alterTable();
    }
    if (reader.accept("view")) {
      return new ViewParser(reader).alter();
    }
    if (SchemaParser.accepts(reader)) {
      return new SchemaParser(reader).alter();
    }
    throw unsupportedObject("ALTER");
  }

  private RuntimeException unsupportedObject(String verb) {
    SqlToken what = reader.peek();
    return switch (what.value()) {
      case "materialized",
          "index",
          "function",
          "sequence",
          "role",
          "user",
          "type",
          "trigger",
          "procedure",
          "catalog",
          "unique" ->
          reader
              .source()
              .unsupported(what.start(), verb + " " + what.value().toUpperCase(Locale.ROOT));
      default -> reader.expected("SCHEMA, TABLE or VIEW");
    };
  }

  private void refuse(String keyword, String construct) {
    if (reader.peek().is(keyword)) {
      throw reader.source().unsupported(reader.peek().start(), construct);
    }
  }

  private ParsedStatement explain() {
    reader.expect("explain");
    boolean analyze = reader.accept("analyze");
    if (!analyze) {
      reader.accept("plan", "for");
    }
    if (reader.atEnd()) {
      throw reader.expected("a statement");
    }
    return new ParsedStatement.Explain(statement(), analyze);
  }
}
