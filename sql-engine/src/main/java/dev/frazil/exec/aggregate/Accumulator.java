package dev.frazil.exec.aggregate;

import dev.frazil.kernel.GroupRuns;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate function over many groups. Its state can leave as columns, travel between threads
 * or through a file, and be merged into another accumulator of the same kind. One thread.
 */
public interface Accumulator {

  /** Makes room for groups {@code 0..groupCount}; called before they are used. */
  void grow(int groupCount);

  /**
   * Adds rows.
   *
   * @param arguments the argument columns of the batch
   * @param rows the row numbers; null for {@code 0..count}
   * @param groups the group of each row; null when there is one group only
   */
  void add(List<ColumnVector> arguments, int @Nullable [] rows, int count, int @Nullable [] groups);

  /**
   * Adds the same rows as {@link #add}, when they are at hand in the order of their groups as well.
   * False, with nothing added, where that is of no use.
   *
   * @param ordered the rows
   */
  default boolean addRuns(List<ColumnVector> arguments, GroupRuns ordered) {
    return false;
  }

  /** The types of the state's columns. */
  List<SqlType> stateTypes();

  /** The state of groups {@code from..from + count}. */
  List<ColumnVector> states(int from, int count);

  /** Adds states: row {@code k} to group {@code groups[k]}. */
  void merge(List<ColumnVector> states, int count, int[] groups);

  /** The value of groups {@code from..from + count}. */
  ColumnVector results(int from, int count);

  /** Bytes held. */
  long sizeBytes();
}
