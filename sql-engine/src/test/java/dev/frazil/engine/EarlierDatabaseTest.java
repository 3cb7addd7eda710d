package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.S3Conduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole database as it was: {@code asOf}, RESTORE DATABASE, and what tells of them. */
class EarlierDatabaseTest {
  @TempDir Path folder;

  /** Where a database is. */
  enum Place {
    FOLDER,
    BUCKET,
    VERSIONED_BUCKET
  }

  private static EngineRunner open(
      ConnectionConfig config, ConnectionProperty property, String value) {
    Map<ConnectionProperty, String> values = new HashMap<>(config.values());
    values.put(property, value);
    return EngineRunner.open(new ConnectionConfig(config.warehouse(), values, config.secrets()));
  }

  private ConnectionConfig local() {
    return ConnectionConfig.of(new Warehouse.LocalFolder(folder.toAbsolutePath().toString()));
  }

  private static long version(EngineRunner frazil) {
    return Long.parseLong(frazil.query("SHOW DATABASE HISTORY LIMIT 1").rows().get(0).get(0));
  }

  private static String all(EngineRunner frazil) {
    StringBuilder all = new StringBuilder();
    for (String table : frazil.query("SHOW TABLES").lines()) {
      all.append(table).append(frazil.query("SELECT * FROM " + table).sorted()).append(' ');
    }
    return all.toString().strip();
  }

