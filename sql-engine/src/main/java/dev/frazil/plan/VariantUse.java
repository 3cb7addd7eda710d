package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.List;

/**
 * Refuses with 0A000 what needs an order or an equality of variants, which have neither: the same
 * value has many forms in bytes.
 */
final class VariantUse {
  private VariantUse() {}

  /** Whether values of a type are variants or hold some. */
  static boolean isIn(SqlType type) {
    if (type instanceof SqlType.ArrayType array) {
      return isIn(array.element());
    } else if (type instanceof SqlType.MapType map) {
      return isIn(map.key()) || isIn(map.value());
    } else if (type instanceof SqlType.RowType row) {
      return row.fields().stream().anyMatch(field -> isIn(field.type()));
    }
    return type == Primitive.VARIANT;
  }

  static void refuseIn(SqlType type, String construct) {
    if (isIn(type)) {
      throw EngineException.unsupported(
          construct + " a variant (CAST it, or a part of it, to another type)");
    }
  }

  /** Refuses the keys of a node that are variants. */
  static PhysicalNode checked(PhysicalNode node) {
    if (node instanceof PhysicalNode.Aggregate aggregate) {
      List<Column> columns = aggregate.input().columns();
      refuse(columns, aggregate.groupKeys(), "GROUP BY or DISTINCT of");
      aggregate.calls().forEach(call -> check(columns, call));
    } else if (node instanceof PhysicalNode.Sort sort) {
      order(sort.input().columns(), sort.keys());
    } else if (node instanceof PhysicalNode.Window window) {
      List<Column> columns = window.input().columns();
      refuse(columns, window.partitionKeys(), "PARTITION BY");
      order(columns, window.order());
      for (WindowCall call : window.calls()) {
        AggregateCall aggregate = call.aggregate();
        if (aggregate != null) {
          check(columns, aggregate);
        }
      }
    } else if (node instanceof PhysicalNode.SetOperation operation
        && !(operation.all() && operation.operator() == SetOperator.UNION)) {
      operation.columns().forEach(column -> refuseIn(column.type(), operation.operator() + " of"));
    }
    return node;
  }

  private static void check(List<Column> columns, AggregateCall call) {
    order(columns, call.order());
    boolean compares =
        switch (call.function()) {
          case COUNT, ANY_VALUE, ARRAY_AGG, SINGLE_VALUE -> call.distinct();
          case MIN_BY, MAX_BY, MAP_AGG -> {
            refuse(columns, call.arguments().subList(1, 2), call.function() + " of");
            yield false;
          }
          case SUM,
              MIN,
              MAX,
              AVG,
              BOOL_AND,
              BOOL_OR,
              STDDEV_POP,
              STDDEV_SAMP,
              VAR_POP,
              VAR_SAMP,
              GROUPING,
              COVAR_POP,
              COVAR_SAMP,
              CORR,
              REGR_AVGX,
              REGR_AVGY,
              REGR_INTERCEPT,
              REGR_R2,
              REGR_SLOPE,
              REGR_SXX,
              REGR_SXY,
              REGR_SYY,
              REGR_COUNT,
              GEOMETRIC_MEAN,
              SKEWNESS,
              KURTOSIS,
              BIT_AND,
              BIT_OR,
              BIT_XOR,
              STRING_AGG,
              HISTOGRAM,
              MODE,
              PERCENTILE_CONT,
              PERCENTILE_DISC,
              APPROX_COUNT_DISTINCT,
              APPROX_PERCENTILE ->
              true;
        };
    if (compares) {
      String distinct = call.distinct() ? "(DISTINCT)" : "";
      refuse(columns, call.arguments(), call.function() + distinct + " of");
    }
  }

  private static void order(List<Column> columns, List<SortKey> keys) {
    refuse(columns, keys.stream().map(SortKey::column).toList(), "ORDER BY");
  }

  private static void refuse(List<Column> columns, List<Integer> keys, String construct) {
    for (int key : keys) {
      refuseIn(columns.get(key).type(), construct);
    }
  }
}
