package dev.frazil.plan;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What the session tells the planner besides its tables.
 *
 * @param timeZone the zone in which a text or a {@code timestamp} without a zone is read when it
 *     becomes a {@code timestamp with time zone}, and the reverse
 * @param recursionLimit the most steps of a recursive query
 * @param wapBranch the branch of tables with {@code write.wap.enabled} that is read and changed in
 *     their place, or null
 */
public record PlanSettings(ZoneId timeZone, int recursionLimit, @Nullable String wapBranch) {
  /** What {@link #recursionLimit} is where nobody says otherwise. */
  public static final int DEFAULT_RECURSION_LIMIT = 100_000;

  /** The same in another zone. */
  public PlanSettings in(ZoneId zone) {
    return new PlanSettings(zone, recursionLimit, wapBranch);
  }

  /** The same for tables as they are, whatever branch is under audit. */
  public PlanSettings withoutBranch() {
    return new PlanSettings(timeZone, recursionLimit, null);
  }

  /** UTC, and the usual limits. */
  public static PlanSettings defaults() {
    return new PlanSettings(java.time.ZoneOffset.UTC, DEFAULT_RECURSION_LIMIT, null);
  }
}
