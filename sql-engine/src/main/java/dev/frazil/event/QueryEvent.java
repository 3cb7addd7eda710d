package dev.frazil.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** One execution of a statement, from planning to its last row or its commit. */
@Name("dev.frazil.Query")
@Label("Frazil query")
@Category({"Frazil"})
@Description("One execution of a statement; the user's time between two rows is part of it")
@StackTrace(false)
public final class QueryEvent extends Event {
  @Label("SQL")
  @Description("The text, with its literals masked")
  public @Nullable String sql;

  @Label("SQLState")
  @Description("Of the failure that ended it; null when it succeeded")
  public @Nullable String sqlState;

  @Label("Busy")
  @Description("Time inside of the engine")
  @Timespan(Timespan.NANOSECONDS)
  public long busy;

  @Label("Planning")
  @Timespan(Timespan.NANOSECONDS)
  public long planning;

  @Label("Commit")
  @Timespan(Timespan.NANOSECONDS)
  public long commit;

  @Label("Rows")
  @Description("Given, inserted, updated or deleted")
  public long rows;

  @Label("Files read")
  public long filesRead;

  @Label("Bytes read")
  @DataAmount
  public long bytesRead;

  @Label("Bytes spilled")
  @DataAmount
  public long bytesSpilled;

  @Label("Requests")
  @Description("To object stores, or operations on files")
  public long requests;

  @Label("Retries")
  @Description("Runs after conflicts, and commits that came second")
  public long retries;
}
