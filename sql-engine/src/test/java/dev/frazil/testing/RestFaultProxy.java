package dev.frazil.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and the server of a REST catalog, and loses, doubles and delays what goes
 * through. Thread-safe.
 */
public final class RestFaultProxy implements AutoCloseable {
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "date");
  private static final long LATE_MILLIS = 40;

  private final String target;
  private final Function<String, @Nullable RestFault> faults;
  private final HttpServer server;
  private final ExecutorService threads;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger late = new AtomicInteger();
  private final AtomicInteger injected = new AtomicInteger();

  /**
   * @param target the server, without a path
   * @param faults chooses what goes wrong with a request, by its method
   */
  public RestFaultProxy(String target, Function<String, @Nullable RestFault> faults) {
    this.target = target;
    this.faults = faults;
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "rest-fault-proxy");
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

  /** How many requests went wrong. */
  public int injected() {
    return injected.get();
  }

  /** Waits until nothing is on its way that was answered before. */
  public void drain() {
    while (late.get() > 0) {
      pause(5);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    HttpRequest.Builder built =
        HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> built.header(name, value));
              }
            });
    HttpRequest request = built.build();
    RestFault fault = faults.apply(exchange.getRequestMethod());
    if (fault == null) {
      answer(exchange, forward(request));
      return;
    }
    injected.incrementAndGet();
    switch (fault) {
      case UNAVAILABLE -> refuse(exchange, 503);
      case THROTTLED -> refuse(exchange, 429);
      case UNAUTHENTICATED -> refuse(exchange, 401);
      case LOGIN_PAGE -> {
        byte[] page = "<html>Log in</html>".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
      }
      case APPLIED_THEN_500 -> {
        forward(request);
        refuse(exchange, 500);
      }
      case APPLIED_TWICE -> {
        forward(request);
        answer(exchange, forward(request));
      }
      case APPLIED_THEN_CLOSED -> {
        forward(request);
        exchange.close();
      }
      case CLOSED -> exchange.close();
      case CLOSED_APPLIED_LATE -> {
        late.incrementAndGet();
        threads.execute(
            () -> {
              pause(LATE_MILLIS);
              try {
                forward(request);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } finally {
                late.decrementAndGet();
              }
            });
        exchange.close();
      }
    }
  }

  private HttpResponse<byte[]> forward(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void refuse(HttpExchange exchange, int status) throws IOException {
    byte[] body =
        ("{\"error\":{\"message\":\"injected\",\"type\":\"Injected\",\"code\":" + status + "}}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer)
      throws IOException {
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    byte[] body = answer.body();
    exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
