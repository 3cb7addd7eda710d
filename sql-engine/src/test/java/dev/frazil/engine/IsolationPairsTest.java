package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RequestCounter.Kind;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which statements of two transactions are in each other's way. Two tables of the same rows hold
 * each region in a file of its own: {@code p} by its partitions, {@code f} by nothing but the
 * bounds of its files.
 */
@Tag("slow")
class IsolationPairsTest {
  private static ConditionalS3Server server;
  private static EngineRunner one;
  private static EngineRunner other;
  private static int cases;

  @BeforeAll
  static void open() {
    server = ConditionalS3Server.start();
    one = EngineRunner.open(server.config("db"));
    other = EngineRunner.open(server.config("db"));
  }

  @AfterAll
  static void close() {
    one.close();
    other.close();
    server.close();
  }

  private String p;
  private String f;
  private String sums;

  @BeforeEach
  void makeTables() {
    cases++;
    p = "p" + cases;
    f = "f" + cases;
    sums = "sums" + cases;
    one.script(
        "START TRANSACTION",
        "CREATE TABLE " + p + " (region varchar, n integer) PARTITIONED BY (region)",
        "CREATE TABLE " + f + " (region varchar, n integer)",
        "CREATE TABLE " + sums + " (region varchar, total bigint)");
    for (String table : new String[] {p, f}) {
      for (String region : new String[] {"a", "b", "c"}) {
        one.update("INSERT INTO " + table + " VALUES ('" + region + "', 1), ('" + region + "', 2)");
      }
    }
    one.update("COMMIT");
  }

