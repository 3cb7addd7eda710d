package dev.frazil.differential;

import dev.frazil.testing.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares answers: columns named {@code r..} to nine digits, all others exactly. */
final class RowComparison {
  private static final double TOLERANCE = 1e-9;
  private static final double NEAR_ZERO = 1e-6;

  private final List<Integer> exact = new ArrayList<>();
  private final List<Integer> rough = new ArrayList<>();

  RowComparison(List<String> columnNames) {
    for (int i = 0; i < columnNames.size(); i++) {
      (columnNames.get(i).startsWith("r") ? rough : exact).add(i);
    }
  }

  /** Null if both hold the same rows, else what differs. */
  @Nullable String difference(Answer ours, Answer theirs, boolean ordered) {
    List<List<String>> left = ordered ? ours.rows() : sorted(ours);
    List<List<String>> right = ordered ? theirs.rows() : sorted(theirs);
    if (left.size() != right.size()) {
      return "Frazil has " + left.size() + " rows, DuckDB " + right.size() + show(left, right);
    }
    for (int row = 0; row < left.size(); row++) {
      if (!same(left.get(row), right.get(row))) {
        return !ordered && samePairwise(left, right)
            ? null
            : "row " + row + ": Frazil " + left.get(row) + ", DuckDB " + right.get(row);
      }
    }
    return null;
  }

  /**
   * Whether each row has a partner on the other side. Rows that differ in their last digits only
   * may be sorted unlike.
   */
  private boolean samePairwise(List<List<String>> left, List<List<String>> right) {
    Map<String, List<List<String>>> unmatched = new HashMap<>();
    right.forEach(row -> unmatched.computeIfAbsent(key(row), key -> new ArrayList<>()).add(row));
    for (List<String> row : left) {
      List<List<String>> candidates = unmatched.getOrDefault(key(row), List.of());
      int partner = 0;
      while (partner < candidates.size() && !same(row, candidates.get(partner))) {
        partner++;
      }
      if (partner == candidates.size()) {
        return false;
      }
      candidates.remove(partner);
    }
    return true;
  }

  private static String show(List<List<String>> left, List<List<String>> right) {
    List<List<String>> missing = new ArrayList<>(right);
    left.forEach(missing::remove);
    List<List<String>> extra = new ArrayList<>(left);
    right.forEach(extra::remove);
    return "; missing "
        + missing.subList(0, Math.min(3, missing.size()))
        + ", too many "
        + extra.subList(0, Math.min(3, extra.size()));
  }

  private List<List<String>> sorted(Answer answer) {
    List<List<String>> rows = new ArrayList<>(answer.rows());
    rows.sort(Comparator.comparing((List<String> row) -> key(row)).thenComparing(this::compare));
    return rows;
  }

  private String key(List<String> row) {
    StringBuilder key = new StringBuilder();
    exact.forEach(i -> key.append(row.get(i)).append('|'));
    return key.toString();
  }

  private int compare(List<String> left, List<String> right) {
    for (int i : rough) {
      int order = Double.compare(number(left.get(i)), number(right.get(i)));
      if (order == 0) {
        order = left.get(i).compareTo(right.get(i));
      }
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private boolean same(List<String> left, List<String> right) {
    for (int i : exact) {
      if (!left.get(i).equals(right.get(i))) {
        return false;
      }
    }
    for (int i : rough) {
      if (!near(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean near(String left, String right) {
    if (left.equals(right)) {
      return true;
    }
    if (left.equals("NULL") || right.equals("NULL")) {
      return false;
    }
    double x = number(left);
    double y = number(right);
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return false;
    }
    return Math.abs(x - y) <= Math.max(NEAR_ZERO, TOLERANCE * Math.max(Math.abs(x), Math.abs(y)));
  }

  /** NaN for what is none: nested values are compared as texts. */
  private static double number(String text) {
    if (text.equals("NULL")) {
      return Double.NEGATIVE_INFINITY;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
