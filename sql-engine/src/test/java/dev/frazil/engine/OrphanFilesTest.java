package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.maintenance.FileAges;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.RidingMaintenance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code CALL system.remove_orphan_files}: nothing live is ever deleted, whatever the clocks say
 * and however locations are spelt. {@code -Dfrazil.orphan.rounds} sets another length.
 */
@Tag("slow")
class OrphanFilesTest {
  private ConditionalS3Server server;
  private EngineRunner frazil;
  private Duration ahead = Duration.ZERO;

  @BeforeEach
  void open() {
    server = ConditionalS3Server.start();
    frazil = EngineRunner.open(server.config("db"));
  }

  @AfterEach
  void close() {
    frazil.close();
    server.close();
  }

  private void clockAhead(Duration difference) {
    ahead = difference;
    server.faults().clockAhead(difference);
  }

  private Set<String> keys() {
    return new TreeSet<>(server.keys(ConditionalS3Server.BUCKET, "db/main/"));
  }

  private String plant(String name) {
    String data =
        frazil.query("SELECT file_path FROM \"t$files\" ORDER BY file_path LIMIT 1").lines().get(0);
    String key = data.substring(data.indexOf("/db/") + 1, data.lastIndexOf('/') + 1) + name;
    server.poke(ConditionalS3Server.BUCKET, key, new byte[] {1});
    return key;
  }

  /** Every data and delete file under another scheme, as another engine may have written it. */
  private static PendingUpdate<?> respell(Table table, String prefix) {
    OverwriteFiles overwrite = table.newOverwrite();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        if (task.deletes().isEmpty()) {
          String path = task.file().location();
          DataFile same =
              DataFiles.builder(task.spec())
                  .copy(task.file())
                  .withPath(prefix + path.substring(path.indexOf('/', path.indexOf("//") + 2)))
                  .build();
          overwrite.deleteFile(task.file()).addFile(same);
        }
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return overwrite;
  }

  private void create() {
    create("");
  }

  private void create(String properties) {
    frazil.script(
        "CREATE TABLE t (id integer, v varchar) WITH (\"write.delete.mode\" = 'merge-on-read'"
            + properties
            + ")",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')",
        "DELETE FROM t WHERE id = 3");
  }

  @Test
  void onlyOldOrphansGoAndOnlyWhenAskedTo() {
    create();
    String orphan = plant("left-over.parquet");
    assertThat(frazil.query("CALL system.remove_orphan_files('t')").lines()).isEmpty();
    clockAhead(Duration.ofDays(4));
    String young = plant("just-written.parquet");
    assertThat(frazil.query("CALL system.remove_orphan_files('t')").lines())
        .anyMatch(line -> line.endsWith("/left-over.parquet"))
        .noneMatch(line -> line.endsWith("/just-written.parquet"));
    assertThat(keys()).as("a dry run by default").contains(orphan, young);
    frazil.query("CALL system.remove_orphan_files(table => 't', dry_run => false)");
    assertThat(keys()).doesNotContain(orphan).contains(young);
    assertThat(frazil.query("SELECT * FROM t").sorted()).containsExactly("1 | a", "2 | b");
    assertThat(keys()).noneMatch(key -> key.contains("frazil-clock"));
  }

  /** One file of statistics a snapshot counts; what it took the place of does not. */
  @Test
  void statisticsThatWereComputedAnewLeaveAnOrphan() {
    create();
    String call = "CALL system.compute_table_stats('t')";
    String replaced = frazil.query(call).lines().get(0);
    String live = frazil.query(call).lines().get(0);
    clockAhead(Duration.ofDays(4));
    assertThat(frazil.query("CALL system.remove_orphan_files('t', dry_run => false)").lines())
        .contains(replaced)
        .doesNotContain(live);
    assertThat(keys()).noneMatch(replaced::endsWith).anyMatch(live::endsWith);
    assertThat(frazil.query("CALL system.fsck('t')").lines()).isEmpty();
  }

