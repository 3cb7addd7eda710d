package dev.frazil.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.rest.HTTPHeaders;
import org.apache.iceberg.rest.HTTPRequest;
import org.apache.iceberg.rest.ImmutableHTTPRequest;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.rest.responses.ErrorResponseParser;
import org.jspecify.annotations.Nullable;

/**
 * A REST catalog over HTTP on this machine: Iceberg's own reference handling of the requests (the
 * adapter of its tests) over its catalog in memory, with faults. Thread-safe.
 */
public final class RestCatalogServer implements AutoCloseable {
  private static final long LATE_MILLIS = 40;
  private static final ObjectMapper JSON = RestBodies.JSON;

  /** A request as tests look at it. */
  public record Seen(
      String method, String path, Map<String, String> query, Map<String, String> headers) {}

  private final HttpServer server;
  private final ExecutorService threads;
  private final Adapter adapter;
  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger late = new AtomicInteger();
  private volatile BiFunction<Seen, Integer, @Nullable RestFault> faults = (request, n) -> null;
  private volatile BiFunction<Seen, JsonNode, JsonNode> answers = (request, answer) -> answer;

  /** A server whose tables stand in a folder or under an s3:// prefix. */
  public static RestCatalogServer start(String warehouse) {
    return new RestCatalogServer(warehouse);
  }

  private RestCatalogServer(String warehouse) {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    catalog.initialize("reference", Map.of(CatalogProperties.WAREHOUSE_LOCATION, warehouse));
    adapter = new Adapter(catalog);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "rest-test-server");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The same catalog, as Iceberg's own client sees it without a network. */
  public Catalog catalog() {
    return catalog;
  }

  /** For a client of Iceberg's in this process. */
  public RESTCatalogAdapter adapter() {
    return adapter;
  }

  /** The requests so far. */
  public List<Seen> seen() {
    return seen;
  }

  /** The requests so far of one method to paths that end so. */
  public long count(String method, String pathEnd) {
    return seen.stream()
        .filter(each -> each.method().equals(method) && each.path().endsWith(pathEnd))
        .count();
  }

  /** Chooses what goes wrong with a request; it is also told how many came before. */
  public RestCatalogServer faults(BiFunction<Seen, Integer, @Nullable RestFault> chooser) {
    faults = chooser;
    return this;
  }

  /** Changes answers of 200. */
  public RestCatalogServer answers(BiFunction<Seen, JsonNode, JsonNode> change) {
    answers = change;
    return this;
  }

  /** Answers to {@code v1/config} with other endpoints, defaults or overrides. */
  public RestCatalogServer config(UnaryOperator<ObjectNode> change) {
    return answers(
        (request, answer) ->
            request.path().equals("v1/config") ? change.apply((ObjectNode) answer) : answer);
  }

  /** Waits until nothing is on its way that was answered before. */
  public void drain() {
    while (late.get() > 0) {
      pause(5);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Map<String, String> query = new LinkedHashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        String[] parts = pair.split("=", 2);
        query.put(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
      }
    }
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
    Seen request =
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath().substring(1),
            query,
            headers);
    RestFault fault = faults.apply(request, seen.size());
    seen.add(request);
    if (fault == null) {
      send(exchange, handled(request, body));
      return;
    }
    switch (fault) {
      case UNAVAILABLE -> send(exchange, new Answer(503, null, error(503), Map.of()));
      case THROTTLED ->
          send(exchange, new Answer(429, null, error(429), Map.of("Retry-After", "0")));
      case UNAUTHENTICATED -> send(exchange, new Answer(401, null, error(401), Map.of()));
      case LOGIN_PAGE -> send(exchange, new Answer(200, null, "<html>Log in</html>", Map.of()));
      case APPLIED_THEN_500 -> {
        handled(request, body);
        send(exchange, new Answer(500, null, error(500), Map.of()));
      }
      case APPLIED_TWICE -> {
        handled(request, body);
        send(exchange, handled(request, body));
      }
      case APPLIED_THEN_CLOSED -> {
        handled(request, body);
        exchange.close();
      }
      case CLOSED -> exchange.close();
      case CLOSED_APPLIED_LATE -> {
        late.incrementAndGet();
        threads.execute(
            () -> {
              pause(LATE_MILLIS);
              handled(request, body);
              late.decrementAndGet();
            });
        exchange.close();
      }
    }
  }

  private static String error(int status) {
    return "{\"error\":{\"message\":\"injected\",\"type\":\"Injected\",\"code\":" + status + "}}";
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Answer(
      int status, @Nullable RESTResponse body, String text, Map<String, String> headers) {}

  private Answer handled(Seen request, byte[] body) {
    int[] status = {200};
    String[] text = {""};
    Map<String, String> headers = new LinkedHashMap<>();
    RESTResponse response = null;
    try {
      response =
          adapter.run(
              request,
              RestBodies.parsed(request.path(), body),
              error -> {
                status[0] = error.code();
                text[0] = ErrorResponseParser.toJson(error);
                throw new Refused();
              },
              headers::putAll);
    } catch (Refused e) {
      return new Answer(status[0], null, text[0], headers);
    }
    if (response != null) {
      return new Answer(200, response, "", headers);
    }
    boolean load = request.method().equals("GET");
    return new Answer(load ? 304 : 204, null, "", headers);
  }

  /** Ends the handling of a request that was refused. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] bytes = new byte[0];
    if (answer.body() != null) {
      Seen last =
          new Seen(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath().substring(1),
              Map.of(),
              Map.of());
      JsonNode tree = JSON.readTree(JSON.writeValueAsBytes(answer.body()));
      bytes = JSON.writeValueAsBytes(answers.apply(last, tree));
    } else if (!answer.text().isEmpty()) {
      bytes = answer.text().getBytes(StandardCharsets.UTF_8);
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Iceberg's handling, with its request parts from a request of ours. */
  private static final class Adapter extends RESTCatalogAdapter {
    Adapter(Catalog catalog) {
      super(catalog);
    }

    @Nullable RESTResponse run(
        Seen request,
        @Nullable Object body,
        java.util.function.Consumer<ErrorResponse> errors,
        java.util.function.Consumer<Map<String, String>> headers) {
      ImmutableHTTPRequest.Builder built =
          ImmutableHTTPRequest.builder()
              .baseUri(java.net.URI.create("http://localhost"))
              .method(HTTPRequest.HTTPMethod.valueOf(request.method()))
              .path(request.path())
              .putAllQueryParameters(request.query())
              .headers(HTTPHeaders.of(request.headers()));
      if (body != null) {
        built.body(body);
      }
      return execute(built.build(), RESTResponse.class, errors, headers);
    }
  }
}
