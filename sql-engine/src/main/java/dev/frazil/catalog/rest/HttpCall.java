package dev.frazil.catalog.rest;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, as it is sent.
 *
 * @param body null for none
 */
record HttpCall(String method, URI uri, Map<String, String> headers, @Nullable RequestBody body) {
  /** What a request carries. */
  record RequestBody(byte[] bytes) {}

  HttpCall {
    headers = Map.copyOf(headers);
  }

  /** Without headers and body, which hold secrets. */
  @Override
  public String toString() {
    return method + ' ' + uri.getPath();
  }
}
