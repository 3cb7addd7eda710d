package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.jdbc.FrazilConnection;
import dev.frazil.jdbc.FrazilDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's transaction manager and exception translation: docs/guides/spring.md. */
@Tag("slow")
class SpringTransactionsTest {
  @TempDir Path folder;
  private JdbcTemplate jdbc = new JdbcTemplate();
  private JdbcTransactionManager manager = new JdbcTransactionManager();

  @BeforeEach
  void makeTables() {
    FrazilDataSource database = new FrazilDataSource();
    database.setUrl("jdbc:iceberg:" + folder.resolve("shop"));
    jdbc = new JdbcTemplate(database);
    manager = new JdbcTransactionManager(database);
    jdbc.execute(
        "CREATE TABLE accounts (id integer PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0))");
    jdbc.update("INSERT INTO accounts VALUES (1, 100), (2, 0)");
  }

  private List<Long> balances() {
    return jdbc.queryForList("SELECT balance FROM accounts ORDER BY id", Long.class);
  }

  private void move(long amount) {
    jdbc.update("UPDATE accounts SET balance = balance + ? WHERE id = 2", amount);
    jdbc.update("UPDATE accounts SET balance = balance - ? WHERE id = 1", amount);
  }

  private TransactionTemplate transaction() {
    return new TransactionTemplate(manager);
  }

  @Test
  void allOrNothing() {
    transaction().executeWithoutResult(status -> move(30));
    assertThat(balances()).containsExactly(70L, 30L);
    assertThatThrownBy(() -> transaction().executeWithoutResult(status -> move(80)))
        .isInstanceOf(DataIntegrityViolationException.class);
    transaction()
        .executeWithoutResult(
            status -> {
              move(1);
              status.setRollbackOnly();
            });
    assertThat(balances()).containsExactly(70L, 30L);
  }

  @Test
  void aNestedTransactionIsASavepoint() {
    TransactionTemplate nested = transaction();
    nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    transaction()
        .executeWithoutResult(
            outer -> {
              move(10);
              nested.executeWithoutResult(
                  inner -> {
                    assertThat(inner.hasSavepoint()).isTrue();
                    move(50);
                    inner.setRollbackOnly();
                  });
              nested.executeWithoutResult(inner -> move(5));
              assertThat(balances()).containsExactly(85L, 15L);
            });
    assertThat(balances()).containsExactly(85L, 15L);
  }

  @Test
  void aNewTransactionDoesNotSeeTheOuterOne() {
    TransactionTemplate separate = transaction();
    separate.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    transaction()
        .executeWithoutResult(
            outer -> {
              jdbc.update("INSERT INTO accounts VALUES (3, 7)");
              separate.executeWithoutResult(
                  inner -> assertThat(balances()).containsExactly(100L, 0L));
              outer.setRollbackOnly();
            });
    assertThat(balances()).hasSize(2);
  }

  @Test
  void readOnlyAndIsolationHoldForTheTransaction() {
    TransactionTemplate reader = transaction();
    reader.setReadOnly(true);
    reader.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    reader.executeWithoutResult(
        status -> {
          assertThat(balances()).containsExactly(100L, 0L);
          assertThatThrownBy(() -> move(1)).rootCause().hasMessageContaining("read-only");
        });
    transaction().executeWithoutResult(status -> move(1));
    assertThat(balances()).containsExactly(99L, 1L);
  }

  @Test
  void theTimeoutOfATransactionEndsItsStatements() {
    TransactionTemplate hurried = transaction();
    hurried.setTimeout(1);
    assertThatThrownBy(
            () ->
                hurried.executeWithoutResult(
                    status ->
                        jdbc.queryForObject(
                            "SELECT count(*) FROM generate_series(1, 10000000) a(x),"
                                + " generate_series(1, 10000000) b(y) WHERE x % 7 = y % 11",
                            Long.class)))
        .isInstanceOf(QueryTimeoutException.class);
    assertThat(balances()).containsExactly(100L, 0L);
  }

