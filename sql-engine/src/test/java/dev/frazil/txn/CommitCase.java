package dev.frazil.txn;

import dev.frazil.error.EngineException;
import dev.frazil.storage.ObjectStore;
import dev.frazil.testing.TableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
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

  /** One thing that a transaction does, and what it does to the rows. */
  private interface Action {
    /** Does it, and answers what the client is told: the number of rows that it met. */
    long run(Transaction transaction, ObjectStore store, String name);

    /** The same on plain rows; -1 where it cannot be done. */
    long apply(Map<String, List<Long>> tables);
  }

  /**
   * What a job does to plain rows.
   *
   * @param rows of each table
   * @param counts what the client is told
   */
  record Applied(Map<String, List<Long>> rows, List<Long> counts) {}

  /** One transaction. */
  record Job(@Nullable String token, List<Action> actions) {
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
      for (Action action : actions) {
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

  private static Job job(Action... actions) {
    return new Job(null, List.of(actions));
  }

  static TableIdentifier table(String name) {
    return TableIdentifier.of("main", name);
  }

  private record Step(ToLongFunction<Context> body, ToLongFunction<Map<String, List<Long>>> effect)
      implements Action {
    @Override
    public long run(Transaction transaction, ObjectStore store, String name) {
      return body.applyAsLong(new Context(transaction, store, name));
    }

    @Override
    public long apply(Map<String, List<Long>> tables) {
      return effect.applyAsLong(tables);
    }
  }

  /** What the body of an action works with. */
  private record Context(Transaction transaction, ObjectStore store, String name) {
    Table load(String table) {
      return transaction
          .load(table(table))
          .orElseThrow(() -> ConflictValidator.conflict(table(table), "it is not there"));
    }

    DataFile write(String table, long value) {
      return TableFiles.write(store, load(table), value, name);
    }

    /** A new file for each of the old ones. */
    List<DataFile> writeFor(List<DataFile> old, long value) {
      List<DataFile> added = new ArrayList<>();
      for (DataFile ignored : old) {
        added.add(TableFiles.write(store, load("t"), value, name + "-" + added.size()));
      }
      return added;
    }
  }

  private static Action insert(String table, long value) {
    return new Step(
        at -> {
          at.transaction().append(table(table), List.of(at.write(table, value)));
          return 1;
        },
        rows -> rows.containsKey(table) && rows.get(table).add(value) ? 1 : -1);
  }

  private static Action insertCount(String from, String into, long plus) {
    return new Step(
        at -> {
          at.transaction().recordRead(table(from), Expressions.alwaysTrue());
          long count = rows(at.load(from)).size();
          at.transaction().append(table(into), List.of(at.write(into, plus + count)));
          return count;
        },
        rows -> {
          long count = rows.get(from).size();
          rows.get(into).add(plus + count);
          return count;
        });
  }

  /** INSERT of a key into t that is refused where it stands there; here it meets it instead. */
  private static Action insertKey(long key) {
    return new Step(
        at -> {
          at.transaction().recordKeys(table("t"), Expressions.equal("id", key));
          int there = filesOf(at.load("t"), key).size();
          if (there == 0) {
            at.transaction().append(table("t"), List.of(at.write("t", key)));
          }
          return there;
        },
        rows -> rows.get("t").indexOf(key) >= 0 || !rows.get("t").add(key) ? 1 : 0);
  }

  /** The same row in another file. */
  @SuppressWarnings("deprecation") // the newer form needs a rewrite with a result
  private static Action compact(long row) {
    return new Step(
        at -> {
          Set<DataFile> old = Set.copyOf(filesOf(at.load("t"), row));
          if (!old.isEmpty()) {
            Set<DataFile> same = Set.of(at.write("t", row));
            at.transaction()
                .update(table("t"), table -> table.newRewrite().rewriteFiles(old, same));
          }
          return 0;
        },
        rows -> 0);
  }

  private static Action create(String table) {
    return new Step(
        at -> {
          at.transaction()
              .createTable(
                  table(table),
                  TableFiles.SCHEMA,
                  PartitionSpec.unpartitioned(),
                  SortOrder.unsorted(),
                  Map.of());
          return 0;
        },
        rows -> rows.putIfAbsent(table, new ArrayList<>()) == null ? 0 : -1);
  }

  private static Action drop() {
    return new Step(
        at -> {
          at.transaction().dropTable(table("t"));
          return 0;
        },
        rows -> rows.remove("t") == null ? -1 : 0);
  }

  private static Action truncate() {
    return new Step(
        at -> {
          long count = rows(at.load("t")).size();
          at.transaction().truncate(table("t"));
          return count;
        },
        rows -> {
          long count = rows.get("t").size();
          rows.get("t").clear();
          return count;
        });
  }

  /** UPDATE t SET id = to WHERE id = from, by new files in the place of old ones. */
  private static Action update(long from, long to) {
    return new Step(
        at -> {
          List<DataFile> old = filesOf(at.load("t"), from);
          List<DataFile> added = at.writeFor(old, to);
          change(at, new ChangedFiles(added, old, List.of(), List.of(), locations(old)), from);
          return old.size();
        },
        rows -> replaced(rows.get("t"), from, to));
  }

  /** As {@link #update}, or a DELETE, by marking the old row. */
  private static Action mark(long from, @Nullable Long to) {
    return new Step(
        at -> {
          List<DataFile> old = filesOf(at.load("t"), from);
          List<DataFile> added = to == null ? List.of() : at.writeFor(old, to);
          List<DeleteFile> deletes =
              old.stream().map(file -> deletes(file, at.name(), at.store())).toList();
          change(at, new ChangedFiles(added, List.of(), deletes, List.of(), locations(old)), from);
          return old.size();
        },
        rows -> replaced(rows.get("t"), from, to));
  }

  /** How many rows were replaced, or taken away. */
  private static long replaced(List<Long> rows, long from, @Nullable Long to) {
    long count = rows.stream().filter(row -> row == from).count();
    rows.removeIf(row -> row == from);
    for (long i = 0; i < count && to != null; i++) {
      rows.add(to);
    }
    return count;
  }

  private static void change(Context at, ChangedFiles files, long row) {
    Expression filter = Expressions.equal("id", row);
    at.transaction().changeRows(table("t"), files, filter);
  }

  private static Set<String> locations(List<DataFile> files) {
    return Set.copyOf(files.stream().map(DataFile::location).toList());
  }

  private static DeleteFile deletes(DataFile of, String name, ObjectStore store) {
    String location = of.location() + "-deletes-" + name;
    store.put(location, new byte[] {1});
    return FileMetadata.deleteFileBuilder(PartitionSpec.unpartitioned())
        .ofPositionDeletes()
        .withPath(location)
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(1)
        .withRecordCount(1)
        .withReferencedDataFile(of.location())
        .build();
  }

  private static List<DataFile> filesOf(Table table, long row) {
    List<DataFile> files = new ArrayList<>();
    for (FileScanTask task : tasks(table)) {
      if (task.deletes().isEmpty() && TableFiles.value(task.file()) == row) {
        files.add(task.file());
      }
    }
    return files;
  }

  /** The rows of a table, sorted: one a file, less those that are marked as deleted. */
  static List<Long> rows(Table table) {
    return tasks(table).stream()
        .filter(task -> task.deletes().isEmpty())
        .map(task -> TableFiles.value(task.file()))
        .sorted()
        .toList();
  }

  private static List<FileScanTask> tasks(Table table) {
    try (CloseableIterable<FileScanTask> tasks =
        CallerThread.planned(table.newScan().includeColumnStats(), table).planFiles()) {
      List<FileScanTask> all = new ArrayList<>();
      tasks.forEach(all::add);
      return all;
    } catch (RuntimeException e) {
      throw e.getCause() instanceof EngineException failure ? failure : e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
