package dev.frazil.engine;

import dev.frazil.exec.Operator;
import dev.frazil.exec.OperatorFactory;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.JoinKind;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.plan.ScanColumn;
import dev.frazil.plan.TableHandle;
import dev.frazil.plan.UniqueKey;
import dev.frazil.plan.rule.Expressions;
import dev.frazil.type.SqlType;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.VectorValues;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of its target a MERGE, an UPDATE ... FROM or a DELETE ... USING can look at: those
 * with the keys of what it is joined with. These are read a second time, so only where they are few
 * and the same again. In doubt it is every row. Stateless.
 */
final class MatchedKeys {
  /** What may be read a second time, of all tables together. */
  private static final long MOST_ROWS = 100_000;

  private static final long MOST_FILES = 16;

  /** More rows than that are not told apart. */
  private static final int MOST_KEYS = 10_000;

  /** Of numbers NaN and the zeros have rules of their own; other types are rarely keys. */
  private static final Set<Type.TypeID> COMPARED =
      Set.of(
          Type.TypeID.INTEGER,
          Type.TypeID.LONG,
          Type.TypeID.DATE,
          Type.TypeID.STRING,
          Type.TypeID.DECIMAL,
          Type.TypeID.UUID);

  private MatchedKeys() {}

  /** Columns of the target and what they are equal to: columns of rows from elsewhere. */
  private record Match(UniqueKey key, List<Integer> others, PhysicalNode rows) {}

  /** In Iceberg's terms; {@code alwaysTrue()} for every row. */
  static Expression of(PlannedStatement.RowChange change, QueryContext context) {
    List<TableScan> scans = PlanTables.scansOfTarget(change);
    Match match = scans.size() == 1 ? find(change.source(), change.target()) : null;
    if (match == null || !isReadAgain(match.rows(), new long[] {MOST_ROWS, MOST_FILES})) {
      return org.apache.iceberg.expressions.Expressions.alwaysTrue();
    }
    return filter(match, context);
  }

  /** The join of the target, where every node above it runs once. */
  private static @Nullable Match find(PhysicalNode node, TableHandle target) {
    if (node instanceof HashJoin join) {
      Match match = null;
      if (dropsUnmatchedLeft(join.kind())) {
        match = match(join.left(), join.leftKeys(), join.right(), join.rightKeys(), target);
      }
      if (match == null && dropsUnmatchedRight(join.kind())) {
        match = match(join.right(), join.rightKeys(), join.left(), join.leftKeys(), target);
      }
      return match;
    }
    boolean ofRows =
        node instanceof PhysicalNode.Project
            || node instanceof PhysicalNode.Filter
            || node instanceof PhysicalNode.Window
            || node instanceof PhysicalNode.Aggregate;
    return ofRows ? find(node.inputs().get(0), target) : null;
  }

  private static boolean dropsUnmatchedLeft(JoinKind kind) {
    return switch (kind) {
      case INNER, RIGHT, SEMI, RIGHT_SEMI, RIGHT_ANTI -> true;
      case LEFT, FULL, ANTI, NULL_AWARE_ANTI -> false;
    };
  }

  private static boolean dropsUnmatchedRight(JoinKind kind) {
    return switch (kind) {
      case INNER, LEFT, SEMI, RIGHT_SEMI, ANTI -> true;
      case RIGHT, FULL, RIGHT_ANTI, NULL_AWARE_ANTI -> false;
    };
  }

