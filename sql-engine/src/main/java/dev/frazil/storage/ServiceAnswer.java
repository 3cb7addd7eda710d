package dev.frazil.storage;

import com.fasterxml.jackson.databind.JsonNode;

/** What became of one request to a service. Exactly one of these, and the caller handles each. */
public sealed interface ServiceAnswer {

  /** The service did it. */
  record Done(JsonNode body) implements ServiceAnswer {}

  /**
   * The service says that it did not do it. It may have done an earlier, equal request, of which
   * this one is a copy that a proxy sent.
   *
   * @param status the HTTP status, 4xx
   * @param code the name of the error, such as {@code ConditionalCheckFailedException}
   * @param message what the service says about it; may be empty
   * @param body all of the answer
   */
  record Refused(int status, String code, String message, JsonNode body) implements ServiceAnswer {
    /** Whether the same request may be taken a little later. */
    public boolean isThrottled() {
      return status == 429
          || code.equals("ThrottlingException")
          || code.equals("ProvisionedThroughputExceededException")
          || code.equals("RequestLimitExceeded")
          || code.equals("TooManyRequestsException");
    }
  }

  /** It may or may not be done: 5xx, a lost answer, a time-out. */
  record Unclear(RuntimeException cause) implements ServiceAnswer {}
}
