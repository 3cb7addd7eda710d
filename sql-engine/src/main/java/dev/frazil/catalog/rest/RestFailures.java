package dev.frazil.catalog.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;

/** The answers of a server as failures of the engine. Stateless. */
final class RestFailures {
  private static final int MAX_SHOWN = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private RestFailures() {}

  /** Whether the same request may be answered otherwise a little later. */
  static boolean isPassing(int status) {
    return status == 429 || (status >= 500 && status != 501);
  }

  /** Whether the server did not take the credentials. */
  static boolean isUnauthenticated(int status) {
    return status == 401 || status == 419;
  }

  /** 28000, 0A000, 08001 or 08004, by the status. */
  static EngineException of(
      HttpOutcome.Answered answer, String attempted, Authentication authentication) {
    String said = said(answer, authentication);
    int status = answer.status();
    if (isUnauthenticated(status) || status == 403) {
      return new EngineException(
          SqlState.INVALID_AUTHORIZATION,
          "the catalog does not let this client "
              + attempted
              + said
              + ": check the properties token, clientId, scope or signingName");
    }
    if (status == 406 || status == 501) {
      return EngineException.unsupported(
          "what the catalog's server cannot (" + attempted + said + ")");
    }
    if (isPassing(status)) {
      return EngineException.passing(
          SqlState.CONNECTION_FAILURE,
          "the catalog could not " + attempted + said + "; try again later",
          new IOException("status " + status));
    }
    return new EngineException(
        SqlState.CONNECTION_REJECTED, "the catalog refused to " + attempted + said);
  }

  /** 08001: no answer. */
  static EngineException unreachable(String attempted, IOException cause) {
    return EngineException.passing(
        SqlState.CONNECTION_FAILURE,
        "the catalog could not be asked to "
            + attempted
            + " ("
            + cause.getClass().getSimpleName()
            + "): check its address, and the way to it",
        cause);
  }

  /** What the server said, in brackets, fit to be printed; empty for nothing. */
  static String said(HttpOutcome.Answered answer, Authentication authentication) {
    JsonNode error = error(answer);
    String text = error.path("message").asText(error.isTextual() ? error.asText() : "");
    StringBuilder shown = new StringBuilder();
    String masked = authentication.masked(text);
    for (int i = 0; i < masked.length() && shown.length() < MAX_SHOWN; i++) {
      char c = masked.charAt(i);
      shown.append(Character.isISOControl(c) ? ' ' : c);
    }
    return " (" + answer.status() + (shown.isEmpty() ? "" : ": " + shown) + ")";
  }

  /** The type of the error, by the name of Iceberg's exception; empty for none. */
  static String type(HttpOutcome.Answered answer) {
    return error(answer).path("type").asText("");
  }

  private static JsonNode error(HttpOutcome.Answered answer) {
    try {
      return JSON.readTree(answer.body()).path("error");
    } catch (JsonProcessingException e) {
      return JSON.missingNode(); // an answer of a proxy, perhaps
    } catch (IOException e) {
      throw EngineException.internal("bytes in memory", e);
    }
  }
}
