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

/** Properties, comments and versions of the format that ALTER TABLE and COMMENT ON set. */
class AlterPropertiesTest {
  @TempDir Path folder;

  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE t (id bigint, a integer, s row(f varchar))",
        "INSERT INTO t VALUES (1, 10, row('one')), (2, 20, row('two'))");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  @Test
  void propertiesAreSetAndUnset() {
    frazil.script(
        "ALTER TABLE t SET TBLPROPERTIES ('owner' = 'me', 'write.target-file-size-bytes' = 1000000,"
            + " 'read.split.target-size'='-1')",
        "ALTER TABLE t SET PROPERTIES \"history.expire.min-snapshots-to-keep\" = 5, note = 'x'");
    frazil.update(
        "ALTER TABLE t SET PROPERTIES add = 1, set.x = 'y', DROP COLUMN s, SET PROPERTIES drop = 2");
    assertThat(properties()).contains("add | 1", "set.x | y", "drop | 2");
    assertThat(properties())
        .contains(
            "owner | me",
            "write.target-file-size-bytes | 1000000",
            "history.expire.min-snapshots-to-keep | 5",
            "note | x");
    frazil.script(
        "ALTER TABLE t UNSET TBLPROPERTIES ('owner', note)",
        "ALTER TABLE t SET PROPERTIES \"write.target-file-size-bytes\" = DEFAULT",
        "ALTER TABLE t UNSET TBLPROPERTIES IF EXISTS ('owner', 'nothing')");
    assertThat(properties())
        .noneMatch(line -> line.startsWith("owner") || line.startsWith("note"))
        .noneMatch(line -> line.startsWith("write.target"));
    assertThat(state("ALTER TABLE t UNSET TBLPROPERTIES ('owner')")).isEqualTo("42704");
  }

  private List<String> properties() {
    return frazil.query("SHOW TBLPROPERTIES t").lines();
  }

  @Test
  void theFormatGoesForwardOnly() {
    frazil.script(
        "CREATE TABLE v (id integer, n varchar) WITH (\"format-version\" = '1')",
        "INSERT INTO v VALUES (1, 'a'), (2, 'b'), (3, 'c')",
        "ALTER TABLE v SET TBLPROPERTIES ('format-version' = '2')",
        "ALTER TABLE v SET TBLPROPERTIES ('write.delete.mode' = 'merge-on-read',"
            + " 'write.update.mode' = 'merge-on-read')",
        "DELETE FROM v WHERE id = 1");
    assertThat(state("ALTER TABLE v SET TBLPROPERTIES ('format-version' = '1')"))
        .isEqualTo("22023");
    frazil.script(
        "ALTER TABLE v SET PROPERTIES format_version = 3",
        "UPDATE v SET n = 'B' WHERE id = 2",
        "INSERT INTO v VALUES (4, 'd'), (5, 'e'), (6, 'f')",
        "DELETE FROM v WHERE id = 5");
    assertThat(frazil.query("SELECT id, n FROM v").sorted())
        .containsExactly("2 | B", "3 | c", "4 | d", "6 | f");
    assertThat(frazil.query("SELECT count(DISTINCT _row_id), count(*) FROM v").lines())
        .containsExactly("4 | 4");
    assertThat(frazil.query("SELECT file_format FROM v$delete_files").lines()).contains("PUFFIN");
    assertThat(state("ALTER TABLE v SET TBLPROPERTIES ('format-version' = '4')"))
        .isEqualTo("22023");
    assertThat(state("ALTER TABLE v SET TBLPROPERTIES ('format-version' = '2')"))
        .isEqualTo("22023");
    frazil.update("ALTER TABLE v SET TBLPROPERTIES ('format-version' = '3')");
  }

  @Test
  void commentsAreSetAndTakenAway() {
    frazil.script(
        "COMMENT ON TABLE t IS 'all of it'",
        "COMMENT ON COLUMN t.a IS 'a number'",
        "COMMENT ON COLUMN main.t.s.f IS 'inside'",
        "ALTER TABLE t ALTER COLUMN id COMMENT 'the key'");
    assertThat(frazil.query("SHOW CREATE TABLE t").lines().get(0))
        .contains("'all of it'")
        .contains("COMMENT 'a number'")
        .contains("COMMENT 'the key'");
    assertThat(frazil.query("DESCRIBE t").lines())
        .contains("a | integer | yes | a number | NULL", "id | bigint | yes | the key | NULL");
    frazil.script("COMMENT ON TABLE t IS NULL", "COMMENT ON COLUMN t.a IS NULL");
    assertThat(frazil.query("SHOW CREATE TABLE t").lines().get(0))
        .doesNotContain("all of it")
        .doesNotContain("a number")
        .contains("COMMENT 'the key'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER TABLE t SET TBLPROPERTIES ('write.data.path' = 'x') | 0A000 | write.data.path
          ALTER TABLE t SET TBLPROPERTIES ('io-impl' = 'x') | 0A000 | io-impl
          ALTER TABLE t SET TBLPROPERTIES ('write.location-provider.impl' = 'x') | 22023 | names a class
          ALTER TABLE t SET TBLPROPERTIES ('frazil.check.c' = 'true') | 22023 | ADD CHECK
          ALTER TABLE t SET TBLPROPERTIES ('frazil.unique-keys' = '1') | 22023 | UNIQUE
          ALTER TABLE t SET TBLPROPERTIES ('frazil.default.1' = '1') | 22023 | DEFAULT
          ALTER TABLE t SET TBLPROPERTIES ('uuid' = 'x') | 22023 | reserved
          ALTER TABLE t SET TBLPROPERTIES ('current-snapshot-id' = '1') | 22023 | reserved
          ALTER TABLE t SET TBLPROPERTIES ('format-version' = 'two') | 22023 | 1, 2 or 3
          ALTER TABLE t SET TBLPROPERTIES ('a' = '1', 'a' = '2') | 42601 | twice
          ALTER TABLE t SET TBLPROPERTIES ('a' = ) | 42601 | the value of a
          ALTER TABLE t UNSET TBLPROPERTIES ('frazil.unique-keys') | 22023 | DROP CONSTRAINT
          COMMENT ON TABLE nothing IS 'x' | 42P01 | nothing
          COMMENT ON COLUMN t.nothing IS 'x' | 42703 | nothing
          COMMENT ON COLUMN nothing.a IS 'x' | 42P01 | nothing
          COMMENT ON COLUMN a IS 'x' | 42601 | a dot and a column
          COMMENT ON COLUMN t.a IS 5 | 42601 | a comment in quotes
          COMMENT ON DATABASE d IS 'x' | 3F000 | d
          """)
  void mistakesAreNamed(String sql, String state, String message) {
    EngineException failure = failure(sql);
    assertThat(failure).as(sql).isNotNull();
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(message);
  }

  private EngineException failure(String sql) {
    return catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
  }

  private String state(String sql) {
    EngineException failure = failure(sql);
    return failure == null ? "no failure" : failure.state().code();
  }
}
