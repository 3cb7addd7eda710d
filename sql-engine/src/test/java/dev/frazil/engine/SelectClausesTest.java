package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FETCH ... WITH TIES (ISO 9075-2, 7.17), which DuckDB lacks, and what is refused beside it. */
class SelectClausesTest {
  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void aRace() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE race (runner varchar, team varchar, seconds integer)",
        "INSERT INTO race VALUES ('ann', 'x', 10), ('bob', 'y', 11), ('cid', 'x', 11),"
            + " ('dan', 'y', 12), ('eve', 'z', 12), ('fay', 'z', NULL)");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  @Test
  void rowsThatTieWithTheLastOneStay() {
    expect("SELECT runner FROM race ORDER BY seconds FETCH FIRST ROW WITH TIES", "ann");
    expect(
        "SELECT runner FROM race ORDER BY seconds FETCH FIRST 2 ROWS WITH TIES",
        "ann",
        "bob",
        "cid");
    expect(
        "SELECT runner FROM race ORDER BY seconds DESC NULLS FIRST FETCH NEXT 2 ROWS WITH TIES",
        "fay",
        "dan",
        "eve");
    expect("SELECT runner FROM race ORDER BY 1 DESC FETCH FIRST 2 ROWS WITH TIES", "fay", "eve");
  }

  @Test
  void spellingsThatDuckDbLacks() {
    expect("SELECT runner FROM race WHERE seconds <=> NULL", "fay");
    expect("SELECT count(*) FROM race WHERE NOT seconds <=> 12", "4");
    expect("SELECT substring(runner FROM '.[bn]') FROM race WHERE seconds = 10", "an");
    expect("SELECT substring(runner, 'a(.)+') FROM race WHERE runner = 'fay'", "y");
    expect("SELECT substring(runner FROM '[(]|a.') FROM race WHERE runner = 'bob'", "NULL");
    expect(
        "SELECT runner FROM race WHERE (seconds > 11) BETWEEN true AND NOT (seconds > 12)"
            + " AND team = 'y'",
        "dan");
    expect(
        "SELECT CASE WHEN true BETWEEN false AND NOT seconds = 10 THEN 'a' ELSE 'b' END FROM race"
            + " ORDER BY seconds LIMIT 2",
        "b",
        "a");
    expect("SELECT ROW(1) IS DISTINCT FROM (SELECT NULL)", "true");
    expect("SELECT runner FROM race WHERE ROW(seconds) = (SELECT 10)", "ann");
    expect("SELECT runner FROM race ORDER BY runner LIMIT NULL OFFSET 5", "fay");
  }

  @Test
  void rowsBeforeTheOffsetDoNotCount() {
    expect(
        "SELECT runner FROM race ORDER BY seconds, team OFFSET 1 ROW FETCH NEXT 1 ROW WITH TIES",
        "cid");
    expect(
        "SELECT seconds FROM race ORDER BY seconds OFFSET 2 ROWS FETCH NEXT 2 ROWS WITH TIES",
        "11",
        "12",
        "12");
    expect("SELECT seconds FROM race ORDER BY seconds OFFSET 2 ROWS FETCH NEXT 0 ROWS WITH TIES");
  }

  @Test
  void theNumberMayBeAParameter() {
    String sql =
        "SELECT runner FROM race ORDER BY seconds OFFSET ? ROWS FETCH NEXT ? ROWS WITH TIES";
    assertThat(frazil.query(sql, 0L, 2L).sorted()).hasSize(3);
    assertThat(frazil.query(sql, 3L, 1L).sorted()).hasSize(2);
    assertThat(frazil.query(sql, 2L, 0L).sorted()).isEmpty();
  }

  @Test
  void groupsAndSubQueriesTieToo() {
    expect(
        "SELECT team FROM race GROUP BY team ORDER BY count(seconds) DESC FETCH FIRST 1 ROW WITH"
            + " TIES",
        "x",
        "y");
    expect(
        "SELECT count(*) FROM (SELECT * FROM race ORDER BY seconds FETCH FIRST 2 ROWS WITH TIES) q",
        "3");
    expect(
        "WITH r AS (SELECT seconds AS s FROM race) SELECT s FROM r ORDER BY s FETCH FIRST 2 ROWS"
            + " WITH TIES",
        "10",
        "11",
        "11");
  }

  @Test
  void rowsOfSetOperationsTieToo() {
    expect(
        "SELECT seconds FROM race WHERE seconds = 11 UNION ALL SELECT 11 ORDER BY 1 FETCH FIRST 1"
            + " ROW WITH TIES",
        "11",
        "11",
        "11");
    expect("SELECT 1 AS a UNION SELECT 2 ORDER BY a DESC FETCH FIRST 1 ROW WITH TIES", "2");
    expect(
        "WITH r AS (SELECT 3 AS b) SELECT b FROM r EXCEPT SELECT 4 ORDER BY b OFFSET 1 FETCH FIRST"
            + " 1 ROW WITH TIES");
  }

  /** Found by random queries; DuckDB refuses it. */
  @Test
  void windowsAreNoKeysOfGroupByAll() {
    assertThat(
            frazil
                .query(
                    "SELECT team, rank() OVER (ORDER BY team DESC) FROM race WHERE team IN ('x',"
                        + " 'y') GROUP BY ALL")
                .sorted())
        .containsExactly("x | 2", "y | 1");
  }

  @Test
  void whatIsNotExactIsRefused() {
    refused("SELECT seconds FROM race FETCH FIRST 1 ROW WITH TIES", "WITH TIES without ORDER BY");
    refused(
        "SELECT DISTINCT seconds FROM race ORDER BY seconds FETCH FIRST 1 ROW WITH TIES",
        "beside DISTINCT");
    refused(
        "SELECT 1 + 1 UNION SELECT 2 ORDER BY 1 FETCH FIRST 1 ROW WITH TIES",
        "behind a set operation");
    refused(
        "SELECT DISTINCT ON (team) team FROM race ORDER BY team FETCH FIRST 1 ROW WITH TIES",
        "DISTINCT ON");
    refused("SELECT * FROM race ORDER BY ALL", "ORDER BY ALL with a star");
    refused("SELECT *, count(*) FROM race GROUP BY ALL", "GROUP BY ALL with a star");
    refused("SELECT * EXCLUDE (team) REPLACE (1 AS runner) FROM race", "of one star");
  }

  /** SQL:2023, which DuckDB does not read yet. */
  @Test
  void numbersMayBeWrittenInOtherBases() {
    expect("SELECT 0xFF + 0b101 + 0o17 + 0x7f_ff", "33042");
    expect("SELECT runner FROM race ORDER BY seconds LIMIT 0x1", "ann");
    refused("SELECT count(DISTINCT team, array[1]) FROM race", "a key of several values");
  }

  private void expect(String sql, String... rows) {
    assertThat(frazil.query(sql).rows().stream().map(row -> row.get(0)))
        .as(sql)
        .containsExactlyInAnyOrder(rows);
  }

  private void refused(String sql, String message) {
    assertThatThrownBy(() -> frazil.query(sql))
        .as(sql)
        .hasMessageContaining(message)
        .extracting("state")
        .hasToString("FEATURE_NOT_SUPPORTED");
  }
}
