package dev.frazil.plan;

import java.time.ZoneId;

/**
 * What the session tells the planner besides its tables.
 *
 * @param timeZone the zone in which a text or a {@code timestamp} without a zone is read when it
 *     becomes a {@code timestamp with time zone}, and the reverse
 */
public record PlanSettings(ZoneId timeZone) {

  /** UTC. */
  public static PlanSettings defaults() {
    return new PlanSettings(java.time.ZoneOffset.UTC);
  }
}
