package dev.frazil.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The contract against a real bucket: {@code FRAZIL_TEST_BUCKET=s3://bucket/prefix}, with the
 * credentials of the default chain. Writes under a prefix of its own, and removes what it wrote.
 */
class RealBucketS3Test extends ObjectStoreContract {
  private static String prefix;
  private static int number;

  @BeforeAll
  static void find() {
    String bucket = ExternalS3.setting("frazil.test.bucket").orElse("");
    if (!bucket.startsWith("s3://")) {
      return; // each test says so
    }
    prefix = LocationGuard.normalise(bucket) + "/frazil-contract-" + Ids.system().hex(12);
  }

  @Override
  ObjectStore openStore() {
    assumeTrue(
        prefix != null, "skipped: FRAZIL_TEST_BUCKET names no bucket such as s3://bucket/prefix");
    number++;
    String[] parts = root().substring("s3://".length()).split("/", 2);
    return StoreFactory.open(ConnectionConfig.of(new Warehouse.S3Prefix(parts[0], parts[1])));
  }

  @Override
  String root() {
    return prefix + "/" + number;
  }

  @Override
  int races() {
    return 30;
  }

  @Override
  int pagedObjects() {
    return 1_100;
  }

  @Test
  void theProbeFindsNothing() {
    ProbeReport report = StoreProbe.run(store(), root(), Ids.system());
    assertThat(report.lacks()).isEmpty();
  }

  @AfterEach
  void removeWhatWasWritten() throws Exception {
    if (prefix == null) {
      return;
    }
    try (ObjectStore cleaner = StoreFactory.open(ConnectionConfig.of(warehouse()))) {
      List<String> found = new ArrayList<>();
      for (Iterator<ObjectInfo> i = cleaner.list(root()); i.hasNext(); ) {
        found.add(i.next().location());
      }
      if (!found.isEmpty()) {
        cleaner.delete(found);
      }
    }
  }

  private Warehouse warehouse() {
    String[] parts = root().substring("s3://".length()).split("/", 2);
    return new Warehouse.S3Prefix(parts[0], parts[1]);
  }
}
