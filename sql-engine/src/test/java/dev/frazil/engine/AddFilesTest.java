package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code CALL system.add_files}: files of DuckDB become those of a table, where they are. */
class AddFilesTest {
  private FastFolder folder;
  private EngineRunner frazil;
  private Path files;

  @BeforeEach
  void open() throws IOException {
    folder = FastFolder.create();
    frazil = EngineRunner.local(folder.path());
    files = Files.createDirectories(folder.path().resolve("imported"));
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private void copy(String query, String to, String options) {
    try (DuckDbRunner duckDb = new DuckDbRunner()) {
      duckDb.execute(
          "COPY (" + query + ") TO '" + files.resolve(to) + "' (FORMAT parquet" + options + ")");
    }
  }

  private void copy(String query, String to) {
    copy(query, to, "");
  }

  private String add(String arguments) {
    return "CALL system.add_files('t', " + arguments.replace("@", files.toString()) + ")";
  }

  private EngineException failure(String arguments) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.query(add(arguments)));
    assertThat(failure).as(arguments).isNotNull();
    return failure;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3"})
  void rowsAndMetricsAreThoseOfTheFiles(String version) {
    frazil.update(
        "CREATE TABLE t (id bigint, name varchar, price decimal(12, 2), day date,"
            + " at timestamp with time zone, x double, place row(zip integer, town varchar),"
            + " tags array(varchar), late integer) WITH (\"format-version\" = '"
            + version
            + "')");
    // Other order, an integer for a bigint, a shorter decimal, no column late.
    String columns =
        "SELECT ['a'] AS tags, i::integer AS id, 'n' || i AS name, (i / 4)::decimal(9, 2) AS price,"
            + " DATE '2024-02-28' + i::integer AS day,"
            + " CASE WHEN i = 3 THEN 'NaN'::double ELSE i END AS x,"
            + " TIMESTAMPTZ '2024-01-01 00:00:00+00' + to_hours(i) AS at,"
            + " {'town': CASE WHEN i > 1 THEN 'Ulm' END, 'zip': i::integer} AS place";
    copy(columns + " FROM range(1, 4) AS s (i)", "a.parquet");
    copy(columns + " FROM range(7, 8) AS s (i)", "b.parquet");
    assertThat(frazil.query(add("'parquet.`@`'")).lines()).containsExactly("2 | 1");
    assertThat(frazil.query("SELECT * FROM t ORDER BY id").lines())
        .containsExactly(
            "1 | n1 | 0.25 | 2024-02-29 | 2024-01-01T01:00:00Z | 1 | [1, NULL] | [a] | NULL",
            "2 | n2 | 0.5 | 2024-03-01 | 2024-01-01T02:00:00Z | 2 | [2, Ulm] | [a] | NULL",
            "3 | n3 | 0.75 | 2024-03-02 | 2024-01-01T03:00:00Z | NaN | [3, Ulm] | [a] | NULL",
            "7 | n7 | 1.75 | 2024-03-06 | 2024-01-01T07:00:00Z | 7 | [7, Ulm] | [a] | NULL");
    assertThat(
            frazil
                .query(
                    "SELECT record_count, readable_metrics.id.lower_bound,"
                        + " readable_metrics.id.upper_bound, readable_metrics.name.upper_bound,"
                        + " readable_metrics.price.lower_bound, readable_metrics.day.upper_bound"
                        + " FROM \"t$files\" ORDER BY 1 DESC")
                .lines())
        .containsExactly(
            "3 | 1 | 3 | n3 | 0.25 | 2024-03-02", "1 | 7 | 7 | n7 | 1.75 | 2024-03-06");
    assertThat(frazil.query("SELECT id FROM t WHERE x > 100").lines()).containsExactly("3");
    assertThat(frazil.query("SELECT count(*) FROM t WHERE t.place.town IS NULL").lines())
        .containsExactly("1");
    // A name is not lost with the column's: the mapping has it.
    frazil.update("ALTER TABLE t RENAME COLUMN id TO number");
    frazil.update("DELETE FROM t WHERE number = 2");
    assertThat(frazil.query("SELECT number FROM t").sorted()).containsExactly("1", "3", "7");
  }

