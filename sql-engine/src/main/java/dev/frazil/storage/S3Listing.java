package dev.frazil.storage;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Keys under a prefix, a page of up to 1,000 a request. Not thread-safe. */
final class S3Listing implements Iterator<ObjectInfo> {
  private final S3ObjectStore store;
  private final String prefix;
  private final String keyPrefix;
  private Iterator<S3Object> page;
  private @Nullable String continuation;

  S3Listing(S3ObjectStore store, String prefix, String keyPrefix) {
    this.store = store;
    this.prefix = prefix;
    this.keyPrefix = keyPrefix;
    this.page = nextPage();
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && continuation != null) {
      page = nextPage();
    }
    return page.hasNext();
  }

  @Override
  public ObjectInfo next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    S3Object object = page.next();
    return new ObjectInfo(
        store.root() + object.key(),
        object.size(),
        object.lastModified() == null ? 0 : object.lastModified().toEpochMilli());
  }

  private Iterator<S3Object> nextPage() {
    String token = continuation;
    ListObjectsV2Response response =
        store.call(
            "list",
            prefix,
            RequestCounter.Kind.LIST,
            client ->
                client.listObjectsV2(
                    r -> r.bucket(store.bucket()).prefix(keyPrefix).continuationToken(token)));
    continuation =
        Boolean.TRUE.equals(response.isTruncated()) ? response.nextContinuationToken() : null;
    return response.contents().iterator();
  }
}
