package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.CommitOutcomeUnknownException;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The class of an exception follows from its SQLState, as JDBC says. */
class SqlExceptionsTest {
  private static final Map<String, Class<? extends SQLException>> BY_CLASS =
      Map.of(
          "08", SQLNonTransientConnectionException.class,
          "0A", SQLFeatureNotSupportedException.class,
          "22", SQLDataException.class,
          "23", SQLIntegrityConstraintViolationException.class,
          "28", SQLInvalidAuthorizationSpecException.class,
          "40", SQLTransactionRollbackException.class,
          "42", SQLSyntaxErrorException.class);

  @ParameterizedTest
  @EnumSource(SqlState.class)
  void classFollowsFromState(SqlState state) {
    SQLException mapped = SqlExceptions.of(new EngineException(state, "what to do"));
    assertThat(mapped.getSQLState()).isEqualTo(state.code());
    assertThat((Throwable) mapped)
        .hasMessage("what to do")
        .hasCauseInstanceOf(EngineException.class);
    Class<? extends SQLException> expected = BY_CLASS.get(state.code().substring(0, 2));
    if (expected != null) {
      assertThat((Throwable) mapped).isInstanceOf(expected);
    }
  }

  @Test
  void onlyTransientFailuresInviteARetry() {
    for (SqlState state : SqlState.values()) {
      boolean retry =
          state == SqlState.SERIALIZATION_FAILURE
              || state == SqlState.OUT_OF_MEMORY
              || state == SqlState.DISK_FULL;
      assertThat(SqlExceptions.of(state, "x") instanceof SQLTransientException)
          .as(state.code())
          .isEqualTo(retry);
    }
  }

  @Test
  void unknownOutcomeCarriesTheCommitAndIsNotTransient() {
    SQLException mapped =
        SqlExceptions.of(
            new CommitOutcomeUnknownException(
                "c-1", "t-1", "the answer was lost", new Exception()));
    assertThat((Throwable) mapped).isInstanceOf(SQLNonTransientConnectionException.class);
    assertThat(mapped.getSQLState()).isEqualTo("08007");
    assertThat(((UnknownCommitOutcomeException) mapped).commitId()).isEqualTo("c-1");
    assertThat(((UnknownCommitOutcomeException) mapped).idempotencyToken()).isEqualTo("t-1");
  }

  @Test
  void uncheckedExceptionsBecomeInternalErrors() {
    assertThatThrownBy(
            () ->
                SqlExceptions.run(
                    () -> {
                      throw new IllegalStateException("a defect");
                    }))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("XX000"))
        .hasMessageContaining("a defect");
  }

  /** Nothing unchecked leaves, whatever broke. */
  @Test
  void errorsBecomeStates() {
    assertThat(stateOf(new OutOfMemoryError("Java heap space"))).isEqualTo("53200");
    assertThat(stateOf(new StackOverflowError())).isEqualTo("54000");
    assertThat(stateOf(new NoClassDefFoundError("a/Class"))).isEqualTo("XX000");
    assertThat(stateOf(new ExceptionInInitializerError(new RuntimeException()))).isEqualTo("XX000");
    assertThat(stateOf(new AssertionError("a check of ours"))).isEqualTo("XX000");
  }

  private static String stateOf(Error error) {
    SQLException failure =
        catchThrowableOfType(
            SQLException.class,
            () ->
                SqlExceptions.run(
                    () -> {
                      throw error;
                    }));
    assertThat((Throwable) failure).hasCause(error);
    return failure.getSQLState();
  }

  /** What may pass on the way to a store is transient, whatever its state; nothing was applied. */
  @Test
  void passingFailuresAreTransient() {
    for (SqlState state : List.of(SqlState.CONNECTION_FAILURE, SqlState.IO_ERROR)) {
      SQLException mapped =
          SqlExceptions.of(EngineException.passing(state, "try again", new Exception("broken")));
      assertThat((Throwable) mapped)
          .isExactlyInstanceOf(SQLTransientConnectionException.class)
          .hasMessage("try again")
          .hasRootCauseMessage("broken");
      assertThat(mapped.getSQLState()).isEqualTo(state.code());
    }
  }

  @Test
  void tooDeepRecursionIsALimit() {
    assertThatThrownBy(() -> SqlExceptions.call(SqlExceptionsTest::recurse))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("54000"));
  }

  @SuppressWarnings("InfiniteRecursion") // on purpose
  private static int recurse() {
    return 1 + recurse();
  }
}
