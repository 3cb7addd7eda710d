package dev.frazil.engine;

import dev.frazil.catalog.CatalogFactory;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import dev.frazil.testing.PlannedRows;
import dev.frazil.txn.IsolationLevel;
import dev.frazil.txn.Transaction;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A table {@code t} with small files and a delete file for each, for tests that rewrite these. */
abstract class PositionDeleteTables {
  final FastFolder memory = FastFolder.create();
  EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(memory.path());
  }

  @AfterEach
  void close() {
    frazil.close();
    memory.close();
  }

  void create(String version, String more) {
    frazil.update(
        "CREATE TABLE t (id integer, p varchar) "
            + more
            + " WITH (\"format-version\" = '"
            + version
            + "', \"write.delete.mode\" = 'merge-on-read', \"write.frazil.auto-maintain\" = 'false')");
  }

  /** Files of ids 100 * i to 100 * i + 99, of each of which a delete file takes one. */
  void fill(int from, int to) {
    for (int i = from; i < to; i++) {
      insert(i, "x");
      frazil.update("DELETE FROM t WHERE id = " + (100 * i + 7));
    }
  }

  void insert(int i, String p) {
    frazil.update(
        "INSERT INTO t SELECT %d + n, '%s' FROM generate_series(0, 99) AS s (n)"
            .formatted(100 * i, p));
  }

  List<String> rows() {
    return frazil.query("SELECT id, p FROM t").sorted();
  }

  String call(String more) {
    return frazil
        .query("CALL system.rewrite_position_delete_files('t'" + more + ")")
        .lines()
        .get(0);
  }

  static Table table(DatabaseCatalog catalog) {
    return Transaction.begin(catalog, IsolationLevel.SNAPSHOT, false, null)
        .load(TableIdentifier.of("main", "t"))
        .orElseThrow();
  }

  List<String> rowsByOthers() {
    try (DatabaseCatalog catalog = CatalogFactory.open(frazil.engine().config())) {
      return PlannedRows.of(table(catalog), "id, p");
    }
  }
}
