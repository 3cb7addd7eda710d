package dev.frazil.storage;

import dev.frazil.event.Events;
import dev.frazil.event.RequestEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** Sends requests so that a Flight Recorder, where one runs, hears of each attempt. Stateless. */
final class RecordedRequests {
  private RecordedRequests() {}

  /** A request by whichever client the store uses now. */
  interface Request<T> {
    T send(S3Client client) throws IOException;
  }

  /** One attempt. */
  interface Sending<T extends @Nullable Object, X extends Exception> {
    T send() throws X;
  }

  /** Sends it on this thread; {@code attempt} is 1 for the first. */
  static <T extends @Nullable Object, X extends Exception> T send(
      RequestCounter.Kind kind, String location, int attempt, Sending<T, X> request) throws X {
    if (!Events.recording()) {
      return request.send();
    }
    RequestEvent event = new RequestEvent();
    event.kind = kind.name();
    event.location = location;
    event.attempt = attempt;
    event.sendHere();
    Throwable thrown = null;
    try {
      return request.send();
    } catch (Throwable failure) { // told by the event, and to the caller
      thrown = failure;
      throw failure;
    } finally {
      event.over(thrown);
    }
  }
}
