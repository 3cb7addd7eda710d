package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * DELETE of all rows of a file, as its partition or its bounds tell, opens no data file: it works
 * on files that are not there.
 */
class WholeFileDeletesTest {
  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).sorted();
  }

  private void lose(String where) throws IOException {
    for (String file : rows("SELECT DISTINCT _file FROM t WHERE " + where)) {
      Files.delete(Path.of(file));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1; p = 1; 3; 2 | 4",
        "2; p = 1; 3; 2 | 4",
        "3; p = 1; 3; 2 | 4",
        "2; p = 1 AND id > 0; 3; 2 | 4",
        "2; p IN (1, 7); 3; 2 | 4",
        "2; p < 2 OR p IS NULL; 4; 2 | 4",
        "2; id BETWEEN 1 AND 3; 3; 2 | 4",
        "2; name >= 'a' AND name < 'd'; 3; 2 | 4",
        "2; id <= 3 AND name IS NOT NULL; 3; 2 | 4",
      })
  void opensNoFile(int version, String where, int count, String left) throws IOException {
    frazil.script(
        "CREATE TABLE t (id integer, p integer, name varchar) PARTITIONED BY (p)"
            + " WITH (\"format-version\" = '"
            + version
            + "')",
        "INSERT INTO t VALUES (1, 1, 'a'), (2, 1, 'b'), (4, 2, 'd')",
        "INSERT INTO t VALUES (3, 1, 'c'), (99, NULL, NULL)");
    lose("p = 1 OR p IS NULL");
    assertThat(frazil.update("DELETE FROM t WHERE " + where)).isEqualTo(count);
    if (count == 3) {
      assertThat(frazil.update("DELETE FROM t WHERE p IS NULL")).isEqualTo(1);
    }
    assertThat(rows("SELECT p, id FROM t")).containsExactly(left);
    assertThat(rows("SELECT count(*) FROM t$delete_files")).containsExactly("0");
    assertThat(rows("SELECT operation FROM t$snapshots ORDER BY committed_at DESC LIMIT 1"))
        .containsExactly("delete");
  }

  @Test
  void parametersCountAsConstants() throws IOException {
    frazil.script(
        "CREATE TABLE t (id integer, p integer) PARTITIONED BY (p)",
        "INSERT INTO t VALUES (1, 1), (2, 2)");
    lose("p = 2");
    assertThat(frazil.update("DELETE FROM t WHERE p = ?", 2)).isEqualTo(1);
    assertThat(rows("SELECT id FROM t")).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy-on-write", "merge-on-read"})
  void filesThatHoldOtherRowsAreReadAndTheWholeOnesNot(String mode) throws IOException {
    frazil.script(
        "CREATE TABLE t (id integer, x double) WITH (\"format-version\" = '3',"
            + " \"write.delete.mode\" = '"
            + mode
            + "')",
        "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)",
        "INSERT INTO t VALUES (11, 1), (12, 2), (13, 3)",
        "INSERT INTO t VALUES (21, 1), (22, 2), (23, 3)",
        "DELETE FROM t WHERE id = 12");
    lose("id BETWEEN 11 AND 13");
    assertThat(frazil.update("DELETE FROM t WHERE id > 2 AND id < 22")).isEqualTo(4);
    assertThat(rows("SELECT id FROM t")).containsExactly("1", "2", "22", "23");
  }

  /** What the bounds do not say exactly needs the rows. */
  @ParameterizedTest
  @ValueSource(
      strings = {"x > 0", "id + 0 > 10", "id > 11", "name <= 'a long text of many letter'"})
  void otherPredicatesReadTheFile(String where) throws IOException {
    frazil.script(
        "CREATE TABLE t (id integer, x double, name varchar)",
        "INSERT INTO t VALUES (11, 1, 'a long text of many letters'), (12, 2, 'a')");
    lose("id > 10");
    assertThatThrownBy(() -> frazil.update("DELETE FROM t WHERE " + where))
        .hasMessageContaining(".parquet");
  }

  @Test
  void nullsAreNotTaken() {
    frazil.script(
        "CREATE TABLE t (id integer, p integer)", "INSERT INTO t VALUES (1, 5), (2, NULL), (3, 5)");
    assertThat(frazil.update("DELETE FROM t WHERE p = 5")).isEqualTo(2);
    assertThat(rows("SELECT id FROM t")).containsExactly("2");
  }

  /** Truncation wraps at the edge of the integers, so its partitions are not in order there. */
  @Test
  void truncatedPartitionsAtTheEdgeOfTheIntegers() {
    frazil.script(
        "CREATE TABLE t (id integer) PARTITIONED BY (truncate(10, id))",
        "INSERT INTO t VALUES (-2147483648), (-2147483647), (2147483647), (5)");
    assertThat(frazil.update("DELETE FROM t WHERE id > 0")).isEqualTo(2);
    assertThat(rows("SELECT id FROM t")).containsExactly("-2147483647", "-2147483648");
  }
}
