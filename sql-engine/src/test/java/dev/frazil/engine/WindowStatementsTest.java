package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the script of windows cannot compare with DuckDB: forms of the standard, and errors. */
class WindowStatementsTest {
  @TempDir static Path folder;
  private static EngineRunner frazil;

  @BeforeAll
  static void open() {
    frazil = EngineRunner.local(folder);
    frazil.update("CREATE TABLE w (id integer, g varchar, x integer, d date)");
    frazil.update(
        "INSERT INTO w VALUES (1, 'a', 10, DATE '2024-01-31'), (2, 'a', NULL, DATE '2024-02-29'),"
            + " (3, 'b', 30, DATE '2024-03-31'), (4, 'b', 40, NULL)");
  }

  @AfterAll
  static void close() {
    frazil.close();
  }

  private static List<String> query(String sql, Object... parameters) {
    return frazil.query(sql, parameters).lines();
  }

  private static void refused(String sql, SqlState state, String words, Object... parameters) {
    assertThatThrownBy(() -> query(sql, parameters))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.state()).as(e.getMessage()).isEqualTo(state);
              assertThat(e).hasMessageContaining(words);
            });
  }

  @Test
  void aParameterTellsHowManyRowsOfAPartitionAreWanted() {
    String numbered =
        "SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY g ORDER BY id) AS n FROM w) t"
            + " WHERE %s ORDER BY id";
    String atMost = String.format(numbered, "n <= ?");
    assertThat(query("EXPLAIN " + atMost, 1L).toString())
        .contains("[first of each partition: ROW_NUMBER <= ?0]");
    assertThat(query(atMost, 1L)).containsExactly("1", "3");
    assertThat(query(atMost, 2L)).containsExactly("1", "2", "3", "4");
    assertThat(query(atMost, Long.MAX_VALUE)).containsExactly("1", "2", "3", "4");
    assertThat(query(atMost, 0L)).isEmpty();
    assertThat(query(atMost, Long.MIN_VALUE)).isEmpty();
    assertThat(query(atMost, new Object[] {null})).isEmpty();
    assertThat(query(String.format(numbered, "? > n"), 2L)).containsExactly("1", "3");
    assertThat(query(String.format(numbered, "? > n"), 1L)).isEmpty();
    assertThat(query(String.format(numbered, "n = ?"), 2L)).containsExactly("2", "4");
    assertThat(query(String.format(numbered, "n >= ?"), 2L)).containsExactly("2", "4");
    assertThat(query(String.format(numbered, "n <= ? AND n < 2"), 2L)).containsExactly("1", "3");
    assertThat(query(String.format(numbered, "n <= ? AND n < ?"), 2L, 2L))
        .containsExactly("1", "3");
  }

  @Test
  void nullTreatmentStandsBehindTheCall() {
    assertThat(query("SELECT id, lag(x) IGNORE NULLS OVER (ORDER BY id) FROM w ORDER BY id"))
        .containsExactly("1 | NULL", "2 | 10", "3 | 10", "4 | 30");
    assertThat(
            query(
                "SELECT id, first_value(x) RESPECT NULLS OVER (ORDER BY id DESC ROWS 1 PRECEDING)"
                    + " FROM w ORDER BY id"))
        .containsExactly("1 | NULL", "2 | 30", "3 | 40", "4 | 40");
  }

  @Test
  void namedWindowsKeepTheFrameOfTheReference() {
    assertThat(
            query(
                "SELECT id, count(*) OVER (m ROWS 1 PRECEDING) FROM w WINDOW m AS (ORDER BY id)"
                    + " ORDER BY count(*) OVER (m ROWS 2 PRECEDING), id"))
        .containsExactly("1 | 1", "2 | 2", "3 | 2", "4 | 2");
    refused(
        "SELECT sum(x) OVER (m ORDER BY x) FROM w WINDOW m AS (ORDER BY id)",
        SqlState.INVALID_STATEMENT,
        "");
  }

  @Test
  void offsetsAreParametersToo() {
    String sql =
        "SELECT id, sum(id) OVER (ORDER BY id ROWS BETWEEN ? PRECEDING AND ? FOLLOWING) FROM w"
            + " ORDER BY id";
    assertThat(query(sql, 1L, 0L)).containsExactly("1 | 1", "2 | 3", "3 | 5", "4 | 7");
    refused(sql, SqlState.INVALID_FRAME_OFFSET, "-1", -1L, 0L);
    refused(sql, SqlState.INVALID_FRAME_OFFSET, "null", 1L, null);
    assertThat(
            query("SELECT id, count(*) OVER (ORDER BY x RANGE ? PRECEDING) FROM w ORDER BY id", 10))
        .containsExactly("1 | 1", "2 | 1", "3 | 1", "4 | 2");
  }

  @Test
  void offsetsBeyondEverythingReachTheEndOfThePartition() {
    String huge = "9223372036854775807";
    assertThat(
            query(
                "SELECT id, count(*) OVER (ORDER BY id ROWS BETWEEN "
                    + huge
                    + " PRECEDING AND "
                    + huge
                    + " FOLLOWING), count(*) OVER (ORDER BY x RANGE "
                    + huge
                    + " PRECEDING), count(*) OVER (ORDER BY id GROUPS BETWEEN "
                    + huge
                    + " FOLLOWING AND UNBOUNDED FOLLOWING) FROM w ORDER BY id"))
        .containsExactly("1 | 4 | 1 | 0", "2 | 4 | 1 | 0", "3 | 4 | 2 | 0", "4 | 4 | 3 | 0");
  }

  @Test
  void monthsAreAddedAsTheCalendarHasThem() {
    assertThat(
            query(
                "SELECT id, count(*) OVER (ORDER BY d RANGE BETWEEN INTERVAL '1' MONTH PRECEDING"
                    + " AND CURRENT ROW) FROM w ORDER BY id"))
        .containsExactly("1 | 1", "2 | 2", "3 | 2", "4 | 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ntile(0) OVER (ORDER BY id);INVALID_NTILE_ARGUMENT;ntile of 0",
        "nth_value(x, 0) OVER (ORDER BY id);INVALID_NTH_VALUE_ARGUMENT;row 0",
        "sum(x) OVER (ORDER BY g RANGE 1 PRECEDING);INVALID_STATEMENT;''",
        "sum(x) OVER (ORDER BY id, g RANGE 1 PRECEDING);INVALID_STATEMENT;''",
        "sum(x) OVER (ORDER BY id ROWS id PRECEDING);FEATURE_NOT_SUPPORTED;offset",
        "rank() OVER ();INVALID_STATEMENT;''"
      })
  void whatCannotBeIsRefused(String call, SqlState state, String words) {
    refused("SELECT " + call + " FROM w", state, words);
  }

  @Test
  void sumsOverflowAsInGroups() {
    refused(
        "SELECT sum(v) OVER (ORDER BY v) FROM (VALUES (9223372036854775807), (1)) AS t (v)",
        SqlState.NUMERIC_OUT_OF_RANGE,
        "bigint");
    // The frame's sum fits although a running total over all rows would not.
    assertThat(
            query(
                "SELECT v, sum(v) OVER (ORDER BY v ROWS CURRENT ROW) FROM (VALUES"
                    + " (9223372036854775807), (9223372036854775806), (1)) AS t (v) ORDER BY v"))
        .containsExactly(
            "1 | 1",
            "9223372036854775806 | 9223372036854775806",
            "9223372036854775807 | 9223372036854775807");
  }

  /** Three of these come to a number of 128 bits again, a negative one. */
  @Test
  void sumsOfWideDecimalsDoNotWrapAround() {
    String rows =
        " FROM (SELECT g, CAST('90000000000000000000000000000000000000' AS decimal(38, 0)) AS v"
            + " FROM (VALUES (1), (1), (1), (2)) AS t (g)) AS s";
    for (String call : List.of("sum(v) OVER (ORDER BY g)", "avg(v) OVER (ORDER BY g)")) {
      refused("SELECT " + call + rows, SqlState.NUMERIC_OUT_OF_RANGE, "38 digits");
    }
    assertThat(query("SELECT sum(v) OVER (ORDER BY g GROUPS CURRENT ROW)" + rows + " WHERE g = 2"))
        .containsExactly("90000000000000000000000000000000000000");
  }

  @Test
  void notANumberStaysInItsFrames() {
    assertThat(
            query(
                "SELECT id, sum(r) OVER (ORDER BY id ROWS CURRENT ROW) FROM (SELECT id,"
                    + " CASE WHEN id = 2 THEN CAST('NaN' AS double) ELSE 1e0 END AS r FROM w) t"
                    + " ORDER BY id"))
        .containsExactly("1 | 1", "2 | NaN", "3 | 1", "4 | 1");
  }

  @Test
  void thePlanShowsWindows() {
    assertThat(
            query(
                "EXPLAIN SELECT g, sum(x) OVER (PARTITION BY g ORDER BY id DESC GROUPS BETWEEN 1"
                    + " PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM w WHERE g = 'a'"))
        .anyMatch(
            line ->
                line.contains(
                    "Window by [g] order [id DESC] [SUM(x) GROUPS 1 PRECEDING TO CURRENT ROW"
                        + " EXCLUDE TIES]"));
  }

  @Test
  void onlyConditionsOnPartitionsGoBelow() {
    String sql =
        "SELECT id, n FROM (SELECT id, g, count(*) OVER (PARTITION BY g) AS n FROM w) t WHERE ";
    assertThat(query(sql + "g = 'b' ORDER BY id")).containsExactly("3 | 2", "4 | 2");
    assertThat(query(sql + "id = 3")).containsExactly("3 | 2");
    assertThat(query(sql + "1 = 0")).isEmpty();
  }
}
