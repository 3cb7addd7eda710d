package dev.frazil.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Maintenance of a table that rode on a commit. */
@Name("dev.frazil.Maintenance")
@Label("Frazil maintenance")
@Category({"Frazil"})
@Description("Maintenance of a table that rode on a commit, which had succeeded before")
@StackTrace(false)
public final class MaintenanceEvent extends Event {
  @Label("Table")
  public @Nullable String table;

  @Label("Work")
  @Description("COMPACTION or EXPIRY")
  public @Nullable String work;

  @Label("Outcome")
  @Description("DONE, NOTHING, GAVE_WAY, or the SQLState of the failure")
  public @Nullable String outcome;

  @Label("Files before")
  @Description("Data files and manifests that were put together, or snapshots that went")
  public long filesBefore;

  @Label("Files after")
  @Description("Data files and manifests in their place, or files that were deleted")
  public long filesAfter;
}
