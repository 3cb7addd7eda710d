package dev.frazil.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;

/**
 * Reads the answers of services of AWS that speak JSON ("AWS JSON 1.0" and "1.1" of Smithy): an
 * error is named by {@code __type}. Stateless.
 */
final class AwsJsonAnswers {
  private static final int MAX_ANSWER_BYTES = 64 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private AwsJsonAnswers() {}

  static ServiceAnswer of(HttpExecuteResponse response) throws IOException {
    int status = response.httpResponse().statusCode();
    byte[] bytes = new byte[0];
    if (response.responseBody().isPresent()) {
      try (InputStream stream = response.responseBody().get()) {
        bytes = stream.readNBytes(MAX_ANSWER_BYTES);
      }
    }
    long announced =
        response
            .httpResponse()
            .firstMatchingHeader("Content-Length")
            .map(Long::parseLong)
            .orElse((long) bytes.length);
    if (announced != bytes.length) {
      throw new IOException("the answer was cut off");
    }
    if (status >= 500 || status == 408) {
      return new ServiceAnswer.Unclear(
          new IllegalStateException("the service answered " + status + " " + code(parsed(bytes))));
    }
    JsonNode body = parsed(bytes);
    if (status >= 200 && status < 300) {
      return body.isMissingNode()
          ? new ServiceAnswer.Unclear(new IllegalStateException("the answer is no JSON"))
          : new ServiceAnswer.Done(body);
    }
    if (code(body).isEmpty()) {
      // Something on the way said it; what the service did is not known.
      return new ServiceAnswer.Unclear(
          new IllegalStateException("an answer " + status + " that is not the service's"));
    }
    String message = body.path("message").asText(body.path("Message").asText(""));
    return new ServiceAnswer.Refused(status, code(body), message, body);
  }

  private static JsonNode parsed(byte[] bytes) {
    try {
      return bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
    } catch (IOException e) {
      return MissingNode.getInstance(); // not what the service speaks: told by who asked
    }
  }

  /** The name of an error, of {@code com.amazonaws.dynamodb.v20120810#Name}. */
  private static String code(JsonNode body) {
    String type = body.path("__type").asText("");
    return type.substring(type.lastIndexOf('#') + 1);
  }
}
