package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.TableFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** A database that several processes write, and the account of what they were told. */
final class ChildWriters implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  /** Where a process may be stopped: before and after each write that makes up a commit. */
  record FailPoint(String point, String part) {}

  static final List<FailPoint> FAIL_POINTS =
      List.of(
          new FailPoint("BEFORE_PUT", "/data/"),
          new FailPoint("AFTER_PUT", "/data/"),
          new FailPoint("BEFORE_PUT", "-m0.avro"),
          new FailPoint("AFTER_PUT", "-m0.avro"),
          new FailPoint("BEFORE_PUT", "/snap-"),
          new FailPoint("AFTER_PUT", "/snap-"),
          new FailPoint("BEFORE_PUT", ".metadata.json"),
          new FailPoint("AFTER_PUT", ".metadata.json"),
          new FailPoint("BEFORE_PUT_IF", "root.json"),
          new FailPoint("AFTER_PUT_IF", "root.json"),
          new FailPoint("BEFORE_PUT", "version-hint"),
          new FailPoint("AFTER_PUT", "version-hint"));

  /** The same in a Hadoop warehouse, where the metadata file is the commit. */
  static final List<FailPoint> HADOOP_FAIL_POINTS =
      List.of(
          new FailPoint("AFTER_PUT", "/data/"),
          new FailPoint("AFTER_PUT", "-m0.avro"),
          new FailPoint("AFTER_PUT", "/snap-"),
          new FailPoint("BEFORE_PUT_IF", ".metadata.json"),
          new FailPoint("AFTER_PUT_IF", ".metadata.json"),
          new FailPoint("BEFORE_PUT", "version-hint"),
          new FailPoint("AFTER_PUT", "version-hint"));

  /** The same where a catalog elsewhere decides. */
  static final List<FailPoint> SWAP_FAIL_POINTS =
      List.of(
          new FailPoint("AFTER_PUT", "/data/"),
          new FailPoint("BEFORE_PUT", ".metadata.json"),
          new FailPoint("AFTER_PUT", ".metadata.json"),
          new FailPoint(WriterPlaces.BEFORE_SWAP, ""),
          new FailPoint(WriterPlaces.AFTER_SWAP, ""));

  private final String warehouse;
  private final Set<Long> tried = ConcurrentHashMap.newKeySet();
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final List<Process> processes = new ArrayList<>();
  private long nextRange = 1;

  ChildWriters(Path warehouse) {
    this(warehouse.toString());
  }

  /** In a folder in the layout of Iceberg's Hadoop catalog, with commits over one table. */
  static ChildWriters hadoop(Path folder) {
    return new ChildWriters(WriterPlaces.of("hadoop", "", folder.toString()));
  }

  /** In a place of {@link WriterPlaces}. */
  ChildWriters(String warehouse) {
    this.warehouse = warehouse;
    try (DatabaseCatalog database = open()) {
      Namespace schema = TortureRun.TABLES.get(0).namespace();
      Transaction schemas = Transaction.begin(database, IsolationLevel.SNAPSHOT, false, null);
      if (!schemas.definitions().schemas().contains(schema)) {
        schemas.definitions().createSchema(schema);
        schemas.commit(null);
      }
      Transaction create = Transaction.begin(database, IsolationLevel.SNAPSHOT, false, null);
      int tables = database.commitsTogether() ? 2 : 1;
      for (TableIdentifier table : TortureRun.TABLES.subList(0, tables)) {
        create
            .definitions()
            .createTable(
                table,
                TableFiles.SCHEMA,
                PartitionSpec.unpartitioned(),
                SortOrder.unsorted(),
                Map.of());
      }
      create.commit(null);
    }
  }

  DatabaseCatalog open() {
    return open(10_000, 30_000);
  }

  /** With other bounds on the wait for a process that is frozen in the middle of a swap. */
  DatabaseCatalog open(long lockTimeoutMillis, long patienceMillis) {
    return WriterPlaces.open(
        new FileObjectStore(TimeSource.system(), Ids.system(), lockTimeoutMillis),
        warehouse,
        patienceMillis,
        point -> {});
  }

  /** Leaves no process behind when a test ends early. */
  @Override
  public void close() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  int acknowledged() {
    return acknowledged.size();
  }

  /** Starts a process; {@code failPoint} null for one that pauses nowhere. */
  Child start(FailPoint failPoint, long pauseMillis) {
    long first = nextRange * 100_000;
    nextRange++;
    try {
      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElse("java"),
                  "-Xshare:auto",
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx256m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  CommitChild.class.getName(),
                  warehouse,
                  Long.toString(first),
                  failPoint == null ? "-" : failPoint.point(),
                  failPoint == null ? "-" : failPoint.part(),
                  Long.toString(pauseMillis))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      processes.add(process);
      return new Child(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Commits a value from this process. */
  void commitHere(DatabaseCatalog database, long value) {
    tried.add(value);
    CommitChild.commit(database, value);
    acknowledged.add(value);
  }

  /** Promises 1, 2, 4, 7: readable, nothing lost, nothing twice, nothing half, nothing made up. */
  int verify() {
    Map<Long, Integer> left;
    Map<Long, Integer> right;
    try (DatabaseCatalog database = open()) {
      Transaction reader = Transaction.begin(database, IsolationLevel.SNAPSHOT, true, null);
      left = values(database, reader, TortureRun.TABLES.get(0), 1);
      right =
          database.commitsTogether()
              ? values(database, reader, TortureRun.TABLES.get(1), -1)
              : left;
    }
    assertThat(left).as("each value in both tables or in none").isEqualTo(right);
    assertThat(left.values()).as("no value twice").allMatch(times -> times == 1);
    assertThat(left.keySet()).as("acknowledged values are there").containsAll(acknowledged);
    assertThat(tried).as("nobody made a value up").containsAll(left.keySet());
    return left.size();
  }

  private static Map<Long, Integer> values(
      DatabaseCatalog database, Transaction reader, TableIdentifier identifier, int sign) {
    Map<Long, Integer> values = new HashMap<>();
    TableFiles.read(database.store(), reader.load(identifier).orElseThrow())
        .forEach(value -> values.merge(sign * value, 1, Integer::sum));
    return values;
  }

  /** One process, and what it says. */
  final class Child {
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread listener;

    Child(Process process) {
      this.process = process;
      this.listener = new Thread(this::listen, "child-" + process.pid());
      listener.setDaemon(true);
      listener.start();
    }

    private void listen() {
      try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          if (line.startsWith("try ")) {
            tried.add(Long.parseLong(line.substring(4)));
          } else if (line.startsWith("ack ")) {
            acknowledged.add(Long.parseLong(line.substring(4)));
          }
          lines.add(line);
        }
      } catch (IOException e) {
        lines.add("end");
      }
    }

    /** Waits for the next line that begins so. */
    void await(String beginning) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (System.nanoTime() < deadline) {
        String line = lines.poll(1, TimeUnit.SECONDS);
        if (line != null && line.startsWith(beginning)) {
          return;
        }
        if (line == null && !process.isAlive()) {
          break;
        }
      }
      throw new AssertionError("the child never said '" + beginning + "'");
    }

    /** Sends a signal by its name. */
    void signal(String name) throws InterruptedException {
      try {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** SIGKILL, and the last words are heard. */
    void kill() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor();
      listener.join();
    }
  }
}
