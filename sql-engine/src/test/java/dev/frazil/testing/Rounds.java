package dev.frazil.testing;

/** How often a test of random cases goes round: {@code -Dquick} is content with a quarter. */
public final class Rounds {
  private static final int QUICK_SHARE = 4;

  private Rounds() {}

  /**
   * @param complete rounds of the complete build
   */
  public static int of(int complete) {
    return Boolean.getBoolean("frazil.quick") ? Math.max(1, complete / QUICK_SHARE) : complete;
  }
}
