package dev.frazil.differential;

import dev.frazil.differential.ValueType.Family;
import java.util.List;
import java.util.function.Predicate;

/**
 * What an expression may refer to.
 *
 * @param columns of this query: columns, or keys and aggregates above a GROUP BY
 * @param outer of the queries around it
 * @param subQueries how many more levels of queries may be nested here
 */
record Scope(List<Expression> columns, List<Expression> outer, int subQueries) {
  Scope {
    columns = List.copyOf(columns);
    outer = List.copyOf(outer);
  }

  static Scope of(List<Expression> columns) {
    return new Scope(columns, List.of(), 0);
  }

  List<Expression> where(Predicate<Expression> condition) {
    return columns.stream().filter(condition).toList();
  }

  List<Expression> of(Family family) {
    return where(column -> column.family() == family);
  }

  /** Without anything that could make the expression depend on another query. */
  Scope alone() {
    return new Scope(columns, List.of(), 0);
  }
}
