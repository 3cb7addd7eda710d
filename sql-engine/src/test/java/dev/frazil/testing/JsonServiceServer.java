package dev.frazil.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A service of AWS that speaks JSON, for tests: checks signatures, and lets requests go wrong by
 * schedule or at random before and after they reach what answers them. Thread-safe.
 */
public final class JsonServiceServer implements Closeable {
  public static final String ACCESS_KEY = "test-access-key";
  public static final String SECRET_KEY = "test-secret-key-canary";
  public static final String REGION = "us-east-1";
  private static final long LATE_MILLIS = 150;
  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** What stands behind it. */
  public interface Operations {
    Reply answer(String operation, byte[] body) throws IOException;
  }

  /** An answer; a body of JSON. */
  public record Reply(int status, byte[] body) {
    public static Reply of(int status, JsonNode body) {
      return new Reply(status, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A refusal, or a failure, by its name. */
    public static Reply error(int status, String code, String message) {
      return of(
          status,
          JSON.createObjectNode()
              .put("__type", "com.amazonaws.test#" + code)
              .put("message", message));
    }
  }

  private record Queued(String operation, ServerFault fault) {}

  private final HttpServer server;
  private final ExecutorService threads;
  private final Operations operations;
  private final SignatureCheck signatures;
  private final Deque<Queued> queue = new ArrayDeque<>();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private SplittableRandom random = new SplittableRandom(1);
  private double rate;
  private Set<String> randomOperations = Set.of();
  private List<ServerFault> randomFaults = List.of();
  private int injected;
  private volatile @Nullable Runnable beforeNext;

  private JsonServiceServer(String service, Operations operations) {
    this.operations = operations;
    this.signatures = new SignatureCheck(ACCESS_KEY, SECRET_KEY, null, service);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "service-test-server");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * @param service its name in signatures
   */
  public static JsonServiceServer start(String service, Operations operations) {
    return new JsonServiceServer(service, operations);
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next requests for the operation go wrong in this way, in this order. */
  public synchronized JsonServiceServer next(String operation, ServerFault... faults) {
    for (ServerFault fault : faults) {
      queue.add(new Queued(operation, fault));
    }
    return this;
  }

  /** From now on a share of the requests for these operations goes wrong. */
  public synchronized JsonServiceServer random(
      long seed, double share, Set<String> of, List<ServerFault> faults) {
    random = new SplittableRandom(seed);
    rate = share;
    randomOperations = Set.copyOf(of);
    randomFaults = List.copyOf(faults);
    return this;
  }

  /** No further faults. */
  public synchronized JsonServiceServer calm() {
    queue.clear();
    rate = 0;
    return this;
  }

  public synchronized int injected() {
    return injected;
  }

  /** Runs once, while the next request that goes wrong waits to be answered. */
  public void beforeNextFaultyAnswer(Runnable deed) {
    beforeNext = deed;
  }

  /** The operations asked for so far, in their order. */
  public List<String> seen() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  public void forget() {
    seen.clear();
  }

  private synchronized @Nullable ServerFault choose(String operation) {
    Queued first = queue.peek();
    ServerFault fault = null;
    if (first != null && first.operation().equals(operation)) {
      fault = queue.remove().fault();
    } else if (rate > 0 && randomOperations.contains(operation) && random.nextDouble() < rate) {
      fault = randomFaults.get(random.nextInt(randomFaults.size()));
    }
    injected += fault == null ? 0 : 1;
    return fault;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) ->
                  headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
      String target = headers.getOrDefault("x-amz-target", "");
      String operation = target.substring(target.lastIndexOf('.') + 1);
      seen.add(operation);
      SignatureCheck.Verdict verdict =
          signatures.check(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath(),
              exchange.getRequestURI().getRawQuery(),
              headers,
              body,
              REGION);
      if (verdict.refusal() != null) {
        send(exchange, Reply.error(400, "InvalidSignatureException", "the signature is wrong"));
        return;
      }
      serve(exchange, operation, body);
    } catch (RuntimeException e) {
      e.printStackTrace();
      send(exchange, Reply.error(500, "InternalServerError", String.valueOf(e)));
    }
  }

  private void serve(HttpExchange exchange, String operation, byte[] body) throws IOException {
    ServerFault fault = choose(operation);
    if (fault == null) {
      send(exchange, operations.answer(operation, body));
      return;
    }
    switch (fault) {
      case INTERNAL_ERROR, STORAGE_FULL -> between(exchange, failure(500));
      case SLOW_DOWN -> between(exchange, throttled());
      case ACCESS_DENIED ->
          between(exchange, Reply.error(400, "AccessDeniedException", "injected"));
      case CONFLICT, PRECONDITION_FAILED -> between(exchange, refused(operation));
      case DROPPED -> between(exchange, null);
      case LOST_ANSWER -> {
        operations.answer(operation, body);
        between(exchange, null);
      }
      case APPLIED_THEN_CONFLICT, APPLIED_THEN_PRECONDITION_FAILED -> {
        // As a proxy that sends a request twice, and hands on the second answer.
        operations.answer(operation, body);
        between(exchange, refused(operation));
      }
      case APPLIED_THEN_INTERNAL_ERROR, APPLIED_THEN_SLOW_DOWN -> {
        operations.answer(operation, body);
        between(exchange, failure(503));
      }
      case ARRIVES_LATE -> {
        exchange.close();
        sleep(LATE_MILLIS);
        operations.answer(operation, body);
      }
      case DUPLICATED -> {
        operations.answer(operation, body);
        between(exchange, operations.answer(operation, body));
      }
      case CUT_OFF, STALLED -> {
        Reply reply = operations.answer(operation, body);
        exchange.sendResponseHeaders(reply.status(), reply.body().length + 10L);
        exchange.getResponseBody().write(reply.body());
        exchange.getResponseBody().flush();
      }
    }
  }

  private void between(HttpExchange exchange, @Nullable Reply reply) throws IOException {
    Runnable deed = beforeNext;
    if (deed != null) {
      beforeNext = null;
      deed.run();
    }
    if (reply == null) {
      exchange.close();
    } else {
      send(exchange, reply);
    }
  }

  private static Reply failure(int status) {
    return Reply.error(status, "InternalServerError", "injected");
  }

  private static Reply throttled() {
    return Reply.error(400, "ThrottlingException", "injected");
  }

  /** What the service says when another writer came first; of what only reads it is a failure. */
  private static Reply refused(String operation) {
    return switch (operation) {
      case "TransactWriteItems" -> canceled("ConditionalCheckFailed");
      case "TransactGetItems" -> canceled("TransactionConflict");
      case "UpdateTable", "DeleteTable" ->
          Reply.error(400, "ConcurrentModificationException", "injected");
      case "CreateTable", "CreateDatabase" ->
          Reply.error(400, "AlreadyExistsException", "injected");
      default -> failure(500);
    };
  }

  private static Reply canceled(String reason) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("__type", "com.amazonaws.dynamodb.v20120810#TransactionCanceledException")
            .put("Message", "injected [" + reason + "]");
    body.putArray("CancellationReasons").addObject().put("Code", reason);
    return Reply.of(400, body);
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    exchange.sendResponseHeaders(
        reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
    if (reply.body().length > 0) {
      exchange.getResponseBody().write(reply.body());
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
