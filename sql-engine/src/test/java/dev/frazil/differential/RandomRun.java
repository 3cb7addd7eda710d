package dev.frazil.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionProperty;
import dev.frazil.differential.Fragment.Dialect;
import dev.frazil.differential.Reduction.Check;
import dev.frazil.differential.Verdict.Outcome;
import dev.frazil.testing.FastFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Random statements in databases of their own, each checked; what fails is made small and printed.
 * A run is replayed with {@code -Dfrazil.seed=}, one statement of it with {@code -Dfrazil.query=}
 * besides; {@code -Dfrazil.failures=} sets how many failures end it. Databases are worked on side
 * by side, by {@code -Dfrazil.workers=} threads: what stands in one depends on the seed only.
 */
final class RandomRun {
  private static final int QUERIES_A_DATABASE = 250;
  private static final int QUERIES_A_REPORT = 1_000;
  private static final int TABLES = 5;
  private static final int MOST_FAILURES = Integer.getInteger("frazil.failures", 5);
  private static final int WORKERS =
      Integer.getInteger("frazil.workers", Runtime.getRuntime().availableProcessors());
  private static final boolean SOAK = Boolean.getBoolean("frazil.soak");

  private final String name;
  private final int queries;
  private final Function<QuerySource, Fragment> statements;
  private final Check check;
  private final long seed = Long.getLong("frazil.seed", SOAK ? System.nanoTime() : 20261122);
  private final int only = Integer.getInteger("frazil.query", -1);
  private final Map<Outcome, Integer> outcomes =
      Collections.synchronizedMap(new EnumMap<>(Outcome.class));
  private final Map<String, String> failures = Collections.synchronizedMap(new LinkedHashMap<>());
  private final Set<String> causes = ConcurrentHashMap.newKeySet();
  private final long startNanos = System.nanoTime();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicLong rows = new AtomicLong();

  /**
   * A run that has not begun.
   *
   * @param statements makes one statement
   */
  RandomRun(String name, int queries, Function<QuerySource, Fragment> statements, Check check) {
    this.name = name;
    this.queries = queries;
    this.statements = statements;
    this.check = check;
  }

  /** How many of a size: {@code property}, else the one or the other. */
  static int size(String property, int build, int soak) {
    return Integer.getInteger(property, SOAK ? soak : build);
  }

  /**
   * Runs all; of the statements for which there was memory enough, and that is most of them, more
   * than nine tenths must have had the same answers.
   */
  void run() {
    System.out.println(name + ": replay with -Dfrazil.seed=" + seed);
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        running.add(workers.submit(this::work));
      }
      for (Future<?> worker : running) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(name + " breaks with -Dfrazil.seed=" + seed, e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      workers.shutdownNow();
    }
    assertThat(failures.keySet()).as("failing queries; their scripts stand above").isEmpty();
    if (only < 0) {
      int withinMemory = queries - outcomes.getOrDefault(Outcome.OUT_OF_MEMORY, 0);
      assertThat(withinMemory).isGreaterThan(queries * 3 / 4);
      assertThat(outcomes.getOrDefault(Outcome.SAME, 0)).isGreaterThan(withinMemory * 9 / 10);
    }
  }

  /** One database after the other, until all are begun. */
  private void work() {
    int first = begun.getAndAdd(QUERIES_A_DATABASE);
    while (first < queries && failures.size() < MOST_FAILURES) {
      int next = Math.min(queries, first + QUERIES_A_DATABASE);
      if (only < 0 || (only >= first && only < next)) {
        database(first, next);
      }
      int count = done.addAndGet(next - first);
      if (count % QUERIES_A_REPORT == 0 || count == queries) {
        report(count);
      }
      first = begun.getAndAdd(QUERIES_A_DATABASE);
    }
  }

  /** Rows of the answers that were the same, or what else their explanations count. */
  long rows() {
    return rows.get();
  }

  private void report(int count) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    System.out.printf(
        "%s: %s, %d rows compared, %d differences, %.0f s, %.0f a second%n",
        name, outcomes, rows.get(), failures.size(), seconds, count / seconds);
  }

  /** One refused query of each kind is enough to look at. */
  private boolean isNew(Verdict verdict) {
    return verdict.outcome() == Outcome.DIFFERENT_ROWS
        || causes.add(verdict.outcome() + verdict.cause());
  }

  /** A table that cannot be made is a failure as well. */
  private boolean created(Opponents opponents, List<TableContents> tables, int first) {
    try {
      opponents.create(tables);
      return true;
    } catch (AssertionError e) {
      fail("tables of -Dfrazil.seed=" + seed + " -Dfrazil.query=" + first, e + "; " + e.getCause());
      return false;
    }
  }

  private void fail(String where, String script) {
    System.out.println(where + "\n" + script);
    failures.put(where, script);
  }

  /** Some queries over tables of their own. */
  private void database(int first, int next) {
    Dice dice = Dice.of(seed + first);
    List<TableContents> tables = new RandomTables(dice).next(TABLES);
    Map<ConnectionProperty, String> settings = Opponents.settings(dice);
    try (FastFolder folder = FastFolder.create();
        Opponents opponents = new Opponents(folder.path().resolve("db"), settings)) {
      if (!created(opponents, tables, first)) {
        return;
      }
      for (int query = first; query < next && failures.size() < MOST_FAILURES; query++) {
        if (only >= 0 && query != only) {
          continue;
        }
        Fragment statement = statements.apply(new QuerySource(Dice.of(seed * 31 + query), tables));
        if (only >= 0) {
          System.out.println(statement.text(Dialect.FRAZIL));
        }
        Verdict verdict = check.verdict(opponents, statement);
        outcomes.merge(verdict.outcome(), 1, Integer::sum);
        if (verdict.outcome() == Outcome.DUCKDB_BREAKS) {
          opponents.mend(tables);
        }
        if (verdict.outcome() == Outcome.SAME) {
          rows.addAndGet(Long.parseLong(verdict.explanation()));
        } else if (!verdict.isFine() && isNew(verdict)) {
          Path reduced = folder.path().resolve("reduced" + query);
          String script =
              new Reduction(tables, verdict, () -> new Opponents(reduced, settings), check)
                  .script(statement);
          fail("-Dfrazil.seed=" + seed + " -Dfrazil.query=" + query, script);
        }
      }
    }
  }
}
