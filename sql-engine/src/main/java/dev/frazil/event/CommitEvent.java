package dev.frazil.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A transaction on its way into the root of the database. */
@Name("dev.frazil.Commit")
@Label("Frazil commit")
@Category({"Frazil"})
@Description("A transaction on its way into the root of the database")
@StackTrace(false)
public final class CommitEvent extends Event {
  @Label("Commit id")
  public @Nullable String commitId;

  @Label("Tables")
  @Description("Names of the tables that it changes")
  public @Nullable String tables;

  @Label("Lost swaps")
  @Description("How often another writer came first")
  public int lostSwaps;

  @Label("Outcome")
  @Description("APPLIED, ALREADY_APPLIED, or the SQLState of the failure")
  public @Nullable String outcome;
}
