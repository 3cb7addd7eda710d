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

/** Keys, checks and identifier fields that ALTER TABLE adds, drops and carries along. */
class AlterConstraintsTest {
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
  void keysAreAddedWhereRowsKeepThem() {
    frazil.update("ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY (id), ADD UNIQUE (a, s)");
    assertThat(state("INSERT INTO t VALUES (1, 1, 'x')")).isEqualTo("23505");
    assertThat(state("INSERT INTO t VALUES (NULL, 1, 'x')")).isEqualTo("23502");
    assertThat(state("INSERT INTO t VALUES (3, 10, 'one')")).isEqualTo("23505");
    assertThat(state("ALTER TABLE t ADD PRIMARY KEY (a)")).isEqualTo("42P16");
    assertThat(state("ALTER TABLE t ADD UNIQUE (a, s)")).isEqualTo("42P16");
    assertThat(frazil.query("SHOW CREATE TABLE t").lines().get(0))
        .contains("PRIMARY KEY (id)")
        .contains("UNIQUE (a, s)");
    frazil.update("ALTER TABLE t DROP PRIMARY KEY, DROP CONSTRAINT t_a_s_key");
    assertThat(frazil.query("SHOW CREATE TABLE t").lines().get(0))
        .doesNotContain("PRIMARY KEY")
        .doesNotContain("UNIQUE");
    frazil.update("INSERT INTO t VALUES (1, 10, 'one')");
    assertThat(state("ALTER TABLE t ADD PRIMARY KEY (id)")).isEqualTo("23505");
    assertThat(state("ALTER TABLE t ADD UNIQUE (a, s)")).isEqualTo("23505");
    frazil.script("ALTER TABLE t ALTER id DROP NOT NULL", "INSERT INTO t (id) VALUES (NULL)");
    assertThat(state("ALTER TABLE t ADD PRIMARY KEY (id) NOT ENFORCED")).isEqualTo("23502");
    assertThat(rows("SELECT constraint_name FROM information_schema.table_constraints")).isEmpty();
  }

  @Test
  void checksAreAddedWhereRowsKeepThem() {
    frazil.update("ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0 AND t.id > 0)");
    assertThat(state("INSERT INTO t VALUES (3, -1, 'x')")).isEqualTo("23514");
    assertThat(state("ALTER TABLE t ADD CONSTRAINT positive CHECK (id > 0)")).isEqualTo("42P16");
    EngineException failure = failure("ALTER TABLE t ADD CHECK (a > 10)");
    assertThat(failure.state().code()).isEqualTo("23514");
    assertThat(failure).hasMessageContaining("a > 10");
    frazil.update("ALTER TABLE t DROP CONSTRAINT positive");
    frazil.update("INSERT INTO t VALUES (3, -1, 'x')");
    // A row for which it is unknown is let in.
    frazil.script("INSERT INTO t (id) VALUES (4)", "ALTER TABLE t ADD CHECK (a < 100)");
    assertThat(state("INSERT INTO t VALUES (5, 100, 'x')")).isEqualTo("23514");
    frazil.update("ALTER TABLE t ADD COLUMN b integer DEFAULT 1 CHECK (b > 0)");
    assertThat(state("INSERT INTO t (id, b) VALUES (6, 0)")).isEqualTo("23514");
    assertThat(state("ALTER TABLE t ADD COLUMN c integer DEFAULT 1 CHECK (c > 1)"))
        .isEqualTo("23514");
    assertThat(rows("SELECT id, b FROM t")).containsExactly("1 | 1", "2 | 1", "3 | 1", "4 | 1");
  }

  @Test
  void constraintsFollowNamesOfColumnsAndTables() {
    frazil.script(
        "CREATE TABLE c (id bigint PRIMARY KEY, a integer, b integer, UNIQUE (a, b),"
            + " CONSTRAINT less CHECK (c.a < b AND length('a b') = 3))",
        "INSERT INTO c VALUES (1, 1, 2)",
        "ALTER TABLE c RENAME COLUMN a TO \"A b\", RENAME COLUMN id TO key",
        "ALTER TABLE c RENAME TO d");
    assertThat(state("INSERT INTO d VALUES (2, 3, 2)")).isEqualTo("23514");
    assertThat(state("INSERT INTO d VALUES (1, 0, 2)")).isEqualTo("23505");
    assertThat(state("INSERT INTO d VALUES (2, 1, 2)")).isEqualTo("23505");
    frazil.update("INSERT INTO d VALUES (2, 0, 2)");
    assertThat(frazil.query("SHOW CREATE TABLE d").lines().get(0))
        .contains("\"A b\" < b")
        .contains("length(''a b'') = 3")
        .contains("PRIMARY KEY (key)");
    // What was a stands aside: a new column of its name is not what the check means.
    frazil.update("ALTER TABLE d ADD COLUMN a integer DEFAULT 100");
    frazil.update("INSERT INTO d VALUES (3, 1, 3, 100)");
  }

