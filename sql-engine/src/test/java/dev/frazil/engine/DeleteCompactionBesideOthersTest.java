package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.catalog.CatalogFactory;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import dev.frazil.testing.PlannedRows;
import dev.frazil.txn.IsolationLevel;
import dev.frazil.txn.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code CALL system.rewrite_position_delete_files} beside transactions that delete rows. */
class DeleteCompactionBesideOthersTest {
  private final FastFolder memory = FastFolder.create();
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(memory.path());
  }

  @AfterEach
  void close() {
    frazil.close();
    memory.close();
  }

  private void create(String version, String more) {
    frazil.update(
        "CREATE TABLE t (id integer, p varchar) "
            + more
            + " WITH (\"format-version\" = '"
            + version
            + "', \"write.delete.mode\" = 'merge-on-read', \"write.frazil.auto-maintain\" = 'false')");
  }

  /** Files of ids 100 * i to 100 * i + 99, of each of which a delete file takes one. */
  private void fill(int from, int to) {
    for (int i = from; i < to; i++) {
      insert(i, "x");
      frazil.update("DELETE FROM t WHERE id = " + (100 * i + 7));
    }
  }

  private void insert(int i, String p) {
    frazil.update(
        "INSERT INTO t SELECT %d + n, '%s' FROM generate_series(0, 99) AS s (n)"
            .formatted(100 * i, p));
  }

  private List<String> rows() {
    return frazil.query("SELECT id, p FROM t").sorted();
  }

  private static Table table(DatabaseCatalog catalog) {
    return Transaction.begin(catalog, IsolationLevel.SNAPSHOT, false, null)
        .load(TableIdentifier.of("main", "t"))
        .orElseThrow();
  }

  private List<String> rowsByOthers() {
    try (DatabaseCatalog catalog = CatalogFactory.open(frazil.engine().config())) {
      return PlannedRows.of(table(catalog), "id, p");
    }
  }

  private String call(String more) {
    return frazil
        .query("CALL system.rewrite_position_delete_files('t'" + more + ")")
        .lines()
        .get(0);
  }

  /** A DELETE whose delete file takes the place of one that is put together with others. */
  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  void aTransactionThatDeletedRowsGivesWay(String version) {
    create(version, "");
    fill(0, 5);
    try (EngineRunner other = EngineRunner.local(memory.path())) {
      other.script("START TRANSACTION", "DELETE FROM t WHERE id = 42");
      assertThat(call("")).startsWith("5 | ");
      EngineException failure =
          catchThrowableOfType(EngineException.class, () -> other.update("COMMIT"));
      assertThat(failure.state().code()).isEqualTo("40001");
      assertThat(other.update("DELETE FROM t WHERE id = 42")).isEqualTo(1);
    }
    assertThat(rows()).hasSize(5 * 99 - 1).isEqualTo(rowsByOthers());
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  void besideWritersNoRowIsLostAndNoneComesBack(String version) throws Exception {
    create(version, "");
    fill(0, 6);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (EngineRunner writer = EngineRunner.local(memory.path());
        EngineRunner compactor = EngineRunner.local(memory.path())) {
      Future<Long> rewritten = threads.submit(() -> compact(compactor, done));
      Future<Long> written = threads.submit(() -> write(writer, done));
      assertThat(written.get()).isEqualTo(4 * 20 + 19);
      assertThat(rewritten.get()).isGreaterThan(2);
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    List<String> expected = new ArrayList<>(List.of("10019 | new"));
    for (int id = 0; id < 600; id++) {
      boolean isDeleted = id % 100 == 7 || (id < 400 && id % 100 >= 20 && id % 100 < 40);
      if (!isDeleted) {
        expected.add(id + " | x");
      }
    }
    expected.sort(null);
    assertThat(rows()).isEqualTo(expected).isEqualTo(rowsByOthers());
  }

  /** Answers how many delete files were put together. */
  private static long compact(EngineRunner frazil, AtomicBoolean done) {
    String call =
        "CALL system.rewrite_position_delete_files('t', options => MAP['min-input-files', '2'])";
    long files = 0;
    while (!done.get()) {
      String answer = frazil.query(call).lines().get(0);
      files += Long.parseLong(answer.substring(0, answer.indexOf(' ')));
    }
    return files;
  }

  /** Answers how many rows were deleted. */
  private static long write(EngineRunner frazil, AtomicBoolean done) {
    long deleted = 0;
    try {
      for (int i = 0; i < 20; i++) {
        deleted += frazil.update("DELETE FROM t WHERE id % 100 = " + (20 + i) + " AND id < 400");
        frazil.update("INSERT INTO t VALUES (" + (10_000 + i) + ", 'new')");
        deleted += frazil.update("DELETE FROM t WHERE id = " + (10_000 + i - 1));
      }
    } finally {
      done.set(true);
    }
    return deleted;
  }
}
