package dev.frazil.txn;

import dev.frazil.datafile.DataFiles;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.storage.ObjectStore;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorValues;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Whether files that others added hold one of the keys that a statement wrote, by the keys
 * themselves: bounds of random keys overlap nearly always. Reads the columns of the key, pruned by
 * statistics and bloom filters. In doubt they do: where files are of a format that is not read or
 * too much would have to be read. A row that was deleted again counts as one that is there. One
 * thread.
 */
final class KeyMeeting {
  /** Rows of others that few keys are looked for in; a commit holds up the writers behind it. */
  private static final long MOST_READ = 20_000_000;

  /** Keys of others that are held in memory, to look for many keys among them. */
  private static final long MOST_HELD = 100_000;

  /** Of one such key, by estimate. */
  private static final long KEY_BYTES = 160;

  private final TableMetadata metadata;
  private final KeyRows keys;
  private final AddedRows rows;

  /**
   * @param metadata the table with the files of the others
   */
  KeyMeeting(ObjectStore store, TableMetadata metadata, KeyRows keys) {
    this.metadata = metadata;
    this.keys = keys;
    this.rows = new AddedRows(store, metadata, keys.memory());
  }

  /** Whether one of the files may hold one of the keys. */
  boolean mayMeet(List<DataFile> added) {
    if (!columnsStand()) {
      return true;
    }
    long count = added.stream().mapToLong(DataFile::recordCount).sum();
    List<List<Object>> values = keys.values();
    if (values != null) {
      Set<List<Object>> own = new HashSet<>();
      values.forEach(key -> own.add(comparable(key)));
      return count > MOST_READ || anyMatch(added, keys.filter(), own::contains);
    }
    if (count > MOST_HELD) {
      return true;
    }
    try (MemoryReservation memory = keys.memory().open("the keys that others wrote")) {
      if (!memory.tryGrow(count * KEY_BYTES)) {
        return true;
      }
      Set<List<Object>> theirs = new HashSet<>();
      boolean unknown =
          anyMatch(
              added,
              keys.filter(),
              key -> {
                theirs.add(key);
                return false;
              });
      return unknown
          || (!theirs.isEmpty()
              && anyMatch(keys.files(), Expressions.alwaysTrue(), theirs::contains));
    }
  }

  /** Whether the columns are what they were when the keys were written. */
  private boolean columnsStand() {
    return keys.columns().stream()
        .allMatch(column -> column.equals(metadata.schema().findField(column.fieldId())));
  }

  private boolean anyMatch(
      List<DataFile> files, Expression pruning, Predicate<List<Object>> wanted) {
    for (DataFile file : files) {
      if (anyMatch(file, pruning, wanted)) {
        return true;
      }
    }
    return false;
  }

  private boolean anyMatch(DataFile file, Expression pruning, Predicate<List<Object>> wanted) {
    if (!DataFiles.isRead(file.format())) {
      return true;
    }
    Map<Integer, @Nullable Object> fixed = fixedByPartition(file);
    if (fixed.containsValue(null)) {
      return false; // a null is nobody's key
    }
    return rows.any(
        file,
        keys.columns(),
        fixed.isEmpty() ? pruning : Expressions.alwaysTrue(),
        batch -> anyMatch(batch, fixed.keySet(), wanted));
  }

  /**
   * Columns of the key, by their place in it, that the partition of a file fixes, with their
   * values. One that was brought from elsewhere need not hold such columns.
   */
  private Map<Integer, @Nullable Object> fixedByPartition(DataFile file) {
    Map<Integer, @Nullable Object> fixed = new HashMap<>();
    PartitionSpec spec = metadata.spec(file.specId());
    for (int i = 0; spec != null && i < spec.fields().size(); i++) {
      PartitionField field = spec.fields().get(i);
      for (int column = 0; column < keys.columns().size(); column++) {
        if (field.transform().isIdentity()
            && keys.columns().get(column).fieldId() == field.sourceId()) {
          fixed.put(column, file.partition().get(i, Object.class));
        }
      }
    }
    return fixed;
  }

  /**
   * Whether a row has a key that is wanted.
   *
   * @param fixed columns that are not null, although the file may say so because it lacks them
   */
  private static boolean anyMatch(
      RowBatch batch, Set<Integer> fixed, Predicate<List<Object>> wanted) {
    int width = batch.columns().size();
    for (int row = 0; row < batch.rowCount(); row++) {
      List<Object> key = new ArrayList<>(width);
      boolean lacksColumn = false;
      for (int column = 0; column < width; column++) {
        Object value = VectorValues.read(batch.column(column), row);
        if (value != null) {
          key.add(comparable(value));
        } else {
          lacksColumn |= fixed.contains(column);
        }
      }
      if (lacksColumn || (key.size() == width && wanted.test(key))) {
        return true;
      }
    }
    return false;
  }

  private static List<Object> comparable(List<Object> key) {
    return key.stream().map(KeyMeeting::comparable).toList();
  }

  /** One that is equal to others as keys are. */
  private static Object comparable(Object value) {
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    return value instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : value;
  }
}
