package dev.frazil.testing;

import java.util.List;

/** Rows as text, one string a value, in the order in which they came; comparable across engines. */
public record Answer(List<List<String>> rows) {
  public Answer {
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** The rows in an order of their own, to compare as multisets. */
  public List<String> sorted() {
    return rows.stream().map(row -> String.join(" | ", row)).sorted().toList();
  }

  /** The rows as they came, one string each. */
  public List<String> lines() {
    return rows.stream().map(row -> String.join(" | ", row)).toList();
  }
}
