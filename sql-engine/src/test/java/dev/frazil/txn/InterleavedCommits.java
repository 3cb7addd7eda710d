package dev.frazil.txn;

import dev.frazil.catalog.BucketDatabase;
import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.Databases;
import dev.frazil.error.CommitOutcomeUnknownException;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import dev.frazil.testing.MemoryObjectStore;
import dev.frazil.testing.SimulatedTime;
import dev.frazil.testing.Step;
import dev.frazil.testing.StepRun;
import dev.frazil.testing.SteppedObjectStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two writers of a {@link CommitCase}, each a process of its own with its own clock, cache and
 * random numbers; and what must hold when both have ended, in whatever order they moved: the rows
 * are those of some order of whole transactions, namely of exactly those that were told applied,
 * perhaps of those that were told nothing, and of no others; each was told the number of rows that
 * it meets in that order, and whoever began after the other had its answer comes behind.
 *
 * <p>Waits take simulated time of the waiting process only, as each process measures its leases and
 * its patience on its own clock; so a wait commutes with what others do, and is no choice.
 */
class InterleavedCommits extends StepRun {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "writer");
            thread.setDaemon(true);
            return thread;
          });

  /** What a writer knows of one of its transactions. */
  enum Told {
    APPLIED,
    ALREADY_APPLIED,
    FAILED,
    UNKNOWN,
    NOTHING
  }

  /**
   * What is the same in all orders of an enumeration.
   *
   * @param mishaps for each writer what happens to it; null for nothing
   * @param patienceMillis how long a commit is tried; where it is over at once every transaction
   *     has a token, by which it asks for an unknown outcome
   * @param everyStep whether commuting steps are choices too
   * @param disabledGuards of the commit
   * @param disabledRules of the validation
   */
  record Setting(
      CommitCase commits,
      List<SteppedObjectStore.@Nullable Mishap> mishaps,
      long patienceMillis,
      boolean everyStep,
      Set<String> disabledGuards,
      Set<ConflictRule> disabledRules) {
    Setting with(int writer, SteppedObjectStore.Mishap mishap) {
      return copy(
          writer == 0 ? Arrays.asList(mishap, null) : Arrays.asList(null, mishap),
          patienceMillis,
          everyStep,
          disabledGuards,
          disabledRules);
    }

    /** A commit is tried once, and has a token to look it up by. */
    Setting impatient() {
      return copy(mishaps, NO_PATIENCE_MILLIS, everyStep, disabledGuards, disabledRules);
    }

    Setting withEveryStep() {
      return copy(mishaps, patienceMillis, true, disabledGuards, disabledRules);
    }

    Setting without(String guard) {
      return copy(mishaps, patienceMillis, everyStep, Set.of(guard), disabledRules);
    }

    Setting without(Set<ConflictRule> rules) {
      return copy(mishaps, patienceMillis, everyStep, disabledGuards, rules);
    }

    private Setting copy(
        List<SteppedObjectStore.@Nullable Mishap> mishapsNow,
        long patienceNow,
        boolean everyStepNow,
        Set<String> guards,
        Set<ConflictRule> rules) {
      return new Setting(commits, mishapsNow, patienceNow, everyStepNow, guards, rules);
    }

    private static final long NO_PATIENCE_MILLIS = -1;

    boolean ownTokens() {
      return patienceMillis == NO_PATIENCE_MILLIS;
    }

    boolean calm() {
      return mishaps.stream().allMatch(mishap -> mishap == null);
    }
  }

  private static final class Outcome {
    final int writer;
    final CommitCase.Job job;
    final @Nullable String token;
    long begun = Long.MAX_VALUE;
    long answered = Long.MAX_VALUE;
    Told told = Told.NOTHING;
    String detail = "";
    List<Long> counts = List.of();

    Outcome(int writer, CommitCase.Job job, @Nullable String token) {
      this.writer = writer;
      this.job = job;
      this.token = token;
    }

    boolean acknowledged() {
      return told == Told.APPLIED || told == Told.ALREADY_APPLIED;
    }

    @Override
    public String toString() {
      return (char) ('A' + writer) + " " + told + (acknowledged() ? " " + counts : detail);
    }
  }

  private final Setting setting;
  private final MemoryObjectStore objects;
  private final Consumer<String> ends;
  private final Consumer<String> violations;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<SteppedObjectStore> stores = new ArrayList<>();
  private final Map<String, List<Long>> before;
  private long clock;

  /**
   * @param ends takes what the writers were told and what rows are there
   * @param violations takes what must not be, with the order that led to it
   */
  InterleavedCommits(
      Setting setting,
      MemoryObjectStore objects,
      Consumer<String> ends,
      Consumer<String> violations) {
    super(objects, setting.everyStep(), THREADS);
    this.setting = setting;
    this.objects = objects;
    this.ends = ends;
    this.violations = violations;
    this.before = setting.commits() == CommitCase.NEW_DATABASE ? Map.of() : CommitCase.BEFORE;
    for (int writer = 0; writer < 2; writer++) {
      List<Outcome> own = new ArrayList<>();
      for (CommitCase.Job job : setting.commits().jobs(writer)) {
        String token = job.token();
        if (token == null && setting.ownTokens()) {
          token = "token-" + outcomes.size();
        }
        own.add(new Outcome(writer, job, token));
        outcomes.add(own.get(own.size() - 1));
      }
      int number = writer;
      stores.add(start(setting.mishaps().get(writer), store -> write(number, store, own)));
    }
    startLateArrivals();
  }

  /** The store before a case: the tables {@code t} and {@code u}, or nothing at all. */
  static MemoryObjectStore start(CommitCase commits) {
    MemoryObjectStore objects = new MemoryObjectStore();
    if (commits != CommitCase.NEW_DATABASE) {
      BucketDatabase database = Databases.open(objects, "/warehouse", 1_000);
      Transaction create = Transaction.begin(database, IsolationLevel.SERIALIZABLE, false, null);
      CommitCase.prepare(create, objects);
      create.commit(null);
    }
    return objects;
  }

  /** Whether a writer made as many requests as its mishap waits for. */
  boolean reached(int writer) {
    return stores.get(writer).reached();
  }

  @Override
  protected boolean shared(Step step) {
    // A listing of a new database's place sees whatever stands there.
    return super.shared(step)
        || (setting.commits() == CommitCase.NEW_DATABASE && step.kind() == Step.Kind.PUT);
  }

  private void write(int writer, SteppedObjectStore store, List<Outcome> own) {
    BucketDatabase database =
        Databases.open(
            store,
            "/warehouse",
            setting.patienceMillis(),
            new SimulatedTime(),
            Ids.seeded(writer),
            setting.disabledGuards().toArray(new String[0]));
    for (int i = 0; i < own.size(); i++) {
      Outcome outcome = own.get(i);
      outcome.begun = clock++;
      outcome.told = commit(database, store, outcome, "w" + writer + "-" + i + "-");
      outcome.answered = clock++;
    }
  }

  private Told commit(
      BucketDatabase database, SteppedObjectStore store, Outcome outcome, String name) {
    try {
      Transaction transaction =
          Transaction.begin(
              database, setting.commits().isolation(), false, null, setting.disabledRules());
      outcome.counts = outcome.job.run(transaction, store, name);
      boolean already = transaction.commit(outcome.token).alreadyApplied();
      return already ? Told.ALREADY_APPLIED : Told.APPLIED;
    } catch (CommitOutcomeUnknownException e) {
      return outcome.token == null ? Told.UNKNOWN : lookedUp(database, outcome.token);
    } catch (EngineException e) {
      outcome.detail = " " + e.state().code();
      boolean expected =
          e.state() == SqlState.SERIALIZATION_FAILURE
              || e.state() == SqlState.DUPLICATE_TABLE
              || (e.state() == SqlState.CONNECTION_FAILURE && !setting.calm());
      if (!expected) {
        throw e;
      }
      return Told.FAILED;
    }
  }

  /** What the answer to the question after an unknown outcome promises for good. */
  private static Told lookedUp(BucketDatabase database, String token) {
    try {
      return CommitLookup.state(database, token).committed() ? Told.APPLIED : Told.FAILED;
    } catch (EngineException e) {
      return Told.UNKNOWN;
    }
  }

  @Override
  public void end(List<String> order) {
    String wrong = wrong();
    if (wrong != null) {
      violations.accept(setting.commits() + ": " + wrong + "; " + outcomes + " after " + order);
    }
  }

  private @Nullable String wrong() {
    Map<String, List<Long>> after;
    try {
      after = rows();
    } catch (RuntimeException e) {
      return "unreadable: " + e;
    }
    ends.accept(outcomes + " " + after);
    if (!deleted().isEmpty()) {
      return "deleted: " + deleted();
    }
    if (!explained(before, after, new HashSet<>(), new ArrayList<>(outcomes))) {
      return "no order of transactions makes of " + before + " what is there, " + after;
    }
    boolean noneApplied = outcomes.stream().noneMatch(outcome -> outcome.told == Told.APPLIED);
    if (setting.calm() && noneApplied) {
      return "all failed";
    }
    boolean both = CommitCase.BOTH_SUCCEED.contains(setting.commits());
    if (setting.calm() && both && outcomes.stream().anyMatch(one -> one.told == Told.FAILED)) {
      return "failed for nothing";
    }
    return null;
  }

  /** Whether the open transactions, in some order, make the rows that are there. */
  private boolean explained(
      Map<String, List<Long>> now,
      Map<String, List<Long>> after,
      Set<String> tokens,
      List<Outcome> open) {
    if (now.equals(after) && open.stream().noneMatch(Outcome::acknowledged)) {
      return true;
    }
    for (Outcome next : open) {
      boolean already = next.token != null && tokens.contains(next.token);
      boolean agrees =
          next.told != Told.FAILED
              && (!next.acknowledged() || already == (next.told == Told.ALREADY_APPLIED));
      boolean itsTime =
          open.stream().noneMatch(other -> other.acknowledged() && other.answered < next.begun);
      if (!agrees || !itsTime) {
        continue;
      }
      CommitCase.Applied applied =
          already ? new CommitCase.Applied(now, next.counts) : next.job.apply(now);
      boolean asTold =
          applied != null && (!next.acknowledged() || applied.counts().equals(next.counts));
      if (asTold) {
        List<Outcome> rest = new ArrayList<>(open);
        rest.remove(next);
        Set<String> seen = new HashSet<>(tokens);
        if (next.token != null) {
          seen.add(next.token);
        }
        if (explained(applied.rows(), after, seen, rest)) {
          return true;
        }
      }
    }
    return false;
  }

  /** All rows, as a process sees them that comes afterwards. */
  private Map<String, List<Long>> rows() {
    BucketDatabase database = Databases.open(objects, "/warehouse", 1_000);
    Transaction reader = Transaction.begin(database, IsolationLevel.SERIALIZABLE, true, null);
    Map<String, List<Long>> rows = new TreeMap<>();
    reader
        .definitions()
        .tables(DatabaseRoot.MAIN)
        .forEach(
            table -> rows.put(table.name(), CommitAction.rows(reader.load(table).orElseThrow())));
    return rows;
  }
}
