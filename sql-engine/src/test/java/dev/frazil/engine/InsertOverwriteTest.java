package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** INSERT OVERWRITE beyond what the script compares: commits, conflicts, transforms, mistakes. */
class InsertOverwriteTest {
  @TempDir Path folder;

  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE t (id integer, p varchar, ts timestamp) PARTITIONED BY (p)",
        "INSERT INTO t VALUES (1, 'a', NULL), (2, 'b', NULL)");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  @Test
  void anOverwriteIsOneSnapshotThatCountsTheNewRows() {
    long before = snapshots();
    assertThat(frazil.update("INSERT OVERWRITE t VALUES (3, 'c', NULL), (4, 'a', NULL)"))
        .isEqualTo(2);
    assertThat(frazil.update("INSERT OVERWRITE t PARTITION (p) VALUES (5, 'c', NULL)"))
        .isEqualTo(1);
    assertThat(frazil.update("INSERT OVERWRITE t PARTITION (p = 'a') SELECT 6, NULL WHERE false"))
        .isZero();
    assertThat(snapshots()).isEqualTo(before + 3);
    assertThat(rows()).isEqualTo("[5 | c | NULL]");
    assertThat(
            frazil
                .query("INSERT OVERWRITE t PARTITION (p = 'z') VALUES (7, NULL) RETURNING p, id")
                .lines())
        .containsExactly("z | 7");
    assertThat(frazil.query("EXPLAIN INSERT OVERWRITE t SELECT * FROM t").lines().get(0))
        .startsWith("Insert overwrite main.t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT OVERWRITE t VALUES (9, 'b', NULL) | INSERT INTO t VALUES (8, 'a', NULL) | true
          INSERT OVERWRITE t PARTITION (p = 'a') VALUES (9, NULL) | INSERT INTO t VALUES (8, 'a', NULL) | true
          INSERT OVERWRITE t PARTITION (p = 'a') VALUES (9, NULL) | INSERT INTO t VALUES (8, 'b', NULL) | false
          INSERT OVERWRITE t PARTITION (p = 'a') VALUES (9, NULL) | DELETE FROM t WHERE p = 'a' AND id < 5 | true
          INSERT OVERWRITE t PARTITION (p = 'a') VALUES (9, NULL) | INSERT OVERWRITE t PARTITION (p = 'b') VALUES (9, NULL) | false
          INSERT OVERWRITE t PARTITION (p) VALUES (9, 'a', NULL) | INSERT INTO t VALUES (8, 'a', NULL) | true
          INSERT OVERWRITE t PARTITION (p) VALUES (9, 'a', NULL) | INSERT INTO t VALUES (8, 'b', NULL) | false
          INSERT OVERWRITE t PARTITION (p) VALUES (9, 'a', NULL) | INSERT OVERWRITE t PARTITION (p) VALUES (9, 'a', NULL) | true
          INSERT OVERWRITE t PARTITION (p) VALUES (9, 'a', NULL) | UPDATE t SET id = 0 WHERE p = 'b' AND id < 9 | false
          """)
  void whatOthersWroteInThePartitionIsAConflict(String overwrite, String other, boolean conflicts) {
    for (boolean serializable : new boolean[] {true, false}) {
      frazil.update("INSERT INTO t VALUES (1, 'a', NULL), (2, 'b', NULL)");
      try (Session first = frazil.engine().openSession();
          Session second = frazil.engine().openSession()) {
        first.setSerializable(serializable);
        first.setAutoCommit(false);
        run(first, overwrite);
        run(second, other);
        EngineException lost = catchThrowableOfType(EngineException.class, first::commit);
        assertThat(lost != null).as(serializable + " " + lost).isEqualTo(conflicts);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"day(ts)", "month(ts)", "bucket(997, id)", "truncate(2, p)"})
  void partitionsOfTransformsAreReplacedByTheRowsThatFallIntoThem(String transform) {
    frazil.script(
        "CREATE TABLE h (id integer, p varchar, ts timestamp) PARTITIONED BY (" + transform + ")",
        "INSERT INTO h VALUES (1, 'abc', TIMESTAMP '2020-01-05 10:00:00'),"
            + " (2, 'xyz', TIMESTAMP '2021-02-05 10:00:00'), (3, NULL, NULL)");
    String column = transform.replaceAll(".*[( ](\\w+)\\)", "$1");
    String same = "INSERT OVERWRITE h PARTITION (" + column + ") VALUES ";
    frazil.update(same + "(1, 'abd', TIMESTAMP '2020-01-05 23:00:00')");
    assertThat(frazil.query("SELECT id, p FROM h WHERE id = 1").lines()).containsExactly("1 | abd");
    assertThat(frazil.query("SELECT count(*) FROM h").lines()).containsExactly("3");
    try (Session first = frazil.engine().openSession()) {
      first.setAutoCommit(false);
      run(first, same + "(1, 'abe', TIMESTAMP '2020-01-05 23:00:00')");
      frazil.update("INSERT INTO h VALUES (1, 'abf', TIMESTAMP '2020-01-05 01:00:00')");
      assertThat(catchThrowableOfType(EngineException.class, first::commit)).isNotNull();
    }
  }

  @Test
  void deletionVectorsGoWithTheirPartition() {
    frazil.script(
        "CREATE TABLE v (id integer, p varchar) PARTITIONED BY (p)"
            + " WITH ('format-version' = '3', 'write.delete.mode' = 'merge-on-read')",
        "INSERT INTO v SELECT x, CASE WHEN x < 50 THEN 'a' ELSE 'b' END"
            + " FROM unnest(sequence(1, 100)) AS s (x)",
        "DELETE FROM v WHERE id % 10 = 0",
        "INSERT OVERWRITE v PARTITION (p = 'a') SELECT id + 1000 FROM v WHERE p = 'a' AND id < 12",
        "INSERT OVERWRITE v PARTITION (p) SELECT id, 'c' FROM v WHERE id > 98");
    assertThat(frazil.query("SELECT p, count(*), sum(id) FROM v GROUP BY p").sorted())
        .containsExactly("a | 10 | 10056", "b | 45 | 3375", "c | 11 | 10155");
    assertThat(frazil.update("DELETE FROM v WHERE id = 1001 OR id = 51")).isEqualTo(3);
    assertThat(frazil.query("SELECT count(*) FROM v").lines()).containsExactly("63");
  }

  @ParameterizedTest
  @CsvSource({
    "2, copy-on-write, p",
    "2, merge-on-read, p",
    "3, merge-on-read, p",
    "2, merge-on-read, 'truncate(p, 1)'",
    "3, copy-on-write, 'bucket(p, 97)'"
  })
  void rowsOfFilesOfAnEarlierPartitioningAreReplacedOneByOne(
      int version, String mode, String transform) {
    frazil.script(
        "CREATE TABLE e (id integer, p varchar, ts timestamp) PARTITIONED BY (month(ts)) WITH"
            + (" ('format-version' = '" + version + "', 'write.delete.mode' = '" + mode + "')"),
        "INSERT INTO e SELECT x, CASE x % 3 WHEN 0 THEN 'a' WHEN 1 THEN 'b' END,"
            + " TIMESTAMP '2024-01-31 00:00:00' + x * INTERVAL '1' DAY"
            + " FROM generate_series(1, 60) AS s (x)",
        "DELETE FROM e WHERE id = 6");
    frazil.change(
        "e", table -> table.updateSpec().removeField("ts_month").addField(term(transform)));
    frazil.update("INSERT INTO e VALUES (61, 'b', NULL), (63, 'a', NULL), (62, NULL, NULL)");
    String sums = "SELECT p, count(*), sum(id) FROM e GROUP BY p";
    assertThat(frazil.query(sums).sorted())
        .containsExactly("NULL | 21 | 672", "a | 20 | 687", "b | 21 | 651");
    assertThat(frazil.update("INSERT OVERWRITE e PARTITION (p) VALUES (100, 'a', NULL)"))
        .isEqualTo(1);
    assertThat(frazil.query(sums).sorted())
        .containsExactly("NULL | 21 | 672", "a | 1 | 100", "b | 21 | 651");
    frazil.script(
        "START TRANSACTION",
        "INSERT OVERWRITE e PARTITION (p) SELECT max(id) + 1, p, NULL FROM e WHERE p IS NULL OR p"
            + " = 'zz' GROUP BY p",
        "INSERT OVERWRITE e PARTITION (p) SELECT id, p, ts FROM e WHERE p = 'b' AND id < 5",
        "COMMIT");
    assertThat(frazil.query(sums).sorted())
        .containsExactly("NULL | 1 | 63", "a | 1 | 100", "b | 2 | 5");
    assertThat(frazil.update("INSERT OVERWRITE e PARTITION (p) SELECT * FROM e WHERE false"))
        .isZero();
    if (transform.equals("p")) {
      assertThat(frazil.update("INSERT OVERWRITE e PARTITION (p = 'b') VALUES (7, NULL)"))
          .isEqualTo(1);
      assertThat(frazil.update("INSERT OVERWRITE e PARTITION (p = NULL) SELECT 9, ts FROM e"))
          .isEqualTo(3);
      assertThat(frazil.query(sums).sorted())
          .containsExactly("NULL | 3 | 27", "a | 1 | 100", "b | 1 | 7");
    }
    assertThat(frazil.update("INSERT OVERWRITE e VALUES (4, 'a', NULL)")).isEqualTo(1);
    assertThat(frazil.update("INSERT OVERWRITE e PARTITION (p) VALUES (5, 'a', NULL)"))
        .isEqualTo(1);
    assertThat(frazil.query("SELECT * FROM e").lines()).containsExactly("5 | a | NULL");
  }

  private static Term term(String transform) {
    return switch (transform) {
      case "truncate(p, 1)" -> Expressions.truncate("p", 1);
      case "bucket(p, 97)" -> Expressions.bucket("p", 97);
      default -> Expressions.ref("p");
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PARTITION (p = 'a') VALUES (9, NULL)", "PARTITION (p) VALUES (9, 'a', NULL)"})
  void whoChangesThePartitioningMeanwhileIsAConflict(String overwrite) {
    for (boolean mixed : new boolean[] {false, true}) {
      String table = mixed ? "m" : "t";
      if (mixed) {
        frazil.script(
            "CREATE TABLE m (id integer, p varchar, ts timestamp)",
            "INSERT INTO m VALUES (1, 'a', NULL), (2, 'b', NULL)");
        frazil.change("m", changed -> changed.updateSpec().addField("p"));
      }
      try (Session first = frazil.engine().openSession()) {
        first.setAutoCommit(false);
        run(first, "INSERT OVERWRITE " + table + " " + overwrite);
        frazil.change(table, changed -> changed.updateSpec().addField(Expressions.bucket("ts", 4)));
        EngineException lost = catchThrowableOfType(EngineException.class, first::commit);
        assertThat(lost == null).as(String.valueOf(lost)).isEqualTo(mixed);
      }
      frazil.update("INSERT INTO " + table + " VALUES (3, 'a', NULL)");
      frazil.update("INSERT OVERWRITE " + table + " " + overwrite);
      assertThat(frazil.query("SELECT id, p FROM " + table).sorted())
          .containsExactly("2 | b", "9 | a");
      try (Session first = frazil.engine().openSession()) {
        first.setAutoCommit(false);
        run(first, "INSERT OVERWRITE " + table + " " + overwrite);
        frazil.update("INSERT INTO " + table + " VALUES (8, 'a', NULL)");
        assertThat(catchThrowableOfType(EngineException.class, first::commit)).isNotNull();
      }
    }
  }

  @Test
  void parametersGivePartitionsAndEachSetOfABatchReplaces() {
    PreparedQuery overwrite =
        frazil.session().prepare("INSERT OVERWRITE t PARTITION (p = ?) VALUES (?, NULL)");
    long[] counts =
        overwrite.executeBatch(
            List.of(
                new ParameterValues(List.of("a", 10)),
                new ParameterValues(List.of("c", 11)),
                new ParameterValues(List.of("a", 12))),
            new CancellationToken());
    assertThat(counts).containsExactly(1, 1, 1);
    assertThat(rows()).isEqualTo("[11 | c | NULL, 12 | a | NULL, 2 | b | NULL]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT OVERWRITE t PARTITION (id = 1) VALUES ('a', NULL) | 42000 | not partitioned by the values of column "id"
          INSERT OVERWRITE t PARTITION (id) VALUES (1, 'a', NULL) | 42000 | not partitioned by column "id"
          INSERT OVERWRITE t PARTITION (x = 1) VALUES (1, 'a', NULL) | 42703 | "x"
          INSERT OVERWRITE t PARTITION (p = 'a', p = 'b') VALUES (1, NULL) | 42701 | named twice
          INSERT OVERWRITE t PARTITION (p = 'a') (id, p) VALUES (1, 'b') | 42701 | from PARTITION already
          INSERT OVERWRITE t PARTITION (p = 'a') VALUES (1, 'a', NULL) | 42601 | 2 columns but 3 values
          INSERT OVERWRITE t PARTITION (p = id) VALUES (1, NULL) | 42703 | id
          INSERT OVERWRITE t PARTITION (p = 'a') IF NOT EXISTS VALUES (1, NULL) | 0A000 | IF NOT EXISTS
          INSERT OVERWRITE t VALUES (1, 'a', NULL) ON CONFLICT DO NOTHING | 0A000 | ON CONFLICT with OVERWRITE
          """)
  void mistakesAreNamed(String sql, String state, String message) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    assertThat(failure).as(sql).isNotNull();
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(message);
  }

  private long snapshots() {
    long count = 0;
    for (Snapshot snapshot :
        frazil
            .session()
            .describe(TableIdentifier.of(Namespace.of("main"), "t"))
            .orElseThrow()
            .table()
            .snapshots()) {
      count += snapshot.snapshotId() == 0 ? 0 : 1;
    }
    return count;
  }

  private String rows() {
    return frazil.query("SELECT * FROM t").sorted().toString();
  }

  private static void run(Session session, String sql) {
    session.prepare(sql).execute(ParameterValues.none(), new CancellationToken());
  }

  private String state(String sql) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    return failure == null ? "no failure" : failure.state().code();
  }
}
