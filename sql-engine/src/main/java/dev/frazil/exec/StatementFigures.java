package dev.frazil.exec;

import dev.frazil.storage.RequestFigures;
import dev.frazil.storage.TimeSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one execution of a statement has done so far, over all its threads, runs after conflicts and
 * parameter sets. The statement's thread writes what is not counted; any thread may read.
 */
public final class StatementFigures {

  /** What a statement is about. */
  public enum Stage {
    /** The text becomes a plan, on the newest state of its tables. */
    PLANNING,
    /** A query reads and computes. */
    READING,
    /** A change reads, computes and writes files that nobody sees yet. */
    WRITING,
    /** The files become part of the tables. */
    COMMITTING,
    /** Nothing is left to do, or the statement has failed. */
    DONE
  }

  private final QueryCounters counters = new QueryCounters();
  private final RequestFigures requests;
  private final long startNanos = TimeSource.system().monotonicNanos();
  private final AtomicLong planningNanos = new AtomicLong();
  private final AtomicLong commitNanos = new AtomicLong();
  private final AtomicLong busyNanos = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicInteger reruns = new AtomicInteger();
  private volatile Stage stage = Stage.PLANNING;
  private volatile List<String> plan = List.of();
  private volatile @Nullable String failure;

  StatementFigures(RequestFigures requests) {
    this.requests = requests;
  }

  /** What its operators did. */
  public QueryCounters counters() {
    return counters;
  }

  /** What it asked of object stores. */
  public RequestFigures requests() {
    return requests;
  }

  public Stage stage() {
    return stage;
  }

  /** The statement goes on to another stage. */
  public void enter(Stage next) {
    stage = next;
  }

  /** Does planning or committing, in the middle of another stage, and takes its time. */
  public <T extends @Nullable Object> T during(Stage part, Supplier<T> work) {
    Stage around = stage;
    stage = part;
    long start = TimeSource.system().monotonicNanos();
    try {
      return work.get();
    } finally {
      long nanos = TimeSource.system().monotonicNanos() - start;
      (part == Stage.PLANNING ? planningNanos : commitNanos).addAndGet(nanos);
      stage = around;
    }
  }

  /** The engine has worked on it for so long: time between two calls is the user's. */
  public void addBusyNanos(long nanos) {
    busyNanos.addAndGet(nanos);
  }

  /** So many rows were given, inserted, updated or deleted. */
  public void addRows(long count) {
    rows.addAndGet(count);
  }

  /** Another transaction came first, so the statement runs once more. */
  public void countRerun() {
    reruns.incrementAndGet();
  }

  /** The plan with what its operators did, line by line. */
  public void notePlan(List<String> lines) {
    plan = List.copyOf(lines);
  }

  /** The statement failed with this SQLState. */
  public void noteFailure(String sqlState) {
    failure = sqlState;
  }

  /** Since it began, the user's time included. */
  public long elapsedNanos() {
    return TimeSource.system().monotonicNanos() - startNanos;
  }

  public long planningNanos() {
    return planningNanos.get();
  }

  public long commitNanos() {
    return commitNanos.get();
  }

  /** All time inside of the engine: planning, execution and commit. */
  public long busyNanos() {
    return busyNanos.get();
  }

  /** Rows given to the user, or inserted, updated and deleted. */
  public long rows() {
    return rows.get();
  }

  /** Runs of the whole statement after conflicts, the first one not counted. */
  public int reruns() {
    return reruns.get();
  }

  /** Empty unless the operators were watched. */
  public List<String> plan() {
    return plan;
  }

  /** The SQLState of the failure that ended it; null without one. */
  public @Nullable String failure() {
    return failure;
  }
}
