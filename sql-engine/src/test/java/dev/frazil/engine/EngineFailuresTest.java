package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PlanSettings;
import dev.frazil.plan.SqlFrontend;
import dev.frazil.plan.TableResolver;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.junit.jupiter.api.Test;

class EngineFailuresTest {

  @Test
  void aDefectAsksToBeReportedAndKeepsItsCause() {
    IllegalStateException defect = new IllegalStateException("no such slot\nsecond line");
    EngineException failure = EngineFailures.translate(defect);
    assertThat(failure.state()).isEqualTo(SqlState.INTERNAL_ERROR);
    assertThat(failure)
        .hasMessageContaining("please report it")
        .hasMessageEndingWith("IllegalStateException: no such slot")
        .hasCause(defect);
  }

  @Test
  void defectsMetWhilePlanningAreNotCalledUnsupported() {
    IllegalStateException defect = new IllegalStateException("a defect");
    Throwable met =
        catchThrowable(
            () ->
                new SqlFrontend(
                        failing(
                            () -> {
                              throw defect;
                            }))
                    .plan("SELECT * FROM t", PlanSettings.defaults()));
    assertThat(EngineFailures.translate(met).state()).isEqualTo(SqlState.INTERNAL_ERROR);
    EngineException asserted =
        catchThrowableOfType(
            EngineException.class,
            () ->
                new SqlFrontend(
                        failing(
                            () -> {
                              throw new AssertionError("not reached");
                            }))
                    .plan("SELECT * FROM t", PlanSettings.defaults()));
    assertThat(asserted.state()).isEqualTo(SqlState.INTERNAL_ERROR);
  }

  @Test
  void aStoreThatFailsWhilePlanningIsNotCalledUnsupported() {
    Throwable met =
        catchThrowable(
            () ->
                new SqlFrontend(
                        failing(
                            () -> {
                              throw new ServiceFailureException("503");
                            }))
                    .plan("SELECT * FROM t", PlanSettings.defaults()));
    assertThat(EngineFailures.translate(met).state()).isEqualTo(SqlState.CONNECTION_FAILURE);
  }

  /** Tables that cannot be loaded. */
  private static TableResolver failing(Supplier<Optional<Table>> load) {
    return new TableResolver() {
      @Override
      public Namespace currentSchema() {
        return Namespace.of("main");
      }

      @Override
      public List<Namespace> schemas() {
        return List.of(currentSchema());
      }

      @Override
      public List<TableIdentifier> tables(Namespace schema) {
        return List.of(TableIdentifier.of(schema, "t"));
      }

      @Override
      public Optional<Table> load(TableIdentifier identifier) {
        return load.get();
      }
    };
  }
}
