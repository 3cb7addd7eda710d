package dev.frazil.storage;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RequestCounter.Kind;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Objects of one S3 bucket. Thread-safe; all threads share one client.
 *
 * <p>Reads, unconditional puts, listings and deletes may be sent twice and are retried with bounded
 * waits. A conditional put is sent exactly once, and its answer maps to a {@link PutOutcome}: 200
 * stored; 412, and 404 under If-Match, refused; 409 conflict; 5xx, time-out, reset or anything else
 * that leaves the outcome open, unknown. Answers which say that nothing was or will be applied (no
 * permission, no bucket, wrong region, not implemented) are exceptions, and so is a request that
 * never left: no credentials, no such host, nobody listening.
 *
 * <p>Entity tags are passed back exactly as the store gave them, quotes included.
 */
public final class S3ObjectStore implements ObjectStore {
  private final S3Connection connection;
  private final RetryPolicy retries;
  private final TimeSource time;
  private final RequestCounter counter;
  private final TransferThreads transfers = new TransferThreads();

  S3ObjectStore(
      S3Connection connection, TimeSource time, RetryPolicy retries, RequestCounter counter) {
    this.counter = counter;
    this.connection = connection;
    this.time = time;
    this.retries = retries;
  }

  /** The store of a bucket; sends no request yet. */
  static S3ObjectStore open(
      ConnectionConfig config, Warehouse.S3Prefix warehouse, TimeSource time, Ids ids) {
    S3Connection connection = new S3Connection(config, warehouse.bucket(), null);
    return new S3ObjectStore(
        connection, time, RetryPolicy.forRequests(time, ids), new RequestCounter());
  }

  @Override
  public FetchOutcome fetch(String location, @Nullable String knownEntityTag, long maxBytes) {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(connection.bucket())
            .key(key(location))
            .ifNoneMatch(knownEntityTag)
            .build();
    return call(
        "read",
        location,
        Kind.GET,
        client -> {
          try (ResponseInputStream<GetObjectResponse> stream = client.getObject(request)) {
            long lengthBytes = lengthBytes(stream, location);
            if (lengthBytes > maxBytes || lengthBytes > Integer.MAX_VALUE - 8) {
              stream.abort();
              throw FileFailures.tooLarge(location, lengthBytes, maxBytes);
            }
            byte[] body = new byte[(int) lengthBytes];
            readExactly(stream, body, 0, body.length);
            counter.countRead(body.length);
            return new FetchOutcome.Fetched(body, stream.response().eTag());
          } catch (S3Exception e) {
            if (e.statusCode() == 304) {
              return new FetchOutcome.NotModified();
            }
            if (e.statusCode() == 404 && !S3Failures.isNoSuchBucket(e)) {
              return new FetchOutcome.Missing();
            }
            throw e;
          }
        });
  }

  @Override
  public void readFully(String location, long position, byte[] target, int offset, int length) {
    if (length == 0) {
      return;
    }
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(connection.bucket())
            .key(key(location))
            .range("bytes=" + position + "-" + (position + length - 1))
            .build();
    boolean read =
        call(
            "read",
            location,
            Kind.RANGE_GET,
            client -> {
              try (ResponseInputStream<GetObjectResponse> stream = client.getObject(request)) {
                long answered = lengthBytes(stream, location);
                if (answered != length) {
                  stream.abort();
                  if (answered > length) {
                    throw new EngineException(
                        SqlState.CONNECTION_REJECTED,
                        "the store ignores the range of a request for '" + location + "'");
                  }
                  throw FileFailures.tooShort(location, position + length, position + answered);
                }
                readExactly(stream, target, offset, length);
                counter.countRead(length);
                return true;
              } catch (S3Exception e) {
                if (e.statusCode() == 416) {
                  throw FileFailures.tooShort(location, position + length, position);
                }
                if (e.statusCode() == 404 && !S3Failures.isNoSuchBucket(e)) {
                  throw FileFailures.notFound(location, e);
                }
                throw e;
              }
            });
    if (!read) {
      throw EngineException.internal("a read ended without an answer");
    }
  }