  @ParameterizedTest(name = "{2}: {0} / {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT INTO T VALUES ('a', 3)                                | INSERT INTO T VALUES ('a', 4)                   | none
          INSERT INTO T VALUES ('a', 3)                                | UPDATE T SET n = n + 1                          | none
          UPDATE T SET n = n + 1 WHERE region = 'a'                    | UPDATE T SET n = n + 1 WHERE region = 'b'       | none
          UPDATE T SET n = n + 1 WHERE region = 'a'                    | DELETE FROM T WHERE region = 'b'                | none
          UPDATE T SET n = n + 1 WHERE region = 'a'                    | INSERT INTO T VALUES ('b', 5)                   | none
          UPDATE T SET n = n + 1 WHERE region < 'b'                    | UPDATE T SET n = 0 WHERE region > 'b'           | none
          DELETE FROM T WHERE region = 'a'                             | DELETE FROM T WHERE region = 'c'                | none
          DELETE FROM T WHERE region = 'a' AND n = 1                   | UPDATE T SET n = 9 WHERE region = 'c'           | none
          INSERT INTO sums SELECT 'a', sum(n) FROM T WHERE region = 'a'| UPDATE T SET n = 9 WHERE region = 'b'           | none
          INSERT INTO sums SELECT 'a', sum(n) FROM T WHERE region = 'a'| DELETE FROM T WHERE region = 'b'                | none
          INSERT INTO sums SELECT 'a', sum(n) FROM T WHERE region = 'a'| INSERT INTO T VALUES ('b', 5)                   | none
          MERGE INTO T USING (VALUES ('a', 7)) AS s (r, v) ON T.region = 'a' AND T.region = s.r WHEN MATCHED THEN UPDATE SET n = s.v | UPDATE T SET n = 9 WHERE region = 'b' | none
          UPDATE T SET n = n + 1 WHERE region = 'a'                    | UPDATE T SET n = n + 1 WHERE region = 'a'       | always
          UPDATE T SET n = n + 1 WHERE region = 'a'                    | DELETE FROM T WHERE region = 'a'                | always
          UPDATE T SET n = n + 1                                       | UPDATE T SET n = n + 1 WHERE region = 'c'       | always
          DELETE FROM T WHERE region = 'b'                             | UPDATE T SET n = 0 WHERE region = 'b'           | always
          UPDATE T SET n = n + 1 WHERE region = 'a'                    | INSERT INTO T VALUES ('a', 5)                   | serializable
          DELETE FROM T WHERE region = 'a'                             | INSERT INTO T VALUES ('a', 5)                   | serializable
          INSERT INTO sums SELECT 'a', sum(n) FROM T WHERE region = 'a'| UPDATE T SET n = 9 WHERE region = 'a'           | serializable
          INSERT INTO sums SELECT 'a', sum(n) FROM T WHERE region = 'a'| DELETE FROM T WHERE region = 'a' AND n = 1      | serializable
          INSERT INTO sums SELECT 'a', sum(n) FROM T WHERE region = 'a'| INSERT INTO T VALUES ('a', 5)                   | serializable
          INSERT INTO sums SELECT 'all', sum(n) FROM T                 | INSERT INTO T VALUES ('z', 5)                   | serializable
          INSERT INTO T SELECT 'a', max(n) + 1 FROM T WHERE region = 'a' | INSERT INTO T SELECT 'a', max(n) + 1 FROM T WHERE region = 'a' | serializable
          """)
  void pairs(String mine, String theirs, String conflict) {
    // What SERIALIZABLE lets through, SNAPSHOT does; what SNAPSHOT refuses, SERIALIZABLE does.
    for (String level :
        switch (conflict) {
          case "none" -> new String[] {"SERIALIZABLE"};
          case "always" -> new String[] {"SNAPSHOT"};
          default -> new String[] {"SNAPSHOT", "SERIALIZABLE"};
        }) {
      if (level.equals("SERIALIZABLE") && !conflict.equals("none")) {
        makeTables();
      }
      for (String table : new String[] {p, f}) {
        one.script("START TRANSACTION ISOLATION LEVEL " + level, of(table, mine));
        other.update(of(table, theirs));
        boolean expected =
            conflict.equals("always")
                || (conflict.equals("serializable") && level.equals("SERIALIZABLE"));
        if (expected) {
          assertConflict(mine + " / " + theirs + " on " + table + ", " + level, one);
        } else {
          one.update("COMMIT");
        }
      }
    }
  }

  private String of(String table, String statement) {
    return statement.replaceAll("\\bT\\b", table).replaceAll("\\bsums\\b", sums);
  }

  private static void assertConflict(String what, EngineRunner transaction) {
    assertThatThrownBy(() -> transaction.update("COMMIT"))
        .as(what)
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
  }

  /** A SELECT of the transaction counts, not only what its writing statements read. */
  @ParameterizedTest
  @CsvSource({"a, true", "b, false"})
  void whatWasOnlySelectedCountsToo(String changed, boolean conflict) {
    for (String table : new String[] {p, f}) {
      one.update("START TRANSACTION");
      one.query("SELECT sum(n) FROM " + table + " WHERE region = 'a'");
      one.update("INSERT INTO " + sums + " VALUES ('a', 3)");
      other.update("UPDATE " + table + " SET n = 7 WHERE region = '" + changed + "'");
      if (conflict) {
        assertConflict(table, one);
      } else {
        one.update("COMMIT");
      }
    }
  }

  @Test
  void writeSkewIsRefusedUnderSerializableOnly() {
    for (String level : new String[] {"SNAPSHOT", "SERIALIZABLE"}) {
      one.update("START TRANSACTION ISOLATION LEVEL " + level);
      other.update("START TRANSACTION ISOLATION LEVEL " + level);
      one.query("SELECT sum(n) FROM " + f + " WHERE region IN ('a', 'b')");
      other.query("SELECT sum(n) FROM " + f + " WHERE region IN ('a', 'b')");
      one.update("UPDATE " + f + " SET n = 0 WHERE region = 'a'");
      other.update("UPDATE " + f + " SET n = 0 WHERE region = 'b'");
      one.update("COMMIT");
      if (level.equals("SERIALIZABLE")) {
        assertConflict("write skew", other);
      } else {
        other.update("COMMIT");
      }
    }
  }

  @Test
  void readOnlyTransactionsRefuseWritesNeverConflictAndAskTheStoreOnce() {
    one.update("START TRANSACTION READ ONLY");
    assertThat(one.query("SELECT sum(n) FROM " + f).lines()).containsExactly("9");
    server.resetCounts();
    for (int i = 0; i < 3; i++) {
      assertThat(one.query("SELECT count(*), max(n) FROM " + f).lines()).containsExactly("6 | 2");
    }
    assertThat(server.count(Kind.GET, Kind.HEAD, Kind.LIST)).as("requests for metadata").isZero();
    other.update("UPDATE " + f + " SET n = 100");
    assertThat(one.query("SELECT sum(n) FROM " + f).lines()).containsExactly("9");
    for (String write :
        new String[] {
          "INSERT INTO " + f + " VALUES ('a', 1)",
          "UPDATE " + f + " SET n = 1",
          "DELETE FROM " + f,
          "TRUNCATE TABLE " + f,
          "CREATE TABLE g (n integer)",
          "DROP TABLE " + f,
          "CREATE SCHEMA s"
        }) {
      assertThatThrownBy(() -> one.update(write))
          .as(write)
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.READ_ONLY_TRANSACTION));
    }
    server.resetCounts();
    one.update("COMMIT");
    assertThat(server.counts()).isEmpty();
    assertThat(one.query("SELECT sum(n) FROM " + f).lines()).containsExactly("600");
  }
}