  /** What was read has changed meanwhile: 40001, which the caller runs again. */
  @Test
  void aLostConflictIsAConcurrencyFailure() {
    TransactionTemplate other = transaction();
    other.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    assertThatThrownBy(
            () ->
                transaction()
                    .executeWithoutResult(
                        status -> {
                          move(10);
                          other.executeWithoutResult(inner -> move(20));
                        }))
        .isInstanceOf(ConcurrencyFailureException.class)
        .cause()
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
    assertThat(balances()).containsExactly(80L, 20L);
  }

  @Test
  void theRetryTemplateRunsALostTransactionAgain() throws Exception {
    RetryTemplate again =
        new RetryTemplate(
            RetryPolicy.builder()
                .includes(ConcurrencyFailureException.class)
                .maxRetries(5)
                .delay(java.time.Duration.ofMillis(1))
                .build());
    TransactionTemplate other = transaction();
    other.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    int[] runs = {0};
    again.execute(
        () -> {
          transaction()
              .executeWithoutResult(
                  status -> {
                    move(10);
                    if (runs[0]++ == 0) {
                      other.executeWithoutResult(inner -> move(20));
                    }
                  });
          return runs[0];
        });
    assertThat(runs[0]).isEqualTo(2);
    assertThat(balances()).containsExactly(70L, 30L);
  }

  @Test
  void everyFailureHasSpringsClass() {
    assertThatThrownBy(() -> jdbc.update("INSERT INTO accounts VALUES (1, 5)"))
        .isInstanceOf(DuplicateKeyException.class);
    assertThatThrownBy(() -> jdbc.update("INSERT INTO accounts VALUES (3, -1)"))
        .isInstanceOf(DataIntegrityViolationException.class)
        .isNotInstanceOf(DuplicateKeyException.class);
    assertThatThrownBy(() -> jdbc.update("INSERT INTO accounts VALUES (3, NULL)"))
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThatThrownBy(() -> jdbc.update("INSERT INTO accounts VALUES (3, 'x')"))
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThatThrownBy(() -> jdbc.queryForList("SELECT nothing FROM accounts"))
        .isInstanceOf(BadSqlGrammarException.class);
    assertThatThrownBy(() -> jdbc.queryForList("SELECT * FROM nowhere"))
        .isInstanceOf(BadSqlGrammarException.class);
    assertThatThrownBy(() -> jdbc.queryForList("SELEC 1"))
        .isInstanceOf(BadSqlGrammarException.class);
    assertThatThrownBy(
            () -> jdbc.execute("CREATE TABLE n (id bigint GENERATED ALWAYS AS IDENTITY)"))
        .isInstanceOf(InvalidDataAccessApiUsageException.class);
    jdbc.setQueryTimeout(1);
    assertThatThrownBy(
            () ->
                jdbc.queryForObject(
                    "SELECT count(*) FROM generate_series(1, 10000000) a(x),"
                        + " generate_series(1, 10000000) b(y) WHERE x % 7 = y % 11",
                    Long.class))
        .isInstanceOf(QueryTimeoutException.class);
  }

  /** The token of an event names the commit of the transaction that handles it. */
  @Test
  void anEventThatComesTwiceIsAppliedOnce() {
    for (int delivery = 0; delivery < 2; delivery++) {
      transaction()
          .executeWithoutResult(
              status -> {
                jdbc.execute(
                    (java.sql.Connection connection) -> {
                      connection.unwrap(FrazilConnection.class).setIdempotencyToken("event-1");
                      return null;
                    });
                move(10);
              });
    }
    assertThat(balances()).containsExactly(90L, 10L);
  }

  @Test
  void aBatchThatFailsTellsWhy() {
    assertThatThrownBy(
            () ->
                jdbc.batchUpdate(
                    "INSERT INTO accounts VALUES (?, ?)",
                    List.of(new Object[] {5, 1}, new Object[] {1, 1}, new Object[] {6, 1})))
        .isInstanceOf(DuplicateKeyException.class)
        .rootCause()
        .hasMessageContaining("accounts");
    assertThat(balances()).hasSize(2);
    assertThatThrownBy(
            () ->
                jdbc.batchUpdate(
                    "INSERT INTO accounts VALUES (7, 1)", "INSERT INTO accounts VALUES (1, 1)"))
        .isInstanceOf(DuplicateKeyException.class);
  }
}
