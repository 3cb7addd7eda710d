package dev.frazil.exec.file;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.FileRows;
import dev.frazil.plan.PhysicalNode.Column;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which column of a file is which of those wanted, by their names. */
final class ColumnMatch {
  /** For a column of the file that is passed over. */
  static final int NONE = -1;

  private ColumnMatch() {}

  /**
   * For each column of a file the index of the wanted one; 42703 where one is missing or, unless
   * the statement lists its columns, left over, 42701 where the file has a name twice.
   */
  static int[] of(List<String> names, FileRows rows, String location) {
    int[] wanted = new int[names.size()];
    boolean[] found = new boolean[rows.columns().size()];
    Set<String> exact = new HashSet<>();
    rows.columns().stream().map(Column::name).filter(names::contains).forEach(exact::add);
    for (int i = 0; i < wanted.length; i++) {
      int index = index(names.get(i), rows.columns());
      boolean isOther =
          index != NONE
              && exact.contains(rows.columns().get(index).name())
              && !rows.columns().get(index).name().equals(names.get(i));
      wanted[i] = isOther ? NONE : index;
      if (wanted[i] == NONE) {
        if (!rows.listed()) {
          throw new EngineException(
              SqlState.UNDEFINED_COLUMN,
              "the file "
                  + location
                  + " has the column \""
                  + names.get(i)
                  + "\", which the table lacks; list the columns that are wanted, COPY t (a, b)"
                  + hintOfHeader(rows));
        }
      } else if (found[wanted[i]]) {
        throw new EngineException(
            SqlState.DUPLICATE_COLUMN,
            "the file " + location + " has the column \"" + names.get(i) + "\" twice");
      } else {
        found[wanted[i]] = true;
      }
    }
    for (int i = 0; i < found.length; i++) {
      if (!found[i]) {
        throw new EngineException(
            SqlState.UNDEFINED_COLUMN,
            "the file "
                + location
                + " has no column \""
                + rows.columns().get(i).name()
                + "\" among "
                + names
                + "; list the columns that it has, COPY t (a, b)"
                + hintOfHeader(rows));
      }
    }
    return wanted;
  }

  private static String hintOfHeader(FileRows rows) {
    return rows.format() instanceof dev.frazil.plan.CopyFormat.Csv
        ? ", or say HEADER FALSE if its first line holds values"
        : "";
  }

  /** The wanted column of a name: the one that is spelt the same, else regardless of case. */
  static int index(String name, List<Column> columns) {
    int insensitive = NONE;
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
      if (columns.get(i).name().equalsIgnoreCase(name)) {
        insensitive = i;
      }
    }
    return insensitive;
  }

  /** The columns in the order of the file, when it has no names. */
  static int[] byPosition(int count) {
    int[] positions = new int[count];
    Arrays.setAll(positions, i -> i);
    return positions;
  }
}
