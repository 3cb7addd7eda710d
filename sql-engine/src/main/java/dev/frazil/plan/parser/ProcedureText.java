package dev.frazil.plan.parser;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** SQL in the texts that procedures take as arguments. Stateless. */
public final class ProcedureText {
  private ProcedureText() {}

  /**
   * A column of a sort order.
   *
   * @param nullsFirst null where the text does not say
   */
  public record OrderedColumn(String column, boolean descending, @Nullable Boolean nullsFirst) {}

  /** The name of a table, in one to many parts. */
  public static TableName tableName(String text) {
    TokenReader reader = reader(text, "table");
    TableName name = reader.name("table");
    reader.expectEnd();
    return name;
  }

  /** The columns of {@code zorder(column, ...)}; null for another order. */
  public static @Nullable List<String> zOrder(String text) {
    TokenReader reader = reader(text, "sort_order");
    if (!reader.accept("zorder") || !reader.acceptSymbol("(")) {
      return null;
    }
    List<String> columns = new ArrayList<>();
    do {
      columns.add(reader.simpleName("column").value());
    } while (reader.acceptSymbol(","));
    reader.expectSymbol(")");
    if (reader.peek().isSymbol(",")) {
      throw EngineException.unsupported(
          "the sort_order '" + text + "', of zorder(...) and more beside it,");
    }
    reader.expectEnd();
    return columns;
  }

  /** {@code column [ASC | DESC] [NULLS FIRST | NULLS LAST], ...}. */
  public static List<OrderedColumn> sortOrder(String text) {
    TokenReader reader = reader(text, "sort_order");
    List<OrderedColumn> columns = new ArrayList<>();
    do {
      String column = reader.simpleName("column").value();
      if (reader.peek().isSymbol("(")) {
        throw EngineException.unsupported(
            "the sort_order '" + text + "' (" + column + "(...); name columns)");
      }
      boolean isDescending = reader.accept("desc");
      if (!isDescending) {
        reader.accept("asc");
      }
      @Nullable Boolean nullsFirst = null;
      if (reader.accept("nulls")) {
        nullsFirst = reader.accept("first");
        if (!nullsFirst) {
          reader.expect("last");
        }
      }
      columns.add(new OrderedColumn(column, isDescending, nullsFirst));
    } while (reader.acceptSymbol(","));
    reader.expectEnd();
    return columns;
  }

  /** A condition whose brackets close within it, so that it can stand in brackets itself. */
  public static String condition(String text) {
    TokenReader reader = reader(text, "where");
    int depth = 0;
    while (!reader.atEnd()) {
      SqlToken token = reader.next();
      depth += token.isSymbol("(") ? 1 : 0;
      depth -= token.isSymbol(")") ? 1 : 0;
      if (depth < 0) {
        throw reader.source().syntaxError(token.start(), "this bracket was not opened");
      }
    }
    return text;
  }

  private static TokenReader reader(String text, String argument) {
    SqlText source = new SqlText(text);
    List<SqlToken> tokens = SqlTokenizer.tokens(source);
    if (tokens.size() <= 1) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          String.format(Locale.ROOT, "the argument '%s' is empty", argument));
    }
    return new TokenReader(source, tokens, 0, tokens.size() - 1);
  }
}
