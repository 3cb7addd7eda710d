package dev.frazil.txn;

import static dev.frazil.txn.CommitAction.compact;
import static dev.frazil.txn.CommitAction.create;
import static dev.frazil.txn.CommitAction.drop;
import static dev.frazil.txn.CommitAction.insert;
import static dev.frazil.txn.CommitAction.insertCount;
import static dev.frazil.txn.CommitAction.insertKey;
import static dev.frazil.txn.CommitAction.mark;
import static dev.frazil.txn.CommitAction.truncate;
import static dev.frazil.txn.CommitAction.update;

import dev.frazil.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Two writers whose commits may meet: what each does in its transactions, and what that means for
 * the rows, as a plain function. The tables {@code t} and {@code u} are there before, {@code t}
 * with the rows 1 and 2 in a file each.
 */
enum CommitCase {
  TWO_APPENDS(job(insert("t", 10)), job(insert("t", 20))),
  APPEND_BESIDE_ROW_CHANGE(job(insert("t", 10)), job(update(1, 101))),
  APPEND_INTO_CHANGED_ROWS(job(insert("t", 1)), job(update(1, 101))),
  ROW_CHANGES_OF_ONE_FILE(job(update(1, 101)), job(update(1, 201))),
  UPDATE_BESIDE_DELETE_OF_ONE_ROW(job(mark(1, 101L)), job(mark(1, null))),
  DELETE_BESIDE_COMPACTION(job(mark(1, null)), job(compact(1))),
  SAME_KEY(job(insertKey(5)), job(insertKey(5))),
  TWO_TABLES_EACH(job(insert("t", 10), insert("u", 11)), job(insert("t", 20), insert("u", 21))),
  DIFFERENT_TABLES(job(insert("t", 10)), job(insert("u", 20))),
  WRITE_SKEW(job(insertCount("t", "u", 100)), job(insertCount("u", "t", 200))),
  READ_BY_BOTH(job(insertCount("t", "t", 100)), job(insertCount("t", "t", 200))),
  TRUNCATE_BESIDE_APPEND(job(truncate()), job(insert("t", 20))),
  DROP_BESIDE_APPEND(job(drop()), job(insert("t", 20))),
  SAME_NAME_CREATED(job(create("new"), insert("new", 1)), job(create("new"), insert("new", 2))),
  SAME_TOKEN(
      new Job("the-token", List.of(insert("t", 10))),
      new Job("the-token", List.of(insert("t", 20)))),
  SAME_TOKEN_FOR_TWO_TABLES(
      new Job("the-token", List.of(insert("t", 10))),
      new Job("the-token", List.of(insert("u", 20)))),
  /** Nothing is there yet, not even a root. */
  NEW_DATABASE(job(create("a")), job(create("b"))),
  /** The first writer comes second twice, and stands in the queue. */
  ONE_BESIDE_THREE(
      List.of(job(insert("t", 10))),
      List.of(job(insert("t", 20)), job(insert("t", 21)), job(insert("t", 22))));

  /** In these nobody is in anybody's way: both are to succeed, whatever the order. */
  static final Set<CommitCase> BOTH_SUCCEED =
      Set.of(
          TWO_APPENDS,
          APPEND_BESIDE_ROW_CHANGE,
          TWO_TABLES_EACH,
          DIFFERENT_TABLES,
          SAME_TOKEN,
          SAME_TOKEN_FOR_TWO_TABLES,
          NEW_DATABASE,
          ONE_BESIDE_THREE);

  /** In these both do the same, but for names and values. */
  static final Set<CommitCase> SYMMETRIC =
      Set.of(
          TWO_APPENDS,
          ROW_CHANGES_OF_ONE_FILE,
          TWO_TABLES_EACH,
          READ_BY_BOTH,
          SAME_KEY,
          SAME_NAME_CREATED,
          SAME_TOKEN,
          NEW_DATABASE);

  /** What {@link #prepare} leaves. */
  static final Map<String, List<Long>> BEFORE = Map.of("t", List.of(1L, 2L), "u", List.of());

  /**
   * What a job does to plain rows.
   *
   * @param rows of each table
   * @param counts what the client is told
   */
  record Applied(Map<String, List<Long>> rows, List<Long> counts) {}

  /** One transaction. */
  record Job(@Nullable String token, List<CommitAction> actions) {
    /** Does all, and answers what the client is told of each. */
    List<Long> run(Transaction transaction, ObjectStore store, String name) {
      List<Long> counts = new ArrayList<>();
      for (int i = 0; i < actions.size(); i++) {
        counts.add(actions.get(i).run(transaction, store, name + i));
      }
      return counts;
    }

    /** The same on plain rows; null where it cannot run. */
    @Nullable Applied apply(Map<String, List<Long>> before) {
      Map<String, List<Long>> after = new TreeMap<>();
      before.forEach((table, rows) -> after.put(table, new ArrayList<>(rows)));
      List<Long> counts = new ArrayList<>();
      for (CommitAction action : actions) {
        long count = action.apply(after);
        if (count < 0) {
          return null;
        }
        counts.add(count);
      }
      after.values().forEach(rows -> rows.sort(null));
      return new Applied(after, counts);
    }
  }

  private final List<Job> first;
  private final List<Job> second;

  CommitCase(Job first, Job second) {
    this(List.of(first), List.of(second));
  }

  CommitCase(List<Job> first, List<Job> second) {
    this.first = first;
    this.second = second;
  }

  /** Keys are kept at every level, so they are tried at the lower one. */
  IsolationLevel isolation() {
    return this == SAME_KEY ? IsolationLevel.SNAPSHOT : IsolationLevel.SERIALIZABLE;
  }

  List<Job> jobs(int writer) {
    return writer == 0 ? first : second;
  }

  /** Makes the tables that are there before. */
  static void prepare(Transaction transaction, ObjectStore store) {
    new Job(null, List.of(create("t"), create("u"), insert("t", 1), insert("t", 2)))
        .run(transaction, store, "before");
  }

  private static Job job(CommitAction... actions) {
    return new Job(null, List.of(actions));
  }
}
