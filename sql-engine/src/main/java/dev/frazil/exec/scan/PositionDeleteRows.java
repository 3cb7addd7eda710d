package dev.frazil.exec.scan;

import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.MetadataScan;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.ObjectStore;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.BatchScan;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Partitioning;
import org.apache.iceberg.PositionDeletesScanTask;
import org.apache.iceberg.PositionDeletesTable;
import org.apache.iceberg.ScanTask;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.PartitionUtil;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code t$position_deletes}: every position that a delete file of the snapshot names,
 * of position delete files and of deletion vectors, delete file by delete file.
 */
public final class PositionDeleteRows implements Operator {
  private final MetadataScan scan;
  private final QueryContext context;
  private final PositionDeletesTable deletes;
  private final BaseTable table;
  private @Nullable CloseableIterator<ScanTask> tasks;
  private @Nullable DeletedPositions positions;
  private List<ColumnVector> constants = List.of();
  private boolean ended;

  public PositionDeleteRows(MetadataScan scan, QueryContext context) {
    this.scan = scan;
    this.context = context;
    this.deletes = (PositionDeletesTable) scan.table().table();
    this.table = deletes.table();
  }

  /** Whether a table is that of position deletes, which gives files instead of rows. */
  public static boolean reads(Table table) {
    return table instanceof PositionDeletesTable;
  }

  @Override
  public @Nullable RowBatch next() {
    while (!ended) {
      context.cancellation().check();
      DeletedPositions open = positions;
      if (open == null) {
        open = openNext();
        if (open == null) {
          close();
          return null;
        }
        positions = open;
      }
      RowBatch found = open.next();
      if (found != null) {
        return withConstants(found);
      }
      positions = null;
      open.close();
    }
    return null;
  }

  private @Nullable DeletedPositions openNext() {
    CloseableIterator<ScanTask> files = tasks;
    if (files == null) {
      files = plan().iterator();
      tasks = files;
    }
    if (!files.hasNext()) {
      return null;
    }
    DeleteFile file = ((PositionDeletesScanTask) files.next()).file();
    constants = new ArrayList<>();
    for (Column column : scan.columns().subList(DeletedPositions.COLUMNS, scan.columns().size())) {
      constants.add(constant(column, file));
    }
    ObjectStore store = context.files().store(table);
    return file.format() == FileFormat.PUFFIN
        ? DeletedPositions.ofVector(file, store, scan.columns().get(2).type(), context)
        : DeletedPositions.ofFile(file, store, deletes.schema(), context);
  }

  private CloseableIterable<ScanTask> plan() {
    TableHandle handle = scan.table();
    BatchScan planned = deletes.newBatchScan();
    Long snapshotId = handle.snapshotId();
    return handle.timeTravel() && snapshotId != null
        ? planned.useSnapshot(snapshotId).planFiles()
        : planned.planFiles();
  }

  /** A column that has one value for all rows of a delete file, in a vector of one row. */
  private ColumnVector constant(Column column, DeleteFile file) {
    SqlType type = column.type();
    return switch (column.name()) {
      case PositionDeletesTable.PARTITION -> partition(file, type);
      case PositionDeletesTable.SPEC_ID -> ConstantVectors.of(file.specId(), type, 1);
      case PositionDeletesTable.DELETE_FILE_PATH -> ConstantVectors.of(file.location(), type, 1);
      case PositionDeletesTable.CONTENT_OFFSET -> number(file.contentOffset(), type);
      case PositionDeletesTable.CONTENT_SIZE_IN_BYTES -> number(file.contentSizeInBytes(), type);
      default ->
          throw dev.frazil.error.EngineException.unsupported(
              "the column " + column.name() + " of " + scan.table().identifier());
    };
  }

  private static ColumnVector number(@Nullable Long value, SqlType type) {
    return value == null ? ConstantVectors.nulls(type, 1) : ConstantVectors.of(value, type, 1);
  }

  private ColumnVector partition(DeleteFile file, SqlType type) {
    Types.StructType fields = Partitioning.partitionType(table);
    PartitionSpec spec = table.specs().get(file.specId());
    StructLike partition = PartitionUtil.coercePartition(fields, spec, file.partition());
    VectorBuilder builder = VectorBuilder.of(type);
    builder.appendValue(IcebergValues.toEngine(partition, fields));
    return builder.build();
  }

  private RowBatch withConstants(RowBatch found) {
    List<ColumnVector> columns = new ArrayList<>(found.columns());
    for (ColumnVector constant : constants) {
      columns.add(ConstantVectors.repeat(constant, found.rowCount()));
    }
    return new RowBatch(columns, found.rowCount());
  }

  @Override
  public void close() {
    ended = true;
    DeletedPositions open = positions;
    positions = null;
    if (open != null) {
      open.close();
    }
    CloseableIterator<ScanTask> files = tasks;
    tasks = null;
    if (files != null) {
      try {
        files.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
