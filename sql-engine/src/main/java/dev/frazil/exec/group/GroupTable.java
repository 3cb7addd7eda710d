package dev.frazil.exec.group;

import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the distinct keys that it sees: 0, 1, 2, ... in order of first appearance. Written by one
 * thread; {@link Finder}s may then read it from several.
 */
public sealed interface GroupTable permits LongGroupTable, BytesGroupTable {

  /** The number of a row whose key is absent, or null where nulls do not match. */
  int NONE = -1;

  /** How null keys are treated. */
  enum Nulls {
    /** Null is a key like any other: GROUP BY. */
    GROUP,
    /** A row with a null in its key is in no group: joins. */
    SKIP
  }

  /** The table that suits keys of these types. */
  static GroupTable create(List<SqlType> types, Nulls nulls) {
    if (types.size() == 1) {
      PhysicalKind kind = types.get(0).kind();
      if (kind == PhysicalKind.INT || kind == PhysicalKind.LONG) {
        return new LongGroupTable(types.get(0), nulls);
      }
    }
    return new BytesGroupTable(types, nulls);
  }

  /** Makes room, while still empty, for the keys of columns that {@link #assign} will be given. */
  default void expect(List<ColumnVector> keys) {}

  /**
   * Writes the group of each row into {@code groups[0..count)}, making groups for new keys.
   *
   * @param keys the key columns
   * @param rows the row numbers; null for {@code 0..count}
   */
  void assign(List<ColumnVector> keys, int @Nullable [] rows, int count, int[] groups);

  /** A reader for one thread; the table must not change any more. */
  Finder finder();

  int groupCount();

  /** A hash of a group's key, well mixed in all bits; equal in every table of the same types. */
  int hash(int group);

  /** The keys of groups {@code from..from + count}, one vector a key column. */
  List<ColumnVector> keys(int from, int count);

  /** Bytes held. */
  long sizeBytes();

  /** Looks keys up. One thread. */
  interface Finder {
    /** As {@link #assign}, but {@link #NONE} for absent keys. */
    void find(List<ColumnVector> keys, int @Nullable [] rows, int count, int[] groups);
  }
}
