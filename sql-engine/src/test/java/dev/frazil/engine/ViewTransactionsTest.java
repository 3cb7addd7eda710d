package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Views in transactions: beside tables, in savepoints, against what others do meanwhile. */
class ViewTransactionsTest {
  private final FastFolder folder = FastFolder.create();
  private EngineRunner one;
  private EngineRunner other;

  @BeforeEach
  void open() {
    one = EngineRunner.local(folder.path());
    other = EngineRunner.local(folder.path());
    one.script(
        "CREATE SCHEMA s",
        "CREATE TABLE a (n integer)",
        "CREATE TABLE b (n integer)",
        "INSERT INTO a VALUES (1), (2)",
        "CREATE VIEW v AS SELECT n FROM a",
        "CREATE VIEW w AS SELECT n FROM b");
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    folder.close();
  }

  private static List<String> rows(EngineRunner session, String sql) {
    return session.query(sql).lines();
  }

  private static void assertState(EngineRunner session, String sql, SqlState state) {
    assertThatThrownBy(() -> session.execute(sql))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).as(e.getMessage()).isEqualTo(state));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.path())) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void tableAndViewShowInOneMoment() {
    one.script(
        "START TRANSACTION",
        "CREATE TABLE t (id integer, x varchar)",
        "INSERT INTO t VALUES (1, 'a')",
        "CREATE VIEW of_t AS SELECT * FROM t",
        "CREATE OR REPLACE VIEW v AS SELECT n + 10 AS n FROM a",
        "ALTER VIEW w RENAME TO s.w2");
    assertThat(rows(one, "SELECT * FROM of_t")).containsExactly("1 | a");
    assertThat(rows(one, "SELECT max(n) FROM v")).containsExactly("12");
    assertThat(rows(one, "SHOW VIEWS")).containsExactly("of_t", "v");
    assertThat(rows(other, "SHOW VIEWS")).containsExactly("v", "w");
    assertThat(rows(other, "SELECT max(n) FROM v")).containsExactly("2");
    assertState(other, "SELECT * FROM of_t", SqlState.UNDEFINED_TABLE);
    one.update("COMMIT");
    assertThat(rows(other, "SELECT * FROM of_t")).containsExactly("1 | a");
    assertThat(rows(other, "SELECT max(n) FROM v")).containsExactly("12");
    assertThat(rows(other, "SELECT count(*) FROM s.w2")).containsExactly("0");
    assertThat(rows(other, "SHOW VIEWS")).containsExactly("of_t", "v");
  }

  @Test
  void whatIsRolledBackOrFailsLeavesNothing() throws IOException {
    List<Path> before = files();
    one.script(
        "START TRANSACTION",
        "CREATE VIEW x AS SELECT 1 AS n",
        "CREATE OR REPLACE VIEW v AS SELECT 5 AS n",
        "DROP VIEW w",
        "ROLLBACK");
    assertState(one, "CREATE VIEW x AS SELECT nope FROM a", SqlState.UNDEFINED_COLUMN);
    assertState(one, "CREATE VIEW v AS SELECT 1 AS n", SqlState.DUPLICATE_TABLE);
    assertState(one, "ALTER VIEW v RENAME TO w", SqlState.DUPLICATE_TABLE);
    assertThat(rows(one, "SHOW VIEWS")).containsExactly("v", "w");
    assertThat(rows(one, "SELECT max(n) FROM v")).containsExactly("2");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void savepointsBringDefinitionsBack() {
    one.script(
        "START TRANSACTION",
        "CREATE OR REPLACE VIEW v AS SELECT 5 AS n",
        "CREATE VIEW x AS SELECT 1 AS n",
        "SAVEPOINT p",
        "ALTER VIEW v AS SELECT 6 AS n",
        "ALTER VIEW x RENAME TO y",
        "DROP VIEW w",
        "CREATE TABLE w (n integer)",
        "ALTER VIEW v SET PROPERTIES owner = 'ann'");
    assertThat(rows(one, "SELECT * FROM v")).containsExactly("6");
    assertThat(rows(one, "SHOW VIEWS")).containsExactly("v", "y");
    one.update("ROLLBACK TO SAVEPOINT p");
    assertThat(rows(one, "SELECT * FROM v")).containsExactly("5");
    assertThat(rows(one, "SHOW VIEWS")).containsExactly("v", "w", "x");
    assertThat(rows(one, "SHOW TBLPROPERTIES v")).isEmpty();
    one.script("ALTER VIEW x AS SELECT 7 AS n", "COMMIT");
    assertThat(rows(other, "SELECT v.n, x.n FROM v, x")).containsExactly("5 | 7");
    assertThat(rows(other, "SHOW VIEWS")).containsExactly("v", "w", "x");
  }

  @Test
  void aNameMayChangeItsKindWithinATransaction() {
    one.script(
        "START TRANSACTION",
        "DROP VIEW v",
        "CREATE TABLE v (n integer)",
        "INSERT INTO v VALUES (9)",
        "DROP TABLE b",
        "CREATE VIEW b AS SELECT n FROM v",
        "COMMIT");
    assertThat(rows(other, "SELECT * FROM b")).containsExactly("9");
    assertThat(rows(other, "SELECT * FROM w")).containsExactly("9");
    assertThat(rows(other, "SHOW VIEWS")).containsExactly("b", "w");
    one.script("START TRANSACTION", "DROP VIEW w", "CREATE VIEW w AS SELECT 3 AS n", "COMMIT");
    assertThat(rows(other, "SELECT * FROM w")).containsExactly("3");
    one.script(
        "START TRANSACTION",
        "ALTER VIEW w RENAME TO w1",
        "ALTER VIEW w1 RENAME TO w2",
        "ALTER VIEW w2 AS SELECT 4 AS n",
        "ALTER VIEW w2 RENAME TO w",
        "COMMIT");
    assertThat(rows(other, "SELECT * FROM w")).containsExactly("4");
    assertThat(rows(other, "SHOW VIEWS")).containsExactly("b", "w");
  }

  @Test
  void readOnlyTransactionsReadViewsOnly() {
    one.update("START TRANSACTION READ ONLY");
    assertThat(rows(one, "SELECT count(*) FROM v")).containsExactly("2");
    assertState(one, "CREATE VIEW x AS SELECT 1 AS n", SqlState.READ_ONLY_TRANSACTION);
    assertState(one, "ALTER VIEW v RENAME TO x", SqlState.READ_ONLY_TRANSACTION);
    assertState(one, "DROP VIEW v", SqlState.READ_ONLY_TRANSACTION);
    one.update("ROLLBACK");
  }

  @Test
  void aTransactionSeesTheViewsOfItsBeginning() {
    one.update("START TRANSACTION READ ONLY");
    PreparedQuery prepared = one.session().prepare("SELECT max(n) FROM v");
    assertThat(run(prepared)).containsExactly("2");
    other.script("CREATE OR REPLACE VIEW v AS SELECT 8 AS n", "DROP VIEW w", "DROP TABLE a");
    assertThat(run(prepared)).containsExactly("2");
    assertThat(rows(one, "SELECT max(n) FROM v")).containsExactly("2");
    assertThat(rows(one, "SHOW VIEWS")).containsExactly("v", "w");
    one.update("COMMIT");
    assertThat(run(prepared)).containsExactly("8");
    assertThat(rows(one, "SHOW VIEWS")).containsExactly("v");
  }

  private static List<String> run(PreparedQuery query) {
    StatementResult.Rows rows =
        (StatementResult.Rows)
            query.execute(ParameterValues.none(), new dev.frazil.exec.CancellationToken());
    return EngineRunner.read(rows.cursor()).lines();
  }

  /** The second of each line does not commit, whatever the isolation. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER VIEW v AS SELECT 1 AS n                | CREATE OR REPLACE VIEW v AS SELECT 2 AS n
          ALTER VIEW v SET PROPERTIES x = 'y'          | ALTER VIEW v AS SELECT 1 AS n
          COMMENT ON VIEW v IS 'x'                     | COMMENT ON VIEW v IS 'y'
          DROP VIEW v                                  | ALTER VIEW v AS SELECT 1 AS n
          ALTER VIEW v AS SELECT 1 AS n                | ALTER VIEW v RENAME TO x
          ALTER VIEW v RENAME TO x                     | ALTER VIEW v AS SELECT 1 AS n
          ALTER VIEW v RENAME TO x                     | ALTER VIEW v RENAME TO y
          ALTER VIEW v RENAME TO x                     | DROP VIEW v
          DROP VIEW v                                  | DROP VIEW v
          CREATE VIEW x AS SELECT 1 AS n               | CREATE VIEW x AS SELECT 2 AS n
          CREATE VIEW x AS SELECT 1 AS n               | CREATE OR REPLACE VIEW x AS SELECT 2 AS n
          CREATE VIEW x AS SELECT 1 AS n               | CREATE TABLE x (n integer)
          CREATE TABLE x (n integer)                   | CREATE VIEW x AS SELECT 1 AS n
          CREATE TABLE x (n integer)                   | ALTER VIEW v RENAME TO x
          DROP SCHEMA s                                | CREATE VIEW s.x AS SELECT 1 AS n
          CREATE VIEW s.x AS SELECT 1 AS n             | DROP SCHEMA s
          """)
  void whatContradictsIsAConflict(String first, String second) {
    one.update("START TRANSACTION ISOLATION LEVEL SNAPSHOT");
    one.update(second);
    other.update(first);
    assertState(one, "COMMIT", SqlState.SERIALIZATION_FAILURE);
  }

  @Test
  void snapshotIsolationLetsReadViewsChange() {
    one.update("START TRANSACTION ISOLATION LEVEL SNAPSHOT");
    one.update("ALTER VIEW v AS SELECT 1 AS n");
    other.update("ALTER VIEW v AS SELECT 2 AS n");
    assertState(one, "COMMIT", SqlState.SERIALIZATION_FAILURE);
    assertThat(rows(one, "SELECT * FROM v")).containsExactly("2");
    one.update("START TRANSACTION ISOLATION LEVEL SNAPSHOT");
    assertThat(rows(one, "SELECT * FROM v")).containsExactly("2");
    one.update("INSERT INTO b SELECT n FROM v");
    other.update("ALTER VIEW v AS SELECT 3 AS n");
    one.update("COMMIT");
    assertThat(rows(other, "SELECT * FROM b")).containsExactly("2");
  }

  /** In each line both transactions see what the other one has not done yet. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT n FROM v                          | SELECT n FROM w                          | INSERT INTO b VALUES (1)      | INSERT INTO a VALUES (1)
          SELECT n FROM v                          | SELECT n FROM w                          | ALTER VIEW w AS SELECT 1 AS n | ALTER VIEW v AS SELECT 1 AS n
          SELECT n FROM v                          | SELECT n FROM a                          | INSERT INTO a VALUES (1)      | ALTER VIEW v AS SELECT 1 AS n
          SELECT n FROM v WHERE false              | SELECT n FROM b                          | INSERT INTO b VALUES (1)      | DROP VIEW v
          SHOW CREATE VIEW v                       | SHOW CREATE VIEW w                       | DROP VIEW w                   | DROP VIEW v
          DESCRIBE v                               | DESCRIBE w                               | DROP VIEW w                   | ALTER VIEW v AS SELECT 1 AS m
          SHOW VIEWS                               | SELECT n FROM a                          | INSERT INTO a VALUES (1)      | CREATE VIEW x AS SELECT 1 AS n
          SELECT * FROM information_schema.views   | SELECT n FROM a                          | INSERT INTO a VALUES (1)      | ALTER VIEW v AS SELECT 1 AS n
          DROP VIEW IF EXISTS x                    | DROP VIEW IF EXISTS y                    | CREATE VIEW y AS SELECT 1 AS n | CREATE VIEW x AS SELECT 1 AS n
          CREATE VIEW IF NOT EXISTS v AS SELECT 1 AS n | CREATE VIEW IF NOT EXISTS w AS SELECT 1 AS n | DROP VIEW w            | DROP VIEW v
          DROP TABLE IF EXISTS x                   | DROP TABLE IF EXISTS y                   | CREATE VIEW y AS SELECT 1 AS n | CREATE VIEW x AS SELECT 1 AS n
          """)
  void skew(String oneReads, String otherReads, String oneWrites, String otherWrites) {
    one.update("START TRANSACTION");
    other.update("START TRANSACTION");
    read(one, oneReads);
    read(other, otherReads);
    one.update(oneWrites);
    other.update(otherWrites);
    one.update("COMMIT");
    assertState(other, "COMMIT", SqlState.SERIALIZATION_FAILURE);
  }

  private static void read(EngineRunner session, String statement) {
    if (session.execute(statement) instanceof StatementResult.Rows rows) {
      EngineRunner.read(rows.cursor());
    }
  }

  @Test
  void whatMeetsNobodyCommits() {
    one.update("START TRANSACTION");
    assertThat(rows(one, "SELECT count(*) FROM v")).containsExactly("2");
    one.script("CREATE VIEW x AS SELECT n FROM a", "ALTER VIEW v SET PROPERTIES p = '1'");
    other.script("CREATE VIEW y AS SELECT 1 AS n", "INSERT INTO b VALUES (1)", "DROP VIEW w");
    one.update("COMMIT");
    assertThat(rows(other, "SHOW VIEWS")).containsExactly("v", "x", "y");
  }
}
