package dev.frazil.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A temporary file, from its first byte to its end. */
@Name("dev.frazil.Spill")
@Label("Frazil spill")
@Category({"Frazil"})
@Description("A temporary file of rows that did not fit in memory, from its first byte to its end")
@StackTrace(false)
public final class SpillEvent extends Event {
  @Label("File")
  public @Nullable String file;

  @Label("Rows")
  public long rows;

  @Label("Bytes")
  @DataAmount
  public long bytes;
}
