package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions over several tables, by SQL and by the session's calls. */
class TransactionsTest {
  @TempDir Path folder;

  @BeforeEach
  void makeTables() {
    try (EngineRunner one = EngineRunner.local(folder)) {
      one.script(
          "CREATE TABLE account (id integer, balance decimal(12, 2))",
          "CREATE TABLE movement (account integer, amount decimal(12, 2))",
          "INSERT INTO account VALUES (1, 100), (2, 100)");
    }
  }

  @Test
  void severalTablesCommitTogetherAndOthersSeeNothingBefore() {
    try (EngineRunner one = EngineRunner.local(folder);
        EngineRunner two = EngineRunner.local(folder)) {
      one.session().setAutoCommit(false);
      one.script(
          "UPDATE account SET balance = balance - 30 WHERE id = 1",
          "UPDATE account SET balance = balance + 30 WHERE id = 2",
          "INSERT INTO movement VALUES (1, -30), (2, 30)");
      assertThat(one.query("SELECT * FROM account").sorted())
          .as("own changes")
          .containsExactly("1 | 70", "2 | 130");
      assertThat(one.session().inTransaction()).isTrue();
      assertThat(two.query("SELECT * FROM account").sorted())
          .as("nobody else sees them")
          .containsExactly("1 | 100", "2 | 100");
      assertThat(two.query("SELECT * FROM movement").rows()).isEmpty();
      one.session().commit();
      assertThat(one.session().inTransaction()).isFalse();
      assertThat(two.query("SELECT * FROM account").sorted()).containsExactly("1 | 70", "2 | 130");
      assertThat(two.query("SELECT sum(amount), count(*) FROM movement").lines())
          .containsExactly("0 | 2");
    }
  }

  @Test
  void rollbackLeavesNothing() {
    try (EngineRunner one = EngineRunner.local(folder)) {
      one.script(
          "START TRANSACTION",
          "DELETE FROM account",
          "INSERT INTO movement VALUES (1, 1)",
          "CREATE TABLE extra (n integer)",
          "INSERT INTO extra VALUES (1)");
      assertThat(one.query("SELECT count(*) FROM extra").lines()).containsExactly("1");
      one.update("ROLLBACK");
      assertThat(one.query("SELECT count(*) FROM account").lines()).containsExactly("2");
      assertThat(one.query("SELECT count(*) FROM movement").lines()).containsExactly("0");
      assertThat(state(() -> one.query("SELECT * FROM extra"))).isEqualTo(SqlState.UNDEFINED_TABLE);
      assertThat(one.session().autoCommit()).isTrue();
      assertThat(one.session().inTransaction()).isFalse();
    }
  }

  @Test
  void readsOfOneTransactionShareOneSnapshotOfTheDatabase() {
    try (EngineRunner one = EngineRunner.local(folder);
        EngineRunner two = EngineRunner.local(folder)) {
      one.session().setAutoCommit(false);
      assertThat(one.query("SELECT count(*) FROM movement").lines()).containsExactly("0");
      two.script("UPDATE account SET balance = 0", "INSERT INTO movement VALUES (1, -100)");
      assertThat(one.query("SELECT sum(balance) FROM account").lines()).containsExactly("200");
      assertThat(one.query("SELECT count(*) FROM movement").lines()).containsExactly("0");
      one.session().commit();
      assertThat(one.query("SELECT sum(balance) FROM account").lines()).containsExactly("0");
    }
  }

  @Test
  void rowsChangedTwiceInOneTransactionAreRight() {
    try (EngineRunner one = EngineRunner.local(folder)) {
      one.script(
          "START TRANSACTION",
          "INSERT INTO account VALUES (3, 1), (4, 1)",
          "UPDATE account SET balance = balance + 10",
          "UPDATE account SET balance = balance + 100 WHERE id >= 2",
          "DELETE FROM account WHERE id = 4",
          "INSERT INTO account VALUES (4, 7)",
          "DELETE FROM account WHERE id = 1",
          "UPDATE account SET balance = balance * 2 WHERE id = 4");
      assertThat(one.query("SELECT * FROM account").sorted())
          .containsExactly("2 | 210", "3 | 111", "4 | 14");
      one.update("COMMIT");
      assertThat(one.query("SELECT * FROM account").sorted())
          .containsExactly("2 | 210", "3 | 111", "4 | 14");
    }
  }

