package dev.frazil.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A bridge over an empty folder, and requests as they go over the wire. */
abstract class BridgeRequests {
  static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  final HttpClient http = HttpClient.newHttpClient();
  RestBridge bridge;

  @BeforeEach
  void open() {
    bridge = Bridges.open(folder);
  }

  @AfterEach
  void close() {
    bridge.close();
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(bridge.uri() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(20));
    if (Stream.of(headers).noneMatch("Authorization"::equals)) {
      request.header("Authorization", "Bearer " + Bridges.TOKEN);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static JsonNode error(HttpResponse<String> response) throws IOException {
    JsonNode error = JSON.readTree(response.body()).get("error");
    assertThat(error.get("code").asInt()).isEqualTo(response.statusCode());
    assertThat(error.has("stack")).as("a stack trace").isFalse();
    assertThat(response.body()).doesNotContain(Bridges.TOKEN).doesNotContain("\\tat ");
    return error;
  }
}
