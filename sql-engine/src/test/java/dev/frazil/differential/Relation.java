package dev.frazil.differential;

import java.util.List;

/**
 * Something with rows: a query, or what stands behind FROM.
 *
 * @param columns how to refer to its columns; for a query their names
 * @param joinable the columns that the condition of a further join sees: a comma hides those before
 * @param conditions what a comma join leaves to WHERE
 * @param rows about how many
 */
record Relation(
    Fragment text,
    List<Expression> columns,
    List<Expression> joinable,
    List<Fragment> conditions,
    double rows) {
  Relation {
    columns = List.copyOf(columns);
    joinable = List.copyOf(joinable);
    conditions = List.copyOf(conditions);
  }

  static Relation of(Fragment text, List<Expression> columns, double rows) {
    return new Relation(text, columns, columns, List.of(), rows);
  }

  boolean isExact() {
    return columns.stream().noneMatch(column -> column.type().rough());
  }
}
