package dev.frazil.exec.scan;

import dev.frazil.datafile.DataFiles;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.parquet.BatchReader;
import dev.frazil.parquet.ColumnRequest;
import dev.frazil.parquet.DataFileScanner;
import dev.frazil.parquet.Morsel;
import dev.frazil.parquet.PositionedBatch;
import dev.frazil.storage.ObjectStore;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.deletes.Deletes;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The delete files of one scan, each read once: position deletes (Iceberg spec, "Position Delete
 * Files"), deletion vectors ("Deletion Vectors") and equality deletes ("Equality Delete Files").
 * Thread-safe. What it holds is reserved in the memory budget (53200).
 */
final class DeleteFiles implements AutoCloseable {
  private static final long BYTES_A_POSITION = 4;
  private static final Schema POSITION_DELETES =
      new Schema(MetadataColumns.DELETE_FILE_PATH, MetadataColumns.DELETE_FILE_POS);

  private final ObjectStore store;
  private final QueryContext context;
  private final MemoryReservation reservation;
  private boolean closed;
  private final Map<String, Map<String, PositionDeleteIndex>> positions = new ConcurrentHashMap<>();
  private final Map<List<String>, DeletedKeySet> keys = new ConcurrentHashMap<>();

  DeleteFiles(ObjectStore store, QueryContext context, MemoryReservation reservation) {
    this.store = store;
    this.context = context;
    this.reservation = reservation;
  }

  /** What statements before found of equality deletes; null where nobody keeps it. */
  @Nullable KnownDeletions known() {
    SnapshotFiles snapshots = context.files().snapshots();
    return snapshots == null ? null : snapshots.deletions();
  }

  /** Whether the deleted ones of so many rows may be gathered and kept; takes the memory. */
  boolean hasRoom(long rows) {
    KnownDeletions known = known();
    return known != null && known.hasRoom(rows) && tryReserve(KnownDeletions.sizeBytes(rows));
  }

  /** The positions that a position delete file or a deletion vector removes from a data file. */
  PositionDeleteIndex positions(DeleteFile file, String dataFileLocation) {
    if (file.format() == FileFormat.PUFFIN) {
      PositionDeleteIndex deleted = DeletionVectorBlob.read(file, store);
      Long lengthBytes = file.contentSizeInBytes();
      context.counters().add(Counter.BYTES_READ, lengthBytes == null ? 0 : lengthBytes);
      context.counters().add(Counter.READ_REQUESTS, 1);
      return deleted;
    }
    PositionDeleteIndex found =
        positions
            .computeIfAbsent(file.location(), location -> readPositions(file))
            .get(dataFileLocation);
    return found == null ? PositionDeleteIndex.empty() : found;
  }

  private Map<String, PositionDeleteIndex> readPositions(DeleteFile file) {
    Map<String, PositionDeleteIndex> indexes = new HashMap<>();
    read(
        file,
        POSITION_DELETES.columns(),
        POSITION_DELETES,
        batch -> {
          reserve(batch.rowCount() * BYTES_A_POSITION);
          BytesVector paths = VectorGather.bytes(batch.column(0));
          long[] rows = ((LongVector) batch.column(1)).values();
          PositionDeleteIndex index = PositionDeleteIndex.empty();
          for (int i = 0; i < batch.rowCount(); i++) {
            if (i == 0 || !sameBytes(paths, i - 1, i)) {
              index = indexes.computeIfAbsent(paths.text(i), path -> newIndex());
            }
            index.delete(checked(rows[i], file));
          }
        });
    return indexes;
  }

  /** An index takes memory for the highest of its positions. */
  private static long checked(long position, DeleteFile file) {
    if (position < 0 || position > DeletionVectorBlob.MAX_POSITION) {
      throw new EngineException(
          SqlState.DATA_CORRUPTED,
          "the position delete file "
              + file.location()
              + " is corrupt: it deletes the row at position "
              + position
              + ", which no file has");
    }
    return position;
  }

  private static PositionDeleteIndex newIndex() {
    return Deletes.toPositionIndex(CloseableIterable.empty());
  }

  private static boolean sameBytes(BytesVector paths, int first, int second) {
    return java.util.Arrays.equals(
        paths.data(),
        paths.offsets()[first],
        paths.offsets()[first + 1],
        paths.data(),
        paths.offsets()[second],
        paths.offsets()[second + 1]);
  }

  /** The keys that these equality delete files, all over the same fields, remove. */
  DeletedKeySet keys(List<DeleteFile> files, List<KeyColumn> fields, Schema schema) {
    List<String> locations = files.stream().map(DeleteFile::location).sorted().toList();
    return keys.computeIfAbsent(locations, key -> readKeys(files, fields, schema));
  }

  private DeletedKeySet readKeys(List<DeleteFile> files, List<KeyColumn> fields, Schema schema) {
    List<Types.NestedField> columns = fields.stream().map(KeyColumn::column).toList();
    DeletedKeyBuilder builder =
        new DeletedKeyBuilder(fields.stream().map(KeyColumn::comparedType).toList());
    for (DeleteFile file : files) {
      read(
          file,
          columns,
          schema,
          batch -> {
            long before = builder.sizeBytes();
            List<ColumnVector> compared = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
              compared.add(fields.get(i).compared(batch.column(i)));
            }
            builder.add(compared, batch.rowCount());
            reserve(builder.sizeBytes() - before);
          });
    }
    return builder.build(this::tryReserve, this::reserve);
  }

  private void read(
      DeleteFile file, List<Types.NestedField> fields, Schema schema, Consumer<RowBatch> consumer) {
    List<ColumnRequest> requests = fields.stream().map(ColumnRequest::new).toList();
    try (DataFileScanner scanner =
        DataFiles.open(
            store, file, requests, schema, Expressions.alwaysTrue(), null, context.memory())) {
      for (Morsel morsel : scanner.morsels()) {
        try (BatchReader reader = scanner.read(morsel)) {
          PositionedBatch batch = reader.next();
          while (batch != null) {
            context.cancellation().check();
            consumer.accept(batch.batch());
            batch = reader.next();
          }
        }
      }
      ScanFigures.countRequests(scanner.statistics(), context.counters());
    }
  }

  /** Files may still be opened ahead when the scan ends, and must not reserve any more. */
  private synchronized void reserve(long bytes) {
    if (!closed) {
      reservation.grow(Math.max(bytes, 0));
    }
  }

  private synchronized boolean tryReserve(long bytes) {
    return !closed && reservation.tryGrow(bytes);
  }

  @Override
  public synchronized void close() {
    closed = true;
    reservation.close();
  }
}
