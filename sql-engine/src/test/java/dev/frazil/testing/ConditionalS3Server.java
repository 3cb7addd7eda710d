package dev.frazil.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.config.Warehouse;
import dev.frazil.storage.RequestCounter.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A small S3 for tests, on the HTTP server of the JDK: objects, ranges, conditional requests,
 * multipart uploads, listings, versions, signatures that are checked, and faults by schedule. It is
 * our model of S3; the same contract suite also runs against independent stores.
 *
 * <p>Buckets: {@value #BUCKET} and whatever {@link #addBucket} adds. Keys: {@value #ACCESS_KEY} and
 * {@value #SECRET_KEY}. Everything is in memory. Thread-safe.
 */
public final class ConditionalS3Server implements Closeable {
  public static final String BUCKET = "warehouse";
  public static final String ACCESS_KEY = "test-access-key";
  public static final String SECRET_KEY = "test-secret-key-canary";
  public static final String REGION = "us-east-1";
  private static final long LATE_MILLIS = 150;
  private static final long STALL_MILLIS = 30_000;

  static {
    // Without it, each answer waits for a delayed acknowledgement. Read when the server starts.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final HttpServer server;
  private final ExecutorService threads;
  private final Map<String, S3Bucket> buckets = new ConcurrentHashMap<>();
  private final S3Operations operations = new S3Operations(buckets);
  private final ServerFaults faults = new ServerFaults();
  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();
  private final LongAdder receivedBytes = new LongAdder();
  private final LongAdder sentBytes = new LongAdder();
  private volatile SignatureCheck signatures = new SignatureCheck(ACCESS_KEY, SECRET_KEY, null);
  private volatile long latencyMillis;

  private ConditionalS3Server(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "s3-test-server");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** A well-behaved server on a free port. */
  public static ConditionalS3Server start() {
    return start(S3Conduct.CORRECT);
  }

  /** A server on a free port whose bucket treats conditions in the given way. */
  public static ConditionalS3Server start(S3Conduct conduct) {
    return startOn(0, conduct);
  }

  private static ConditionalS3Server startOn(int port, S3Conduct conduct) {
    return new ConditionalS3Server(port).addBucket(BUCKET, REGION, false, false, conduct);
  }

  /**
   * Adds an empty bucket, or replaces one.
   *
   * @param readOnly answers every write with AccessDenied
   */
  public ConditionalS3Server addBucket(
      String name, String region, boolean versioned, boolean readOnly, S3Conduct conduct) {
    buckets.put(name, new S3Bucket(name, region, versioned, readOnly, conduct, faults));
    return this;
  }

  /** Every request waits this long first. */
  public ConditionalS3Server latencyMillis(long millis) {
    latencyMillis = millis;
    return this;
  }

  /** Requests must carry this session token from now on. */
  public ConditionalS3Server requireSessionToken(String token) {
    signatures = new SignatureCheck(ACCESS_KEY, SECRET_KEY, token);
    return this;
  }

  /** What goes wrong. */
  public ServerFaults faults() {
    return faults;
  }

  /** {@code http://127.0.0.1:port}. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A connection to a prefix of the bucket {@value #BUCKET}. */
  public ConnectionConfig config(String prefix) {
    return config(BUCKET, prefix, Map.of());
  }

  /** A connection with further properties. */
  public ConnectionConfig config(
      String bucket, String prefix, Map<ConnectionProperty, String> properties) {
    Map<ConnectionProperty, String> values = new HashMap<>();
    values.put(ConnectionProperty.ENDPOINT, endpoint());
    values.put(ConnectionProperty.PATH_STYLE_ACCESS, "true");
    values.put(ConnectionProperty.ACCESS_KEY_ID, ACCESS_KEY);
    values.putAll(properties);
    return new ConnectionConfig(
        new Warehouse.S3Prefix(bucket, prefix),
        values,
        Map.of(ConnectionProperty.SECRET_ACCESS_KEY, new Secret(SECRET_KEY)));
  }

  /** Requests of the given kinds that reached the server since the last {@link #resetCounts}. */
  public long count(Kind... kinds) {
    long sum = 0;
    for (Kind kind : kinds) {
      LongAdder count = counts.get(kind);
      sum += count == null ? 0 : count.sum();
    }
    return sum;
  }

  /** All requests that reached the server since the last {@link #resetCounts}. */
  public Map<Kind, Long> counts() {
    Map<Kind, Long> result = new TreeMap<>();
    counts.forEach((kind, count) -> result.put(kind, count.sum()));
    return result;
  }

  /** Bytes that clients sent, without headers, since then; {@link #sentBytes}: of answers. */
  public long receivedBytes() {
    return receivedBytes.sum();
  }

  public long sentBytes() {
    return sentBytes.sum();
  }

  public void resetCounts() {
    counts.clear();
    receivedBytes.reset();
    sentBytes.reset();
    mostAtOnce.set(0);
  }

  /** The current body of an object, null if there is none. */
  public byte @Nullable [] peek(String bucket, String key) {
    return buckets.get(bucket).current(key).map(S3Bucket.Version::body).orElse(null);
  }

  /** Changes an object behind everybody's back. */
  public void poke(String bucket, String key, byte[] body) {
    buckets.get(bucket).put(key, body, S3Bucket.entityTag(body), null, null);
  }

  /** Removes an object behind everybody's back. */
  public void remove(String bucket, String key) {
    buckets.get(bucket).delete(key, null);
  }

  /** Keys of a bucket under a prefix. */
  public java.util.Set<String> keys(String bucket, String prefix) {
    return buckets.get(bucket).list(prefix, "").keySet();
  }

  /** Multipart uploads that were neither completed nor aborted. */
  public int uploadsUnderWay(String bucket) {
    return buckets.get(bucket).uploadsUnderWay();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** The most requests that were under way at one time since the last {@link #resetCounts}. */
  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try {
      answer(exchange);
    } finally {
      underWay.decrementAndGet();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] rawBody = exchange.getRequestBody().readAllBytes();
      S3Request request = S3RequestParser.parse(exchange, rawBody);
      counts.computeIfAbsent(S3RequestParser.kind(request), kind -> new LongAdder()).increment();
      if (latencyMillis > 0) {
        Thread.sleep(latencyMillis);
      }
      S3Bucket bucket = buckets.get(request.bucket());
      URI uri = exchange.getRequestURI();
      SignatureCheck.Verdict verdict =
          signatures.check(
              request.method(),
              uri.getRawPath(),
              uri.getRawQuery(),
              request.headers(),
              rawBody,
              bucket == null ? request.regionClaimed(REGION) : bucket.region());
      if (verdict.refusal() != null) {
        verdict.refusal().sendTo(exchange);
        return;
      }
      S3Request verified =
          new S3Request(
              request.method(),
              request.bucket(),
              request.key(),
              request.query(),
              request.headers(),
              verdict.body());
      serve(exchange, verified);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      S3Answer.error(500, "InternalError", String.valueOf(e)).sendTo(exchange);
    }
  }

  private void serve(HttpExchange exchange, S3Request request) throws IOException {
    ServerFault fault = faults.choose(request);
    if (fault == null) {
      S3Answer answer = operations.answer(request);
      receivedBytes.add(request.body().length);
      sentBytes.add(request.method().equals("HEAD") ? 0 : answer.body().length);
      answer.sendTo(exchange);
      return;
    }
    switch (fault) {
      case CONFLICT -> S3Answer.conflict().sendTo(exchange);
      case PRECONDITION_FAILED -> S3Bucket.preconditionFailed("injected").sendTo(exchange);
      case INTERNAL_ERROR -> S3Answer.error(500, "InternalError", "injected").sendTo(exchange);
      case SLOW_DOWN -> S3Answer.error(503, "SlowDown", "injected").sendTo(exchange);
      case ACCESS_DENIED -> S3Answer.error(403, "AccessDenied", "injected").sendTo(exchange);
      case STORAGE_FULL -> S3Answer.error(507, "XMinioStorageFull", "injected").sendTo(exchange);
      case DROPPED -> exchange.close();
      case LOST_ANSWER -> {
        operations.answer(request);
        exchange.close();
      }
      case APPLIED_THEN_CONFLICT -> {
        operations.answer(request);
        S3Answer.conflict().sendTo(exchange);
      }
      case APPLIED_THEN_PRECONDITION_FAILED -> {
        operations.answer(request);
        S3Bucket.preconditionFailed("injected").sendTo(exchange);
      }
      case APPLIED_THEN_INTERNAL_ERROR -> {
        operations.answer(request);
        S3Answer.error(500, "InternalError", "injected").sendTo(exchange);
      }
      case APPLIED_THEN_SLOW_DOWN -> {
        operations.answer(request);
        S3Answer.error(503, "SlowDown", "injected").sendTo(exchange);
      }
      case ARRIVES_LATE ->
          faults.arriveLate(LATE_MILLIS, exchange::close, () -> operations.answer(request));
      case DUPLICATED -> {
        operations.answer(request);
        operations.answer(request).sendTo(exchange);
      }
      case CUT_OFF -> {
        operations.answer(request).sendHalfTo(exchange);
        exchange.close();
      }
      case STALLED -> {
        operations.answer(request).sendHalfTo(exchange);
        sleep(STALL_MILLIS);
      }
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs a server until the process ends: {@code ConditionalS3Server [port [latencyMillis
   * [conduct]]]}. Prints its endpoint as the first line.
   */
  public static void main(String[] arguments) throws InterruptedException {
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
    S3Conduct conduct = arguments.length > 2 ? S3Conduct.valueOf(arguments[2]) : S3Conduct.CORRECT;
    ConditionalS3Server server = startOn(port, conduct);
    server.latencyMillis(arguments.length > 1 ? Long.parseLong(arguments[1]) : 0);
    System.out.println(server.endpoint());
    System.out.println(
        "bucket " + BUCKET + ", accessKeyId " + ACCESS_KEY + ", secretAccessKey " + SECRET_KEY);
    Thread.currentThread().join();
  }
}
