package dev.frazil.differential;

/**
 * What the two engines make of one query.
 *
 * @param cause tells verdicts of one outcome apart: the SQLState and the beginning of the message
 * @param explanation for people
 */
record Verdict(Outcome outcome, String cause, String explanation) {

  /** How the answers relate. */
  enum Outcome {
    SAME,
    /** Both refuse, for reasons of their own. */
    BOTH_FAIL,
    /** Both refuse, but Frazil with the SQLState of something else. */
    OTHER_ERROR,
    /** Frazil has a memory limit that some queries cannot keep. */
    OUT_OF_MEMORY,
    DIFFERENT_ROWS,
    FRAZIL_FAILS,
    DUCKDB_FAILS,
    /** A defect or a limit of DuckDB: it says so itself. */
    DUCKDB_BREAKS,
    /** DuckDB has another answer without its optimiser, and that one is Frazil's. */
    DUCKDB_DISAGREES
  }

  boolean isFine() {
    return switch (outcome) {
      case SAME, BOTH_FAIL, OUT_OF_MEMORY, DUCKDB_BREAKS, DUCKDB_DISAGREES -> true;
      case DIFFERENT_ROWS, OTHER_ERROR, FRAZIL_FAILS, DUCKDB_FAILS -> false;
    };
  }

  /** Whether a reduced query shows the same defect. */
  boolean matches(Verdict other) {
    return outcome == other.outcome && cause.equals(other.cause);
  }
}
