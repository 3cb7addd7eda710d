package dev.frazil.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change of a server's state, which may have to be sent more than once. Sending it again after
 * an answer was lost has no effect of its own: that is what the request requires.
 *
 * @param attempted in words, for messages
 * @param state looks what became of it
 * @param taken what to do with the body of an answer that says it was applied
 */
record CommitAttempt(
    String method,
    String path,
    Map<String, String> query,
    @Nullable JsonNode body,
    String attempted,
    Look state,
    Taken taken) {

  /** What the server's state says of the change. */
  enum State {
    /** It stands there. */
    APPLIED,
    /** It does not, and a request that is on its way may still bring it. */
    OPEN,
    /** What it relies on is gone: no such request can apply any more. */
    RULED_OUT,
    /** What it relies on is gone, by this change itself and others since, or by others alone. */
    UNTOLD
  }

  /** Looks. */
  interface Look {
    State now();
  }

  /** Uses an answer. */
  interface Taken {
    /** Whatever fails here, the change was applied. */
    void answer(HttpOutcome.Answered answer);

    Taken NOTHING = answer -> {};
  }
}
