package dev.frazil.plan.rule;

import dev.frazil.plan.JoinKind;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScanColumn;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * How a part of a plan falls into pieces that have nothing to do with each other: the rows that its
 * scans read of the partitions with some values of these fields give all the rows of the part that
 * come from them. Immutable.
 *
 * @param fields at least one; all have the same scans
 * @param needed the scans without whose rows no row of a piece comes out; by identity
 */
public record PartitionLayout(List<Field> fields, Set<TableScan> needed) {
  private static final Set<String> TRANSFORMS = Set.of("identity", "year", "month", "day", "hour");

  /**
   * A partition field that all scans have.
   *
   * @param transform its name as Iceberg writes it, parameters included
   * @param sourceType of the columns that it is made of
   * @param columns the columns of the node that hold the value it is made of; may be empty
   * @param nulls whether rows with a null there can come out
   * @param sources the field ids of the columns that it is made of; by identity
   * @param name for EXPLAIN
   */
  public record Field(
      String transform,
      Type sourceType,
      BitSet columns,
      boolean nulls,
      IdentityHashMap<TableScan, Integer> sources,
      String name) {

    private Field under(BitSet columns) {
      return new Field(transform, sourceType, columns, nulls, sources, name);
    }
  }

  /** The scans of the part. */
  public Set<TableScan> scans() {
    return fields.get(0).sources().keySet();
  }

  /** For EXPLAIN. */
  String names() {
    return String.join(", ", fields.stream().map(Field::name).toList());
  }

  /**
   * The layout of a node; null where it does not fall into pieces.
   *
   * @param isApart what runs by itself, not as an input of the node
   */
  static @Nullable PartitionLayout of(PhysicalNode node, Predicate<PhysicalNode> isApart) {
    if (node instanceof TableScan scan) {
      return of(scan);
    } else if (node instanceof Filter filter) {
      return Expressions.isVolatile(filter.predicate()) ? null : below(filter.input(), isApart);
    } else if (node instanceof Project project) {
      return of(project, isApart);
    } else if (node instanceof Aggregate aggregate) {
      return of(aggregate, isApart);
    }
    return node instanceof HashJoin join ? of(join, isApart) : null;
  }

  private static @Nullable PartitionLayout below(
      PhysicalNode input, Predicate<PhysicalNode> isApart) {
    return isApart.test(input) ? null : of(input, isApart);
  }

  private static @Nullable PartitionLayout of(TableScan scan) {
    if (scan.limit() >= 0 || scan.metrics() != null) {
      return null;
    }
    Schema schema = scan.table().schema();
    List<Field> fields = new ArrayList<>();
    for (PartitionField field : scan.table().table().spec().fields()) {
      String transform = field.transform().toString();
      Type type = schema.findType(field.sourceId());
      for (int i = 0; i < scan.scanColumns().size() && type != null; i++) {
        if (scan.scanColumns().get(i) instanceof ScanColumn.TableColumn column
            && column.fieldId() == field.sourceId()
            && isExact(column.column().type())
            && isKnown(transform)) {
          IdentityHashMap<TableScan, Integer> sources = new IdentityHashMap<>();
          sources.put(scan, field.sourceId());
          String source = column.column().name();
          fields.add(
              new Field(
                  transform,
                  type,
                  bit(i),
                  true,
                  sources,
                  field.transform().isIdentity() ? source : transform + "(" + source + ")"));
        }
      }
    }
    Set<TableScan> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    needed.add(scan);
    return layout(fields, needed);
  }

  private static boolean isKnown(String transform) {
    return TRANSFORMS.contains(transform)
        || transform.startsWith("bucket[")
        || transform.startsWith("truncate[");
  }

  private static BitSet bit(int index) {
    BitSet bits = new BitSet();
    bits.set(index);
    return bits;
  }

  /** Types of which no two values are equal in SQL and different to Iceberg. */
  private static boolean isExact(SqlType type) {
    return type == Primitive.INTEGER
        || type == Primitive.BIGINT
        || type == Primitive.DATE
        || Timestamps.isTimestamp(type)
        || type == Primitive.VARCHAR
        || type instanceof DecimalType;
  }

  private static @Nullable PartitionLayout of(Project project, Predicate<PhysicalNode> isApart) {
    PartitionLayout input = below(project.input(), isApart);
    if (input == null) {
      return null;
    }
    List<Field> fields = new ArrayList<>();
    for (Field field : input.fields()) {
      BitSet columns = new BitSet();
      for (int i = 0; i < project.expressions().size(); i++) {
        ScalarExpression expression = project.expressions().get(i);
        columns.set(
            i,
            expression instanceof InputReference reference
                && field.columns().get(reference.index()));
      }
      fields.add(field.under(columns));
    }
    return layout(fields, input.needed());
  }

