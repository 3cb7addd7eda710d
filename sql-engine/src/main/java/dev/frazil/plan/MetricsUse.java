package dev.frazil.plan;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the node above makes of the rows of a scan, so that the metrics of a data file can stand for
 * its rows: it counts them, counts the values of columns, and takes the least and the greatest of
 * them, and nothing else.
 *
 * @param extremes the output columns whose least and greatest value are asked for
 * @param keys the output columns by which rows are grouped: a file stands for rows only where it
 *     has one value in each of them
 * @param counted whether rows or values are counted: else two rows may stand for a file
 */
public record MetricsUse(Set<Integer> extremes, Set<Integer> keys, boolean counted) {
  public MetricsUse {
    extremes = Set.copyOf(extremes);
    keys = Set.copyOf(keys);
  }

  /** For EXPLAIN. */
  String describe(List<ScanColumn> columns) {
    List<String> names =
        new TreeSet<>(extremes).stream().map(i -> columns.get(i).column().name()).toList();
    String text = counted ? "counts" : "";
    if (!names.isEmpty()) {
      text += (counted ? ", " : "") + "bounds of " + String.join(", ", names);
    }
    return text;
  }
}
