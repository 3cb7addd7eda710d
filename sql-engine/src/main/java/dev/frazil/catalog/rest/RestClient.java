package dev.frazil.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frazil.config.ProductVersion;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one server. Reads are repeated where the answer may pass; what changes something is
 * sent once, and its caller decides. Thread-safe. Errors: 08001 no answer, 08004 refused, 28000,
 * 0A000, 54000 an answer too long.
 */
final class RestClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MOST_RETRY_AFTER_MILLIS = 20_000;

  private final String base;
  private final HttpTransport transport;
  private final Authentication authentication;
  private final RetryPolicy retries;

  RestClient(
      String base, HttpTransport transport, Authentication authentication, RetryPolicy retries) {
    this.base = base;
    this.transport = transport;
    this.authentication = authentication;
    this.retries = retries;
  }

  Authentication authentication() {
    return authentication;
  }

  /**
   * Asks until there is an answer that does not pass.
   *
   * @param attempted what for, in words, for messages
   * @return an answer of 2xx, 304 or 404
   */
  HttpOutcome.Answered read(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String attempted) {
    for (int failures = 1; ; failures++) {
      HttpOutcome outcome = once(method, path, query, headers, null);
      EngineException failure;
      long waitMillis = 0;
      if (outcome instanceof HttpOutcome.Answered answer) {
        int status = answer.status();
        if (status / 100 == 2 || status == 304 || status == 404) {
          return answer;
        }
        failure = RestFailures.of(answer, attempted, authentication);
        if (!RestFailures.isPassing(status)) {
          throw failure;
        }
        waitMillis = retryAfterMillis(answer);
      } else {
        failure = RestFailures.unreachable(attempted, cause(outcome));
      }
      if (failures < retries.attempts()) {
        retries.time().sleepMillis(waitMillis);
      }
      if (!retries.pauseAfter(failures)) {
        throw failure;
      }
    }
  }

  private static IOException cause(HttpOutcome outcome) {
    if (outcome instanceof HttpOutcome.NotSent notSent) {
      return notSent.cause();
    }
    return ((HttpOutcome.Lost) outcome).cause();
  }

  /** How long the server asks to wait; 0 where it does not say so in seconds. */
  static long retryAfterMillis(HttpOutcome.Answered answer) {
    String seconds = answer.header("Retry-After").orElse("");
    return seconds.matches("[0-9]{1,6}")
        ? Math.min(MOST_RETRY_AFTER_MILLIS, 1_000 * Long.parseLong(seconds))
        : 0;
  }

  /** Sends a request once; once more only where the server did not take its credentials. */
  HttpOutcome once(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      @Nullable JsonNode body) {
    String text =
        query.entrySet().stream()
            .map(entry -> encoded(entry.getKey()) + '=' + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    URI uri = URI.create(base + '/' + path + (text.isEmpty() ? "" : '?' + text));
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Accept", "application/json");
    all.put("User-Agent", "frazil/" + ProductVersion.NUMBER);
    if (body != null) {
      all.put("Content-Type", "application/json");
    }
    HttpCall call =
        new HttpCall(method, uri, all, body == null ? null : new HttpCall.RequestBody(bytes(body)));
    Map<String, String> credentials = authentication.headers(call);
    HttpOutcome outcome = transport.send(with(call, credentials));
    if (outcome instanceof HttpOutcome.Answered answer
        && RestFailures.isUnauthenticated(answer.status())
        && authentication.renew(credentials)) {
      return transport.send(with(call, authentication.headers(call)));
    }
    return outcome;
  }

  private static HttpCall with(HttpCall call, Map<String, String> credentials) {
    Map<String, String> headers = new LinkedHashMap<>(call.headers());
    headers.putAll(credentials);
    return new HttpCall(call.method(), call.uri(), headers, call.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static byte[] bytes(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body of an answer; 08004 where it is not JSON. */
  static JsonNode json(HttpOutcome.Answered answer, String attempted) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new EngineException(
          SqlState.CONNECTION_REJECTED,
          "what answers is no Iceberg REST catalog: asked to " + attempted + ", it sent no JSON",
          e);
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
