package dev.frazil.parquet.write;

/**
 * Whether a chunk keeps its dictionary. The first page decides by size; later the dictionary is
 * given up when it grows beyond its limit or stops paying. Pages already written keep referring to
 * it. Not thread-safe.
 */
final class DictionaryChoice {
  /** A first page must shrink to this share of its plain size. */
  private static final double WORTHWHILE = 0.8;

  private final int maxBytes;
  private boolean active;
  private boolean used;
  private long valuesSoFar;

  DictionaryChoice(boolean allowed, int maxBytes) {
    this.active = allowed;
    this.maxBytes = maxBytes;
  }

  /** Whether values are still looked up. */
  boolean isActive() {
    return active;
  }

  /** Whether a page refers to the dictionary. */
  boolean isUsed() {
    return used;
  }

  /** Decides for a page that is about to be written; true to write ids. */
  boolean decide(int values, int distinct, int idWidth, long dictionaryBytes, long plainBytes) {
    valuesSoFar += values;
    if (!active || values == 0) {
      return false;
    }
    boolean pays =
        used
            ? distinct <= valuesSoFar / 2
            : dictionaryBytes + (long) values * idWidth / 8 < plainBytes * WORTHWHILE;
    active = pays && dictionaryBytes <= maxBytes;
    used |= active;
    return active;
  }
}
