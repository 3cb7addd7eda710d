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
 * One thing that a transaction does, and what that means for the rows, as a plain function.
 *
 * @param body does it, and answers what the client is told: the number of rows that it met
 * @param effect the same on plain rows; -1 where it cannot be done
 */
record CommitAction(
    ToLongFunction<CommitAction.Context> body, ToLongFunction<Map<String, List<Long>>> effect) {

  long run(Transaction transaction, ObjectStore store, String name) {
    return body.applyAsLong(new Context(transaction, store, name));
  }

  long apply(Map<String, List<Long>> tables) {
    return effect.applyAsLong(tables);
  }

  private static TableIdentifier table(String name) {
    return TableIdentifier.of("main", name);
  }

  /** What the body of an action works with. */
  record Context(Transaction transaction, ObjectStore store, String name) {
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

  static CommitAction insert(String table, long value) {
    return new CommitAction(
        at -> {
          at.transaction().rows().append(table(table), List.of(at.write(table, value)));
          return 1;
        },
        rows -> rows.containsKey(table) && rows.get(table).add(value) ? 1 : -1);
  }

  static CommitAction insertCount(String from, String into, long plus) {
    return new CommitAction(
        at -> {
          at.transaction().reads().rows(table(from), Expressions.alwaysTrue());
          long count = rows(at.load(from)).size();
          at.transaction().rows().append(table(into), List.of(at.write(into, plus + count)));
          return count;
        },
        rows -> {
          long count = rows.get(from).size();
          rows.get(into).add(plus + count);
          return count;
        });
  }

  /** INSERT of a key into t that is refused where it stands there; here it meets it instead. */
  static CommitAction insertKey(long key) {
    return new CommitAction(
        at -> {
          at.transaction().reads().keys(table("t"), Expressions.equal("id", key));
          int there = filesOf(at.load("t"), key).size();
          if (there == 0) {
            at.transaction().rows().append(table("t"), List.of(at.write("t", key)));
          }
          return there;
        },
        rows -> rows.get("t").indexOf(key) >= 0 || !rows.get("t").add(key) ? 1 : 0);
  }

  /** The same row in another file. */
  @SuppressWarnings("deprecation") // the newer form needs a rewrite with a result
  static CommitAction compact(long row) {
    return new CommitAction(
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

  static CommitAction create(String table) {
    return new CommitAction(
        at -> {
          at.transaction()
              .definitions()
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

  static CommitAction drop() {
    return new CommitAction(
        at -> {
          at.transaction().definitions().dropTable(table("t"));
          return 0;
        },
        rows -> rows.remove("t") == null ? -1 : 0);
  }

  static CommitAction truncate() {
    return new CommitAction(
        at -> {
          long count = rows(at.load("t")).size();
          at.transaction().rows().truncate(table("t"));
          return count;
        },
        rows -> {
          long count = rows.get("t").size();
          rows.get("t").clear();
          return count;
        });
  }

  /** UPDATE t SET id = to WHERE id = from, by new files in the place of old ones. */
  static CommitAction update(long from, long to) {
    return new CommitAction(
        at -> {
          List<DataFile> old = filesOf(at.load("t"), from);
          List<DataFile> added = at.writeFor(old, to);
          change(at, new ChangedFiles(added, old, List.of(), List.of(), locations(old)), from);
          return old.size();
        },
        rows -> replaced(rows.get("t"), from, to));
  }

  /** As {@link #update}, or a DELETE, by marking the old row. */
  static CommitAction mark(long from, @Nullable Long to) {
    return new CommitAction(
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
    at.transaction().rows().change(table("t"), files, filter);
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
