package dev.frazil.bridge;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.frazil.config.Secret;
import dev.frazil.storage.Ids;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From HTTP to the endpoints and back: who asks is checked first, then where to, then how much.
 * Thread-safe.
 */
final class BridgeHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(BridgeHandler.class);
  private static final String BEARER = "Bearer ";
  private static final int REQUEST_ID_DIGITS = 12;
  private static final int MAX_PATH = 8_192;
  private static final int MAX_RUNNING = 1_000_000;
  private static final int RETRY_AFTER_SECONDS = 1;

  private final RestApi api;
  private final List<Route> routes;
  private final Secret token;
  private final BodyReader bodies;
  private final Ids ids;
  private final ScheduledExecutorService deadlines;
  private final long patienceMillis;
  private final Semaphore idle = new Semaphore(MAX_RUNNING);
  private volatile boolean closing;

  BridgeHandler(
      RestApi api,
      Secret token,
      BodyReader bodies,
      Ids ids,
      ScheduledExecutorService deadlines,
      long patienceMillis) {
    this.api = api;
    this.routes = api.routes();
    this.token = token;
    this.bodies = bodies;
    this.ids = ids;
    this.deadlines = deadlines;
    this.patienceMillis = patienceMillis;
  }

  /** Takes no more requests, and waits until those that are under way have their answers. */
  void drain(long millis) {
    closing = true;
    try {
      if (!idle.tryAcquire(MAX_RUNNING, millis, TimeUnit.MILLISECONDS)) {
        LOG.warn("requests were still under way when the server was closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void handle(HttpExchange exchange) {
    if (!idle.tryAcquire()) {
      exchange.close();
      return;
    }
    try (exchange) {
      RestAnswer answer;
      try {
        answer = answer(exchange);
      } catch (IOException e) {
        LOG.debug("a request did not arrive whole", e);
        return;
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        answer = ErrorAnswers.of(e, ids.hex(REQUEST_ID_DIGITS));
      }
      send(exchange, answer);
    } catch (IOException e) {
      LOG.debug("a client went away before its answer", e);
    } finally {
      idle.release();
    }
  }

  private RestAnswer answer(HttpExchange exchange) throws IOException {
    requireToken(exchange.getRequestHeaders());
    if (closing) {
      throw new RefusedRequest(503, "ServiceUnavailableException", "The server is closing");
    }
    String rawPath = exchange.getRequestURI().getRawPath();
    if (rawPath == null || !rawPath.startsWith("/") || rawPath.length() > MAX_PATH) {
      throw new RefusedRequest(404, "NotFoundException", "No such endpoint");
    }
    String method = exchange.getRequestMethod();
    Route route = route(method, Route.split(rawPath), exchange);
    Map<String, String> variables = route.match(Route.split(rawPath)).orElseThrow();
    if (route.writes() && api.readOnly()) {
      throw new RefusedRequest(403, "ForbiddenException", "This server is for reading only");
    }
    Map<String, String> query = RestNames.query(exchange.getRequestURI().getRawQuery());
    ScheduledFuture<?> deadline =
        deadlines.schedule(exchange::close, patienceMillis, TimeUnit.MILLISECONDS);
    return bodies.read(
        exchange,
        body -> {
          deadline.cancel(false);
          return route
              .handler()
              .apply(
                  new RestRequest(
                      variables,
                      query,
                      exchange.getRequestHeaders().getFirst("If-None-Match"),
                      key(exchange, route, rawPath, body),
                      body));
        });
  }

  private static @Nullable RequestKey key(
      HttpExchange exchange, Route route, String rawPath, byte[] body) {
    String given = exchange.getRequestHeaders().getFirst(RequestKey.HEADER);
    return given == null || !route.writes()
        ? null
        : RequestKey.of(given, exchange.getRequestMethod(), rawPath, body);
  }

  /** Compares in the same time wherever the two differ. */
  private void requireToken(Headers headers) {
    List<String> given = headers.getOrDefault("Authorization", List.of());
    boolean known =
        given.size() == 1
            && given.get(0).regionMatches(true, 0, BEARER, 0, BEARER.length())
            && token.equals(new Secret(given.get(0).substring(BEARER.length()).trim()));
    if (!known) {
      throw new RefusedRequest(
          401,
          "NotAuthorizedException",
          "The token of this server is needed: Authorization: Bearer");
    }
  }

  private Route route(String method, List<String> path, HttpExchange exchange) {
    Set<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> match = route.match(path);
      if (match.isPresent()) {
        if (route.endpoint().httpMethod().equals(method)) {
          return route;
        }
        allowed.add(route.endpoint().httpMethod());
      }
    }
    if (allowed.isEmpty()) {
      throw new RefusedRequest(404, "NotFoundException", "No such endpoint");
    }
    exchange.getResponseHeaders().set("Allow", String.join(", ", allowed));
    throw new RefusedRequest(405, "MethodNotAllowedException", "Not with this method");
  }

  private void send(HttpExchange exchange, RestAnswer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Cache-Control", "no-store");
    if (answer.entityTag() != null) {
      headers.set("ETag", answer.entityTag());
    }
    if (answer.status() == 401) {
      headers.set("WWW-Authenticate", "Bearer");
    }
    if (answer.status() == 503) {
      headers.set("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
    }
    ScheduledFuture<?> deadline =
        deadlines.schedule(exchange::close, patienceMillis, TimeUnit.MILLISECONDS);
    try {
      if (answer.body() == null || exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(answer.status(), -1);
      } else {
        byte[] body = RestJson.write(answer.body());
        headers.set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
      }
    } finally {
      deadline.cancel(false);
    }
  }
}
