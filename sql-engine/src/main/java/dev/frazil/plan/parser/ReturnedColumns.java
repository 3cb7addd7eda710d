package dev.frazil.plan.parser;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** RETURNING for callers that ask for columns beside the text of a statement. Stateless. */
public final class ReturnedColumns {
  private ReturnedColumns() {}

  /**
   * The statement with a RETURNING of these columns, all if there are none; as it is where it has a
   * RETURNING already, or is none of INSERT, UPDATE, DELETE and MERGE. Errors: 42601.
   */
  public static String add(String sql, List<String> columns) {
    ParsedSql parsed = StatementParser.parse(sql);
    ParsedStatement statement = parsed.statement();
    @Nullable String alias = alias(statement);
    if (alias == null || parsed.returning() != null) {
      return sql;
    }
    int end = 0;
    for (SqlToken token : parsed.tokens()) {
      if (token.kind() != SqlToken.Kind.END && !token.isSymbol(";")) {
        end = token.end();
      }
    }
    String table = QueryText.quote(alias) + ".";
    List<String> names = columns.stream().map(name -> table + QueryText.quote(name)).toList();
    return sql.substring(0, end)
        + " RETURNING "
        + (names.isEmpty() ? table + "*" : String.join(", ", names));
  }

  /** The name of the table whose rows a statement changes; null for other statements. */
  private static @Nullable String alias(ParsedStatement statement) {
    if (statement instanceof ParsedStatement.Insert insert) {
      return insert.alias();
    } else if (statement instanceof ParsedStatement.Update update) {
      return update.alias();
    } else if (statement instanceof ParsedStatement.Delete delete) {
      return delete.alias();
    }
    return statement instanceof ParsedStatement.Merge merge ? merge.alias() : null;
  }
}
