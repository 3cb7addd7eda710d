package dev.frazil.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frazil.config.Secret;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RetryPolicy;
import dev.frazil.storage.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * OAuth2 by a client's own credentials (RFC 6749, section 4.4): a token is asked for when it is
 * first needed, before it expires, and when a server no longer takes it. Thread-safe.
 */
final class ClientCredentials implements Authentication {
  /** What is left of a token's time when another is asked for. */
  private static final long RENEWED_BEFORE_MILLIS = 60_000;

  private final HttpTransport transport;
  private final URI endpoint;
  private final String clientId;
  private final Secret clientSecret;
  private final String scope;
  private final RetryPolicy retries;
  private @Nullable Secret token;
  private long renewAtMillis = Long.MAX_VALUE;

  ClientCredentials(
      HttpTransport transport,
      URI endpoint,
      String clientId,
      Secret clientSecret,
      String scope,
      RetryPolicy retries) {
    this.transport = transport;
    this.endpoint = endpoint;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.scope = scope;
    this.retries = retries;
  }

  @Override
  public synchronized Map<String, String> headers(HttpCall call) {
    Secret known = token;
    if (known == null || retries.time().nowMillis() >= renewAtMillis) {
      known = ask();
    }
    return Map.of(BearerToken.HEADER, "Bearer " + known.reveal());
  }

  @Override
  public synchronized boolean renew(Map<String, String> refused) {
    Secret known = token;
    if (known != null && ("Bearer " + known.reveal()).equals(refused.get(BearerToken.HEADER))) {
      ask();
    }
    return true;
  }

  @Override
  public synchronized String masked(String text) {
    Secret known = token;
    String masked = text.replace(clientSecret.reveal(), "***");
    return known == null ? masked : masked.replace(known.reveal(), "***");
  }

  private Secret ask() {
    String attempted = "give a token to the client " + clientId;
    for (int failures = 1; ; failures++) {
      HttpOutcome outcome = transport.send(request());
      EngineException failure;
      if (outcome instanceof HttpOutcome.Answered answer) {
        if (answer.status() == 200) {
          return taken(RestClient.json(answer, attempted));
        }
        failure =
            RestFailures.isPassing(answer.status())
                ? RestFailures.of(answer, attempted, this)
                : new EngineException(
                    SqlState.INVALID_AUTHORIZATION,
                    "no token was given to the client "
                        + clientId
                        + RestFailures.said(answer, this)
                        + ": check clientId, clientSecret, scope and tokenEndpoint");
        if (!RestFailures.isPassing(answer.status())) {
          throw failure;
        }
      } else {
        IOException cause =
            outcome instanceof HttpOutcome.NotSent notSent
                ? notSent.cause()
                : ((HttpOutcome.Lost) outcome).cause();
        failure = RestFailures.unreachable(attempted, cause);
      }
      if (!retries.pauseAfter(failures)) {
        throw failure;
      }
    }
  }

  private HttpCall request() {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", clientId);
    form.put("client_secret", clientSecret.reveal());
    form.put("scope", scope);
    String body =
        form.entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + '='
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return new HttpCall(
        "POST",
        endpoint,
        Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json"),
        new HttpCall.RequestBody(body.getBytes(StandardCharsets.UTF_8)));
  }

  private Secret taken(JsonNode answer) {
    String text = answer.path("access_token").asText("");
    if (text.isEmpty()) {
      throw new EngineException(
          SqlState.INVALID_AUTHORIZATION,
          "what answers under tokenEndpoint gives no access_token to the client " + clientId);
    }
    TimeSource time = retries.time();
    long lifeMillis = 1_000 * Math.max(0, answer.path("expires_in").asLong(0));
    renewAtMillis =
        lifeMillis == 0
            ? Long.MAX_VALUE
            : time.nowMillis() + lifeMillis - Math.min(RENEWED_BEFORE_MILLIS, lifeMillis / 2);
    Secret known = new Secret(text);
    token = known;
    return known;
  }
}
