package dev.frazil.exec.scan;

import java.util.LinkedHashMap;
import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of data files the equality deletes of a snapshot remove, as the sessions of an engine
 * found while they read them: the next statement needs neither the delete files nor the columns
 * that they compare. Thread-safe.
 */
final class KnownDeletions {
  /** A bit a row at most, in bitmaps of so many rows, and what holds them together. */
  private static final long ROWS_A_BITMAP = 1 << 16;

  private static final long BYTES_A_BITMAP = ROWS_A_BITMAP / Byte.SIZE + 64;

  /**
   * Files never change, and what a commit deletes of a data file is in further delete files.
   *
   * @param deletes the equality delete files of the data file
   * @param nameMapping which columns a file without ids has
   */
  record Key(String dataFile, List<Deletes> deletes, @Nullable String nameMapping) {
    /** A delete file, and what it compares. */
    record Deletes(String location, List<Integer> fieldIds) {}

    static Key of(String dataFile, List<DeleteFile> deletes, @Nullable String nameMapping) {
      return new Key(
          dataFile,
          deletes.stream()
              .map(file -> new Deletes(file.location(), List.copyOf(file.equalityFieldIds())))
              .toList(),
          nameMapping);
    }
  }

  private record Kept(PositionDeleteIndex deleted, long bytes) {}

  private final LinkedHashMap<Key, Kept> byDataFile = new LinkedHashMap<>(16, 0.75f, true);
  private final long maxBytes;
  private long heldBytes;

  /**
   * @param maxBytes what may be kept
   */
  KnownDeletions(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** An upper bound of what the deleted ones of so many rows take. */
  static long sizeBytes(long rows) {
    return (rows / ROWS_A_BITMAP + 2) * BYTES_A_BITMAP;
  }

  /** Whether the deletions of a file of so many rows are worth their room. */
  boolean hasRoom(long rows) {
    return sizeBytes(rows) <= maxBytes / 2;
  }

  synchronized @Nullable PositionDeleteIndex find(Key key) {
    Kept kept = byDataFile.get(key);
    return kept == null ? null : kept.deleted();
  }

  /**
   * Keeps what is deleted of a data file of so many rows.
   *
   * @param deleted does not change any more
   */
  synchronized void keep(Key key, PositionDeleteIndex deleted, long rows) {
    Kept kept = new Kept(deleted, sizeBytes(rows));
    Kept before = byDataFile.put(key, kept);
    heldBytes += kept.bytes() - (before == null ? 0 : before.bytes());
    var eldest = byDataFile.values().iterator();
    while (heldBytes > maxBytes) {
      heldBytes -= eldest.next().bytes();
      eldest.remove();
    }
  }
}
