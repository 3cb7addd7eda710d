package dev.frazil.plan.stats;

/**
 * What is known of the values of a column of a table. Guesses for the planner: rows may have been
 * deleted since, and bounds be wider than the values.
 *
 * @param least no number is below; dates and times as the engine holds them; NaN if unknown
 * @param greatest no number is above; NaN if unknown
 * @param nullShare the share of rows that are null; NaN if unknown
 * @param distinct how many different values there are, at most; NaN if unknown
 * @param sampled whether only some files were looked at: there may be values beyond the bounds
 */
record ColumnStatistics(
    double least, double greatest, double nullShare, double distinct, boolean sampled) {
  private static final double FEWEST = 1e-9;

  /** The share of rows beyond the bounds of a sample: the latest rows, as often as not. */
  private static final double BEYOND_SAMPLE = 0.01;

  boolean hasRange() {
    return least <= greatest;
  }

  private double present() {
    return Double.isNaN(nullShare) ? 1 : Math.max(FEWEST, 1 - nullShare);
  }

  /** The share of rows whose value is equal to one constant; NaN if unknown. */
  double equalShare(double constant) {
    if (hasRange() && !sampled && (constant < least || constant > greatest)) {
      return FEWEST;
    }
    return present() / Math.max(1, distinct);
  }

  /** The share of rows whose value is between these; infinite where open; NaN if unknown. */
  double rangeShare(double from, double to) {
    if (!hasRange()) {
      return Double.NaN;
    }
    double low = Math.max(from, least);
    double high = Math.min(to, greatest);
    if (low > high) {
      return sampled ? BEYOND_SAMPLE : FEWEST;
    }
    double share = greatest > least ? (high - low) / (greatest - least) : 1;
    double one = Double.isNaN(distinct) ? 0 : 1 / Math.max(1, distinct);
    return Math.max(FEWEST, Math.min(1, Math.max(share, one)) * present());
  }
}
