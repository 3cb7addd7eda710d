package dev.frazil.parquet.read;

import dev.frazil.vector.ColumnVector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The decoded dictionaries of the row groups that are being read, so that all morsels of a chunk
 * share one by identity. Thread-safe.
 */
public final class DictionaryCache {
  private final ConcurrentHashMap<Key, Slot> slots = new ConcurrentHashMap<>();

  private record Key(int rowGroup, int column) {}

  /** The place of one chunk's dictionary. */
  public static final class Slot {
    private @Nullable ColumnVector dictionary;

    /** The dictionary, read by the first caller. */
    synchronized ColumnVector load(Supplier<ColumnVector> reader) {
      ColumnVector known = dictionary;
      if (known == null) {
        known = reader.get();
        dictionary = known;
      }
      return known;
    }

    synchronized boolean isLoaded() {
      return dictionary != null;
    }
  }

  /**
   * @param column ordinal of the request's leaf; the same leaf asked for twice has two
   */
  Slot slot(int rowGroup, int column) {
    return slots.computeIfAbsent(new Key(rowGroup, column), key -> new Slot());
  }

  /** Forgets the dictionaries of a row group that is read. */
  public void drop(int rowGroup) {
    slots.keySet().removeIf(key -> key.rowGroup() == rowGroup);
  }
}
