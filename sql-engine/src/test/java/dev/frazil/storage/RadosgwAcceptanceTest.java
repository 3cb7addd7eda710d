package dev.frazil.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.ProbeReport.Lack;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** A database of Frazil's own needs the swap; nothing of one is written. */
  @Test
  void aDatabaseInTheBucketIsRefused() {
    String prefix = "refused";
    try (EngineRunner bucket = EngineRunner.open(s3().config(BUCKET, prefix))) {
      assertThatThrownBy(() -> bucket.update("CREATE TABLE t (id integer)"))
          .isInstanceOf(EngineException.class)
          .satisfies(
              failure ->
                  assertThat(((EngineException) failure).state())
                      .isEqualTo(SqlState.CONNECTION_REJECTED))
          .hasMessageContaining("If-Match");
    }
    try (ObjectStore bucket = StoreFactory.open(s3().config(BUCKET, prefix))) {
      assertThat(bucket.list("s3://" + BUCKET + "/" + prefix + "/").hasNext()).isFalse();
    }
  }

  /** Where another catalog decides the commits, the store only has to keep files. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void filesOfACatalogElsewhereAreKept(boolean versioned, @TempDir Path folder) throws Exception {
    ConnectionConfig bucket = s3().config(versioned ? VERSIONED : BUCKET, "elsewhere");
    ConnectionConfig config =
        new ConnectionConfig(
            new Warehouse.JdbcCatalog(
                "jdbc:sqlite:" + folder.resolve("catalog.db"), bucket.warehouse()),
            bucket.values(),
            bucket.secrets());
    List<Callable<Long>> writers = new ArrayList<>();
    try (EngineRunner first = EngineRunner.open(config)) {
      first.script(
          "CREATE SCHEMA s",
          "CREATE TABLE s.t (id bigint, v varchar)",
          "CREATE TABLE s.u (id bigint)");
      for (int writer = 0; writer < 4; writer++) {
        int number = writer;
        writers.add(
            () -> {
              try (EngineRunner own = EngineRunner.open(config)) {
                for (int i = 0; i < 5; i++) {
                  own.update("INSERT INTO s.t VALUES (" + (number * 5 + i) + ", 'v')");
                }
                return 5L;
              }
            });
      }
      ExecutorService threads = Executors.newFixedThreadPool(writers.size());
      try {
        for (Future<Long> written : threads.invokeAll(writers)) {
          assertThat(written.get()).isEqualTo(5);
        }
      } finally {
        threads.shutdownNow();
      }
      first.script(
          "START TRANSACTION",
          "DELETE FROM s.t WHERE id < 10",
          "INSERT INTO s.u SELECT id FROM s.t",
          "COMMIT");
      first.query("CALL system.rewrite_data_files(table => 's.t')");
      first.query("CALL system.expire_snapshots(table => 's.t', retain_last => 1)");
      assertThat(first.query("SELECT count(*), sum(id) FROM s.t").lines())
          .containsExactly("10 | 145");
      assertThat(first.query("SELECT count(*), sum(id) FROM s.u").lines())
          .containsExactly("10 | 145");
    }
  }

  private static ExternalS3 s3() {
    return Objects.requireNonNull(s3);
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