  @Test
  void columnsOfConstraintsStayUntilTheyGo() {
    frazil.script(
        "CREATE TABLE c (id bigint PRIMARY KEY, a integer, b integer DEFAULT 5, d integer,"
            + " UNIQUE (a), CONSTRAINT less CHECK (b < 10))",
        "INSERT INTO c VALUES (1, 1, 2, 3)");
    for (String column : List.of("id", "a", "b")) {
      EngineException failure = failure("ALTER TABLE c DROP COLUMN " + column);
      assertThat(failure.state().code()).isEqualTo("2BP01");
      assertThat(failure).hasMessageContaining("CASCADE");
    }
    assertThat(state("ALTER TABLE c ALTER COLUMN id DROP NOT NULL")).isEqualTo("2BP01");
    frazil.update("ALTER TABLE c DROP COLUMN b CASCADE, DROP COLUMN a CASCADE");
    assertThat(rows("SELECT * FROM c")).containsExactly("1 | 3");
    assertThat(state("INSERT INTO c VALUES (1, 4)")).isEqualTo("23505");
    frazil.script("ALTER TABLE c DROP COLUMN id CASCADE", "INSERT INTO c VALUES (3)");
    assertThat(rows("SELECT * FROM c")).containsExactly("3", "3");
  }

  @Test
  void checksSeeColumnsThatBecomeWider() {
    frazil.script(
        "ALTER TABLE t ADD CONSTRAINT small CHECK (a + 1 < 1000)",
        "ALTER TABLE t ALTER COLUMN a TYPE bigint",
        "INSERT INTO t VALUES (3, 998, 'x')");
    assertThat(state("INSERT INTO t VALUES (4, 5000000000, 'x')")).isEqualTo("23514");
    frazil.script("ALTER TABLE t ADD UNIQUE (a)", "INSERT INTO t VALUES (5, 5, 'y')");
    assertThat(state("INSERT INTO t VALUES (6, 10, 'y')")).isEqualTo("23505");
  }

  @Test
  void identifierFieldsAreDeclared() {
    assertThat(state("ALTER TABLE t SET IDENTIFIER FIELDS id")).isEqualTo("42P16");
    frazil.update("ALTER TABLE t ALTER id SET NOT NULL, ALTER a SET NOT NULL");
    frazil.update("ALTER TABLE t SET IDENTIFIER FIELDS id, a");
    assertThat(frazil.query("SHOW CREATE TABLE t").lines().get(0))
        .contains("PRIMARY KEY (id, a) NOT ENFORCED");
    frazil.update("INSERT INTO t VALUES (1, 10, 'again')");
    frazil.update("ALTER TABLE t DROP IDENTIFIER FIELDS a");
    assertThat(frazil.query("SHOW CREATE TABLE t").lines().get(0))
        .contains("PRIMARY KEY (id) NOT ENFORCED");
    assertThat(state("ALTER TABLE t DROP IDENTIFIER FIELDS s")).isEqualTo("42704");
    frazil.update("ALTER TABLE t DROP IDENTIFIER FIELDS (id)");
    assertThat(frazil.query("SHOW CREATE TABLE t").lines().get(0)).doesNotContain("PRIMARY KEY");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ADD PRIMARY KEY (nothing) | 42703 | nothing
          ADD PRIMARY KEY (id, ID) | 42701 | twice
          ADD UNIQUE (a) NOT ENFORCED | 0A000 | NOT ENFORCED
          ADD CHECK (nothing > 0) | 42703 | nothing
          ADD CHECK (a) | 42804 | a condition
          ADD CHECK (a > (SELECT 1)) | 0A000 | sub-quer
          ADD CHECK (a > ?) | 0A000 | parameter
          ADD CHECK () | 42601 | a condition
          ADD FOREIGN KEY (a) REFERENCES t (id) | 0A000 | FOREIGN KEY
          ADD COLUMN x integer REFERENCES t (id) | 0A000 | REFERENCES
          DROP CONSTRAINT nothing | 42704 | nothing
          DROP PRIMARY KEY | 42704 | no primary key
          RENAME CONSTRAINT a TO b | 0A000 | RENAME CONSTRAINT
          """)
  void mistakesAreNamed(String alteration, String state, String message) {
    EngineException failure = failure("ALTER TABLE t " + alteration);
    assertThat(failure).as(alteration).isNotNull();
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(message);
    frazil.update("ALTER TABLE t DROP CONSTRAINT IF EXISTS nothing");
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
