package dev.frazil.conformance;

/**
 * What became of a check.
 *
 * @param detail why, where it did not pass
 */
public record Verdict(Check check, Outcome outcome, String detail) {

  /** The three ends of a check. */
  public enum Outcome {
    PASSED,
    /**
     * The promise is broken, or the driver answers by anything else than an answer or a
     * SQLException.
     */
    FAILED,
    /** The driver says SQLFeatureNotSupportedException, or the database has no such type. */
    NOT_SUPPORTED
  }
}
