package dev.frazil.parquet.write;

import org.jspecify.annotations.Nullable;

/** Counts and bounds of one leaf over a whole file. Not thread-safe. */
final class LeafTotals {
  private long entries;
  private long nulls;
  private long sizeBytes;
  private long nans;
  private @Nullable Object lower;
  private @Nullable Object upper;

  void add(long moreEntries, long moreNulls, long moreBytes) {
    entries += moreEntries;
    nulls += moreNulls;
    sizeBytes += moreBytes;
  }

  void addNans(long more) {
    nans += more;
  }

  /** Replaces the bounds, which are values as Iceberg holds them. */
  void bounds(Object least, Object greatest) {
    lower = least;
    upper = greatest;
  }

  /** Forgets the bounds. */
  void noBounds() {
    lower = null;
    upper = null;
  }

  long entries() {
    return entries;
  }

  long nulls() {
    return nulls;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  long nans() {
    return nans;
  }

  @Nullable Object lower() {
    return lower;
  }

  @Nullable Object upper() {
    return upper;
  }
}