  /** #4346, #5385: metadata says s3a (or s3n), the listing s3; they are the same objects. */
  @ParameterizedTest
  @ValueSource(strings = {"s3a://", "s3n://"})
  void iceberg4346AnotherSchemeIsTheSameFile(String scheme) {
    create();
    frazil.change("t", table -> respell(table, scheme + ConditionalS3Server.BUCKET));
    frazil.update("INSERT INTO t VALUES (4, 'd')");
    frazil.change("t", table -> respell(table, scheme + ConditionalS3Server.BUCKET));
    clockAhead(Duration.ofDays(4));
    String location = "/db/main/";
    String folder = keys().iterator().next().split("/")[2];
    frazil.query(
        "CALL system.remove_orphan_files('t', dry_run => false, location => '"
            + scheme
            + ConditionalS3Server.BUCKET
            + location
            + folder
            + "/')");
    assertThat(frazil.query("SELECT * FROM t").sorted()).contains("1 | a", "2 | b", "4 | d");
  }

  /** #4652: the same path under another authority: an error, or kept; never a deletion. */
  @Test
  void iceberg4652AnotherAuthorityIsNoReasonToDelete() {
    create();
    frazil.update("INSERT INTO t VALUES (5, 'e')");
    frazil.change("t", table -> respell(table, "s3://alias-of-the-bucket"));
    ((DatabaseSession) frazil.session()).setFileAges(new FileAges(-10_000, -10_000));
    frazil.query("CALL system.expire_snapshots('t', CURRENT_TIMESTAMP, 1)");
    ((DatabaseSession) frazil.session()).setFileAges(FileAges.standard());
    clockAhead(Duration.ofDays(4));
    Set<String> data = new TreeSet<>(keys());
    data.removeIf(key -> !key.endsWith(".parquet"));
    assertThat(data).as("the expiry kept them, too").hasSizeGreaterThanOrEqualTo(2);
    assertThatThrownBy(() -> frazil.query("CALL system.remove_orphan_files('t', dry_run => false)"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("alias-of-the-bucket");
    assertThat(keys()).containsAll(data);
    frazil.query(
        "CALL system.remove_orphan_files('t', dry_run => false, prefix_mismatch_mode => 'IGNORE')");
    assertThat(keys()).containsAll(data);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "CALL system.remove_orphan_files('t', CURRENT_TIMESTAMP);               less than 86400 seconds",
        "CALL system.remove_orphan_files('t', location => 's3://warehouse/db'); is not within",
        "CALL system.remove_orphan_files('t', prefix_mismatch_mode => 'DELETE'); DELETE",
      })
  void whatIsWrongIsSaid(String sql, String text) {
    create();
    assertThatThrownBy(() -> frazil.query(sql))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(text);
  }

  private record Figures(int rounds, long missing, long orphansDeleted, long inFlight) {}

  /**
   * Each round: the store's clock is off by days, some writers commit, one is in flight while
   * orphans are removed and snapshots expire, and commits or gives up afterwards.
   */
  private Figures rounds(int rounds, FileAges ages) {
    create();
    return rounds(rounds, ages, false);
  }

  private Figures rounds(int rounds, FileAges ages, boolean rides) {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    Random random = new Random(seed);
    long missing = 0;
    long deleted = 0;
    long inFlight = 0;
    int round = 0;
    try (EngineRunner writer = EngineRunner.open(server.config("db"))) {
      for (; round < rounds && (missing == 0 || ages.equals(FileAges.standard())); round++) {
        clockAhead(
            round == 0
                ? Duration.ofHours(random.nextInt(96) - 48)
                : ahead.plusHours(25 + random.nextInt(48)));
        frazil.update("INSERT INTO t VALUES (" + (10 + round) + ", 'x')");
        switch (random.nextInt(4)) {
          case 0 -> frazil.update("DELETE FROM t WHERE id % 7 = " + random.nextInt(7));
          case 1 -> {
            if (rides) {
              insert(round);
            } else {
              frazil.query("CALL system.rewrite_data_files('t')");
            }
          }
          case 2 -> {
            if (rides) {
              frazil.update("UPDATE t SET v = v || '.' WHERE id % 5 = " + random.nextInt(5));
              break;
            }
            String scheme = random.nextBoolean() ? "s3a://" : "s3://";
            frazil.change("t", table -> respell(table, scheme + ConditionalS3Server.BUCKET));
          }
          default -> plant("orphan-" + round + ".parquet");
        }
        writer.update("START TRANSACTION");
        writer.update("INSERT INTO t VALUES (" + (10_000 + round) + ", 'in flight')");
        ((DatabaseSession) frazil.session()).setFileAges(ages);
        if (rides) {
          insert(round);
        }
        Set<String> before = keys();
        String limit =
            Instant.now().plus(ahead).minusMillis(ages.writerMillis()).minusSeconds(5).toString();
        frazil.query(
            "CALL system.remove_orphan_files('t', dry_run => false, older_than => TIMESTAMP '"
                + limit.substring(0, 19).replace('T', ' ')
                + "')");
        Set<String> gone = before;
        gone.removeAll(keys());
        deleted += gone.size();
        if (!rides) {
          frazil.query("CALL system.expire_snapshots('t', retain_last => 2)");
        }
        inFlight++;
        writer.update(random.nextInt(3) > 0 ? "COMMIT" : "ROLLBACK");
        if (round % 5 == 4 || !ages.equals(FileAges.standard())) {
          missing += missing();
        }
      }
    }
    missing += missing();
    System.out.printf(
        "promise 9: -Dfrazil.seed=%d: %d rounds, %d writers in flight, %d orphans deleted, live"
            + " files deleted = %d%n",
        seed, round, inFlight, deleted, missing);
    return new Figures(round, missing, deleted, inFlight);
  }

  /** Sixteen small files: every fourth time or so maintenance is due. */
  private void insert(int round) {
    for (int i = 0; i < 16; i++) {
      frazil.update("INSERT INTO t VALUES (" + (100_000 + 32 * round + i) + ", 'small')");
    }
  }

  /** Files that a snapshot of the table reaches, and that are not there. */
  private long missing() {
    Set<String> there = server.keys(ConditionalS3Server.BUCKET, "db/");
    List<String> live =
        frazil
            .query(
                "SELECT file_path FROM \"t$all_files\" UNION SELECT path FROM \"t$all_manifests\""
                    + " UNION SELECT manifest_list FROM \"t$snapshots\"")
            .lines();
    return live.stream()
        .filter(file -> !there.contains(file.substring(file.indexOf("db/"))))
        .count();
  }

  @Test
  void nothingLiveIsEverDeleted() {
    int rounds =
        Integer.getInteger("frazil.orphan.rounds", Boolean.getBoolean("frazil.soak") ? 5_000 : 100);
    Figures figures = rounds(rounds, FileAges.standard());
    assertThat(figures.missing()).isZero();
    assertThat(figures.orphansDeleted()).isPositive();
    assertThat(frazil.query("SELECT count(*) > 0 FROM t").lines()).containsExactly("true");
  }

  /** As above, and nobody calls a procedure but for orphans: the rest rides on the commits. */
  @Test
  void nothingLiveIsEverDeletedWhileMaintenanceRidesAlong() throws InterruptedException {
    create(
        ", \"write.frazil.auto-maintain.budget-millis\" = '60000',"
            + " \"history.expire.max-snapshot-age-ms\" = '1'");
    try (RidingMaintenance riding = new RidingMaintenance()) {
      int rounds =
          Integer.getInteger(
              "frazil.orphan.rounds", Boolean.getBoolean("frazil.soak") ? 5_000 : 20);
      Figures figures = rounds(rounds, FileAges.standard(), true);
      riding.awaitCounts();
      System.out.println("promise 9, " + riding);
      assertThat(figures.missing()).isZero();
      assertThat(riding.compactions()).isPositive();
      assertThat(riding.deletedFiles()).isPositive();
    }
    assertThat(frazil.query("CALL system.fsck('t')").lines())
        .noneMatch(problem -> problem.contains("missing"));
    assertThat(frazil.query("SELECT count(*) > 0 FROM t").lines()).containsExactly("true");
  }

  /** The sabotage: without the age of writers the files of the one in flight go. */
  @Test
  void withoutTheAgeFilesOfWritersInFlightAreDeleted() {
    assertThat(rounds(20, new FileAges(3_600_000, -3_600_000)).missing()).isPositive();
  }
}
