package dev.frazil.catalog.rest;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RequestCounter;
import dev.frazil.storage.RequestScope;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends requests to the server of a catalog, each once: redirects are not followed, since they
 * would take tokens elsewhere, and nothing is repeated but a GET on a connection that the server
 * had closed. Thread-safe.
 */
final class HttpTransport implements AutoCloseable {
  private static final int MAX_BODY_BYTES = 256 << 20;

  private final HttpClient client;
  private final Duration timeout;
  private final RequestCounter counter;
  private final ExecutorService threads;

  HttpTransport(Duration timeout, RequestCounter counter) {
    this.timeout = timeout;
    this.counter = counter;
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            5,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "frazil-catalog");
              thread.setDaemon(true);
              return thread;
            });
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(
                timeout.compareTo(Duration.ofSeconds(10)) < 0 ? timeout : Duration.ofSeconds(10))
            .executor(threads)
            .build();
  }

  /** Sends a request and waits; 57014 where the statement that wants the answer is cancelled. */
  HttpOutcome send(HttpCall call) {
    HttpRequest.Builder request = HttpRequest.newBuilder(call.uri()).timeout(timeout);
    call.headers().forEach((name, value) -> put(request, name, value));
    HttpCall.RequestBody body = call.body();
    request.method(
        call.method(),
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body.bytes()));
    counter.countRequest(RequestCounter.Kind.CATALOG);
    HttpRequest built = request.build();
    try {
      return RequestScope.send(() -> answer(built), threads);
    } catch (ConnectException | HttpConnectTimeoutException | SSLHandshakeException e) {
      return new HttpOutcome.NotSent(e);
    } catch (IOException e) {
      return new HttpOutcome.Lost(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new HttpOutcome.Lost(new IOException("the thread was interrupted", e));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw EngineException.internal("a request to the catalog", e);
    }
  }

  /** 28000 for what no header takes, such as an end of line; the value may be a secret. */
  private static void put(HttpRequest.Builder request, String name, String value) {
    if (value.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
      throw new EngineException(
          SqlState.INVALID_AUTHORIZATION,
          "the header "
              + name
              + " of a request to the catalog would hold a control character: look for an end of"
              + " line in what the client shows who it is by");
    }
    request.header(name, value);
  }

  /** A body that stops in its middle does not wait for ever either. */
  private HttpOutcome answer(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new BoundedBody(MAX_BODY_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new HttpOutcome.Answered(
          response.statusCode(), response.headers()::firstValue, response.body());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new EngineException(
          SqlState.CONNECTION_FAILURE, "a request to the catalog could not be sent", e.getCause());
    } catch (TimeoutException e) {
      HttpTimeoutException late =
          new HttpTimeoutException("no whole answer within " + timeout.toMillis() + " ms");
      late.initCause(e);
      throw late;
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