  @Override
  public Optional<ObjectInfo> head(String location) {
    String key = key(location);
    return call(
        "read",
        location,
        Kind.HEAD,
        client -> {
          try {
            HeadObjectResponse response =
                client.headObject(r -> r.bucket(connection.bucket()).key(key));
            return Optional.of(
                new ObjectInfo(
                    location,
                    response.contentLength(),
                    response.lastModified() == null ? 0 : response.lastModified().toEpochMilli()));
          } catch (S3Exception e) {
            if (e.statusCode() == 404 && !S3Failures.isNoSuchBucket(e)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** Outside of any scope: a request that decides is never torn off. */
  @Override
  public PutOutcome putIf(String location, byte[] body, PutCondition condition) {
    return RequestScope.outside(() -> putOnce(location, body, condition));
  }

  private PutOutcome putOnce(String location, byte[] body, PutCondition condition) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder().bucket(connection.bucket()).key(key(location));
    S3Failures.requireKnown(condition);
    if (condition instanceof PutCondition.IfMatch match) {
      request.ifMatch(match.entityTag());
    } else {
      request.ifNoneMatch("*");
    }
    boolean mayMove = true;
    for (int failures = 1; ; failures++) {
      S3Client client = connection.client();
      Departure departure = new Departure();
      counter.countRequest(Kind.CONDITIONAL_PUT);
      try {
        return new PutOutcome.Stored(
            RecordedRequests.<String, RuntimeException>send(
                Kind.CONDITIONAL_PUT,
                location,
                failures,
                () -> {
                  counter.countWritten(body.length);
                  return client.putObject(departure.watch(request), departure.body(body)).eTag();
                }));
      } catch (S3Exception e) {
        if (mayMove && connection.moveToRegionOf(e, client)) {
          mayMove = false;
          continue; // that region holds no such bucket, so nothing was applied
        }
        return S3Failures.outcome(e, location, condition, connection);
      } catch (RuntimeException e) {
        if (!departure.neverLeft(e)) {
          return new PutOutcome.Unknown(e); // whatever it was, the request may be on its way
        }
        if (!S3Failures.isTransient(e) || !retries.pauseAfter(failures)) {
          throw S3Failures.of(e, "write", location, connection);
        }
      }
    }
  }

  @Override
  public void put(String location, byte[] body) {
    String key = key(location);
    String entityTag =
        call(
            "write",
            location,
            Kind.PUT,
            client -> {
              counter.countWritten(body.length);
              return client
                  .putObject(
                      r -> r.bucket(connection.bucket()).key(key), requestBody(body, body.length))
                  .eTag();
            });
    if (entityTag == null) {
      throw EngineException.internal("the store acknowledged '" + location + "' without a tag");
    }
  }

  @Override
  public UploadStream create(String location) {
    return new S3Upload(this, location, key(location), transfers);
  }

  @Override
  public Iterator<ObjectInfo> list(String prefix) {
    return new S3Listing(this, prefix, prefix.equals(root()) ? "" : key(prefix));
  }

  @Override
  public void delete(Collection<String> locations) {
    List<String> keys = new ArrayList<>(locations.size());
    for (String location : locations) {
      keys.add(key(location));
    }
    S3Deletion.delete(this, keys);
  }

  @Override
  public Executor transfers() {
    return task -> transfers.executor().execute(RequestScope.carried(task));
  }

  @Override
  public RequestCounter requests() {
    return counter;
  }

  @Override
  public void close() {
    transfers.close();
    connection.close();
  }

  /** Sends a request that may be sent twice, until it succeeds or is not worth another attempt. */
  <T> T call(String attempted, String location, Kind kind, RecordedRequests.Request<T> request) {
    RequestScope scope = RequestScope.current();
    long start = time.monotonicNanos();
    for (int failures = 1; ; failures++) {
      if (scope != null) {
        scope.check();
      }
      S3Client client = connection.client();
      counter.countRequest(kind);
      int attempt = failures;
      RecordedRequests.Sending<T, IOException> recorded =
          () -> RecordedRequests.send(kind, location, attempt, () -> request.send(client));
      try {
        return scope == null ? recorded.send() : scope.await(recorded::send, transfers.requests());
      } catch (SdkException | IOException | UncheckedIOException e) {
        if (scope != null) {
          scope.check();
        }
        if (e instanceof S3Exception refusal && connection.moveToRegionOf(refusal, client)) {
          continue;
        }
        boolean timeLeft =
            TimeUnit.NANOSECONDS.toMillis(time.monotonicNanos() - start)
                < connection.timeout().toMillis();
        if (!S3Failures.isTransient(e) || !timeLeft || !retries.pauseAfter(failures)) {
          throw S3Failures.of(e, attempted, location, connection);
        }
      }
    }
  }

  RequestCounter counter() {
    return counter;
  }

  String bucket() {
    return connection.bucket();
  }

  /** {@code s3://bucket/}: what stands before every key. */
  String root() {
    return "s3://" + connection.bucket() + "/";
  }

  /** The body, without a copy of it. */
  static RequestBody requestBody(byte[] body, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(body, 0, length), length, "application/octet-stream");
  }

  private String key(String location) {
    String root = root();
    if (!location.startsWith(root) || location.length() == root.length()) {
      throw new EngineException(
          SqlState.LOCATION_REFUSED, "'" + location + "' is no object of " + root);
    }
    return location.substring(root.length());
  }

  private static long lengthBytes(ResponseInputStream<GetObjectResponse> stream, String location) {
    Long lengthBytes = stream.response().contentLength();
    if (lengthBytes == null) {
      stream.abort();
      throw new EngineException(
          SqlState.CONNECTION_REJECTED, "the store gives no length of '" + location + "'");
    }
    return lengthBytes;
  }

  private static void readExactly(
      ResponseInputStream<GetObjectResponse> stream, byte[] target, int offset, int length)
      throws IOException {
    if (stream.readNBytes(target, offset, length) < length) {
      throw new EOFException("the answer was cut off");
    }
  }
}
