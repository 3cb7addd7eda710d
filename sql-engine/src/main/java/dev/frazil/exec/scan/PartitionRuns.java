package dev.frazil.exec.scan;

import dev.frazil.exec.QueryContext;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.plan.ScanColumn;
import dev.frazil.plan.rule.Expressions;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.jspecify.annotations.Nullable;

/**
 * Splits a scan by the values that a column has in the partitions of its files: each part is some
 * partitions, and every row is in one part.
 */
public final class PartitionRuns {
  private static final int MOST_FILES = 4_096;
  private static final long LEAST_ROWS = 500_000;
  private static final int MOST_RUNS = 32;

  private PartitionRuns() {}

  /**
   * The predicates of the parts; none where a file was not partitioned by the values of the column,
   * where one value has half of the rows, or where files are too many to look through again.
   */
  public static List<ScalarExpression> of(TableScan scan, int column, QueryContext context) {
    if (!(scan.scanColumns().get(column) instanceof ScanColumn.TableColumn partitioned)) {
      return List.of();
    }
    List<ScanFile> files =
        ScanFiles.plan(scan.table(), scan.pruning(), context.files().snapshots());
    if (files.size() > MOST_FILES) {
      return List.of();
    }
    Map<@Nullable Object, Long> rowsByValue = new LinkedHashMap<>();
    long total = 0;
    for (ScanFile file : files) {
      int place = place(file.spec(), partitioned.fieldId());
      if (place < 0) {
        return List.of();
      }
      Object value = file.file().partition().get(place, Object.class);
      long rows = file.file().recordCount();
      total += rows;
      rowsByValue.merge(value instanceof CharSequence ? value.toString() : value, rows, Long::sum);
    }
    for (long rows : rowsByValue.values()) {
      if (rows > total / 2) {
        return List.of();
      }
    }
    InputReference reference = new InputReference(column, partitioned.column().type());
    return runs(rowsByValue, Math.max(LEAST_ROWS, total / MOST_RUNS), reference);
  }

  private static int place(PartitionSpec spec, int fieldId) {
    List<PartitionField> fields = spec.fields();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).sourceId() == fieldId && fields.get(i).transform().isIdentity()) {
        return i;
      }
    }
    return -1;
  }

  private static List<ScalarExpression> runs(
      Map<@Nullable Object, Long> rowsByValue, long rowsOfRun, InputReference column) {
    List<ScalarExpression> runs = new ArrayList<>();
    List<ScalarExpression> values = new ArrayList<>();
    long rows = 0;
    for (Map.Entry<@Nullable Object, Long> value : rowsByValue.entrySet()) {
      values.add(isValue(value.getKey(), column));
      rows += value.getValue();
      if (rows >= rowsOfRun) {
        runs.add(Expressions.or(List.copyOf(values)));
        values.clear();
        rows = 0;
      }
    }
    if (!values.isEmpty()) {
      runs.add(Expressions.or(List.copyOf(values)));
    }
    return runs;
  }

  private static ScalarExpression isValue(@Nullable Object value, InputReference column) {
    if (value == null) {
      return new Call(ScalarFunction.IS_NULL, List.of(column), Primitive.BOOLEAN);
    }
    SqlType type = column.type();
    Object held =
        value instanceof Number number
            ? type == Primitive.BIGINT ? (Object) number.longValue() : (Object) number.intValue()
            : value;
    return new Call(
        ScalarFunction.EQUAL, List.of(column, new Literal(held, type)), Primitive.BOOLEAN);
  }
}
