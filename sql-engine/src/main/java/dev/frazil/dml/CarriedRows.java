package dev.frazil.dml;

import dev.frazil.exec.ExchangeOperator;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.scan.TableScanSource;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.ScanColumn;
import dev.frazil.plan.TableHandle;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.SelectionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Copies the rows of data files that stay when others of the same files go: with their values, and
 * in version 3 with their ids and last commits. Rows that were deleted before are left behind.
 */
final class CarriedRows {
  private CarriedRows() {}

  /**
   * Reads the files and writes what is left of them.
   *
   * @param files locations of data files of the table
   * @param gone rows to be left out
   * @param inOrder whether rows keep their order; else pieces of a file that are read at the same
   *     time, some ten thousand rows each, mix
   * @param changed what becomes of some of them, written beside the rows that stood around them;
   *     null for nothing
   */
  static void copy(
      TableHandle table,
      Set<String> files,
      RowPositions gone,
      boolean inOrder,
      @Nullable ChangedRows changed,
      InsertWriter writer,
      QueryContext context) {
    List<ScanColumn> columns = columns(table);
    int width = columns.size() - 2;
    TableScanSource source =
        new TableScanSource(
            new PhysicalNode.TableScan(
                table, columns, Expressions.alwaysTrue(), null, -1, Double.NaN),
            null,
            inOrder ? context.serial() : context);
    source.restrict(files::contains);
    try (Operator rows =
        inOrder
            ? ExchangeOperator.inOrder(source, context)
            : new ExchangeOperator(source, context)) {
      RowBatch batch = rows.next();
      while (batch != null) {
        context.cancellation().check();
        int[] replaced = new int[batch.selectedCount()];
        int[] replacedCount = new int[1];
        SelectionVector staying =
            staying(
                batch,
                width,
                gone,
                (file, position) -> {
                  int number = changed == null ? -1 : changed.replacement(file, position);
                  if (number >= 0) {
                    replaced[replacedCount[0]++] = number;
                  }
                });
        if (staying.count() > 0) {
          writer.write(new RowBatch(batch.columns().subList(0, width), batch.rowCount(), staying));
        }
        if (changed != null) {
          changed.write(replaced, replacedCount[0]);
        }
        batch = rows.next();
      }
    }
  }

  /** Those of {@link RowLineage#writtenSchema}, then the address of the row. */
  private static List<ScanColumn> columns(TableHandle table) {
    List<ScanColumn> columns = new ArrayList<>();
    for (Types.NestedField field : table.table().schema().columns()) {
      columns.add(
          new ScanColumn.TableColumn(
              field.fieldId(),
              new Column(field.name(), TypeMapping.toSql(field.type()), field.isOptional())));
    }
    if (RowLineage.isKept(table.table())) {
      columns.add(new ScanColumn.RowId(new Column("_row_id", Primitive.BIGINT, true)));
      columns.add(
          new ScanColumn.LastUpdated(
              new Column("_last_updated_sequence_number", Primitive.BIGINT, true)));
    }
    columns.add(new ScanColumn.FileLocation(new Column("_file", Primitive.VARCHAR, false)));
    columns.add(new ScanColumn.RowPosition(new Column("_pos", Primitive.BIGINT, false)));
    return columns;
  }

  /** Takes the address of a row that does not stay. */
  private interface Left {
    void row(String file, long position);
  }

  private static SelectionVector staying(RowBatch batch, int width, RowPositions gone, Left left) {
    ColumnVector files = batch.column(width);
    LongVector positions = (LongVector) batch.column(width + 1);
    int[] alive = RowBatches.positions(batch);
    int[] kept = new int[batch.selectedCount()];
    int count = 0;
    FileNames names = new FileNames(files);
    for (int k = 0; k < kept.length; k++) {
      int row = alive[k];
      if (!gone.contains(names.at(row), positions.values()[row])) {
        kept[count++] = row;
      } else {
        left.row(names.at(row), positions.values()[row]);
      }
    }
    return new SelectionVector(kept, count);
  }
}
