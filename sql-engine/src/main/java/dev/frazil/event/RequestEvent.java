package dev.frazil.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A request to an object store, one event for each attempt. */
@Name("dev.frazil.StoreRequest")
@Label("Frazil object store request")
@Category({"Frazil"})
@Description("A request to an object store, one event for each attempt")
@StackTrace(false)
public final class RequestEvent extends Event {
  private static final ThreadLocal<@Nullable RequestEvent> CURRENT = new ThreadLocal<>();

  @Label("Kind")
  @Description("GET, RANGE_GET, HEAD, PUT, CONDITIONAL_PUT, LIST, DELETE or MULTIPART")
  public @Nullable String kind;

  @Label("Location")
  public @Nullable String location;

  @Label("Attempt")
  @Description("1 for the first")
  public int attempt;

  @Label("Bytes read")
  @DataAmount
  public long bytesRead;

  @Label("Bytes written")
  @DataAmount
  public long bytesWritten;

  @Label("Failure")
  @Description("The class of the exception; null when the store answered as hoped")
  public @Nullable String failure;

  /** This thread sends the request now. */
  public void sendHere() {
    CURRENT.set(this);
    begin();
  }

  /** The request of this thread is over. */
  public void over(@Nullable Throwable thrown) {
    CURRENT.remove();
    failure = thrown == null ? null : thrown.getClass().getName();
    commit();
  }

  /** Bytes that the request of this thread received and sent, if it sends one. */
  public static void count(long read, long written) {
    RequestEvent event = CURRENT.get();
    if (event != null) {
      event.bytesRead += read;
      event.bytesWritten += written;
    }
  }
}
