package dev.frazil.bridge;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Reads the bodies of requests: none beyond the limit, and all of them together within a budget.
 * Thread-safe.
 */
final class BodyReader {
  private static final int UNIT_BYTES = 1_024;
  private static final int LARGEST_AT_ONCE = 4;

  private final int maxBytes;
  private final Semaphore budget;

  BodyReader(int maxBytes) {
    this.maxBytes = maxBytes;
    this.budget = new Semaphore(LARGEST_AT_ONCE * units(maxBytes));
  }

  private static int units(long bytes) {
    return (int) (bytes / UNIT_BYTES) + 1;
  }

  /** What is done with a body. */
  interface Use<T> {
    T with(byte[] body);
  }

  /** 413 for a body that is too large, 503 while there are too many large ones. */
  <T> T read(HttpExchange exchange, Use<T> use) throws IOException {
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new RefusedRequest(
          415, "UnsupportedMediaTypeException", "The body must not be compressed");
    }
    long declared = declared(exchange);
    if (declared > maxBytes) {
      throw tooLarge();
    }
    int permits = units(declared < 0 ? maxBytes : declared);
    if (!budget.tryAcquire(permits)) {
      throw new RefusedRequest(
          503, "ServiceUnavailableException", "Too many large requests at once; try again");
    }
    try {
      byte[] body = exchange.getRequestBody().readNBytes(maxBytes + 1);
      if (body.length > maxBytes) {
        throw tooLarge();
      }
      return use.with(body);
    } finally {
      budget.release(permits);
    }
  }

  /** The length that the request declares; negative where it tells none. */
  private static long declared(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length == null) {
      return exchange.getRequestHeaders().containsKey("Transfer-Encoding") ? -1 : 0;
    }
    try {
      return Long.parseLong(length.trim());
    } catch (NumberFormatException e) {
      throw new RefusedRequest(400, "BadRequestException", "The Content-Length is no number");
    }
  }

  private RefusedRequest tooLarge() {
    return new RefusedRequest(
        413, "BadRequestException", "The body is larger than the limit of " + maxBytes + " bytes");
  }
}