  @Test
  void foldersTellPartitions() {
    frazil.update("CREATE TABLE t (id integer, p integer, q varchar) PARTITIONED BY (p, q)");
    copy(
        "SELECT i::integer AS id, i % 2 AS p, CASE WHEN i < 3 THEN 'a b/c' END AS q"
            + " FROM range(4) AS s (i)",
        "parts", ", PARTITION_BY (p, q)");
    assertThat(frazil.query(add("'@/parts', MAP['p', '1']")).lines()).containsExactly("2 | 2");
    assertThat(frazil.query("SELECT * FROM t").sorted())
        .containsExactly("1 | 1 | a b/c", "3 | 1 | NULL");
    assertThat(frazil.query(add("'@/parts', MAP['p', '0']")).lines()).containsExactly("1 | 1");
    assertThat(frazil.query("SELECT id FROM t WHERE p = 0 AND q = 'a b/c'").sorted())
        .containsExactly("0", "2");
    copy("SELECT 9 AS id", "plain.parquet");
    assertThat(failure("'@/plain.parquet'")).hasMessageContaining("is in no folder p=");
    assertThat(failure("'@/parts', MAP['id', '0']"))
        .hasMessageContaining("not partitioned by 'id'");
    frazil.update("DROP TABLE t");
    frazil.update("CREATE TABLE t (id integer, p integer, q varchar)");
    assertThat(failure("'@/parts'")).hasMessageContaining("by which the table is not partitioned");
    frazil.update("DROP TABLE t");
    frazil.update(
        "CREATE TABLE t (id integer, p integer) WITH (partitioning = ARRAY['bucket(p, 2)'])");
    assertThat(failure("'@/plain.parquet'").state().code()).isEqualTo("0A000");
  }

