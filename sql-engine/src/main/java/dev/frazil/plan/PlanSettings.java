package dev.frazil.plan;

import java.time.ZoneId;

/**
 * What the session tells the planner besides its tables.
 *
 * @param timeZone the zone in which a text or a {@code timestamp} without a zone is read when it
 *     becomes a {@code timestamp with time zone}, and the reverse
 * @param recursionLimit the most steps of a recursive query
 */
public record PlanSettings(ZoneId timeZone, int recursionLimit) {
  /** What {@link #recursionLimit} is where nobody says otherwise. */
  public static final int DEFAULT_RECURSION_LIMIT = 100_000;

  /** The same in another zone. */
  public PlanSettings in(ZoneId zone) {
    return new PlanSettings(zone, recursionLimit);
  }

  /** UTC, and the usual limits. */
  public static PlanSettings defaults() {
    return new PlanSettings(java.time.ZoneOffset.UTC, DEFAULT_RECURSION_LIMIT);
  }
}