  private static void fails(SqlState state, ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).as(e.getMessage()).isEqualTo(state))
        .satisfies(e -> List.of(words).forEach(word -> assertThat(e).hasMessageContaining(word)));
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void theWholeDatabaseIsReadAndRestored(Place place) {
    try (ConditionalS3Server server = place == Place.FOLDER ? null : ConditionalS3Server.start()) {
      ConnectionConfig config = local();
      if (server != null) {
        server.addBucket(
            "b",
            ConditionalS3Server.REGION,
            place == Place.VERSIONED_BUCKET,
            false,
            S3Conduct.CORRECT);
        config = server.config("b", "shop", Map.of());
      }
      try (EngineRunner frazil = EngineRunner.open(config)) {
        goThere(frazil, config);
      }
    }
  }

  private static void goThere(EngineRunner frazil, ConnectionConfig config) {
    frazil.script(
        "CREATE TABLE a (id integer)",
        "INSERT INTO a VALUES (1)",
        "CREATE TABLE b (x varchar)",
        "INSERT INTO b VALUES ('one')",
        "CREATE VIEW v AS SELECT id, x FROM a CROSS JOIN b",
        "CREATE VIEW w AS SELECT 1 AS n");
    long then = version(frazil);
    String before = all(frazil);
    assertThat(before).isEqualTo("a[1] b[one] v[1 | one] w[1]");
    frazil.script(
        "UPDATE a SET id = 2",
        "ALTER TABLE a ADD COLUMN more integer",
        "DROP VIEW v",
        "CREATE OR REPLACE VIEW w AS SELECT 2 AS n",
        "DROP TABLE b",
        "CREATE TABLE c AS SELECT 7 AS n",
        "CREATE SCHEMA s");
    long now = version(frazil);
    String present = all(frazil);
    assertThat(present).isEqualTo("a[2 | NULL] c[7] w[2]");

    try (EngineRunner earlier = open(config, ConnectionProperty.AS_OF, "" + then)) {
      assertThat(all(earlier)).isEqualTo(before);
      assertThat(earlier.query("SHOW SCHEMAS").lines()).containsExactly("main");
      assertThat(earlier.query("SHOW asOf").lines()).containsExactly("version " + then);
      assertThat(earlier.session().readOnly()).isTrue();
      for (String change :
          List.of(
              "INSERT INTO a VALUES (3)",
              "CREATE OR REPLACE TABLE a (id integer)",
              "CREATE OR REPLACE TABLE a AS SELECT * FROM a",
              "DROP TABLE a",
              "DROP VIEW w",
              "UNDROP TABLE b",
              "RESTORE DATABASE TO VERSION 1",
              "ALTER TABLE a ADD COLUMN z integer",
              "CREATE SCHEMA z")) {
        fails(SqlState.READ_ONLY_TRANSACTION, () -> earlier.execute(change), "as of version");
      }
      earlier.update("SET asOf = DEFAULT"); // which is what the connection began with
      assertThat(all(earlier)).isEqualTo(before);
    }

    assertThat(frazil.update("RESTORE DATABASE TO VERSION " + then)).isEqualTo(5);
    assertThat(all(frazil)).isEqualTo(before);
    assertThat(frazil.query("SHOW SCHEMAS").lines()).containsExactly("main");
    assertThat(frazil.update("RESTORE DATABASE TO VERSION " + version(frazil))).isZero();
    // What came between is snapshots of the table, and goes on from there.
    frazil.update("INSERT INTO a VALUES (10)");
    assertThat(frazil.query("SELECT count(*) FROM \"a$snapshots\"").lines()).containsExactly("3");
    assertThat(frazil.query("SHOW COLUMNS FROM a").lines()).hasSize(1);
    frazil.update("ALTER TABLE a ADD COLUMN other integer"); // not the id that more had

    // The state before the restoration is a version like any other.
    frazil.update("RESTORE DATABASE TO VERSION " + now);
    assertThat(all(frazil)).isEqualTo(present);
    assertThat(frazil.query("SHOW SCHEMAS").lines()).containsExactly("main", "s");
    frazil.update("INSERT INTO a VALUES (5, 6)");
    assertThat(frazil.query("SELECT * FROM a").sorted()).containsExactly("2 | NULL", "5 | 6");
  }

  @Test
  void oneSessionLooksBackAndForth() {
    try (EngineRunner frazil = EngineRunner.open(local())) {
      frazil.script("CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1)");
      long then = version(frazil);
      frazil.update("INSERT INTO t VALUES (2)");
      String prepared = "SELECT count(*) FROM t";
      assertThat(frazil.query(prepared).lines()).containsExactly("2");
      frazil.update("SET asOf = " + then);
      assertThat(frazil.query(prepared).lines()).containsExactly("1");
      frazil.update("SET asOf = DEFAULT");
      assertThat(frazil.query(prepared).lines()).containsExactly("2");
      assertThat(frazil.query("SHOW asOf").lines()).containsExactly("NULL");

      frazil.update("START TRANSACTION READ ONLY FOR VERSION AS OF " + then);
      assertThat(frazil.query(prepared).lines()).containsExactly("1");
      fails(SqlState.INVALID_TRANSACTION_STATE, () -> frazil.update("SET asOf = 1"), "transaction");
      fails(SqlState.READ_ONLY_TRANSACTION, () -> frazil.update("DELETE FROM t"), "as of");
      frazil.update("COMMIT");
      frazil.update("INSERT INTO t VALUES (3)");
      frazil.update("START TRANSACTION FOR VERSION AS OF 3");
      assertThat(frazil.query(prepared).lines()).containsExactly("1");
      frazil.update("ROLLBACK");
      fails(
          SqlState.READ_ONLY_TRANSACTION,
          () -> frazil.update("START TRANSACTION READ WRITE FOR VERSION AS OF 2"),
          "READ WRITE");
      // An older version within the present: the usual way to take back one table.
      frazil.update(
          "CREATE OR REPLACE TABLE t AS SELECT * FROM t FOR TIMESTAMP AS OF"
              + " CURRENT_TIMESTAMP");
      assertThat(frazil.query(prepared).lines()).containsExactly("3");
    }
  }

  @Test
  void timesAreFoundAndMomentsBeyondAreRefused() throws InterruptedException {
    try (EngineRunner frazil = EngineRunner.open(local())) {
      frazil.script("CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1)");
      String time = frazil.query("SELECT CAST(CURRENT_TIMESTAMP AS varchar)").lines().get(0);
      Thread.sleep(2);
      frazil.update("INSERT INTO t VALUES (2)");
      for (String moment :
          List.of(
              "TIMESTAMP '" + time + "'",
              "TIMESTAMP TIMESTAMP '" + time + "'",
              "TIMESTAMP CAST('" + time + "' AS timestamp with time zone) + INTERVAL '0' SECOND")) {
        frazil.update("RESTORE DATABASE TO " + moment);
        assertThat(frazil.query("SELECT * FROM t").sorted()).as(moment).containsExactly("1");
      }
      frazil.update("SET asOf = '" + time + "'");
      assertThat(frazil.query("SHOW asOf").lines()).containsExactly(time);
      frazil.update("SET asOf = DEFAULT");
      for (String refused : List.of("'2000-01-01'", "'2999-01-01 00:00:00'", "99", "0")) {
        String word = refused.startsWith("'") ? "TIMESTAMP " : "VERSION ";
        fails(
            SqlState.INVALID_PARAMETER_VALUE,
            () -> frazil.update("RESTORE DATABASE TO " + word + refused));
        fails(SqlState.INVALID_PARAMETER_VALUE, () -> frazil.update("SET asOf = " + refused));
      }
      fails(SqlState.INVALID_PARAMETER_VALUE, () -> frazil.update("SET asOf = 'soon'"), "'soon'");
      fails(
          SqlState.INVALID_PARAMETER_VALUE,
          () -> frazil.update("RESTORE DATABASE TO VERSION 'main'"),
          "SHOW DATABASE HISTORY");
      fails(SqlState.SYNTAX_ERROR, () -> frazil.update("RESTORE DATABASE TO YESTERDAY"));
      fails(
          SqlState.FEATURE_NOT_SUPPORTED,
          () -> frazil.update("RESTORE TABLE t TO VERSION 1"),
          "TABLE");
      frazil.update("START TRANSACTION");
      fails(
          SqlState.ACTIVE_TRANSACTION,
          () -> frazil.update("RESTORE DATABASE TO VERSION 1"),
          "transaction of its own");
      frazil.update("ROLLBACK");
    }
    fails(
        SqlState.INVALID_PARAMETER_VALUE,
        () -> open(local(), ConnectionProperty.AS_OF, "yesterday").close(),
        "yesterday");
  }

  @Test
  void whatHappenedIsShown() {
    try (EngineRunner frazil = EngineRunner.open(local())) {
      frazil.script(
          "CREATE TABLE t (id integer)",
          "START TRANSACTION",
          "INSERT INTO t VALUES (1)",
          "CREATE TABLE u (id integer)",
          "COMMIT",
          "CREATE SCHEMA s",
          "DROP TABLE u");
      assertThat(
              frazil.query("SHOW DATABASE HISTORY").rows().stream()
                  .map(row -> row.get(0) + " " + row.get(3).replace("; ", ";").strip()))
          .satisfiesExactly(
              line -> assertThat(line).isEqualTo("5 dropped main.u"),
              line -> assertThat(line).isEqualTo("4 created schema s"),
              line ->
                  assertThat(line).startsWith("3 ").contains("changed main.t", "created main.u"),
              line -> assertThat(line).isEqualTo("2 created main.t"),
              line -> assertThat(line).isEqualTo("1 created the database"));
      assertThat(frazil.query("SHOW DATABASE HISTORY LIMIT 2").rows()).hasSize(2);
      assertThat(frazil.query("SHOW DATABASE HISTORY LIMIT ALL").rows()).hasSize(5);
    }
  }

  @Test
  void whatExpiredIsSaid() throws IOException {
    try (EngineRunner frazil = EngineRunner.open(local())) {
      frazil.script(
          "CREATE TABLE kept (id integer)",
          "CREATE TABLE t (id integer)",
          "INSERT INTO t VALUES (1)",
          "DROP TABLE t");
      Path data;
      try (Stream<Path> files = Files.walk(folder)) {
        data = files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
      }
      Files.delete(data);
      fails(
          SqlState.OBJECT_NOT_IN_STATE,
          () -> frazil.update("UNDROP TABLE t"),
          "main.t",
          "expired",
          data.getFileName().toString());
      fails(
          SqlState.OBJECT_NOT_IN_STATE,
          () -> frazil.update("RESTORE DATABASE TO VERSION 4"),
          "main.t",
          "expired");
      assertThat(all(frazil)).isEqualTo("kept[]");
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(file -> file.toString().contains("/t-")).toList()) {
          if (Files.isRegularFile(file)) {
            Files.delete(file);
          }
        }
      }
      fails(
          SqlState.OBJECT_NOT_IN_STATE, () -> frazil.update("UNDROP TABLE t"), "main.t", "expired");
      frazil.update("SET asOf = 4");
      fails(
          SqlState.INVALID_PARAMETER_VALUE, () -> frazil.query("SELECT * FROM t"), "removed since");
      assertThat(frazil.query("SELECT * FROM kept").lines()).isEmpty();
    }
  }

  @Test
  void warehousesWithoutARootSaySo() throws IOException {
    Files.createDirectories(folder.resolve("w/s"));
    ConnectionConfig hadoop =
        ConnectionConfig.of(new Warehouse.HadoopFolder(folder.resolve("w").toString()));
    try (EngineRunner frazil = EngineRunner.open(hadoop)) {
      for (String refused :
          List.of("SHOW DATABASE HISTORY", "SHOW DROPPED TABLES", "SET asOf = 1")) {
        fails(
            SqlState.FEATURE_NOT_SUPPORTED,
            () -> frazil.execute(refused),
            "history of a whole database",
            "hadoop:");
      }
    }
  }
}
