package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CREATE, ALTER, DESCRIBE and COMMENT ON SCHEMA: the properties that a schema has. */
class SchemaPropertiesTest {
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

  private static void fails(SqlState state, ThrowingCallable call, String word) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).as(e.getMessage()).isEqualTo(state))
        .hasMessageContaining(word);
  }

  private java.util.List<String> described(String schema) {
    return frazil.query("DESCRIBE SCHEMA " + schema).lines();
  }

  @Test
  void theyAreMadeShownAndChanged() {
    frazil.script(
        "CREATE SCHEMA s COMMENT 'all of ''it''' WITH (owner = 'me', \"x.y\" = 1)",
        "CREATE DATABASE IF NOT EXISTS s COMMENT 'not this'",
        "CREATE DATABASE d WITH DBPROPERTIES ('k' = 'v')");
    assertThat(described("s"))
        .containsExactly("# Name | s", "comment | all of 'it'", "owner | me", "x.y | 1");
    assertThat(frazil.query("DESCRIBE DATABASE EXTENDED d").lines())
        .containsExactly("# Name | d", "k | v");
    String text = frazil.query("SHOW CREATE SCHEMA s").lines().get(0);
    assertThat(text)
        .isEqualTo(
            "CREATE SCHEMA s\nCOMMENT 'all of ''it'''\nWITH (\"owner\" = 'me', \"x.y\" = '1')");
    frazil.update(text.replace("SCHEMA s", "SCHEMA copy"));
    assertThat(described("copy").subList(1, 4)).isEqualTo(described("s").subList(1, 4));
    frazil.script(
        "ALTER SCHEMA s SET PROPERTIES (owner = 'you', more = 'x')",
        "ALTER DATABASE s SET DBPROPERTIES ('z' = '1')",
        "ALTER SCHEMA s UNSET PROPERTIES IF EXISTS (\"x.y\", gone)",
        "COMMENT ON SCHEMA s IS NULL");
    assertThat(described("s")).containsExactly("# Name | s", "more | x", "owner | you", "z | 1");
    frazil.update("COMMENT ON SCHEMA s IS 'again'");
    // What other programs see of them.
    assertThat(
            ((SupportsNamespaces) frazil.session().icebergCatalog())
                .loadNamespaceMetadata(Namespace.of("s")))
        .containsEntry("comment", "again")
        .containsEntry("owner", "you")
        .hasSize(4);
    frazil.update("DROP SCHEMA s");
    fails(SqlState.SCHEMA_NOT_FOUND, () -> frazil.query("DESCRIBE SCHEMA s"), "s");
  }

  @Test
  void theyArePartOfTransactionsAndHistory() {
    frazil.script("CREATE SCHEMA s WITH (k = 1)", "CREATE SCHEMA t WITH (k = 1)");
    long then = Long.parseLong(frazil.query("SHOW DATABASE HISTORY LIMIT 1").rows().get(0).get(0));
    frazil.script(
        "START TRANSACTION",
        "ALTER SCHEMA s SET PROPERTIES k = 2",
        "SAVEPOINT a",
        "ALTER SCHEMA s SET PROPERTIES k = 3",
        "DROP SCHEMA t",
        "CREATE SCHEMA t COMMENT 'new'",
        "CREATE SCHEMA u WITH (k = 4)",
        "COMMENT ON SCHEMA u IS 'u'");
    assertThat(described("s")).containsExactly("# Name | s", "k | 3");
    assertThat(described("t")).containsExactly("# Name | t", "comment | new");
    assertThat(described("u")).containsExactly("# Name | u", "comment | u", "k | 4");
    frazil.update("ROLLBACK TO a");
    assertThat(described("s")).containsExactly("# Name | s", "k | 2");
    assertThat(described("t")).containsExactly("# Name | t", "k | 1");
    frazil.update("COMMIT");
    assertThat(described("s")).containsExactly("# Name | s", "k | 2");
    frazil.update("SET asOf = " + then);
    assertThat(described("s")).containsExactly("# Name | s", "k | 1");
    fails(
        SqlState.READ_ONLY_TRANSACTION, () -> frazil.update("COMMENT ON SCHEMA s IS 'x'"), "as of");
    frazil.update("SET asOf = DEFAULT");
    frazil.update("RESTORE DATABASE TO VERSION " + then);
    assertThat(described("s")).containsExactly("# Name | s", "k | 1");
  }

  @Test
  void twoChangesOfOneSchemaConflict() {
    frazil.update("CREATE SCHEMA s");
    try (EngineRunner other = EngineRunner.local(folder)) {
      frazil.script("START TRANSACTION", "ALTER SCHEMA s SET PROPERTIES a = 1");
      other.update("ALTER SCHEMA s SET PROPERTIES b = 2");
      fails(SqlState.SERIALIZATION_FAILURE, () -> frazil.update("COMMIT"), "schema s");
    }
    assertThat(described("s")).containsExactly("# Name | s", "b | 2");
  }

  @Test
  void whatIsWrongIsSaid() {
    frazil.update("CREATE SCHEMA s");
    fails(SqlState.SCHEMA_NOT_FOUND, () -> frazil.update("COMMENT ON SCHEMA z IS 'x'"), "z");
    fails(
        SqlState.SYNTAX_ERROR,
        () -> frazil.update("CREATE SCHEMA z COMMENT 'a' WITH (comment = 'b')"),
        "twice");
    fails(
        SqlState.FEATURE_NOT_SUPPORTED,
        () -> frazil.update("CREATE SCHEMA z LOCATION 's3://x'"),
        "LOCATION");
    fails(
        SqlState.FEATURE_NOT_SUPPORTED,
        () -> frazil.update("ALTER SCHEMA s RENAME TO t"),
        "RENAME");
    fails(SqlState.SYNTAX_ERROR, () -> frazil.update("ALTER SCHEMA s SET PROPERTIES a"), "=");
    // Their words stay names.
    frazil.script("CREATE TABLE s.t (schema integer, comment varchar, properties date)");
    assertThat(frazil.query("SELECT schema, comment, properties FROM s.t").lines()).isEmpty();
  }
}
