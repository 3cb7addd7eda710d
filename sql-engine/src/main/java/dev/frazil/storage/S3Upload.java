package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RequestCounter.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A stream that becomes one PUT where the object is small, and a multipart upload where it is
 * large, with at most {@value #MAX_PARTS_IN_FLIGHT} parts under way: that many part sizes of
 * memory, plus the part being filled. Not thread-safe.
 */
final class S3Upload extends ObjectStore.UploadStream {
  private static final int FIRST_BUFFER_BYTES = 1 << 16;
  private static final int PART_BYTES = 8 << 20;
  private static final int LARGE_PART_BYTES = 64 << 20;

  /** S3 allows 10,000 parts: 1,000 of 8 MB, then 64 MB each, make an object of 570 GB. */
  private static final int SMALL_PARTS = 1_000;

  private static final int MAX_PARTS_IN_FLIGHT = 4;

  private final S3ObjectStore store;
  private final String location;
  private final String key;
  private final TransferThreads transfers;
  private final Deque<CompletableFuture<CompletedPart>> inFlight = new ArrayDeque<>();
  private final List<CompletedPart> completed = new ArrayList<>();
  private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
  private int buffered;
  private long position;
  private int partNumber;
  private @Nullable String uploadId;
  private boolean finished;

  S3Upload(S3ObjectStore store, String location, String key, TransferThreads transfers) {
    this.store = store;
    this.location = location;
    this.key = key;
    this.transfers = transfers;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (finished) {
      throw new EngineException(
          SqlState.IO_ERROR, "the stream to '" + location + "' is closed or has failed");
    }
    int from = offset;
    int left = length;
    while (left > 0) {
      if (buffered == partBytes()) {
        sendPart();
      }
      if (buffered == buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.min(partBytes(), buffer.length * 2));
      }
      int count = Math.min(left, buffer.length - buffered);
      System.arraycopy(bytes, from, buffer, buffered, count);
      buffered += count;
      position += count;
      from += count;
      left -= count;
    }
  }

  private int partBytes() {
    return partNumber < SMALL_PARTS ? PART_BYTES : LARGE_PART_BYTES;
  }

  private void sendPart() {
    String id = uploadId;
    try {
      if (id == null) {
        id =
            store.call(
                "write",
                location,
                Kind.MULTIPART,
                client ->
                    client
                        .createMultipartUpload(r -> r.bucket(store.bucket()).key(key))
                        .uploadId());
        uploadId = id;
      }
      while (inFlight.size() >= MAX_PARTS_IN_FLIGHT) {
        awaitOldest();
      }
    } catch (RuntimeException e) {
      abort();
      throw e;
    }
    String upload = id;
    byte[] body = buffer;
    int length = buffered;
    int number = ++partNumber;
    inFlight.add(
        CompletableFuture.supplyAsync(
            () -> uploadPart(upload, number, body, length),
            task -> transfers.executor().execute(RequestScope.carried(task))));
    buffer = new byte[partBytes()];
    buffered = 0;
  }

  private CompletedPart uploadPart(String upload, int number, byte[] body, int length) {
    String entityTag =
        store.call(
            "write",
            location,
            Kind.MULTIPART,
            client -> {
              store.counter().countWritten(length);
              return client
                  .uploadPart(
                      r -> r.bucket(store.bucket()).key(key).uploadId(upload).partNumber(number),
                      S3ObjectStore.requestBody(body, length))
                  .eTag();
            });
    return CompletedPart.builder().partNumber(number).eTag(entityTag).build();
  }

  private void awaitOldest() {
    try {
      completed.add(inFlight.remove().join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof EngineException failure) {
        throw new EngineException(failure.state(), String.valueOf(failure.getMessage()), failure);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    if (finished) {
      return;
    }
    if (uploadId == null) {
      finished = true;
      store.put(location, Arrays.copyOf(buffer, buffered));
      return;
    }
    if (buffered > 0) {
      sendPart();
    }
    try {
      while (!inFlight.isEmpty()) {
        awaitOldest();
      }
      complete(uploadId);
      finished = true;
    } catch (RuntimeException e) {
      abort();
      throw e;
    }
  }

  /**
   * A completion that is sent again after it was applied finds no upload; the object with the right
   * length, under a name used once, then tells that it worked.
   */
  private void complete(String upload) {
    try {
      store.call(
          "write",
          location,
          Kind.MULTIPART,
          client ->
              client
                  .completeMultipartUpload(
                      r ->
                          r.bucket(store.bucket())
                              .key(key)
                              .uploadId(upload)
                              .multipartUpload(m -> m.parts(completed)))
                  .eTag());
    } catch (EngineException e) {
      if (store.head(location).filter(info -> info.lengthBytes() == position).isEmpty()) {
        throw e;
      }
    }
  }

  private void abandon(String upload) {
    store.call(
        "write",
        location,
        Kind.MULTIPART,
        client ->
            client.abortMultipartUpload(r -> r.bucket(store.bucket()).key(key).uploadId(upload)));
  }

  @Override
  public void abort() {
    if (finished) {
      return;
    }
    finished = true;
    buffer = new byte[0];
    String upload = uploadId;
    if (upload == null) {
      return;
    }
    inFlight.forEach(part -> part.exceptionally(failure -> null).join());
    try {
      RequestScope.cleanUp(() -> abandon(upload));
    } catch (EngineException e) {
      // The failure that led here is the one to tell; parts left behind cost storage, not safety.
      org.slf4j.LoggerFactory.getLogger(S3Upload.class)
          .warn("the multipart upload to {} could not be aborted", location, e);
    }
  }
}
