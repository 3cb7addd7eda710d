package dev.frazil.txn;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.ExpressionVisitors;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.UnboundPredicate;
import org.apache.iceberg.types.Type;

/**
 * Filters that Iceberg's library can be asked without losing a file. At the edge of the integers
 * {@code truncate[W]} of a number less than W above the least one wraps to the other end, so that
 * the partitions of a column are not in the order of its values there; and of columns of type uuid
 * the library has an order of its own (see {@link UuidFilters}). Stateless.
 */
public final class TruncatedPartitions {
  /** The least and the greatest number of a column, and the widest truncation of it. */
  private record Edge(long least, long greatest, long width) {}

  private TruncatedPartitions() {}

  /**
   * The filter, let through what wraps where some spec truncates integers of its columns, and
   * without what it says of columns of type uuid; the filter itself where nothing is the matter.
   */
  public static Expression widened(Expression whole, Collection<PartitionSpec> specs) {
    return widenedAtEdges(UuidFilters.without(whole), specs);
  }

  /** The filter, let through what wraps where some spec truncates integers of its columns. */
  static Expression widenedAtEdges(Expression filter, Collection<PartitionSpec> specs) {
    Map<String, Edge> edges = new HashMap<>();
    for (PartitionSpec spec : specs) {
      for (PartitionField field : spec.fields()) {
        addEdge(spec.schema(), field, edges);
      }
    }
    if (edges.isEmpty()) {
      return filter;
    }
    return ExpressionVisitors.visit(
        filter,
        new ExpressionVisitors.ExpressionVisitor<Expression>() {
          @Override
          public Expression alwaysTrue() {
            return Expressions.alwaysTrue();
          }

          @Override
          public Expression alwaysFalse() {
            return Expressions.alwaysFalse();
          }

          @Override
          public Expression not(Expression result) {
            return Expressions.not(result);
          }

          @Override
          public Expression and(Expression left, Expression right) {
            return Expressions.and(left, right);
          }

          @Override
          public Expression or(Expression left, Expression right) {
            return Expressions.or(left, right);
          }

          @Override
          public <T> Expression predicate(UnboundPredicate<T> predicate) {
            Edge edge = edges.get(predicate.ref().name());
            return edge == null ? predicate : widened(predicate, edge);
          }
        });
  }

  private static void addEdge(Schema schema, PartitionField field, Map<String, Edge> edges) {
    String transform = field.transform().toString();
    Type type = schema.findType(field.sourceId());
    String name = schema.findColumnName(field.sourceId());
    if (!transform.startsWith("truncate[") || type == null || name == null) {
      return;
    }
    long width = Long.parseLong(transform.substring("truncate[".length(), transform.length() - 1));
    boolean isLong = type.typeId() == Type.TypeID.LONG;
    if (isLong || type.typeId() == Type.TypeID.INTEGER) {
      Edge edge =
          isLong
              ? new Edge(Long.MIN_VALUE, Long.MAX_VALUE, width)
              : new Edge(Integer.MIN_VALUE, Integer.MAX_VALUE, width);
      edges.merge(name, edge, (a, b) -> a.width() > b.width() ? a : b);
    }
  }

  /** Values of equalities wrap as the partitions do; only an order is lost. */
  private static Expression widened(UnboundPredicate<?> predicate, Edge edge) {
    return switch (predicate.op()) {
      case LT, LT_EQ ->
          Expressions.or(
              predicate,
              Expressions.greaterThanOrEqual(
                  predicate.ref().name(), edge.greatest() - edge.width() + 1));
      case GT, GT_EQ ->
          predicate.literal().value() instanceof Number value
                  && value.longValue() < edge.least() + edge.width()
              ? Expressions.notNull(predicate.ref().name())
              : predicate;
      default -> predicate;
    };
  }
}
