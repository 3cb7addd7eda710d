package dev.frazil.exec.scan;

import dev.frazil.datafile.DataFiles;
import dev.frazil.exec.QueryContext;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.parquet.BatchReader;
import dev.frazil.parquet.ColumnRequest;
import dev.frazil.parquet.DataFileScanner;
import dev.frazil.parquet.Morsel;
import dev.frazil.parquet.PositionedBatch;
import dev.frazil.storage.ObjectStore;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * The positions that one delete file names, batch by batch: file_path, pos, and the deleted row
 * where the file holds it. For one thread at a time.
 */
abstract class DeletedPositions implements AutoCloseable {
  /** What the batches hold. */
  static final int COLUMNS = 3;

  private static final int BATCH_ROWS = 1024;

  /** The next rows, or null at the end. */
  abstract @Nullable RowBatch next();

  @Override
  public abstract void close();

  /**
   * A position delete file (Iceberg spec, "Position Delete Files").
   *
   * @param schema begins with file_path, pos and row
   */
  static DeletedPositions ofFile(
      DeleteFile file, ObjectStore store, Schema schema, QueryContext context) {
    List<ColumnRequest> requests =
        schema.columns().subList(0, COLUMNS).stream().map(ColumnRequest::new).toList();
    return new InFile(
        DataFiles.open(
            store, file, requests, schema, Expressions.alwaysTrue(), null, context.memory()));
  }

  /** A deletion vector in a Puffin file; its rows are null. */
  static DeletedPositions ofVector(
      DeleteFile file, ObjectStore store, SqlType rowType, QueryContext context) {
    MemoryReservation reservation = context.memory().open("the positions in " + file.location());
    try {
      reservation.grow(file.recordCount() * Long.BYTES);
      return new InVector(DeletionVectorBlob.read(file, store), file, rowType, reservation);
    } catch (RuntimeException e) {
      reservation.close();
      throw e;
    }
  }

  private static final class InFile extends DeletedPositions {
    private final DataFileScanner scanner;
    private final Iterator<Morsel> morsels;
    private @Nullable BatchReader reader;

    InFile(DataFileScanner scanner) {
      this.scanner = scanner;
      this.morsels = scanner.morsels().iterator();
    }

    @Override
    @Nullable RowBatch next() {
      while (true) {
        BatchReader current = reader;
        if (current == null) {
          if (!morsels.hasNext()) {
            return null;
          }
          current = scanner.read(morsels.next());
          reader = current;
        }
        PositionedBatch found = current.next();
        if (found != null) {
          return found.batch();
        }
        reader = null;
        current.close();
      }
    }

    @Override
    public void close() {
      BatchReader current = reader;
      reader = null;
      if (current != null) {
        current.close();
      }
      scanner.close();
    }
  }

  private static final class InVector extends DeletedPositions {
    private final String dataFile;
    private final SqlType rowType;
    private final MemoryReservation reservation;
    private final long[] positions;
    private int given;

    InVector(
        PositionDeleteIndex deleted,
        DeleteFile file,
        SqlType rowType,
        MemoryReservation reservation) {
      this.dataFile = String.valueOf(file.referencedDataFile());
      this.rowType = rowType;
      this.reservation = reservation;
      this.positions = new long[Math.toIntExact(deleted.cardinality())];
      int[] count = new int[1];
      deleted.forEach(position -> positions[count[0]++] = position);
    }

    @Override
    @Nullable RowBatch next() {
      int count = Math.min(BATCH_ROWS, positions.length - given);
      if (count == 0) {
        return null;
      }
      long[] values = Arrays.copyOfRange(positions, given, given + count);
      given += count;
      return new RowBatch(
          List.of(
              ConstantVectors.of(dataFile, Primitive.VARCHAR, count),
              new LongVector(Primitive.BIGINT, count, values, null),
              ConstantVectors.nulls(rowType, count)),
          count);
    }

    @Override
    public void close() {
      reservation.close();
    }
  }
}
