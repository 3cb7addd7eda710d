package dev.frazil.exec.scan;

import dev.frazil.error.EngineException;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.MetadataScan;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.TableHandle;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The rows of a metadata table, as Iceberg gives them, manifest by manifest. */
public final class MetadataRows implements Operator {
  private static final int BATCH_ROWS = 1024;

  private final MetadataScan scan;
  private final QueryContext context;
  private final List<Types.NestedField> fields;
  private @Nullable CloseableIterator<FileScanTask> tasks;
  private @Nullable CloseableIterator<StructLike> rows;
  private boolean ended;

  public MetadataRows(MetadataScan scan, QueryContext context) {
    this.scan = scan;
    this.context = context;
    this.fields = scan.table().table().schema().columns();
  }

  @Override
  public @Nullable RowBatch next() {
    List<VectorBuilder> builders = new ArrayList<>();
    for (Column column : scan.columns()) {
      builders.add(VectorBuilder.of(column.type()));
    }
    int count = 0;
    while (count < BATCH_ROWS) {
      StructLike row = nextRow();
      if (row == null) {
        break;
      }
      for (int i = 0; i < builders.size(); i++) {
        Types.NestedField field = fields.get(i);
        builders.get(i).appendValue(IcebergValues.toEngine(row.get(i, Object.class), field.type()));
      }
      count++;
    }
    if (count == 0) {
      return null;
    }
    List<ColumnVector> columns = new ArrayList<>();
    for (VectorBuilder builder : builders) {
      columns.add(builder.build());
    }
    return new RowBatch(columns, count);
  }

  private @Nullable StructLike nextRow() {
    while (!ended) {
      context.cancellation().check();
      CloseableIterator<StructLike> current = rows;
      if (current != null && current.hasNext()) {
        return current.next();
      }
      closeRows();
      CloseableIterator<FileScanTask> files = tasks;
      if (files == null) {
        files = plan().iterator();
        tasks = files;
      }
      if (!files.hasNext()) {
        close();
        return null;
      }
      rows = files.next().asDataTask().rows().iterator();
    }
    return null;
  }

  private CloseableIterable<FileScanTask> plan() {
    TableHandle handle = scan.table();
    TableScan planned;
    try {
      planned = handle.table().newScan();
      if (handle.timeTravel() && handle.snapshotId() != null) {
        planned = planned.useSnapshot(handle.snapshotId());
      }
    } catch (UnsupportedOperationException e) {
      throw new EngineException(
          dev.frazil.error.SqlState.FEATURE_NOT_SUPPORTED,
          "reading "
              + handle.identifier()
              + (handle.timeTravel() ? " at a snapshot" : "")
              + " is not supported by Frazil",
          e);
    }
    return planned.planFiles();
  }

  private void closeRows() {
    CloseableIterator<StructLike> current = rows;
    rows = null;
    close(current);
  }

  private static void close(@Nullable CloseableIterator<?> iterator) {
    if (iterator != null) {
      try {
        iterator.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    ended = true;
    closeRows();
    CloseableIterator<FileScanTask> files = tasks;
    tasks = null;
    close(files);
  }
}
