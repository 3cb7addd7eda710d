package dev.frazil.catalog.rest;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** What became of one request. */
sealed interface HttpOutcome {

  /**
   * The server answered.
   *
   * @param headers by name, in any case
   */
  record Answered(int status, Function<String, Optional<String>> headers, byte[] body)
      implements HttpOutcome {
    Optional<String> header(String name) {
      return headers.apply(name);
    }
  }

  /** The request has not left this machine. */
  record NotSent(IOException cause) implements HttpOutcome {}

  /** The request may have arrived, and an answer has not. */
  record Lost(IOException cause) implements HttpOutcome {}
}
