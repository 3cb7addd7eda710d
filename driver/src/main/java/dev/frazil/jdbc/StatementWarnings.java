package dev.frazil.jdbc;

import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/**
 * What a user should know of a statement: that it got less than it asked for (01S02), and that its
 * last execution ran again, because other transactions came first (01000). One thread at a time.
 */
final class StatementWarnings {
  private @Nullable SQLWarning first;
  private @Nullable Execution told;

  StatementWarnings(@Nullable SQLWarning ofKind) {
    this.first = ofKind;
  }

  /** The chain; null for none. */
  @Nullable SQLWarning after(@Nullable Execution last) {
    int reruns = last == null || last == told ? 0 : last.token().figures().reruns();
    if (reruns > 0) {
      told = last;
      SQLWarning warning =
          new SQLWarning(
              "the statement ran "
                  + (reruns + 1)
                  + " times, because other transactions changed the same rows first; it was applied"
                  + " at most once",
              "01000");
      if (first == null) {
        first = warning;
      } else {
        first.setNextWarning(warning);
      }
    }
    return first;
  }

  void clear(@Nullable Execution last) {
    first = null;
    told = last;
  }
}
