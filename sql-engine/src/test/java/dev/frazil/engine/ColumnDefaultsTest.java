package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.expressions.Literal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DEFAULT of columns: what is kept where, and every way into a table. */
class ColumnDefaultsTest {
  private FastFolder folder;
  private Path files;
  private EngineRunner frazil;

  @BeforeEach
  void open() throws IOException {
    folder = FastFolder.create();
    files = Files.createDirectories(folder.path().resolve("files"));
    frazil =
        EngineRunner.open(
            new ConnectionConfig(
                new Warehouse.LocalFolder(folder.path().resolve("db").toString()),
                Map.of(ConnectionProperty.COPY_LOCATIONS, files.toString()),
                Map.of()));
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).lines();
  }

  @Test
  void eachRowDrawsItsOwnAndAStatementHasOneTime() {
    frazil.update(
        "CREATE TABLE t (n integer, id uuid DEFAULT uuidv7(), r double DEFAULT random(), other uuid"
            + " DEFAULT uuid(), made timestamp with time zone DEFAULT current_timestamp, here"
            + " timestamp DEFAULT now(), day date DEFAULT current_date)");
    frazil.update("INSERT INTO t (n) VALUES (1), (2), (3)");
    assertDrawn(3, 1);
    frazil.update("INSERT INTO t (n) SELECT n + 3 FROM t");
    assertDrawn(6, 2);
    frazil.update("INSERT INTO t (n, id, r, other) VALUES (7, DEFAULT, DEFAULT, DEFAULT)");
    frazil
        .session()
        .prepare("INSERT INTO t (n) VALUES (?)")
        .executeBatch(
            List.of(
                new ParameterValues(List.of(8)),
                new ParameterValues(List.of(9)),
                new ParameterValues(List.of(10))),
            new CancellationToken());
    assertDrawn(10, 4);
    frazil.update(
        "MERGE INTO t USING (VALUES (1), (11), (12)) AS s (n) ON t.n = s.n"
            + " WHEN MATCHED THEN UPDATE SET id = DEFAULT, r = DEFAULT"
            + " WHEN NOT MATCHED THEN INSERT (n) VALUES (s.n)");
    assertDrawn(12, 5);
    frazil.update("UPDATE t SET id = DEFAULT, other = DEFAULT, r = DEFAULT, made = DEFAULT");
    assertDrawn(12, 1);
    assertThat(rows("SELECT count(*) FROM t WHERE day <> CAST(here AS date)")).containsExactly("0");
  }

  private void assertDrawn(int rows, int times) {
    assertThat(
            rows(
                "SELECT count(*), count(DISTINCT id), count(DISTINCT r), count(DISTINCT other),"
                    + " count(id), count_if(id = other), count(DISTINCT made) FROM t"))
        .containsExactly(
            String.join(
                " | ", "" + rows, "" + rows, "" + rows, "" + rows, "" + rows, "0", "" + times));
  }

  @Test
  void keysOfVersionSevenAscendWithinAStatementAndBetweenThem() {
    frazil.update("CREATE TABLE t (n bigint, id varchar DEFAULT uuidv7() PRIMARY KEY)");
    for (long first = 1; first < 9_000; first += 3_000) {
      frazil.update(
          "INSERT INTO t (n) SELECT x FROM generate_series(?, ?) AS g (x)", first, first + 2_999);
    }
    assertThat(
            rows(
                "SELECT count(*), count_if(n <> place), min(uuid_extract_version(CAST(id AS uuid)))"
                    + " FROM (SELECT id, n, row_number() OVER (ORDER BY id) AS place FROM t)"))
        .containsExactly("9000 | 0 | 7");
  }

  @Test
  void keysOfRowsOfValuesAndOfABatchAscend() {
    frazil.update("CREATE TABLE t (n integer, id varchar DEFAULT uuidv7())");
    frazil.update("INSERT INTO t (n) VALUES (1), (2), (3), (4), (5), (6), (7), (8)");
    frazil
        .session()
        .prepare("INSERT INTO t (n) VALUES (?)")
        .executeBatch(
            List.of(
                new ParameterValues(List.of(9)),
                new ParameterValues(List.of(10)),
                new ParameterValues(List.of(11))),
            new CancellationToken());
    assertThat(rows("SELECT string_agg(CAST(n AS varchar), ' ' ORDER BY id) FROM t"))
        .containsExactly("1 2 3 4 5 6 7 8 9 10 11");
  }

  @Test
  void theSchemaIsThatOfTheSessionThatInserts() {
    frazil.script(
        "CREATE TABLE t (n integer, s varchar DEFAULT current_schema, u varchar DEFAULT"
            + " upper(current_schema()))",
        "INSERT INTO t (n) VALUES (1)",
        "CREATE SCHEMA other",
        "USE other",
        "INSERT INTO main.t (n) VALUES (2)");
    assertThat(rows("SELECT * FROM main.t ORDER BY n"))
        .containsExactly("1 | main | MAIN", "2 | other | OTHER");
  }

  @Test
  void aDrawnKeyIsReturnedAsItIsStored() {
    frazil.update(
        "CREATE TABLE t (id varchar DEFAULT CAST(uuidv7() AS varchar) PRIMARY KEY, n integer)");
    List<String> returned = rows("INSERT INTO t (n) VALUES (1), (2) RETURNING id, n");
    assertThat(rows("SELECT id, n FROM t ORDER BY n")).isEqualTo(returned);
    assertThat(rows("INSERT INTO t (n) VALUES (3), (4) ON CONFLICT DO NOTHING RETURNING n"))
        .hasSize(2);
    assertThat(new HashSet<>(rows("SELECT id FROM t"))).hasSize(4);
  }

  @Test
  void filesWithoutTheColumnGetIt() throws IOException {
    frazil.update(
        "CREATE TABLE t (id integer, s varchar DEFAULT 'x', u uuid DEFAULT uuid(), n integer)");
    Files.writeString(files.resolve("t.csv"), "id\n1\n2\n");
    assertThat(frazil.update("COPY t (id) FROM '" + files.resolve("t.csv") + "'")).isEqualTo(2);
    assertThat(rows("SELECT id, s, n FROM t")).containsExactly("1 | x | NULL", "2 | x | NULL");
    assertThat(rows("SELECT count(DISTINCT u) FROM t")).containsExactly("2");
    frazil.update("INSERT OVERWRITE t (id) VALUES (9)");
    assertThat(rows("SELECT id, s, u IS NULL FROM t")).containsExactly("9 | x | false");
  }

  @Test
  void theyAreShownAsTheyWouldBeWritten() {
    String columns =
        "a integer DEFAULT 7, b varchar NOT NULL DEFAULT 'it''s', c decimal(10,2) DEFAULT -1.50,"
            + " d double DEFAULT CAST('1.0E-300' AS double), e real DEFAULT CAST('NaN' AS real),"
            + " f date DEFAULT DATE '1969-12-31', g time DEFAULT TIME '23:59:59.000001', h timestamp"
            + " DEFAULT TIMESTAMP '1582-10-15 00:00', i timestamp with time zone DEFAULT"
            + " CAST('2020-01-01 00:00+00:00' AS timestamp with time zone), j boolean DEFAULT false,"
            + " k uuid DEFAULT CAST('123e4567-e89b-12d3-a456-426614174000' AS uuid), l varbinary"
            + " DEFAULT X'00ff', m fixed(2) DEFAULT X'00ff', n array(integer) DEFAULT array[1, 2],"
            + " o varchar DEFAULT upper(CAST(current_date AS varchar)) COMMENT 'last'";
    frazil.update("CREATE TABLE t (" + columns + ")");
    String shown = rows("SHOW CREATE TABLE t").get(0).replaceAll("\\s+", " ");
    assertThat(shown).contains("( " + columns + ")").doesNotContain("frazil.default");
    frazil.update(shown.replace("main.t", "main.u"));
    frazil.script("INSERT INTO t (a) VALUES (DEFAULT)", "INSERT INTO u (a) VALUES (DEFAULT)");
    assertThat(rows("SELECT * FROM u")).isEqualTo(rows("SELECT * FROM t"));
    assertThat(rows("SHOW COLUMNS FROM t LIKE 'o'"))
        .containsExactly("o | varchar | yes | last | upper(CAST(current_date AS varchar))");
    assertThat(
            rows(
                "SELECT column_default FROM information_schema.columns WHERE table_name = 't'"
                    + " AND column_name IN ('b', 'f') ORDER BY ordinal_position"))
        .containsExactly("'it''s'", "DATE '1969-12-31'");
  }

  @Test
  void theDefaultsOfOtherWritersCount() {
    for (int version = 2; version <= 3; version++) {
      String table = "t" + version;
      frazil.update(
          "CREATE TABLE "
              + table
              + " (id integer, s varchar, d decimal(5,1) DEFAULT 2) WITH"
              + " (format_version = "
              + version
              + ")");
      frazil.change(table, t -> t.updateSchema().updateColumnDefault("s", Literal.of("theirs")));
      frazil.change(table, t -> t.updateSchema().renameColumn("s", "r").moveFirst("d"));
      frazil.update("INSERT INTO " + table + " (id) VALUES (1)");
      assertThat(rows("SELECT * FROM " + table)).containsExactly("2 | 1 | theirs");
    }
  }

  @Test
  void aDefaultStaysWithARenamedColumn() {
    frazil.update("CREATE TABLE t (id integer, u varchar DEFAULT upper(CAST(uuid() AS varchar)))");
    PreparedQuery insert = frazil.session().prepare("INSERT INTO t (id) VALUES (1)");
    insert.execute(ParameterValues.none(), new CancellationToken());
    frazil.change("t", t -> t.updateSchema().renameColumn("u", "v").moveFirst("u"));
    insert.execute(ParameterValues.none(), new CancellationToken());
    assertThat(rows("SELECT count(DISTINCT v) FROM t")).containsExactly("2");
    frazil.change("t", t -> t.updateProperties().set("frazil.default.2", "'now this'"));
    insert.execute(ParameterValues.none(), new CancellationToken());
    assertThat(rows("SELECT v FROM t WHERE char_length(v) < 20")).containsExactly("now this");
    frazil.change("t", t -> t.updateProperties().set("frazil.default.2", "nothing("));
    assertThat(state("INSERT INTO t (id) VALUES (1)")).isEqualTo("42601");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE TABLE x (a integer DEFAULT DATE '2020-01-01') | 42804 | the DEFAULT of column "a" (line 1, column 35) is date
          CREATE TABLE x (a integer DEFAULT 'one') | 22018 | one
          CREATE TABLE x (a integer DEFAULT 3000000000) | 22003 | 3000000000
          CREATE TABLE x (b integer, a integer DEFAULT b + 1) | 42703 | b
          CREATE TABLE x (a integer DEFAULT (SELECT 1)) | 0A000 | a sub-query in the DEFAULT
          CREATE TABLE x (a integer DEFAULT max(1)) | 0A000 | DEFAULT of anything but expressions
          CREATE TABLE x (a integer DEFAULT ?) | 0A000 | a parameter in the DEFAULT
          CREATE TABLE x (a integer DEFAULT) | 42601 | expected the value of DEFAULT
          CREATE TABLE x (a integer DEFAULT 1 DEFAULT 2) | 42601 | one DEFAULT only
          CREATE TABLE x (a integer DEFAULT nextval('s')) | 42883 | nextval
          CREATE TABLE x (a integer) WITH ("frazil.default.1" = '5') | 22023 | is set by DEFAULT
          CREATE TABLE x (a integer GENERATED ALWAYS AS IDENTITY) | 0A000 | DEFAULT uuidv7()
          CREATE TABLE x (a bigint GENERATED BY DEFAULT AS IDENTITY (START WITH 1)) | 0A000 | DEFAULT uuidv7()
          CREATE TABLE x (a bigserial PRIMARY KEY) | 0A000 | the type BIGSERIAL
          CREATE TABLE x (a integer AUTO_INCREMENT) | 0A000 | AUTO_INCREMENT
          CREATE TABLE x (a integer, b integer GENERATED ALWAYS AS (a + 1)) | 0A000 | a computed column
          """)
  void mistakesAreNamed(String sql, String state, String message) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    assertThat(failure).as(sql).isNotNull();
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(message);
  }

  @Test
  void nullBehindADefaultIsAConstraint() {
    frazil.update(
        "CREATE TABLE t (id integer DEFAULT 1 NULL, b boolean DEFAULT 1 IS NOT NULL NOT NULL,"
            + " c boolean DEFAULT CASE WHEN false THEN NULL ELSE true END NOT NULL,"
            + " d integer DEFAULT (2) UNIQUE CHECK (d > 1) COMMENT 'd')");
    frazil.update("INSERT INTO t DEFAULT VALUES");
    assertThat(rows("SELECT * FROM t")).containsExactly("1 | true | true | 2");
    assertThat(state("INSERT INTO t DEFAULT VALUES")).isEqualTo("23505");
  }

  private String state(String sql) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    return failure == null ? "no failure" : failure.state().code();
  }
}
