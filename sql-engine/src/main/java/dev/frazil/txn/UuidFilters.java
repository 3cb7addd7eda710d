package dev.frazil.txn;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.expressions.Projections;
import org.apache.iceberg.expressions.UnboundPredicate;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a filter says of columns of type uuid, judged in the order in which files hold them: that of
 * their bytes, unsigned. Iceberg's library orders UUIDs as two signed numbers and must not see such
 * predicates; the bounds of a file that was written in that order are found out and tell nothing.
 * Immutable.
 */
public final class UuidFilters {
  private final Expression filter;
  private final Schema schema;

  /** That part of the filter which partitions can answer: an order of UUIDs is none of theirs. */
  private final Expression equalities;

  private UuidFilters(Expression filter, Schema schema) {
    this.filter = filter;
    this.schema = schema;
    this.equalities =
        MappedPredicates.of(filter, each -> isEquality(each) ? each : Expressions.alwaysTrue());
  }

  /** The part of a filter that is about uuid columns; null where there is none. */
  public static @Nullable UuidFilters of(Expression filter, Schema schema) {
    Set<UnboundPredicate<?>> found = new HashSet<>();
    Expression part =
        MappedPredicates.ofAny(
            filter,
            each -> {
              if (!isAboutUuids(each)) {
                return Expressions.alwaysTrue();
              }
              found.add(each);
              return each;
            });
    return found.isEmpty() ? null : new UuidFilters(part, schema);
  }

  /** The filter without what it says of uuid columns: lets more through, never less. */
  static Expression without(Expression filter) {
    Set<UnboundPredicate<?>> found = new HashSet<>();
    Expression rest =
        MappedPredicates.ofAny(
            filter,
            each -> {
              if (isAboutUuids(each)) {
                found.add(each);
                return Expressions.alwaysTrue();
              }
              return each;
            });
    return found.isEmpty() ? filter : rest;
  }

  /** The filter without an order of UUIDs; that they are equal anybody can tell. */
  static Expression withoutOrder(Expression filter) {
    return MappedPredicates.ofAny(
        filter, each -> isAboutUuids(each) && !isEquality(each) ? Expressions.alwaysTrue() : each);
  }

  /** Whether a file may hold rows that match, by its partition and its bounds. */
  public boolean mayMatch(DataFile file, PartitionSpec spec) {
    return mayMatchPartition(file, spec) && mayMatchBounds(file);
  }

  /** Whether a file may hold rows that match, by its partition alone. */
  boolean mayMatchPartition(ContentFile<?> file, PartitionSpec spec) {
    if (spec.isUnpartitioned() || equalities.op() == Expression.Operation.TRUE) {
      return true;
    }
    Expression projected = Projections.inclusive(spec).project(equalities);
    return new Evaluator(spec.partitionType(), projected).eval(file.partition());
  }

  private boolean mayMatchBounds(DataFile file) {
    Expression judged =
        MappedPredicates.of(
            filter,
            each -> mayMatch(each, file) ? Expressions.alwaysTrue() : Expressions.alwaysFalse());
    return judged.op() != Expression.Operation.FALSE;
  }

  /**
   * What is left to ask of the rows of a file, for bounds and filters within it; true where the
   * file need not hold the columns, because its partition does.
   */
  public Expression residual(PartitionSpec spec) {
    Set<String> fixed = new HashSet<>();
    for (PartitionField field : spec.fields()) {
      String name = schema.findColumnName(field.sourceId());
      if (field.transform().isIdentity() && name != null) {
        fixed.add(name);
      }
    }
    return fixed.isEmpty()
        ? filter
        : MappedPredicates.of(
            filter, each -> fixed.contains(each.ref().name()) ? Expressions.alwaysTrue() : each);
  }

  /** Names of the columns whose bounds are asked for. */
  public List<String> columns() {
    List<String> names = new ArrayList<>();
    MappedPredicates.of(
        filter,
        each -> {
          names.add(each.ref().name());
          return each;
        });
    return names;
  }

  private boolean mayMatch(UnboundPredicate<?> predicate, DataFile file) {
    Types.NestedField field = schema.findField(predicate.ref().name());
    if (field == null) {
      return true;
    }
    UUID lower = bound(file.lowerBounds(), field);
    UUID upper = bound(file.upperBounds(), field);
    boolean unordered = lower != null && upper != null && compare(lower, upper) > 0;
    UUID least = unordered ? null : lower;
    UUID greatest = unordered ? null : upper;
    List<UUID> literals = literals(predicate);
    return switch (predicate.op()) {
      case EQ, IN ->
          literals.stream()
              .anyMatch(
                  value ->
                      (least == null || compare(value, least) >= 0)
                          && (greatest == null || compare(value, greatest) <= 0));
      case LT -> least == null || compare(least, literals.get(0)) < 0;
      case LT_EQ -> least == null || compare(least, literals.get(0)) <= 0;
      case GT -> greatest == null || compare(greatest, literals.get(0)) > 0;
      case GT_EQ -> greatest == null || compare(greatest, literals.get(0)) >= 0;
      default -> true; // others say nothing about bounds
    };
  }

  private static @Nullable UUID bound(
      @Nullable Map<Integer, ByteBuffer> bounds, Types.NestedField field) {
    ByteBuffer bound = bounds == null ? null : bounds.get(field.fieldId());
    return bound == null || bound.remaining() != 2 * Long.BYTES
        ? null
        : new UUID(bound.getLong(bound.position()), bound.getLong(bound.position() + Long.BYTES));
  }

  /** As files order UUIDs: by their bytes, unsigned. */
  public static int compare(UUID left, UUID right) {
    int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
  }

  private static boolean isEquality(UnboundPredicate<?> predicate) {
    return predicate.op() == Expression.Operation.EQ || predicate.op() == Expression.Operation.IN;
  }

  private static boolean isAboutUuids(UnboundPredicate<?> predicate) {
    return !literals(predicate).isEmpty();
  }

  private static List<UUID> literals(UnboundPredicate<?> predicate) {
    List<UUID> uuids = new ArrayList<>();
    List<? extends Literal<?>> literals = predicate.literals();
    if (literals != null) {
      for (Literal<?> literal : literals) {
        if (literal.value() instanceof UUID uuid) {
          uuids.add(uuid);
        }
      }
    }
    return uuids;
  }
}
