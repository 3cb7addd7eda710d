package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
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

/** {@code TABLE(system.table_changes(...))}: bounds, identity, schema, what it refuses. */
class ChangeFeedTest {
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

  private List<String> rows(String sql, Object... parameters) {
    return frazil.query(sql, parameters).lines();
  }

  private List<String> changes(String arguments) {
    return rows(
        "SELECT id, name, _change_type, _change_ordinal FROM TABLE(system.table_changes("
            + arguments
            + ")) ORDER BY _change_ordinal, id, _change_type DESC");
  }

  private void create(int version) {
    frazil.script(
        "CREATE TABLE t (id integer, name varchar) WITH (\"format-version\" = '"
            + version
            + "', \"write.frazil.auto-maintain\" = 'false')",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')",
        "UPDATE t SET name = 'B' WHERE id = 2",
        "DELETE FROM t WHERE id = 3");
  }

  private String snapshot(int place) {
    return rows("SELECT snapshot_id FROM \"t$snapshots\" ORDER BY committed_at").get(place);
  }

  private void assertFails(SqlState state, String text, String sql) {
    assertThatThrownBy(() -> frazil.query(sql))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.state()).as(e.getMessage()).isEqualTo(state);
              assertThat(e.getMessage()).contains(text);
            });
  }

  @Test
  void rowsOfVersionThreeAreKnownByTheirIds() {
    create(3);
    assertThat(changes("'t'"))
        .containsExactly(
            "1 | a | insert | 0",
            "2 | b | insert | 0",
            "3 | c | insert | 0",
            "2 | b | update_before | 1",
            "2 | B | update_after | 1",
            "3 | c | delete | 2");
    assertThat(
            rows(
                "SELECT DISTINCT c._commit_snapshot_id = s.snapshot_id FROM"
                    + " TABLE(system.table_changes('t')) AS c JOIN \"t$snapshots\" AS s ON"
                    + " c._commit_timestamp = s.committed_at"))
        .containsExactly("true");
  }

  @Test
  void rowsWithoutIdsAreKnownByTheirKeyOrNotAtAll() {
    create(2);
    assertThat(changes("'t'"))
        .contains("2 | b | delete | 1", "2 | B | insert | 1", "3 | c | delete | 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy-on-write", "merge-on-read"})
  void identifierFieldsTellAnUpdate(String mode) {
    frazil.script(
        "CREATE TABLE t (id integer, name varchar, PRIMARY KEY (id)) WITH (\"write.update.mode\" ="
            + " '"
            + mode
            + "', \"write.frazil.auto-maintain\" = 'false')",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')",
        "UPDATE t SET name = 'B' WHERE id = 2",
        "UPDATE t SET name = name");
    assertThat(changes("'t', " + snapshot(0)))
        .containsExactly("2 | b | update_before | 0", "2 | B | update_after | 0");
  }

  @Test
  void boundsAreSnapshotsTagsBranchesAndTimes() {
    create(3);
    frazil.change("t", table -> table.manageSnapshots().createTag("old", id(0)));
    frazil.change("t", table -> table.manageSnapshots().createBranch("b", id(1)));
    List<String> update = List.of("2 | b | update_before | 0", "2 | B | update_after | 0");
    assertThat(changes("'t', " + id(0) + ", " + id(1))).isEqualTo(update);
    assertThat(changes("'main.T', 'old', 'b'")).isEqualTo(update);
    assertThat(changes("table => 't', to => 'b', from => 'old'")).isEqualTo(update);
    assertThat(changes("'t', start_snapshot_id => 1, end_snapshot_id => 1".replace("1", "'b'")))
        .isEmpty();
    String time = rows("SELECT committed_at FROM \"t$snapshots\" ORDER BY 1").get(1);
    assertThat(changes("'t', from => TIMESTAMP WITH TIME ZONE '" + time + "'"))
        .containsExactly("3 | c | delete | 0");
    assertThat(changes("'t', TIMESTAMP '2020-01-01 00:00:00', 'old'")).hasSize(3);
    assertThat(changes("'t', CURRENT_TIMESTAMP")).isEmpty();
    assertThat(
            rows(
                "SELECT id FROM TABLE(system.table_changes('t', ?, ?)) WHERE _change_type ="
                    + " 'delete'",
                "b",
                Long.toString(id(2))))
        .containsExactly("3");
  }

  private long id(int place) {
    return Long.parseLong(snapshot(place));
  }

  @Test
  void compactionYieldsNothing() {
    create(3);
    String before = snapshot(2);
    frazil.query(
        "CALL system.rewrite_data_files(table => 't', options => MAP['rewrite-all', 'true'])");
    assertThat(changes("'t', " + before)).isEmpty();
    assertThat(changes("'t', " + before + ", net_changes => true")).isEmpty();
    frazil.update("INSERT INTO t VALUES (4, 'd')");
    assertThat(changes("'t', " + before)).containsExactly("4 | d | insert | 0");
  }

  @Test
  void netChangesAreTheDifferenceOfTwoStates() {
    create(3);
    assertThat(changes("'t', net_changes => TRUE"))
        .containsExactly("1 | a | insert | 0", "2 | B | insert | 0");
    assertThat(changes("'t', " + snapshot(0) + ", NULL, TRUE"))
        .containsExactly(
            "2 | b | update_before | 0", "2 | B | update_after | 0", "3 | c | delete | 0");
  }

  @Test
  void appendsAreReadBySnapshot() {
    create(2);
    frazil.update("INSERT INTO t VALUES (4, 'd')");
    assertThat(rows("SELECT * FROM TABLE(system.table_appends('t', " + snapshot(0) + "))"))
        .containsExactly("4 | d");
    assertThat(rows("SELECT count(*) FROM TABLE(table_appends('t'))")).containsExactly("4");
  }

  @Test
  void columnsAreThoseOfTheLastSnapshot() {
    create(3);
    String old = snapshot(1);
    frazil.script(
        "ALTER TABLE t RENAME COLUMN name TO title",
        "ALTER TABLE t ADD COLUMN size integer",
        "UPDATE t SET size = 7 WHERE id = 1",
        "ALTER TABLE t DROP COLUMN title",
        "INSERT INTO t VALUES (9, 8)");
    assertThat(
            rows(
                "SELECT * EXCLUDE (_commit_snapshot_id, _commit_timestamp) FROM"
                    + " TABLE(system.table_changes('t', "
                    + old
                    + ")) ORDER BY _change_ordinal, _change_type DESC"))
        .containsExactly(
            "3 | NULL | delete | 0",
            "1 | NULL | update_before | 1",
            "1 | 7 | update_after | 1",
            "9 | 8 | insert | 2");
    assertThat(changes("'t', NULL, " + old)).hasSize(5); // name was there then
  }

  @Test
  void anUpgradeGivesRowsTheirIds() {
    create(2);
    frazil.change("t", table -> table.updateProperties().set("format-version", "3"));
    frazil.script("UPDATE t SET name = 'A' WHERE id = 1", "UPDATE t SET name = 'AA' WHERE id = 1");
    String before = snapshot(2);
    assertThat(changes("'t', " + before))
        .contains("1 | A | update_before | 1", "1 | AA | update_after | 1")
        .hasSize(4);
  }

  @Test
  void snapshotsThatExpiredAreTold() {
    create(2);
    String first = snapshot(0);
    String last = snapshot(2);
    frazil.change("t", table -> table.expireSnapshots().expireSnapshotId(Long.parseLong(first)));
    assertFails(
        SqlState.INVALID_PARAMETER_VALUE,
        "have expired",
        "SELECT * FROM TABLE(system.table_changes('t'))");
    assertFails(
        SqlState.INVALID_PARAMETER_VALUE,
        "has no snapshot " + first + ", or it has expired",
        "SELECT * FROM TABLE(system.table_changes('t', " + first + "))");
    assertFails(
        SqlState.INVALID_PARAMETER_VALUE,
        "have expired",
        "SELECT * FROM TABLE(system.table_changes('t', TIMESTAMP '2020-01-01 00:00:00'))");
    assertThat(changes("'t', " + snapshot(0))).containsExactly("3 | c | delete | 0");
    assertThat(snapshot(1)).isEqualTo(last);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'nope'; 42P01; does not exist",
        "'t$files'; 0A000; metadata table",
        "t; 42601; in quotes",
        "'t', 'none'; 22023; no branch or tag 'none'",
        "'t', upto => 1; 42601; no argument \"upto\"",
        "'t', net_changes => 1; 42601; TRUE or FALSE",
        "'t', NULL, NULL, TRUE, 1; 42601; four arguments",
        "'t', table => 't'; 42601; stands twice"
      })
  void whatItCannotReadIsRefused(String arguments, String state, String text) {
    create(2);
    assertThatThrownBy(() -> changes(arguments))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.getMessage()).contains(text);
              assertThat(e.state().code()).isEqualTo(state);
            });
  }

  @Test
  void aSnapshotThatDoesNotLeadThereIsRefused() {
    create(2);
    assertFails(
        SqlState.INVALID_PARAMETER_VALUE,
        "does not lead to",
        "SELECT * FROM TABLE(system.table_changes('t', " + snapshot(2) + ", " + snapshot(0) + "))");
  }

  @Test
  void aTransactionSeesItsOwnChanges() {
    create(3);
    String before = snapshot(2);
    frazil.script(
        "START TRANSACTION",
        "INSERT INTO t VALUES (5, 'e')",
        "UPDATE t SET name = 'E' WHERE id = 5",
        "UPDATE t SET name = 'A' WHERE id = 1");
    assertThat(changes("'t', " + before + ", net_changes => true"))
        .containsExactly(
            "1 | a | update_before | 0", "1 | A | update_after | 0", "5 | E | insert | 0");
    frazil.update("COMMIT");
  }

  @Test
  void anEmptyTableHasNoChanges() {
    frazil.update("CREATE TABLE t (id integer, name varchar)");
    assertThat(changes("'t'")).isEmpty();
    assertThat(rows("EXPLAIN SELECT * FROM TABLE(system.table_changes('t'))").toString())
        .contains("ChangeScan main.t each of 0 snapshots");
  }
}
