package dev.frazil.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Rows of one row group, read by one thread. */
@Name("dev.frazil.RowGroupScan")
@Label("Frazil row group scan")
@Category({"Frazil"})
@Description("Rows of one row group, read by one thread; operators above it are part of its time")
@StackTrace(false)
public final class RowGroupScanEvent extends Event {
  @Label("Location")
  public @Nullable String location;

  @Label("Row group")
  @Description("Its ordinal in the file")
  public int rowGroup;

  @Label("Rows")
  @Description("Left after page indexes")
  public long rows;
}
