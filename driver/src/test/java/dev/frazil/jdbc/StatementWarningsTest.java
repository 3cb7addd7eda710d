package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLWarning;
import org.junit.jupiter.api.Test;

/** A statement says once that it ran again, beside what it was told before. */
class StatementWarningsTest {
  private final Execution execution =
      new Execution(new SessionLock(new NetworkTimeout(() -> {})), 0);

  @Test
  void anExecutionThatRanAgainIsTold() {
    StatementWarnings warnings = new StatementWarnings(null);
    assertThat((Throwable) warnings.after(execution)).isNull();
    execution.token().figures().countRerun();
    execution.token().figures().countRerun();
    SQLWarning warning = warnings.after(execution);
    assertThat((Throwable) warning).hasMessageContaining("ran 3 times");
    assertThat(warning.getSQLState()).isEqualTo("01000");
    assertThat((Throwable) warnings.after(execution)).isSameAs(warning);
    assertThat((Throwable) warning.getNextWarning()).isNull();
    warnings.clear(execution);
    assertThat((Throwable) warnings.after(execution)).isNull();
  }

  @Test
  void itStandsBehindTheWarningOfTheKind() {
    SQLWarning kind = new SQLWarning("forward only", "01S02");
    StatementWarnings warnings = new StatementWarnings(kind);
    execution.token().figures().countRerun();
    assertThat((Throwable) warnings.after(execution)).isSameAs(kind);
    assertThat(kind.getNextWarning().getSQLState()).isEqualTo("01000");
  }
}
