package dev.frazil.plan.parser;

import java.util.List;

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
    boolean changesRows =
        statement instanceof ParsedStatement.Insert
            || statement instanceof ParsedStatement.Update
            || statement instanceof ParsedStatement.Delete
            || statement instanceof ParsedStatement.Merge;
    if (!changesRows || parsed.returning() != null) {
      return sql;
    }
    int end = 0;
    for (SqlToken token : parsed.tokens()) {
      if (token.kind() != SqlToken.Kind.END && !token.isSymbol(";")) {
        end = token.end();
      }
    }
    List<String> names = columns.stream().map(QueryText::quote).toList();
    return sql.substring(0, end)
        + " RETURNING "
        + (names.isEmpty() ? "*" : String.join(", ", names));
  }
}
