package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.plan.UniqueKey;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Writers that share nothing but a folder insert and update rows that often break a constraint, at
 * random: none gets through. With one constraint turned off at a time, behind the back of the
 * writers, the same run finds rows that break it: it would notice if the guard were missing.
 */
@Tag("slow")
class ConstraintTortureTest {
  private static final int WRITERS = 3;
  private static final int STATEMENTS = 25;
  private static final int KEYS = 20;

  /** What a row can break, how that is counted, and how its guard is turned off. */
  private enum Constraint {
    PRIMARY_KEY("SELECT count(*) - count(DISTINCT k) FROM t", SqlState.UNIQUE_VIOLATION),
    UNIQUE("SELECT count(mail) - count(DISTINCT mail) FROM t", SqlState.UNIQUE_VIOLATION),
    NOT_NULL("SELECT count(*) FROM t WHERE name IS NULL", SqlState.NOT_NULL_VIOLATION),
    CHECK("SELECT count(*) FROM t WHERE n >= 50", SqlState.CHECK_VIOLATION);

    private final String broken;
    private final SqlState state;

    Constraint(String broken, SqlState state) {
      this.broken = broken;
      this.state = state;
    }

    void turnOff(EngineRunner runner) {
      runner.change(
          "t",
          table ->
              switch (this) {
                case PRIMARY_KEY ->
                    table.updateProperties().set(UniqueKey.PRIMARY_KEY_ENFORCED, "false");
                case UNIQUE -> table.updateProperties().remove(UniqueKey.UNIQUE_KEYS);
                case NOT_NULL -> table.updateSchema().makeColumnOptional("name");
                case CHECK -> table.updateProperties().remove(check(table));
              });
    }

    private static String check(Table table) {
      return table.properties().keySet().stream()
          .filter(property -> property.startsWith("frazil.check."))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String statement(Random random) {
    String key = "CAST(md5(to_utf8('" + random.nextInt(KEYS) + "')) AS uuid)";
    String mail = random.nextInt(3) == 0 ? "NULL" : "'m" + random.nextInt(6) + "'";
    String name = random.nextInt(4) == 0 ? "NULL" : "'name'";
    int n = random.nextInt(65);
    return switch (random.nextInt(8)) {
      case 0 -> "UPDATE t SET name = " + name + ", n = " + n + " WHERE k = " + key;
      case 1 -> "UPDATE t SET mail = " + mail + " WHERE n < 20";
      case 2 -> "DELETE FROM t WHERE k = " + key;
      default -> "INSERT INTO t VALUES (" + key + ", " + mail + ", " + name + ", " + n + ")";
    };
  }

  /** The failures by their state. */
  private static Map<SqlState, Integer> write(FastFolder folder, long seed) {
    Random random = new Random(seed);
    Map<SqlState, Integer> failures = new EnumMap<>(SqlState.class);
    try (EngineRunner runner = EngineRunner.local(folder.path())) {
      for (int i = 0; i < STATEMENTS; i++) {
        String sql = statement(random);
        try {
          runner
              .session()
              .prepare(sql)
              .execute(ParameterValues.none(), ExpectedResult.ANY, new CancellationToken());
        } catch (EngineException e) {
          failures.merge(e.state(), 1, Integer::sum);
        }
      }
    }
    return failures;
  }

  private static Map<Constraint, Long> run(
      Set<Constraint> off, Map<SqlState, Integer> failures, long round) throws Exception {
    long seed = Long.getLong("frazil.seed", System.nanoTime()) + WRITERS * round;
    System.out.println("constraints without " + off + ": -Dfrazil.seed=" + seed);
    try (FastFolder folder = FastFolder.create();
        EngineRunner runner = EngineRunner.local(folder.path())) {
      runner.update(
          "CREATE TABLE t (k uuid PRIMARY KEY, mail varchar UNIQUE, name varchar NOT NULL,"
              + " n integer CHECK (n < 50))");
      off.forEach(constraint -> constraint.turnOff(runner));
      ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
      List<Future<Map<SqlState, Integer>>> results = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        long own = seed + writer;
        Callable<Map<SqlState, Integer>> work = () -> write(folder, own);
        results.add(threads.submit(work));
      }
      for (Future<Map<SqlState, Integer>> result : results) {
        result.get().forEach((state, count) -> failures.merge(state, count, Integer::sum));
      }
      threads.shutdown();
      Map<Constraint, Long> broken = new EnumMap<>(Constraint.class);
      for (Constraint constraint : Constraint.values()) {
        broken.put(constraint, Long.parseLong(runner.query(constraint.broken).lines().get(0)));
      }
      System.out.println("constraints without " + off + ": broken " + broken + ", " + failures);
      return broken;
    }
  }

  @Test
  void noRowBreaksAConstraint() throws Exception {
    Map<SqlState, Integer> failures = new EnumMap<>(SqlState.class);
    assertThat(run(Set.of(), failures, 0).values()).containsOnly(0L);
    for (Constraint constraint : Constraint.values()) {
      assertThat(failures.getOrDefault(constraint.state, 0)).as("%s", constraint).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMissingGuardIsFound(Constraint constraint) throws Exception {
    long found = 0;
    for (int round = 0; round < 10 && found == 0; round++) {
      Map<Constraint, Long> broken = run(Set.of(constraint), new EnumMap<>(SqlState.class), round);
      found = broken.remove(constraint);
      assertThat(broken.values()).containsOnly(0L);
    }
    assertThat(found).isPositive();
  }
}
