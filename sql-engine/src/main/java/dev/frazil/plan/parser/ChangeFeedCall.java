package dev.frazil.plan.parser;

import dev.frazil.plan.parser.ChangedTable.Function;
import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code TABLE(system.table_changes(...))} and {@code TABLE(system.table_appends(...))}: the
 * arguments in their order or by name ({@code name => value}).
 */
final class ChangeFeedCall {
  private static final List<String> NAMES = List.of("table", "from", "to", "net_changes");

  /** Spark's names. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "start_snapshot_id", "from",
          "end_snapshot_id", "to",
          "start_timestamp", "from",
          "end_timestamp", "to",
          "start_version", "from",
          "end_version", "to");

  private ChangeFeedCall() {}

  /** Whether such a call begins at a token. */
  static boolean begins(List<SqlToken> tokens, int index, int to) {
    if (!tokens.get(index).is("table") || index + 3 >= to || !tokens.get(index + 1).isSymbol("(")) {
      return false;
    }
    int name = index + 2;
    if (tokens.get(name).is("system") && tokens.get(name + 1).isSymbol(".") && name + 3 < to) {
      name += 2;
    }
    return function(tokens.get(name)) != null && tokens.get(name + 1).isSymbol("(");
  }

  private static @Nullable Function function(SqlToken name) {
    for (Function function : Function.values()) {
      if (name.isName() && name.value().equalsIgnoreCase(function.sqlName())) {
        return function;
      }
    }
    return null;
  }

  /** Reads the call; the reader stands behind it then. */
  static ChangedTable read(TokenReader reader) {
    reader.expect("table");
    reader.expectSymbol("(");
    if (reader.accept("system")) {
      reader.expectSymbol(".");
    }
    SqlToken name = reader.next();
    Function function = function(name);
    if (function == null) {
      throw reader.source().syntaxError(name.start(), "expected table_changes");
    }
    reader.expectSymbol("(");
    Map<String, Slice> arguments = arguments(reader);
    reader.expectSymbol(")");
    Slice table = arguments.get("table");
    if (table == null) {
      throw reader
          .source()
          .syntaxError(name.start(), function.sqlName() + " needs the name of a table in quotes");
    }
    SqlToken text = reader.tokens().get(table.from());
    if (table.size() != 1 || text.kind() != Kind.STRING) {
      throw reader
          .source()
          .syntaxError(
              text.start(), "expected the name of a table in quotes, found " + text.describe());
    }
    Slice net = arguments.get("net_changes");
    return new ChangedTable(
        function,
        text.value(),
        arguments.get("from"),
        arguments.get("to"),
        net != null && isTrue(net, function, reader),
        name.start());
  }

  private static boolean isTrue(Slice net, Function function, TokenReader reader) {
    SqlToken word = reader.tokens().get(net.from());
    boolean isBoolean = net.size() == 1 && (word.is("true") || word.is("false"));
    if (!isBoolean) {
      throw reader.source().syntaxError(word.start(), "net_changes is TRUE or FALSE");
    } else if (function == Function.APPENDS) {
      throw reader.source().unsupported(word.start(), "net_changes of table_appends");
    }
    return word.is("true");
  }

  private static Map<String, Slice> arguments(TokenReader reader) {
    Map<String, Slice> arguments = new HashMap<>();
    boolean named = false;
    for (Slice slice : reader.valuesInBrackets()) {
      SqlToken first = reader.tokens().get(slice.from());
      boolean isNamed = slice.size() > 2 && reader.tokens().get(slice.from() + 1).isSymbol("=>");
      if (named && !isNamed) {
        throw reader.source().syntaxError(first.start(), "an argument without a name after others");
      }
      named = isNamed;
      int place = arguments.size();
      if (!isNamed && place >= NAMES.size()) {
        throw reader.source().syntaxError(first.start(), "there are four arguments at most");
      }
      String name = isNamed ? ALIASES.getOrDefault(first.value(), first.value()) : NAMES.get(place);
      if (!NAMES.contains(name)) {
        throw reader
            .source()
            .syntaxError(
                first.start(),
                "there is no argument \"" + name + "\"; there are " + String.join(", ", NAMES));
      }
      Slice value = isNamed ? new Slice(slice.from() + 2, slice.to()) : slice;
      if (arguments.put(name, value) != null) {
        throw reader
            .source()
            .syntaxError(first.start(), "the argument \"" + name + "\" stands twice");
      }
    }
    return arguments;
  }
}
