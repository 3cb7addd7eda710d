package dev.frazil.dml;

import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.StructLikeSet;

/**
 * Which rows fall into partitions of today's spec, told by their values: files of an earlier spec
 * hold such rows beside others. One thread.
 */
public final class PartitionRows {
  private final List<Types.NestedField> columns;
  private final Predicate<StructLike> wanted;

  private PartitionRows(List<Types.NestedField> columns, Predicate<StructLike> wanted) {
    this.columns = columns;
    this.wanted = wanted;
  }

  /** The rows of the partitions of some files. */
  public static PartitionRows of(Table table, List<DataFile> files) {
    PartitionSpec spec = table.spec();
    List<Types.NestedField> columns = sources(table);
    StructLikeSet partitions = StructLikeSet.create(spec.partitionType());
    files.forEach(file -> partitions.add(file.partition()));
    PartitionKey key = PartitionKeys.of(spec, new Schema(columns));
    return new PartitionRows(
        columns,
        row -> {
          key.partition(row);
          return partitions.contains(key);
        });
  }

  /** The rows that satisfy a filter over columns that the table is partitioned by. */
  public static PartitionRows of(Table table, Expression filter) {
    List<Types.NestedField> columns = sources(table);
    Evaluator evaluator = new Evaluator(new Schema(columns).asStruct(), filter, true);
    return new PartitionRows(columns, evaluator::eval);
  }

  /** The columns that partition fields are computed from; nested ones as a whole. */
  private static List<Types.NestedField> sources(Table table) {
    Set<Integer> sources =
        table.spec().fields().stream().map(PartitionField::sourceId).collect(Collectors.toSet());
    List<Types.NestedField> columns = new ArrayList<>();
    for (Types.NestedField field : table.schema().columns()) {
      Set<Integer> ids = TypeUtil.getProjectedIds(field.type());
      if (sources.contains(field.fieldId()) || ids.stream().anyMatch(sources::contains)) {
        columns.add(field);
      }
    }
    return columns;
  }

  /** What has to be read of each row, in this order. */
  public List<Types.NestedField> columns() {
    return columns;
  }

  /**
   * Those of the rows alive that are wanted.
   *
   * @param values the {@link #columns} of the batch
   */
  public SelectionVector among(RowBatch batch, List<ColumnVector> values) {
    VectorRow row = new VectorRow(values);
    SelectionVector selection = batch.selection();
    int count = batch.selectedCount();
    int[] found = new int[count];
    int size = 0;
    for (int k = 0; k < count; k++) {
      int position = selection == null ? k : selection.positions()[k];
      if (wanted.test(row.moveTo(position))) {
        found[size++] = position;
      }
    }
    return new SelectionVector(found, size);
  }
}
