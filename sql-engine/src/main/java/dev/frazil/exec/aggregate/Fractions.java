package dev.frazil.exec.aggregate;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;

/** The fractions of percentiles. */
final class Fractions {
  private Fractions() {}

  /** The fraction, 22003 unless it is between 0 and 1. */
  static double checked(double fraction) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new EngineException(
          SqlState.NUMERIC_OUT_OF_RANGE,
          "the fraction of a percentile is " + fraction + ", but must be between 0 and 1");
    }
    return fraction;
  }
}
