package dev.frazil.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A data file of a scan, from its footer to its last row group. */
@Name("dev.frazil.FileScan")
@Label("Frazil file scan")
@Category({"Frazil"})
@Description("A data file of a scan, from its footer to its last row group")
@StackTrace(false)
public final class FileScanEvent extends Event {
  @Label("Table")
  public @Nullable String table;

  @Label("Location")
  public @Nullable String location;

  @Label("Rows")
  @Description("Of the whole file")
  public long rows;

  @Label("Row groups")
  public long rowGroups;

  @Label("Row groups pruned")
  public long rowGroupsPruned;

  @Label("Bytes read")
  @DataAmount
  public long bytesRead;

  @Label("Requests")
  public long requests;
}
