package dev.frazil.exec.window;

import dev.frazil.vector.RowBatch;
import java.util.List;

/** What an evaluator holds before its first rows. */
final class NoRows {
  static final WindowRows ROWS =
      new WindowRows(new RowBatch(List.of(), 0), List.of(), List.of(), false, false);

  private NoRows() {}
}
