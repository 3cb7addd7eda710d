package dev.frazil.bridge;

import org.apache.iceberg.rest.RESTResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told.
 *
 * @param status of HTTP
 * @param body null where there is nothing to tell
 * @param entityTag of the table in the body, with its quotes
 */
record RestAnswer(int status, @Nullable RESTResponse body, @Nullable String entityTag) {
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  static RestAnswer of(RESTResponse body) {
    return new RestAnswer(OK, body, null);
  }

  static RestAnswer tagged(RESTResponse body, String entityTag) {
    return new RestAnswer(OK, body, entityTag);
  }

  static RestAnswer done() {
    return new RestAnswer(NO_CONTENT, null, null);
  }

  static RestAnswer notModified(String entityTag) {
    return new RestAnswer(NOT_MODIFIED, null, entityTag);
  }
}