  /** Rows with the same value in a key are rows of one piece, and so is their group. */
  private static @Nullable PartitionLayout of(
      Aggregate aggregate, Predicate<PhysicalNode> isApart) {
    PartitionLayout input = below(aggregate.input(), isApart);
    if (input == null) {
      return null;
    }
    List<Field> fields = new ArrayList<>();
    for (Field field : input.fields()) {
      BitSet columns = new BitSet();
      for (int i = 0; i < aggregate.groupKeys().size(); i++) {
        Integer key = aggregate.groupKeys().get(i);
        columns.set(
            i,
            field.columns().get(key)
                && aggregate.groupingSets().stream().allMatch(set -> set.contains(key)));
      }
      if (!columns.isEmpty()) {
        fields.add(field.under(columns));
      }
    }
    return layout(fields, input.needed());
  }

  private static @Nullable PartitionLayout of(HashJoin join, Predicate<PhysicalNode> isApart) {
    // a null on the right side of a NOT IN concerns all rows of the left
    if (join.kind() == JoinKind.NULL_AWARE_ANTI) {
      return null;
    }
    PartitionLayout left = below(join.left(), isApart);
    PartitionLayout right = left == null ? null : below(join.right(), isApart);
    if (left == null || right == null) {
      return null;
    }
    List<Field> fields = new ArrayList<>();
    Set<Field> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Field field : left.fields()) {
      for (Field other : right.fields()) {
        if (!taken.contains(other) && areEqual(join, field, other)) {
          Field joined = joined(join, field, other);
          if (joined == null) {
            return null;
          }
          fields.add(joined);
          taken.add(other);
          break;
        }
      }
    }
    Set<TableScan> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    if (needsLeft(join.kind())) {
      needed.addAll(left.needed());
    }
    if (needsRight(join.kind())) {
      needed.addAll(right.needed());
    }
    return layout(fields, needed);
  }

  private static boolean areEqual(HashJoin join, Field left, Field right) {
    if (!left.transform().equals(right.transform())
        || !left.sourceType().equals(right.sourceType())) {
      return false;
    }
    for (int i = 0; i < join.leftKeys().size(); i++) {
      if (left.columns().get(join.leftKeys().get(i))
          && right.columns().get(join.rightKeys().get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Null where one scan would have to be read by two of its fields. */
  private static @Nullable Field joined(HashJoin join, Field left, Field right) {
    JoinKind kind = join.kind();
    IdentityHashMap<TableScan, Integer> sources = new IdentityHashMap<>(left.sources());
    for (Map.Entry<TableScan, Integer> source : right.sources().entrySet()) {
      Integer before = sources.put(source.getKey(), source.getValue());
      if (before != null && !before.equals(source.getValue())) {
        return null;
      }
    }
    // a column that an outer join fills with nulls does not tell the piece of its row
    BitSet columns = new BitSet();
    if (kind != JoinKind.RIGHT && kind != JoinKind.FULL && !kind.givesRightOnly()) {
      columns.or(left.columns());
    }
    if (kind != JoinKind.LEFT && kind != JoinKind.FULL && !kind.givesLeftOnly()) {
      int shift = kind.givesRightOnly() ? 0 : join.left().columnCount();
      right.columns().stream().forEach(column -> columns.set(shift + column));
    }
    boolean nulls = (left.nulls() && !needsRight(kind)) || (right.nulls() && !needsLeft(kind));
    return new Field(left.transform(), left.sourceType(), columns, nulls, sources, left.name());
  }

  /** Whether no row comes out without one of the left side. */
  private static boolean needsLeft(JoinKind kind) {
    return switch (kind) {
      case INNER, LEFT, SEMI, ANTI, NULL_AWARE_ANTI, RIGHT_SEMI -> true;
      case RIGHT, FULL, RIGHT_ANTI -> false;
    };
  }

  /** Whether no row comes out without one of the right side. */
  private static boolean needsRight(JoinKind kind) {
    return switch (kind) {
      case INNER, RIGHT, SEMI, RIGHT_SEMI, RIGHT_ANTI -> true;
      case LEFT, FULL, ANTI, NULL_AWARE_ANTI -> false;
    };
  }

  private static @Nullable PartitionLayout layout(List<Field> fields, Set<TableScan> needed) {
    return fields.isEmpty() ? null : new PartitionLayout(fields, needed);
  }
}
