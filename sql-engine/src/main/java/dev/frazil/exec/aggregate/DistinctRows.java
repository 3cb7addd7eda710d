package dev.frazil.exec.aggregate;

import dev.frazil.exec.group.GroupTable;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.List;

/** Lets each combination of a group and argument values pass once. One thread. */
public final class DistinctRows {
  private final GroupTable table;

  /** Rows that passed: row numbers and their groups, {@code [0, count)}. */
  public record Passed(int[] rows, int[] groups, int count) {}

  /** Nothing passed yet. */
  public DistinctRows(List<SqlType> argumentTypes) {
    List<SqlType> types = new ArrayList<>();
    types.add(Primitive.INTEGER);
    types.addAll(argumentTypes);
    table = GroupTable.create(types, GroupTable.Nulls.SKIP);
  }

  /** The rows that are new, those with a null left out: no aggregate counts them. */
  public Passed pass(List<ColumnVector> arguments, int[] rows, int count, int[] groups) {
    List<ColumnVector> keys = new ArrayList<>();
    keys.add(new IntVector(Primitive.INTEGER, count, groups, null));
    for (ColumnVector argument : arguments) {
      keys.add(VectorGather.gather(argument, rows, count));
    }
    int known = table.groupCount();
    int[] combinations = new int[count];
    table.assign(keys, null, count, combinations);
    int[] newRows = new int[count];
    int[] newGroups = new int[count];
    int passed = 0;
    for (int k = 0; k < count; k++) {
      // Numbers rise in order of first appearance, nulls have none.
      if (combinations[k] >= known) {
        newRows[passed] = rows[k];
        newGroups[passed++] = groups[k];
        known = combinations[k] + 1;
      }
    }
    return new Passed(newRows, newGroups, passed);
  }

  long sizeBytes() {
    return table.sizeBytes();
  }
}