  @Test
  void twoUpdatesOfOneRowConflict() {
    try (EngineRunner one = EngineRunner.local(folder);
        EngineRunner two = EngineRunner.local(folder)) {
      one.update("START TRANSACTION ISOLATION LEVEL SNAPSHOT");
      one.update("UPDATE account SET balance = 1 WHERE id = 1");
      two.update("UPDATE account SET balance = 2 WHERE id = 1");
      assertThat(state(() -> one.update("COMMIT"))).isEqualTo(SqlState.SERIALIZATION_FAILURE);
      assertThat(one.session().inTransaction()).isFalse();
      assertThat(one.query("SELECT balance FROM account WHERE id = 1").lines())
          .containsExactly("2");
    }
  }

  @Test
  void writeSkewIsRefusedUnderSerializableAndAllowedUnderSnapshot() {
    try (EngineRunner one = EngineRunner.local(folder);
        EngineRunner two = EngineRunner.local(folder)) {
      for (boolean serializable : new boolean[] {true, false}) {
        String level = serializable ? "SERIALIZABLE" : "SNAPSHOT";
        one.script("DELETE FROM movement", "START TRANSACTION ISOLATION LEVEL " + level);
        two.script("START TRANSACTION ISOLATION LEVEL " + level);
        // Each takes from one account after looking at both: together they would overdraw.
        assertThat(one.query("SELECT count(*) FROM movement").lines()).containsExactly("0");
        assertThat(two.query("SELECT count(*) FROM account").lines()).containsExactly("2");
        one.update("INSERT INTO account VALUES (10, 0)");
        two.update("INSERT INTO movement VALUES (2, -10)");
        two.update("COMMIT");
        if (serializable) {
          assertThat(state(() -> one.update("COMMIT"))).isEqualTo(SqlState.SERIALIZATION_FAILURE);
        } else {
          one.update("COMMIT");
        }
      }
      assertThat(one.query("SELECT count(*) FROM account WHERE id = 10").lines())
          .containsExactly("1");
    }
  }

  @Test
  void deletionVectorsOfConcurrentTransactionsNeverOverwriteEachOther() {
    try (EngineRunner one = EngineRunner.local(folder);
        EngineRunner two = EngineRunner.local(folder)) {
      one.script(
          "CREATE TABLE v (id integer) WITH (\"format-version\" = '3')",
          "INSERT INTO v VALUES (1), (2), (3), (4)",
          "START TRANSACTION ISOLATION LEVEL SNAPSHOT",
          "DELETE FROM v WHERE id = 1");
      two.update("DELETE FROM v WHERE id = 2");
      assertThat(state(() -> one.update("COMMIT"))).isEqualTo(SqlState.SERIALIZATION_FAILURE);
      one.update("DELETE FROM v WHERE id = 1");
      assertThat(one.query("SELECT id FROM v").sorted()).containsExactly("3", "4");
    }
  }

  @Test
  void changesOfSeveralStatementsAreRebasedOverAnAppend() {
    for (String version : new String[] {"2", "3"}) {
      try (EngineRunner one = EngineRunner.local(folder);
          EngineRunner two = EngineRunner.local(folder)) {
        String table = "w" + version;
        one.script(
            "CREATE TABLE " + table + " (id integer) WITH (\"format-version\" = '" + version + "')",
            "INSERT INTO " + table + " VALUES (1), (2)",
            "START TRANSACTION ISOLATION LEVEL SNAPSHOT",
            "INSERT INTO " + table + " VALUES (3), (4)",
            "DELETE FROM " + table + " WHERE id IN (1, 3)",
            "UPDATE " + table + " SET id = 40 WHERE id = 4");
        two.update("INSERT INTO " + table + " VALUES (100)");
        one.update("COMMIT");
        assertThat(one.query("SELECT id FROM " + table + " ORDER BY id").lines())
            .as("format version " + version)
            .containsExactly("2", "40", "100");
      }
    }
  }

