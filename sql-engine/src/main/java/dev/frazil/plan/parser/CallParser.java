package dev.frazil.plan.parser;

import dev.frazil.plan.parser.ParsedStatement.CallArgument;
import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CALL system.procedure([name =>] value, ...)}, as Spark writes it. */
final class CallParser {
  private final TokenReader reader;

  CallParser(TokenReader reader) {
    this.reader = reader;
  }

  ParsedStatement call() {
    reader.expect("call");
    TableName procedure = reader.name("procedure");
    reader.expectSymbol("(");
    List<CallArgument> arguments = arguments();
    reader.expectEnd();
    return new ParsedStatement.Call(procedure, arguments, null, null);
  }

  /** {@code EXECUTE procedure [(name => value, ...)] [WHERE condition]} of ALTER TABLE. */
  ParsedStatement execute(TableName table) {
    reader.expect("execute");
    SqlToken name = reader.simpleName("procedure");
    TableName procedure = new TableName(List.of(AlterTableParser.part(name)), name.start());
    List<CallArgument> arguments = reader.acceptSymbol("(") ? arguments() : List.of();
    @Nullable Slice where = null;
    if (reader.accept("where")) {
      where = new Slice(reader.index(), reader.end());
      if (where.size() == 0) {
        throw reader.expected("a condition");
      }
      reader.moveTo(reader.end());
    }
    reader.expectEnd();
    return new ParsedStatement.Call(procedure, arguments, table, where);
  }

  /** What stands behind the opening bracket. */
  private List<CallArgument> arguments() {
    List<CallArgument> arguments = new ArrayList<>();
    if (!reader.acceptSymbol(")")) {
      for (Slice slice : reader.valuesInBrackets()) {
        arguments.add(argument(slice));
      }
    }
    return arguments;
  }

  private CallArgument argument(Slice slice) {
    List<SqlToken> tokens = reader.tokens();
    SqlToken first = tokens.get(slice.from());
    boolean isNamed =
        slice.size() > 1 && first.isName() && tokens.get(slice.from() + 1).isSymbol("=>");
    @Nullable String name = isNamed ? first.value() : null;
    Slice value = isNamed ? new Slice(slice.from() + 2, slice.to()) : slice;
    if (value.size() == 0) {
      throw reader.source().syntaxError(first.end(), "a value is missing after =>");
    }
    return new CallArgument(name, value, entries(value), first.start());
  }

  /**
   * What stands in {@code map('key', 'value', ...)} and {@code array(...)}, which the rest of the
   * language writes with square brackets; null for any other value.
   */
  private @Nullable Slice entries(Slice value) {
    List<SqlToken> tokens = reader.tokens();
    boolean isList =
        value.size() > 3
            && (tokens.get(value.from()).is("map") || tokens.get(value.from()).is("array"))
            && tokens.get(value.from() + 1).isSymbol("(")
            && tokens.get(value.to() - 1).isSymbol(")");
    boolean isOwnSpelling = isList && tokens.get(value.from() + 2).kind() == Kind.WORD;
    return isList && !isOwnSpelling ? new Slice(value.from() + 2, value.to() - 1) : null;
  }
}