  private static @Nullable Match match(
      PhysicalNode side,
      List<Integer> keys,
      PhysicalNode other,
      List<Integer> otherKeys,
      TableHandle target) {
    PhysicalNode node = side;
    List<Integer> places = new ArrayList<>(keys);
    while (!(node instanceof TableScan)) {
      if (node instanceof PhysicalNode.Project project) {
        places.replaceAll(
            place ->
                place >= 0
                        && project.expressions().get(place)
                            instanceof ScalarExpression.InputReference reference
                    ? reference.index()
                    : -1);
        node = project.input();
      } else if (node instanceof PhysicalNode.Filter filter) {
        node = filter.input();
      } else {
        return null;
      }
    }
    TableScan scan = (TableScan) node;
    if (!scan.table().identifier().equals(target.identifier()) || scan.table().timeTravel()) {
      return null;
    }
    List<Types.NestedField> columns = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Types.NestedField field = places.get(i) < 0 ? null : field(scan, places.get(i));
      int otherKey = otherKeys.get(i);
      if (field != null
          && TypeMapping.toSql(field.type()).equals(other.columns().get(otherKey).type())) {
        columns.add(field);
        others.add(otherKey);
      }
    }
    return columns.isEmpty() ? null : new Match(new UniqueKey("keys", columns), others, other);
  }

  /** The column of the table at a place of a scan, where it can be compared. */
  private static Types.@Nullable NestedField field(TableScan scan, int place) {
    if (!(scan.scanColumns().get(place) instanceof ScanColumn.TableColumn column)) {
      return null;
    }
    for (Types.NestedField field : scan.table().table().schema().columns()) {
      if (field.fieldId() == column.fieldId()
          && field.name().indexOf('.') < 0
          && COMPARED.contains(field.type().typeId())) {
        return field;
      }
    }
    return null;
  }

  /**
   * Whether rows can be read again, being the same.
   *
   * @param left rows and files that may be read still; counted down
   */
  private static boolean isReadAgain(PhysicalNode node, long[] left) {
    if (node instanceof TableScan scan) {
      return scan.limit() < 0 && isStable(scan.residual()) && isSmall(scan.table(), left);
    }
    boolean stable = false;
    if (node instanceof PhysicalNode.Values values) {
      left[0] -= values.rows().size();
      stable =
          left[0] >= 0
              && values.rows().stream().flatMap(List::stream).allMatch(MatchedKeys::isStable);
    } else if (node instanceof PhysicalNode.Filter filter) {
      stable = isStable(filter.predicate());
    } else if (node instanceof PhysicalNode.Project project) {
      stable = project.expressions().stream().allMatch(MatchedKeys::isStable);
    } else if (node instanceof PhysicalNode.Aggregate aggregate) {
      stable =
          aggregate.calls().isEmpty()
              && aggregate.columns().stream().allMatch(column -> isPlain(column.type()));
    }
    return stable && node.inputs().stream().allMatch(input -> isReadAgain(input, left));
  }

  private static boolean isStable(@Nullable ScalarExpression expression) {
    return expression == null || !(Expressions.isVolatile(expression) || isDrawn(expression));
  }

  /** Whether it draws rows by lot, as TABLESAMPLE does. */
  private static boolean isDrawn(ScalarExpression expression) {
    if (expression instanceof ScalarExpression.Call call) {
      return call.function() == ScalarFunction.SAMPLED
          || call.operands().stream().anyMatch(MatchedKeys::isDrawn);
    }
    return expression instanceof ScalarExpression.Cast cast && isDrawn(cast.operand());
  }

  /** Whether equal values are the same: of zeros grouping keeps one of either sign. */
  private static boolean isPlain(SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN, INT, LONG, INT128, BYTES -> true;
      case FLOAT, DOUBLE, LIST, MAP, STRUCT -> false;
    };
  }

  private static boolean isSmall(TableHandle table, long[] left) {
    Long id = table.snapshotId();
    if (id == null) {
      return true;
    }
    Snapshot snapshot = table.table().snapshot(id);
    if (snapshot == null) {
      return false;
    }
    left[0] -= total(snapshot, SnapshotSummary.TOTAL_RECORDS_PROP);
    left[1] -= total(snapshot, SnapshotSummary.TOTAL_DATA_FILES_PROP);
    left[1] -= total(snapshot, SnapshotSummary.TOTAL_DELETE_FILES_PROP);
    return left[0] >= 0 && left[1] >= 0;
  }

  private static long total(Snapshot snapshot, String property) {
    String total = snapshot.summary().get(property);
    return total == null ? MOST_ROWS + 1 : Long.parseLong(total);
  }

  /** The rows of the target that hold one of the keys; a null is equal to nothing. */
  private static Expression filter(Match match, QueryContext context) {
    Set<List<Object>> keys = new LinkedHashSet<>();
    try (Operator operator = OperatorFactory.create(match.rows(), context)) {
      RowBatch batch = operator.next();
      while (batch != null) {
        context.cancellation().check();
        add(RowBatches.compact(batch), match.others(), keys);
        if (keys.size() > MOST_KEYS) {
          return org.apache.iceberg.expressions.Expressions.alwaysTrue();
        }
        batch = operator.next();
      }
    }
    return keys.isEmpty()
        ? org.apache.iceberg.expressions.Expressions.alwaysFalse()
        : KeyFilters.listed(match.key(), List.copyOf(keys));
  }

  private static void add(RowBatch batch, List<Integer> columns, Set<List<Object>> keys) {
    for (int row = 0; row < batch.rowCount(); row++) {
      List<Object> key = new ArrayList<>();
      for (int column : columns) {
        Object value = VectorValues.read(batch.column(column), row);
        if (value != null) {
          key.add(value);
        }
      }
      if (key.size() == columns.size()) {
        keys.add(key);
      }
    }
  }
}
