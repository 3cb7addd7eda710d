package dev.frazil.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.ProbeReport.Lack;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The contract against Ceph radosgw, an S3 that is neither Amazon's nor ours: {@code mvn verify
 * -Pradosgw} with {@code FRAZIL_RADOSGW_ENDPOINT}, {@code FRAZIL_RADOSGW_ACCESS_KEY} and {@code
 * FRAZIL_RADOSGW_SECRET_KEY}.
 *
 * <p>radosgw 16.2 matches If-Match only with a tag that has lost its quotes, and ignores creates on
 * versioned buckets. So it is the negative fixture of the probe as well, and the parts of the
 * contract that swap objects assert exactly that.
 */
@Tag("radosgw")
class RadosgwAcceptanceTest extends ObjectStoreContract {
  private static final String BUCKET = "frazil-contract-" + Ids.system().hex(8);
  private static final String VERSIONED = BUCKET + "-versioned";

  private static ExternalS3 s3;
  private static int number;

  @BeforeAll
  static void find() {
    String endpoint = ExternalS3.setting("frazil.radosgw.endpoint").orElse("");
    if (endpoint.isEmpty()) {
      return; // each test says so
    }
    s3 =
        new ExternalS3(
            endpoint,
            ExternalS3.setting("frazil.radosgw.access.key").orElse("testaccess"),
            ExternalS3.setting("frazil.radosgw.secret.key").orElse("testsecretkey"));
    s3.createBucket(BUCKET, false);
    s3.createBucket(VERSIONED, true);
  }

  @Override
  ObjectStore openStore() {
    assumeTrue(s3 != null, "skipped: FRAZIL_RADOSGW_ENDPOINT names no radosgw");
    return StoreFactory.open(s3.config(BUCKET, "prefix/" + ++number));
  }

  @Override
  String root() {
    return "s3://" + BUCKET + "/prefix/" + number;
  }

  @Override
  int races() {
    return 200;
  }

  @Test
  void theProbeNamesThatNoSwapMatches() {
    ProbeReport report = StoreProbe.run(store(), root(), Ids.system());
    assertThat(report.lacks().keySet()).containsExactly(Lack.CURRENT_SWAP);
    assertRefused(report);
  }

  @Test
  void theProbeNamesThatAVersionedBucketIgnoresCreates() {
    try (ObjectStore versioned = StoreFactory.open(s3.config(VERSIONED, "db"))) {
      ProbeReport report = StoreProbe.run(versioned, "s3://" + VERSIONED + "/db", Ids.system());
      assertThat(report.lacks().keySet()).contains(Lack.CREATE_CONDITION);
      assertRefused(report);
    }
  }

  @Test
  void theProbeLeavesNothing() {
    StoreProbe.run(store(), root(), Ids.system());
    assertThat(locations(root() + "/")).isEmpty();
  }

  private static void assertRefused(ProbeReport report) {
    assertThatThrownBy(() -> report.requireSafe("s3://" + BUCKET))
        .isInstanceOf(EngineException.class)
        .extracting(e -> ((EngineException) e).state())
        .isEqualTo(SqlState.CONNECTION_REJECTED);
  }

  @Override
  @Test
  void everySwapRaceHasOneWinner() {
    swapNeverMatches();
  }

  @Override
  @Test
  void replacesOnlyTheVersionThatWasSeen() {
    swapNeverMatches();
  }

  @Override
  @Test
  void knowsWhatTheCallerKnows() {
    swapNeverMatches();
  }

  /** Should a later radosgw match quoted tags, these fail: then it deserves the whole contract. */
  private void swapNeverMatches() {
    String location = root() + "/object";
    String tag = stored(store().putIf(location, bytes("one"), PutCondition.ifAbsent()));
    assertThat(store().putIf(location, bytes("two"), PutCondition.ifMatch(tag)))
        .isInstanceOf(PutOutcome.Refused.class);
    assertThat(text(location)).isEqualTo("one");
  }
}
