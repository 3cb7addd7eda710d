package dev.frazil.exec.scan;

import dev.frazil.exec.QueryContext;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.ChangeScan;
import dev.frazil.plan.ScanColumn;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.ObjectStore;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.deletes.Deletes;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;

/**
 * How the data files of one step of a change feed are read, before it and after it: in the columns
 * that the table has at the feed's end. One thread.
 */
final class ChangeReading implements AutoCloseable {
  private static final long BYTES_A_POSITION = 2;

  private final OpenDataFile.Layout rows;
  private final OpenDataFile.Layout positions;
  private final ObjectStore store;
  private final QueryContext context;
  private final MemoryReservation reservation;
  private final DeleteFiles deletes;
  private final int positionColumn;

  ChangeReading(ChangeScan scan, QueryContext context) {
    TableHandle handle = scan.table();
    Schema schema = ScanFiles.schema(handle);
    String text = handle.table().properties().get(TableProperties.DEFAULT_NAME_MAPPING);
    NameMapping mapping = text == null ? null : NameMappingParser.fromJson(text);
    List<ScanColumn> columns = scan.scanColumns();
    int position = 0;
    while (!(columns.get(position) instanceof ScanColumn.RowPosition)) {
      position++;
    }
    this.positionColumn = position;
    this.rows = new OpenDataFile.Layout(handle, schema, columns, mapping, context.memory());
    this.positions =
        new OpenDataFile.Layout(
            handle, schema, List.of(columns.get(position)), mapping, context.memory());
    this.store = context.files().store(handle.table());
    this.context = context;
    this.reservation = context.memory().open("the changes of " + handle.identifier());
    this.deletes = new DeleteFiles(store, context, reservation);
  }

  /** Which of the columns is the position in the file; those of the table stand before it. */
  int positionColumn() {
    return positionColumn;
  }

  QueryContext context() {
    return context;
  }

  MemoryReservation reservation() {
    return reservation;
  }

  /** The file, to be read in all columns of the feed. */
  OpenDataFile open(ScanFile file) {
    return ScanFigures.countOpened(
        OpenDataFile.open(store, file, rows, deletes), context.counters());
  }

  /** The positions of the rows that the deletes leave. */
  PositionDeleteIndex positions(ScanFile file) {
    PositionDeleteIndex left = Deletes.toPositionIndex(CloseableIterable.empty());
    try (ChangeCursor cursor =
        new ChangeCursor(OpenDataFile.open(store, file, positions, deletes), null, 0, context)) {
      ScanBatch batch = cursor.next();
      while (batch != null) {
        RowBatch found = batch.finish();
        reservation.grow(found.selectedCount() * BYTES_A_POSITION);
        long[] values = ((LongVector) found.column(0)).values();
        int[] alive = RowBatches.positions(found);
        for (int i = 0; i < found.selectedCount(); i++) {
          left.delete(values[alive[i]]);
        }
        batch = cursor.next();
      }
    }
    return left;
  }

  @Override
  public void close() {
    deletes.close();
    reservation.close();
  }
}