  @Test
  void aFileThatHoldsItsPartitionTooMustAgree() throws IOException {
    frazil.update("CREATE TABLE t (id integer, p integer) PARTITIONED BY (p)");
    Files.createDirectories(files.resolve("p=5"));
    copy("SELECT 1 AS id, 5 AS p", "p=5/a.parquet");
    assertThat(frazil.query(add("'@/p=5/a.parquet'")).lines()).containsExactly("1 | 1");
    copy("SELECT 1 AS id, 6 AS p", "p=5/b.parquet");
    assertThat(failure("'@/p=5/b.parquet'")).hasMessageContaining("column p does not plainly");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 AS id, 2 AS extra | 42703 | extra
          'x' AS id | 42804 | column id
          1::bigint AS id | 42804 | column id
          1 AS id, 'a' AS day | 42804 | column day
          1 AS id, [1] AS day | 42804 | column day
          DATE '2024-01-01' AS day | 23502 | column id
          unnest([1, NULL]) AS id | 23502 | column id
          -1 AS id | 23514 | positive
          unnest([1, 1]) AS id | 23505 | more than one row
          1 AS id, TIMESTAMP '2024-01-01' AS at | 42804 | column at
          1 AS id, 1.25 AS price | 42804 | column price
          1 AS id, {'x': 1} AS tags | 42804 | column tags
          """)
  void whatDoesNotFitIsRefusedByName(String columns, String state, String message) {
    frazil.update(
        "CREATE TABLE t (id integer PRIMARY KEY, day date, at timestamp with time zone,"
            + " price decimal(12, 4), tags array(integer), CONSTRAINT positive CHECK (id > 0))");
    frazil.update("INSERT INTO t (id) VALUES (4)");
    copy("SELECT 2 AS id", "a.parquet");
    copy("SELECT " + columns, "b.parquet");
    EngineException failure = failure("'@'");
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(message);
    assertThat(frazil.query("SELECT id FROM t").lines()).containsExactly("4");
    assertThat(frazil.query(add("'@/a.parquet'")).lines()).containsExactly("1 | 1");
    copy("SELECT 4 AS id", "c.parquet");
    assertThat(failure("'@/c.parquet'").state().code()).isEqualTo("23505");
  }

  @Test
  void filesOfTheTableAndOfOthersAreRefused() {
    frazil.script("CREATE TABLE t (id integer)", "CREATE TABLE u (id integer)");
    frazil.update("INSERT INTO u VALUES (1)");
    copy("SELECT 1 AS id", "a.parquet");
    frazil.query(add("'@'"));
    assertThat(failure("source_table => '@/a.parquet'")).hasMessageContaining("already");
    assertThat(frazil.query(add("'@', check_duplicate_files => false")).lines())
        .containsExactly("1 | 1");
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("2");
    String other = frazil.query("SELECT file_path FROM \"u$files\"").lines().get(0);
    assertThat(failure("'" + other + "'").state().code()).isEqualTo("55000");
    assertThat(failure("'/elsewhere/a.parquet'").state().code()).isEqualTo("58P02");
    assertThat(failure("'@/none'").state().code()).isEqualTo("22023");
    assertThat(failure("'orc.`@`'").state().code()).isEqualTo("0A000");
    frazil.update("ALTER TABLE t SET TBLPROPERTIES ('write.wap.enabled' = 'true')");
    frazil.update("SET wap.id = 'x'");
    copy("SELECT 1 AS id", "b.parquet");
    assertThat(failure("'@/b.parquet'").state().code()).isEqualTo("0A000");
    assertThat(failure("'u'")).hasMessageContaining("parquet.`folder or file`");
  }

  @Test
  void aRollbackTakesThemBackAndLeavesTheFiles() {
    frazil.update("CREATE TABLE t (id integer)");
    copy("SELECT 1 AS id", "a.parquet");
    frazil.update("START TRANSACTION");
    frazil.query(add("'@'"));
    assertThat(frazil.query("SELECT id FROM t").lines()).containsExactly("1");
    frazil.update("ROLLBACK");
    assertThat(frazil.query("SELECT id FROM t").lines()).isEmpty();
    assertThat(files.resolve("a.parquet")).exists();
    frazil.query("ALTER TABLE t EXECUTE add_files('parquet.`" + files + "`')");
    assertThat(frazil.query("SELECT id FROM t").lines()).containsExactly("1");
  }

  /** Ids go before names, as in every reader of Iceberg; where they contradict, none is added. */
  @Test
  void filesWithFieldIdsNeedNoMapping() {
    frazil.update("CREATE TABLE t (id integer, name varchar, late bigint)");
    copy("SELECT 'n' AS name, 5 AS id", "ids.parquet", ", FIELD_IDS {name: 2, id: 1}");
    frazil.query(add("'@'"));
    assertThat(frazil.query("SELECT * FROM t").lines()).containsExactly("5 | n | NULL");
    assertThat(frazil.query("SHOW TBLPROPERTIES t").lines())
        .noneMatch(line -> line.startsWith("schema.name-mapping"));
    frazil.script(
        "ALTER TABLE t RENAME COLUMN name TO called", "UPDATE t SET called = 'm' WHERE id = 5");
    assertThat(frazil.query("SELECT * FROM t").lines()).containsExactly("5 | m | NULL");
    copy("SELECT 7 AS id, 'x' AS called", "swapped.parquet", ", FIELD_IDS {id: 2, called: 1}");
    assertThat(failure("'@/swapped.parquet'").state().code()).isEqualTo("42703");
  }

  @Test
  void objectsOfABucketAreAddedWhereTheyStand() throws IOException {
    copy("SELECT 1 AS id, 'a' AS name UNION ALL SELECT 2, 'b'", "a.parquet");
    byte[] file = Files.readAllBytes(files.resolve("a.parquet"));
    String folder = "s3://" + ConditionalS3Server.BUCKET + "/db/imported";
    try (ConditionalS3Server server = ConditionalS3Server.start();
        EngineRunner bucket = EngineRunner.open(server.config("db"))) {
      bucket.update("CREATE TABLE t (id integer, name varchar, p integer) PARTITIONED BY (p)");
      server.poke(ConditionalS3Server.BUCKET, "db/imported/p=7/a b.parquet", file);
      server.poke(ConditionalS3Server.BUCKET, "db/imported/p=8/b.parquet", file);
      server.poke(ConditionalS3Server.BUCKET, "elsewhere/p=9/b.parquet", file);
      assertThat(bucket.query("CALL system.add_files('t', '" + folder + "')").lines())
          .containsExactly("2 | 2");
      assertThat(bucket.query("SELECT id, name, p FROM t ORDER BY p, id").lines())
          .containsExactly("1 | a | 7", "2 | b | 7", "1 | a | 8", "2 | b | 8");
      assertThat(bucket.query("SELECT file_path FROM t$files ORDER BY 1").lines())
          .containsExactly(folder + "/p=7/a b.parquet", folder + "/p=8/b.parquet");
      bucket.update("DELETE FROM t WHERE p = 8 AND id = 1");
      assertThat(bucket.query("SELECT count(*) FROM t WHERE p = 8").lines()).containsExactly("1");
      EngineException outside =
          catchThrowableOfType(
              EngineException.class,
              () ->
                  bucket.query(
                      "CALL system.add_files('t', 's3://"
                          + ConditionalS3Server.BUCKET
                          + "/elsewhere')"));
      assertThat(outside.state().code()).isEqualTo("58P02");
    }
  }

  @Test
  void theSameFilesComeOnce() {
    frazil.update("CREATE TABLE t (id integer)");
    copy("SELECT 1 AS id", "a.parquet");
    frazil.update("START TRANSACTION");
    frazil.query(add("'@'"));
    try (EngineRunner other = EngineRunner.local(folder.path())) {
      other.query(add("'@'"));
    }
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.update("COMMIT"));
    assertThat(failure.state().code()).isEqualTo("40001");
    frazil.update("ROLLBACK");
    assertThat(frazil.query("SELECT id FROM t").lines()).containsExactly("1");
  }
}
