package dev.frazil.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Another writer came first. */
@Name("dev.frazil.Conflict")
@Label("Frazil conflict")
@Category({"Frazil"})
@Description("Another writer came first; the commit is rebased, or its statement run again")
@StackTrace(false)
public final class ConflictEvent extends Event {
  @Label("Commit id")
  @Description("Of the commit that is rebased; null where a statement runs again")
  public @Nullable String commitId;

  @Label("Attempt")
  @Description("How many came to nothing, this one included")
  public int attempt;

  @Label("Reason")
  public @Nullable String reason;

  @Label("Answer")
  @Description("REBASE of the commit, or RERUN of the statement")
  public @Nullable String answer;
}
