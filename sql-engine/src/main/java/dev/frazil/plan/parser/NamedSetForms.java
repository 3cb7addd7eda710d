package dev.frazil.plan.parser;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code UNION BY NAME} of DuckDB and {@code CORRESPONDING [BY (names)]} of ISO 9075-2, 7.17, which
 * Calcite's parser lacks: between the two queries stands a third, whose columns are {@link
 * #BY_NAME} or {@link #CORRESPONDING} and the names.
 */
public final class NamedSetForms {
  /** All columns of both queries. */
  public static final String BY_NAME = "$by_name";

  /** The columns that both queries have, or those that are named behind it. */
  public static final String CORRESPONDING = "$corresponding";

  private static final Set<String> OPERATIONS = Set.of("union", "intersect", "except", "minus");
  private static final Set<String> QUERIES = Set.of("select", "values", "table", "with");

  private NamedSetForms() {}

  /**
   * Whether such an operation stands at a token; if so, tells what stands instead of its tokens.
   */
  static boolean claim(
      SqlText source, List<SqlToken> tokens, int index, int to, Map<Integer, String> instead) {
    SqlToken operation = tokens.get(index);
    if (operation.kind() != SqlToken.Kind.WORD || !OPERATIONS.contains(operation.value())) {
      return false;
    }
    TokenReader reader = new TokenReader(source, tokens, index + 1, to);
    if (!reader.accept("all")) {
      reader.accept("distinct");
    }
    int first = reader.index();
    StringBuilder columns = new StringBuilder();
    if (operation.is("union") && reader.accept("by", "name")) {
      columns.append(QueryText.quote(BY_NAME));
    } else if (reader.accept("corresponding")) {
      columns.append(QueryText.quote(CORRESPONDING));
      if (reader.accept("by")) {
        for (TableName.Part name : DataChangeParser.columnList(reader)) {
          columns.append(", ").append(QueryText.quote(name.text()));
        }
      }
    } else {
      return false;
    }
    SqlToken next = reader.peek();
    if (!next.isSymbol("(") && !QUERIES.contains(next.value())) {
      throw reader.expected("a query");
    }
    String word = operation.value().toUpperCase(Locale.ROOT);
    instead.put(index, word + " ALL SELECT " + columns + " " + word);
    for (int i = first; i < reader.index(); i++) {
      instead.put(i, "");
    }
    return true;
  }
}
