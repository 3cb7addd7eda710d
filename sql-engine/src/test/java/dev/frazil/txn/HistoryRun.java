package dev.frazil.txn;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.error.CommitOutcomeUnknownException;
import dev.frazil.error.EngineException;
import dev.frazil.storage.ObjectStore;
import dev.frazil.testing.History.Outcome;
import dev.frazil.testing.History.Run;
import dev.frazil.testing.History.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/**
 * Makes a history: several processes run random transactions over lists. A list is a row, alone in
 * its data file, of one of three tables; an append replaces the row, as UPDATE does. A read records
 * its filter, as SELECT does.
 */
final class HistoryRun {
  private static final int TABLES = 3;
  private static final int PROCESSES = 4;
  private static final int MAX_STEPS = 4;

  private final IntFunction<DatabaseCatalog> opener;
  private final IsolationLevel level;
  private final Set<ConflictRule> disabled;
  private final long seed;
  private final int keys;
  private final List<Run> history = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param opener opens the catalog of a process; -1 is one without faults
   */
  HistoryRun(
      IntFunction<DatabaseCatalog> opener,
      IsolationLevel level,
      Set<ConflictRule> disabled,
      long seed,
      int keys) {
    this.opener = opener;
    this.level = level;
    this.disabled = disabled;
    this.seed = seed;
    this.keys = keys;
  }

  /** Runs so many transactions; {@code calm} ends all faults before the last look. */
  List<Run> run(int transactions, Runnable calm) throws InterruptedException {
    try (DatabaseCatalog setup = opener.apply(-1)) {
      Transaction create = begin(setup);
      for (int table = 0; table < TABLES; table++) {
        create
            .definitions()
            .createTable(
                table(table),
                dev.frazil.testing.TableFiles.SCHEMA,
                PartitionSpec.unpartitioned(),
                SortOrder.unsorted(),
                Map.of("commit.manifest.min-count-to-merge", "4"));
      }
      for (int key = 0; key < keys; key++) {
        create
            .rows()
            .append(table(key), List.of(write(setup.store(), create, key, List.of(), "first")));
      }
      create.commit(null);
    }
    List<Thread> threads = new ArrayList<>();
    for (int process = 0; process < PROCESSES; process++) {
      int number = process;
      Thread thread = new Thread(() -> work(number, transactions / PROCESSES), "process-" + number);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    calm.run();
    try (DatabaseCatalog last = opener.apply(-1)) {
      Transaction read = begin(last);
      List<Step> steps = new ArrayList<>();
      for (int key = 0; key < keys; key++) {
        steps.add(new Step.Read("k" + key, row(last.store(), read, key).values()));
      }
      history.add(new Run(PROCESSES, Outcome.FINAL, steps));
    }
    return List.copyOf(history);
  }

  private Transaction begin(DatabaseCatalog catalog) {
    return Transaction.begin(catalog, level, false, null, disabled);
  }

  private static TableIdentifier table(int key) {
    return TableIdentifier.of("main", "t" + key % TABLES);
  }

  private void work(int process, int transactions) {
    SplittableRandom random = new SplittableRandom(seed * 31 + process);
    try (DatabaseCatalog catalog = opener.apply(process)) {
      for (int i = 0; i < transactions; i++) {
        one(catalog, random, process, (process + 1) * 1_000_000L + i * 10L);
      }
    }
  }

  private void one(DatabaseCatalog catalog, SplittableRandom random, int process, long value) {
    List<Step> steps = new ArrayList<>();
    Outcome outcome = Outcome.OK;
    try {
      Transaction transaction = begin(catalog);
      int count = 1 + random.nextInt(MAX_STEPS);
      for (int step = 0; step < count; step++) {
        int key = random.nextInt(keys);
        Row row = row(catalog.store(), transaction, key);
        if (random.nextBoolean()) {
          transaction.reads().rows(table(key), filter(key));
          steps.add(new Step.Read("k" + key, row.values()));
        } else {
          long appended = value + step;
          append(catalog.store(), transaction, key, row, appended);
          steps.add(new Step.Append("k" + key, appended));
        }
        Thread.yield();
      }
      transaction.commit(null);
    } catch (CommitOutcomeUnknownException e) {
      outcome = Outcome.UNKNOWN;
    } catch (EngineException e) {
      outcome = Outcome.FAIL;
    }
    history.add(new Run(process, outcome, steps));
  }

  private record Row(DataFile file, List<Long> values) {}

  private static Expression filter(int key) {
    return Expressions.equal("id", (long) key);
  }

  /** The row of a key: the data file with its bounds that nothing deletes from. */
  private static Row row(ObjectStore store, Transaction transaction, int key) {
    Table table = transaction.load(table(key)).orElseThrow();
    List<Row> found = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().filter(filter(key)).planFiles()) {
      for (FileScanTask task : tasks) {
        if (task.deletes().isEmpty()) {
          byte[] body = new byte[(int) task.file().fileSizeInBytes()];
          store.readFully(task.file().location(), 0, body, 0, body.length);
          found.add(new Row(task.file(), values(new String(body, StandardCharsets.UTF_8))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    // Lost updates leave several rows: their values one after the other, which no order explains.
    List<Long> values = new ArrayList<>();
    found.forEach(row -> values.addAll(row.values()));
    return new Row(found.get(0).file(), values);
  }

  private static List<Long> values(String text) {
    return Arrays.stream(text.split(",", -1))
        .filter(word -> !word.isEmpty() && !word.equals("-"))
        .map(Long::valueOf)
        .toList();
  }

  private static void append(
      ObjectStore store, Transaction transaction, int key, Row row, long value) {
    List<Long> values = new ArrayList<>(row.values());
    values.add(value);
    DataFile added = write(store, transaction, key, values, Long.toString(value));
    DeleteFile deletes =
        FileMetadata.deleteFileBuilder(PartitionSpec.unpartitioned())
            .ofPositionDeletes()
            .withPath(added.location() + ".deletes.parquet")
            .withFormat(org.apache.iceberg.FileFormat.PARQUET)
            .withFileSizeInBytes(1)
            .withRecordCount(1)
            .withReferencedDataFile(row.file().location())
            .build();
    transaction
        .rows()
        .change(
            table(key),
            new ChangedFiles(
                List.of(added),
                List.of(),
                List.of(deletes),
                List.of(),
                Set.of(row.file().location())),
            filter(key));
  }

  private static DataFile write(
      ObjectStore store, Transaction transaction, int key, List<Long> values, String name) {
    Table table = transaction.load(table(key)).orElseThrow();
    String location = table.location() + "/data/k" + key + "-" + name + ".txt";
    StringBuilder text = new StringBuilder("-");
    values.forEach(value -> text.append(',').append(value));
    byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
    store.put(location, body);
    var bound = Conversions.toByteBuffer(Types.LongType.get(), (long) key);
    Metrics metrics =
        new Metrics(
            1L, null, Map.of(1, 1L), Map.of(1, 0L), null, Map.of(1, bound), Map.of(1, bound));
    return DataFiles.builder(table.spec())
        .withPath(location)
        .withFormat(org.apache.iceberg.FileFormat.PARQUET)
        .withFileSizeInBytes(body.length)
        .withMetrics(metrics)
        .build();
  }
}
