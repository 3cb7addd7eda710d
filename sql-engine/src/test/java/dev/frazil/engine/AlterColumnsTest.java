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

/** Columns that ALTER TABLE adds, changes and drops, over files that are there. */
class AlterColumnsTest {
  @TempDir Path folder;

  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE t (id bigint, a integer, s varchar)",
        "INSERT INTO t VALUES (1, 10, 'one'), (2, 20, 'two')");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  @Test
  void columnsAreAddedDroppedAndRenamed() {
    frazil.update("ALTER TABLE t ADD COLUMN b date, ADD c integer");
    frazil.update("INSERT INTO t VALUES (3, 30, 'three', DATE '2026-01-02', 5)");
    assertThat(rows("SELECT * FROM t"))
        .containsExactly(
            "1 | 10 | one | NULL | NULL",
            "2 | 20 | two | NULL | NULL",
            "3 | 30 | three | 2026-01-02 | 5");
    frazil.update("ALTER TABLE t DROP COLUMN a, RENAME COLUMN c TO a");
    assertThat(rows("SELECT id, a FROM t")).containsExactly("1 | NULL", "2 | NULL", "3 | 5");
  }

  @Test
  void aNameThatIsUsedAgainIsAnotherColumn() {
    frazil.script("ALTER TABLE t DROP COLUMN a", "ALTER TABLE t ADD COLUMN a integer");
    frazil.update("INSERT INTO t (id, a) VALUES (3, 30)");
    assertThat(rows("SELECT id, a FROM t")).containsExactly("1 | NULL", "2 | NULL", "3 | 30");
    assertThat(rows("SELECT id FROM t WHERE a IS NULL")).containsExactly("1", "2");
    assertThat(rows("SELECT id FROM t WHERE a = 10")).isEmpty();
  }

  @Test
  void placesAreGiven() {
    frazil.update("ALTER TABLE t ADD COLUMN x integer FIRST, ADD COLUMN y integer AFTER id");
    assertThat(columns()).containsExactly("x", "id", "y", "a", "s");
    frazil.update("ALTER TABLE t ALTER COLUMN s FIRST, ALTER COLUMN id AFTER a");
    assertThat(columns()).containsExactly("s", "x", "y", "a", "id");
    assertThat(rows("SELECT s, id, a FROM t")).containsExactly("one | 1 | 10", "two | 2 | 20");
    frazil.update("ALTER TABLE t ALTER s LAST, ALTER id BEFORE y, ADD z integer BEFORE a");
    frazil.update("ALTER TABLE t ALTER x FIRST, ALTER s LAST, ADD q integer LAST");
    assertThat(columns()).containsExactly("x", "id", "y", "z", "a", "s", "q");
    frazil.update("ALTER TABLE t DROP q, DROP z, ALTER s FIRST, ALTER id AFTER a");
    assertThat(columns()).containsExactly("s", "x", "y", "a", "id");
    frazil.update("INSERT INTO t VALUES ('three', 1, 2, 30, 3)");
    assertThat(rows("SELECT id, a, x FROM t WHERE id = 3")).containsExactly("3 | 30 | 1");
  }

  @Test
  void sparksWords() {
    frazil.update("ALTER TABLE t ADD COLUMNS (x double COMMENT 'an x', y string AFTER id)");
    frazil.update("ALTER TABLE t CHANGE COLUMN a b bigint COMMENT 'was a' FIRST");
    assertThat(frazil.query("DESCRIBE t").lines())
        .containsExactly(
            "b | bigint | yes | was a | NULL",
            "id | bigint | yes | NULL | NULL",
            "y | varchar | yes | NULL | NULL",
            "s | varchar | yes | NULL | NULL",
            "x | double | yes | an x | NULL");
    frazil.update("ALTER TABLE t DROP COLUMNS (x, y)");
    assertThat(columns()).containsExactly("b", "id", "s");
    assertThat(rows("SELECT b FROM t")).containsExactly("10", "20");
  }

  @Test
  void nestedFieldsChange() {
    frazil.script(
        "CREATE TABLE n (id integer, s row(f integer, g row(h varchar)),"
            + " l array(row(e integer)), m map(varchar, row(v integer)))",
        "INSERT INTO n VALUES (1, row(1, row('h')), array[row(1), row(2)], map['k', row(5)])",
        "ALTER TABLE n ADD COLUMN s.x integer, ADD COLUMN s.g.y bigint FIRST,"
            + " ADD COLUMN l.element.z varchar, ADD COLUMN m.value.w integer",
        "ALTER TABLE n RENAME COLUMN s.f TO ff, RENAME COLUMN l.element.e TO ee,"
            + " ALTER COLUMN m.value.v SET DATA TYPE bigint");
    frazil.update(
        "INSERT INTO n VALUES (2, row(2, row(7, 'i'), 3), array[row(4, 'z')], map['k', row(6, 7)])");
    assertThat(rows("SELECT id, s.ff, s.g.y, s.g.h, s.x FROM n"))
        .containsExactly("1 | 1 | NULL | h | NULL", "2 | 2 | 7 | i | 3");
    assertThat(rows("SELECT id, l[1].ee, l[1].z, m['k'].v, m['k'].w FROM n"))
        .containsExactly("1 | 1 | NULL | 5 | NULL", "2 | 4 | z | 6 | 7");
    frazil.script(
        "ALTER TABLE n DROP COLUMN s.ff, DROP COLUMN l.element.ee, DROP COLUMN m.value.v",
        "ALTER TABLE n ADD COLUMN s.ff integer");
    assertThat(rows("SELECT id, s.ff, s.g.h, l[1].z, m['k'].w FROM n"))
        .containsExactly("1 | NULL | h | NULL | NULL", "2 | NULL | i | z | 7");
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void aDefaultIsWhatOlderRowsRead(int version) {
    frazil.script(
        "CREATE TABLE d (id integer) WITH (\"format-version\" = '" + version + "')",
        "INSERT INTO d VALUES (1)",
        "ALTER TABLE d ADD COLUMN c integer DEFAULT 5",
        "ALTER TABLE d ADD COLUMN n varchar DEFAULT 'none' NOT NULL FIRST",
        "INSERT INTO d (id) VALUES (2)",
        "ALTER TABLE d ALTER COLUMN c SET DEFAULT 6",
        "INSERT INTO d (id) VALUES (3)",
        "ALTER TABLE d ALTER COLUMN c DROP DEFAULT",
        "INSERT INTO d (id) VALUES (4)");
    assertThat(rows("SELECT id, c, n FROM d"))
        .containsExactly("1 | 5 | none", "2 | 5 | none", "3 | 6 | none", "4 | NULL | none");
    assertThat(rows("SELECT id FROM d WHERE c = 5")).containsExactly("1", "2");
    assertThat(state("INSERT INTO d (id, n) VALUES (5, NULL)")).isEqualTo("23502");
  }

  @Test
  void aDefaultThatIsNoConstantIsTakenForEachRow() {
    frazil.script(
        "ALTER TABLE t ADD COLUMN u uuid DEFAULT uuid() NOT NULL",
        "INSERT INTO t (id) VALUES (3)",
        "ALTER TABLE t ALTER COLUMN s SET DEFAULT upper('x') || current_schema",
        "INSERT INTO t (id) VALUES (4)");
    assertThat(rows("SELECT count(DISTINCT u), count(*) FROM t")).containsExactly("4 | 4");
    assertThat(rows("SELECT s FROM t WHERE id > 2")).containsExactly("NULL", "Xmain");
    frazil.update("ALTER TABLE t DROP COLUMN u");
    assertThat(frazil.query("SHOW TBLPROPERTIES t").lines())
        .noneMatch(line -> line.contains("uuid()"));
  }

  @Test
  void nullsAreRefusedWhereRowsHaveNone() {
    frazil.update("ALTER TABLE t ALTER COLUMN a SET NOT NULL");
    assertThat(state("INSERT INTO t VALUES (3, NULL, 'c')")).isEqualTo("23502");
    frazil.script(
        "ALTER TABLE t ALTER COLUMN a DROP NOT NULL", "INSERT INTO t VALUES (3, NULL, 'c')");
    EngineException failure = failure("ALTER TABLE t ALTER COLUMN a SET NOT NULL");
    assertThat(failure.state().code()).isEqualTo("23502");
    assertThat(failure).hasMessageContaining("main.t").hasMessageContaining("'a'");
    assertThat(state("ALTER TABLE t ADD COLUMN q integer NOT NULL")).isEqualTo("23502");
    frazil.script("TRUNCATE TABLE t", "ALTER TABLE t ADD COLUMN q integer NOT NULL");
    assertThat(state("INSERT INTO t (id) VALUES (9)")).isEqualTo("23502");
  }

  @Test
  void fieldsOfRowsAreNotNullWhereTheRowIsThere() {
    frazil.script(
        "CREATE TABLE n (id integer, s row(f integer))",
        "INSERT INTO n VALUES (1, row(1)), (2, NULL)",
        "ALTER TABLE n ALTER COLUMN s.f SET NOT NULL");
    assertThat(state("INSERT INTO n VALUES (3, row(NULL))")).isEqualTo("23502");
    frazil.update("INSERT INTO n VALUES (3, NULL)");
    frazil.script("ALTER TABLE n ALTER s.f DROP NOT NULL", "INSERT INTO n VALUES (4, row(NULL))");
    assertThat(state("ALTER TABLE n ALTER s.f SET NOT NULL")).isEqualTo("23502");
  }

  @Test
  void filesThatAreOlderThanAColumnDoNotStayWhereItIsRequired() {
    frazil.script(
        "CREATE TABLE d (id integer, n integer) WITH (\"write.update.mode\" = 'merge-on-read')",
        "INSERT INTO d SELECT n, n FROM TABLE(generate_series(1, 100)) AS s(n)",
        "ALTER TABLE d ADD COLUMN c integer DEFAULT 5 NOT NULL");
    assertThat(rows("SELECT count(*) FROM d WHERE c = 5")).containsExactly("100");
    assertThat(frazil.query("SHOW TBLPROPERTIES d ('write.update.mode')").rows().get(0).get(1))
        .isEqualTo("merge-on-read");
    frazil.script(
        "ALTER TABLE d ADD COLUMN e integer",
        "UPDATE d SET e = 6 WHERE id < 50",
        "UPDATE d SET e = 6 WHERE id >= 50");
    assertThat(rows("SELECT count(*) FROM d$data_files")).containsExactly("3");
    assertThat(state("ALTER TABLE d ALTER e SET NOT NULL")).isEqualTo("55000");
    assertThat(rows("SELECT count(*) FROM d WHERE e = 6")).containsExactly("100");
    frazil.query(
        "CALL system.rewrite_data_files(table => 'd', options => MAP['rewrite-all', 'true'])");
    frazil.update("ALTER TABLE d ALTER e SET NOT NULL");
    assertThat(rows("SELECT count(*) FROM d WHERE e = 6")).containsExactly("100");
  }

  @Test
  void timeTravelShowsTheColumnsOfItsTime() {
    String before = rows("SELECT snapshot_id FROM t$snapshots").get(0);
    frazil.script(
        "ALTER TABLE t DROP COLUMN a, RENAME COLUMN s TO a, ADD COLUMN z integer",
        "INSERT INTO t VALUES (3, 'three', 9)");
    assertThat(rows("SELECT * FROM t"))
        .containsExactly("1 | one | NULL", "2 | two | NULL", "3 | three | 9");
    assertThat(rows("SELECT * FROM t FOR VERSION AS OF " + before))
        .containsExactly("1 | 10 | one", "2 | 20 | two");
    assertThat(rows("SELECT s FROM t FOR VERSION AS OF " + before + " WHERE a = 20"))
        .containsExactly("two");
  }

  @Test
  void conditionsOnWhatIsThereDoNothing() {
    frazil.script(
        "ALTER TABLE t ADD COLUMN IF NOT EXISTS A date",
        "ALTER TABLE t DROP COLUMN IF EXISTS nothing, nothing2",
        "ALTER TABLE IF EXISTS nowhere ADD COLUMN x integer",
        "ALTER TABLE IF EXISTS nowhere.t ADD COLUMN x integer");
    assertThat(columns()).containsExactly("id", "a", "s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER TABLE nowhere ADD COLUMN x integer | 42P01 | nowhere
          ALTER TABLE t ADD COLUMN "A" integer | 42701 | "A" already
          ALTER TABLE t ADD COLUMN _file varchar | 42701 | metadata column
          ALTER TABLE t RENAME COLUMN a TO "S" | 42701 | "S" already
          ALTER TABLE t RENAME COLUMN a TO _pos | 42701 | metadata column
          ALTER TABLE t DROP COLUMN b | 42703 | no column "b" (line 1, column 27)
          ALTER TABLE t ALTER COLUMN idd TYPE integer | 42703 | did you mean id
          ALTER TABLE t ALTER COLUMN a.b TYPE integer | 42703 | "a.b"
          ALTER TABLE t ADD COLUMN a.b integer | 42804 | not a row
          ALTER TABLE t ADD COLUMN q.b integer | 42703 | "q"
          ALTER TABLE t ALTER COLUMN a TYPE varchar | 42804 | integer becomes bigint
          ALTER TABLE t ALTER COLUMN id TYPE integer | 42804 | cannot become integer
          ALTER TABLE t ALTER COLUMN a TYPE bigint USING a + 1 | 0A000 | USING
          ALTER TABLE t ALTER COLUMN a | 42601 | expected SET DATA TYPE
          ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x' | 22018 | x
          ALTER TABLE t ALTER COLUMN a SET DEFAULT (SELECT 1) | 0A000 | sub-query
          ALTER TABLE t ALTER COLUMN a SET DEFAULT ? | 0A000 | parameter
          ALTER TABLE t ALTER COLUMN a AFTER a | 42601 | beside itself
          ALTER TABLE t ALTER COLUMN a AFTER q | 42703 | "q"
          ALTER TABLE t ADD COLUMN x integer, ADD COLUMN x integer | 42701 | "x" already
          ALTER TABLE t ADD COLUMN x integer, DROP COLUMN nothing | 42703 | nothing
          ALTER TABLE t ADD COLUMN x serial | 0A000 | SERIAL
          ALTER TABLE t ADD COLUMN x | 42601 | a type
          ALTER TABLE t ADD x integer GENERATED ALWAYS AS IDENTITY | 0A000 | IDENTITY
          ALTER TABLE t FROBNICATE | 42601 | an alteration such as
          ALTER TABLE t ADD COLUMN x integer y | 42601 | the end of the statement
          ALTER TABLE t DROP COLUMN id, DROP COLUMN a, DROP COLUMN s | 0A000 | the last column
          ALTER TABLE t$snapshots ADD COLUMN x integer | 0A000 | metadata table
          ALTER TABLE t REPLACE COLUMNS (a integer) | 0A000 | REPLACE COLUMNS
          ALTER TABLE t SET LOCATION 'x' | 0A000 | SET LOCATION
          ALTER TABLE t ADD PARTITION (a = 1) | 0A000 | ADD PARTITION
          ALTER INDEX i RENAME TO j | 0A000 | ALTER INDEX
          ALTER SCHEMA main RENAME TO s | 0A000 | ALTER SCHEMA
          """)
  void mistakesAreNamedAndChangeNothing(String sql, String state, String message) {
    EngineException failure = failure(sql);
    assertThat(failure).as(sql).isNotNull();
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(message);
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | 10 | one", "2 | 20 | two");
  }

  @Test
  void wordsOfAlterationsAreStillNames() {
    frazil.script(
        "CREATE TABLE change (add integer, write integer, comment varchar, first integer)",
        "ALTER TABLE change ADD COLUMN after integer, ADD COLUMN identifier integer",
        "ALTER TABLE change ADD COLUMN tag integer FIRST, RENAME COLUMN write TO replace");
    assertThat(frazil.query("DESCRIBE change").lines()).hasSize(7);
    frazil.update("INSERT INTO change (add, replace, first, after) VALUES (1, 2, 3, 4)");
    assertThat(rows("SELECT add, replace, first, after FROM change"))
        .containsExactly("1 | 2 | 3 | 4");
  }

  private List<String> columns() {
    return frazil.query("DESCRIBE t").lines().stream()
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
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
