package dev.frazil.dml;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Rows of data files, by file location and position. Not thread-safe. */
public final class RowPositions {
  private final NavigableMap<String, Roaring64Bitmap> byFile = new TreeMap<>();
  private long count;

  /** Notes a row; false if it was noted before. */
  public boolean add(String file, long position) {
    Roaring64Bitmap positions = byFile.computeIfAbsent(file, key -> new Roaring64Bitmap());
    if (positions.contains(position)) {
      return false;
    }
    positions.addLong(position);
    count++;
    return true;
  }

  /** Rows noted. */
  public long count() {
    return count;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** The locations of the files, ascending. */
  public Set<String> files() {
    return Collections.unmodifiableSet(byFile.keySet());
  }

  /** Rows noted of a file. */
  long count(String file) {
    Roaring64Bitmap positions = byFile.get(file);
    return positions == null ? 0 : positions.getLongCardinality();
  }

  /** Whether a row was noted. */
  boolean contains(String file, long position) {
    Roaring64Bitmap positions = byFile.get(file);
    return positions != null && positions.contains(position);
  }

  /** The positions in one of {@link #files()}, ascending. */
  long[] positions(String file) {
    Roaring64Bitmap positions = byFile.get(file);
    return positions == null ? new long[0] : positions.toArray();
  }
}
