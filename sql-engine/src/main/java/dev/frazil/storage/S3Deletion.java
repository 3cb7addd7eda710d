package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.List;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Deletes keys, up to 1,000 a request. */
final class S3Deletion {
  private static final int MAX_KEYS = 1_000;

  private S3Deletion() {}

  static void delete(S3ObjectStore store, List<String> keys) {
    for (int from = 0; from < keys.size(); from += MAX_KEYS) {
      deletePage(store, keys.subList(from, Math.min(keys.size(), from + MAX_KEYS)));
    }
  }

  private static void deletePage(S3ObjectStore store, List<String> keys) {
    List<ObjectIdentifier> page =
        keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
    DeleteObjectsResponse response =
        store.call(
            "delete",
            store.root() + keys.get(0),
            RequestCounter.Kind.DELETE,
            client ->
                client.deleteObjects(
                    r -> r.bucket(store.bucket()).delete(d -> d.objects(page).quiet(true))));
    if (response.errors().isEmpty()) {
      return;
    }
    S3Error first = response.errors().get(0);
    boolean denied = "AccessDenied".equals(first.code());
    throw new EngineException(
        denied ? SqlState.INVALID_AUTHORIZATION : SqlState.IO_ERROR,
        "cannot delete '"
            + store.root()
            + first.key()
            + "' and "
            + (response.errors().size() - 1)
            + " more: "
            + first.code()
            + (denied ? ". The credentials need s3:DeleteObject" : ""));
  }
}
