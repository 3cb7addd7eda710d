package dev.frazil.catalog.rest;

import java.util.Map;

/** How a server learns who asks. Thread-safe. */
interface Authentication {

  /** The headers that go with a request. */
  Map<String, String> headers(HttpCall call);

  /**
   * Gets other credentials after the server refused those of a request.
   *
   * @param refused the headers that were refused
   * @return false where there are none
   */
  boolean renew(Map<String, String> refused);

  /** A text in which no secret of the client is legible. */
  String masked(String text);

  /** Nobody asks. */
  Authentication NONE =
      new Authentication() {
        @Override
        public Map<String, String> headers(HttpCall call) {
          return Map.of();
        }

        @Override
        public boolean renew(Map<String, String> refused) {
          return false;
        }

        @Override
        public String masked(String text) {
          return text;
        }
      };
}
