package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partition fields and orders that ALTER TABLE gives a table, over files of earlier ones. */
class AlterLayoutTest {
  @TempDir Path folder;

  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE t (id bigint, at timestamp, name varchar, s row(f integer))",
        "INSERT INTO t VALUES (1, TIMESTAMP '2026-01-02 03:04:05', 'abcdef', row(7))");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id                        | id          | 34
          bucket(16, id)            | id_bucket_16 | {bucket}
          bucket(id, 16)            | id_bucket_16 | {bucket}
          truncate(2, name)         | name_trunc_2 | zy
          truncate(name, 3) AS short | short      | zyx
          year(at)                  | at_year     | 56
          years(at)                 | at_year     | 56
          months(at)                | at_month    | 674
          day(at)                   | at_day      | 2026-03-04
          date(at)                  | at_day      | 2026-03-04
          hours(at)                 | at_hour     | 492389
          s.f                       | s.f         | 8
          """)
  void everyTransformIsAdded(String field, String name, String value) {
    frazil.update("ALTER TABLE t ADD PARTITION FIELD " + field);
    frazil.update("INSERT INTO t VALUES (34, TIMESTAMP '2026-03-04 05:06:07', 'zyxwvu', row(8))");
    // The specification (Appendix B) gives the hash of the number 34.
    String expected = value.equals("{bucket}") ? String.valueOf(2017239379 % 16) : value;
    assertThat(partitions(name)).contains(expected).hasSize(2);
    assertThat(rows("SELECT id FROM t")).containsExactly("1", "34");
    assertThat(rows("SELECT id FROM t WHERE name = 'zyxwvu' AND id = 34 AND s.f = 8"))
        .containsExactly("34");
    assertThat(rows("SELECT id FROM t WHERE at < TIMESTAMP '2026-02-01 00:00:00'"))
        .containsExactly("1");
    assertThat(state("ALTER TABLE t ADD PARTITION FIELD " + field)).isEqualTo("42701");
    frazil.update("ALTER TABLE t DROP PARTITION FIELD " + field.replaceFirst(" AS .*", ""));
    frazil.update("INSERT INTO t (id) VALUES (3)");
    assertThat(rows("SELECT id FROM t")).containsExactly("1", "3", "34");
    assertThat(frazil.query("SHOW CREATE TABLE t").lines().get(0)).doesNotContain("PARTITIONED");
  }

  private List<String> partitions(String name) {
    return rows("SELECT partition.\"" + name + "\" FROM t$files");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void fieldsChangeOverRowsThatAreThere(int version) {
    frazil.script(
        "CREATE TABLE p (d date, n integer) PARTITIONED BY (month(d))"
            + " WITH (\"format-version\" = '"
            + version
            + "')",
        "INSERT INTO p VALUES (DATE '2026-01-02', 1), (DATE '2026-02-03', 2)",
        "ALTER TABLE p REPLACE PARTITION FIELD d_month WITH days(d) AS of_day",
        "INSERT INTO p VALUES (DATE '2026-02-03', 3)",
        "ALTER TABLE p ADD PARTITION FIELD bucket(4, n), DROP PARTITION FIELD of_day",
        "INSERT INTO p VALUES (DATE '2026-02-03', 4)",
        "UPDATE p SET n = n + 10 WHERE d = DATE '2026-02-03' AND n < 4",
        "DELETE FROM p WHERE n = 13",
        "ALTER TABLE p ADD PARTITION FIELD month(d)",
        "INSERT INTO p VALUES (DATE '2026-02-03', 5)");
    assertThat(rows("SELECT * FROM p"))
        .containsExactly("2026-01-02 | 1", "2026-02-03 | 12", "2026-02-03 | 4", "2026-02-03 | 5");
    assertThat(rows("SELECT n FROM p WHERE d >= DATE '2026-02-01'"))
        .containsExactly("12", "4", "5");
    frazil.query(
        "CALL system.rewrite_data_files(table => 'p', options => MAP['rewrite-all', 'true'])");
    assertThat(rows("SELECT n FROM p")).containsExactly("1", "12", "4", "5");
    assertThat(rows("SELECT DISTINCT spec_id FROM p$files WHERE content = 0")).hasSize(1);
  }

  @Test
  void trinosPropertiesSetAllFields() {
    frazil.update(
        "ALTER TABLE t SET PROPERTIES partitioning = ARRAY['day(at)', 'bucket(id, 8)'],"
            + " sorted_by = ARRAY['name DESC']");
    assertThat(frazil.query("SHOW CREATE TABLE t").lines().get(0))
        .contains("day(at), bucket(8, id)")
        .contains("WRITE ORDERED BY (name DESC)");
    frazil.update("ALTER TABLE t SET PROPERTIES partitioning = ARRAY['bucket(id, 8)', 'name']");
    assertThat(frazil.query("SHOW CREATE TABLE t").lines().get(0))
        .contains("(bucket(8, id), name)");
    frazil.update("ALTER TABLE t SET PROPERTIES partitioning = ARRAY[], sorted_by = ARRAY[]");
    assertThat(frazil.query("SHOW CREATE TABLE t").lines().get(0))
        .doesNotContain("PARTITIONED")
        .doesNotContain("ORDERED");
  }

  @Test
  void rowsAreWrittenInOrder() {
    frazil.script(
        "ALTER TABLE t WRITE ORDERED BY name DESC NULLS FIRST, id",
        "INSERT INTO t (id, name) VALUES (5, 'a'), (4, 'c'), (3, NULL), (2, 'c')");
    assertThat(frazil.query("SELECT id FROM t WHERE id > 1").lines())
        .containsExactly("3", "2", "4", "5");
    assertThat(property("write.distribution-mode")).isEqualTo("range");
    frazil.update("ALTER TABLE t WRITE LOCALLY ORDERED BY id");
    assertThat(property("write.distribution-mode")).isEqualTo("none");
    frazil.update("ALTER TABLE t WRITE DISTRIBUTED BY PARTITION LOCALLY ORDERED BY bucket(4, id)");
    assertThat(property("write.distribution-mode")).isEqualTo("hash");
    assertThat(frazil.query("SHOW CREATE TABLE t").lines().get(0))
        .contains("WRITE ORDERED BY (bucket(4, id)");
    frazil.update("ALTER TABLE t WRITE UNORDERED");
    assertThat(frazil.query("SHOW CREATE TABLE t").lines().get(0)).doesNotContain("ORDERED BY");
  }

  @Test
  void columnsOfTheLayoutStayUntilItIsChanged() {
    frazil.script(
        "ALTER TABLE t ADD PARTITION FIELD day(at), WRITE ORDERED BY name",
        "INSERT INTO t (id, at, name) VALUES (2, TIMESTAMP '2026-03-04 00:00:00', 'b')");
    assertThat(failure("ALTER TABLE t DROP COLUMN at"))
        .hasMessageContaining("partition field at_day")
        .hasMessageContaining("DROP PARTITION FIELD at_day");
    assertThat(state("ALTER TABLE t DROP COLUMN at")).isEqualTo("2BP01");
    assertThat(state("ALTER TABLE t DROP COLUMN name CASCADE")).isEqualTo("2BP01");
    frazil.script(
        "ALTER TABLE t RENAME COLUMN at TO moment, RENAME COLUMN name TO title",
        "INSERT INTO t (id, moment, title) VALUES (3, TIMESTAMP '2026-03-04 01:00:00', 'a')");
    assertThat(frazil.query("SHOW CREATE TABLE t").lines().get(0))
        .contains("day(moment)")
        .contains("WRITE ORDERED BY (title");
    frazil.script(
        "ALTER TABLE t DROP PARTITION FIELD at_day, WRITE UNORDERED",
        "ALTER TABLE t DROP COLUMN moment, DROP COLUMN title",
        "INSERT INTO t (id) VALUES (4)");
    assertThat(rows("SELECT id FROM t")).containsExactly("1", "2", "3", "4");
    assertThat(rows("SELECT id FROM t WHERE id > 2")).containsExactly("3", "4");
    frazil.query(
        "CALL system.rewrite_data_files(table => 't', options => MAP['rewrite-all', 'true'])");
    assertThat(rows("SELECT id FROM t")).containsExactly("1", "2", "3", "4");
  }

  @Test
  void aColumnMayGoWhoseFieldIsVoid() {
    frazil.script(
        "CREATE TABLE p (d date, n integer) PARTITIONED BY (d, n) WITH (\"format-version\" = '1')",
        "INSERT INTO p VALUES (DATE '2026-01-02', 1), (DATE '2026-02-03', 2)",
        "ALTER TABLE p DROP PARTITION FIELD d",
        "ALTER TABLE p DROP COLUMN d",
        "INSERT INTO p VALUES (3)",
        "UPDATE p SET n = n + 10 WHERE n <> 2",
        "DELETE FROM p WHERE n = 2");
    assertThat(rows("SELECT * FROM p")).containsExactly("11", "13");
    frazil.update("INSERT OVERWRITE p VALUES (13), (14)");
    assertThat(rows("SELECT * FROM p")).containsExactly("13", "14");
  }

  @Test
  void aFieldComesAndGoesInTheFirstVersionOfTheFormat() {
    frazil.script(
        "CREATE TABLE p (n integer, s varchar) PARTITIONED BY (bucket(3, n))"
            + " WITH (\"format-version\" = '1')",
        "INSERT INTO p VALUES (1, 'a')",
        "ALTER TABLE p DROP PARTITION FIELD bucket(3, n)",
        "INSERT INTO p VALUES (2, 'b')",
        "ALTER TABLE p ADD PARTITION FIELD bucket(3, n)",
        "INSERT INTO p VALUES (3, 'c')",
        "ALTER TABLE p SET PROPERTIES partitioning = ARRAY['s']",
        "ALTER TABLE p SET PROPERTIES format_version = 2",
        "ALTER TABLE p ADD PARTITION FIELD bucket(3, n)",
        "UPDATE p SET s = 'z' WHERE n > 1",
        "INSERT INTO p VALUES (4, 'c')");
    assertThat(rows("SELECT * FROM p")).containsExactly("1 | a", "2 | z", "3 | z", "4 | c");
    assertThat(rows("SELECT s FROM p WHERE n = 3")).containsExactly("z");
  }

  @Test
  void columnsThatPartitionRowsBecomeWider() {
    frazil.script(
        "CREATE TABLE p (i integer, d decimal(4, 1), n integer)"
            + " PARTITIONED BY (i, bucket(4, i), truncate(10, d))",
        "INSERT INTO p VALUES (5, 12.3, 1)",
        "ALTER TABLE p ALTER COLUMN i TYPE bigint, ALTER COLUMN d TYPE decimal(12, 1)",
        "INSERT INTO p VALUES (5, 12.3, 2), (5000000000, 12345678901.2, 3)",
        "UPDATE p SET n = 10 WHERE i = 5 AND n = 1");
    assertThat(rows("SELECT * FROM p"))
        .containsExactly("5 | 12.3 | 10", "5 | 12.3 | 2", "5000000000 | 12345678901.2 | 3");
    assertThat(rows("SELECT n FROM p WHERE i = 5 AND d = 12.3")).containsExactly("10", "2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ADD PARTITION FIELD nothing | 42703 | nothing
          ADD PARTITION FIELD year(id) | 42804 | year
          ADD PARTITION FIELD bucket(0, id) | 42601 | at least 1
          ADD PARTITION FIELD truncate(2, at) | 42804 | truncate
          ADD PARTITION FIELD s | 42804 | identity
          ADD PARTITION FIELD void(id) | 0A000 | void
          ADD PARTITION FIELD bucket(4, id) AS name | 42701 | "name" already
          ADD PARTITION FIELD soundex(name) | 42601 | no partition transform
          DROP PARTITION FIELD day(at) | 42704 | not partitioned by
          DROP PARTITION FIELD nothing | 42704 | nothing
          REPLACE PARTITION FIELD day(at) WITH hour(at) | 42704 | not partitioned by
          WRITE ORDERED BY nothing | 42703 | nothing
          WRITE ORDERED BY s | 42804 | s
          WRITE SORTED | 42601 | expected ORDERED BY
          SET PROPERTIES partitioning = ARRAY['soundex(name)'] | 42601 | no partition transform
          SET PROPERTIES partitioning = ARRAY['id', 'id'] | 42701 | id
          """)
  void mistakesAreNamed(String alteration, String state, String message) {
    EngineException failure = failure("ALTER TABLE t " + alteration);
    assertThat(failure).as(alteration).isNotNull();
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(message);
  }

  private String property(String key) {
    return frazil.query("SHOW TBLPROPERTIES t ('" + key + "')").rows().get(0).get(1);
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).sorted();
  }

  private EngineException failure(String sql) {
    return catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
  }

  private String state(String sql) {
    EngineException failure = failure(sql);
    return failure == null ? "no failure" : failure.state().code();
  }
}