  @Test
  void aReadOnlyTransactionRefusesWrites() {
    try (EngineRunner one = EngineRunner.local(folder)) {
      one.update("START TRANSACTION READ ONLY");
      assertThat(state(() -> one.update("DELETE FROM account")))
          .isEqualTo(SqlState.READ_ONLY_TRANSACTION);
      one.update("COMMIT");
      one.session().setReadOnly(true);
      assertThat(state(() -> one.update("CREATE TABLE x (n integer)")))
          .isEqualTo(SqlState.READ_ONLY_TRANSACTION);
      one.session().setReadOnly(false);
      assertThat(one.update("DELETE FROM account WHERE id = 1")).isEqualTo(1);
    }
  }

  @Test
  void aFailedStatementLeavesTheTransactionAsItWas() {
    try (EngineRunner one = EngineRunner.local(folder)) {
      one.update("CREATE TABLE strict (n integer NOT NULL)");
      one.script("START TRANSACTION", "INSERT INTO strict VALUES (1)");
      assertThatThrownBy(() -> one.update("INSERT INTO strict VALUES (2), (NULL)"))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("'n'")
          .extracting(e -> ((EngineException) e).state())
          .isEqualTo(SqlState.NOT_NULL_VIOLATION);
      assertThat(state(() -> one.query("SELECT * FROM nowhere")))
          .isEqualTo(SqlState.UNDEFINED_TABLE);
      one.update("COMMIT");
      assertThat(one.query("SELECT * FROM strict").lines()).containsExactly("1");
    }
  }

  @Test
  void statementsAboutTransactionsInTheWrongStateAreRefused() {
    try (EngineRunner one = EngineRunner.local(folder)) {
      one.update("COMMIT");
      one.update("ROLLBACK");
      one.update("START TRANSACTION");
      one.query("SELECT * FROM account");
      assertThat(state(() -> one.update("START TRANSACTION")))
          .isEqualTo(SqlState.ACTIVE_TRANSACTION);
      assertThat(state(() -> one.update("BEGIN"))).isEqualTo(SqlState.ACTIVE_TRANSACTION);
      assertThat(one.query("SELECT 1").lines()).as("the transaction goes on").containsExactly("1");
      assertThat(state(() -> one.session().setReadOnly(true)))
          .isEqualTo(SqlState.INVALID_TRANSACTION_STATE);
      one.update("ROLLBACK");
      one.session().setSerializable(false);
      assertThat(one.session().serializable()).isFalse();
    }
  }

  @Test
  void aTokenNamesOneCommit() {
    try (EngineRunner one = EngineRunner.local(folder)) {
      for (int i = 0; i < 3; i++) {
        one.session().setIdempotencyToken("delivery-1");
        assertThat(one.update("INSERT INTO movement VALUES (1, 5)")).isEqualTo(i == 0 ? 1 : 0);
      }
      assertThat(state(() -> one.update("INSERT INTO movement VALUES (1, 6)")))
          .as("another unit of work under the same name")
          .isEqualTo(SqlState.INVALID_TRANSACTION_STATE);
      one.session().setIdempotencyToken(null);
      assertThat(one.query("SELECT * FROM movement").lines()).containsExactly("1 | 5");
    }
  }

  @Test
  void turningAutocommitOnCommits() {
    try (EngineRunner one = EngineRunner.local(folder);
        EngineRunner two = EngineRunner.local(folder)) {
      one.session().setAutoCommit(false);
      one.update("INSERT INTO movement VALUES (1, 5)");
      one.session().setAutoCommit(true);
      assertThat(two.query("SELECT * FROM movement").lines()).containsExactly("1 | 5");
    }
  }

  private static SqlState state(ThrowingCallable call) {
    Throwable failure = org.assertj.core.api.Assertions.catchThrowable(call);
    assertThat(failure).isInstanceOf(EngineException.class);
    return ((EngineException) failure).state();
  }
}
