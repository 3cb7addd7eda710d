package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code CALL system.register_database} and {@code snapshot_database}. */
class DatabaseMigrationTest {
  private static final String SUMS =
      "SELECT sum(id), count(*), max(v) FROM sales.emea.orders UNION ALL"
          + " SELECT sum(id), count(*), max(v) FROM main.marks";

  @TempDir Path folder;
  private EngineRunner source;
  private EngineRunner target;

  /** The source stands in a folder of the target's warehouse, as two prefixes of one bucket may. */
  @BeforeEach
  void open() {
    Warehouse old = new Warehouse.LocalFolder(folder.resolve("old").toString());
    target = opened(old);
    target.update("CREATE SCHEMA of_ours");
    source = EngineRunner.open(ConnectionConfig.of(old));
    source.script(
        "CREATE SCHEMA sales",
        "CREATE SCHEMA sales.emea WITH (comment = 'Europe')",
        "CREATE TABLE sales.emea.orders (id bigint, day date, v varchar)"
            + " WITH (partitioning = ARRAY['month(day)'])",
        "INSERT INTO sales.emea.orders SELECT x, DATE '2026-01-01' + x * INTERVAL '1' DAY,"
            + " 'v' || x FROM UNNEST(sequence(1, 90)) AS t(x)",
        "DELETE FROM sales.emea.orders WHERE id % 7 = 0",
        "ALTER TABLE sales.emea.orders RENAME COLUMN v TO w",
        "ALTER TABLE sales.emea.orders RENAME COLUMN w TO v",
        "CREATE TABLE marks (id bigint, v varchar)",
        "INSERT INTO marks VALUES (1, 'a'), (2, 'b')",
        "ALTER TABLE marks CREATE TAG first",
        "INSERT INTO marks VALUES (3, 'c')",
        "CREATE TABLE nothing (id integer)",
        "CREATE VIEW many AS SELECT count(*) AS n FROM sales.emea.orders");
  }

  private EngineRunner opened(Warehouse of) {
    return EngineRunner.open(
        new ConnectionConfig(
            new Warehouse.LocalFolder(folder.toString()),
            Map.of(),
            Map.of(),
            ConnectionConfig.of(of)));
  }

  @AfterEach
  void close() {
    target.close();
    source.close();
  }

  private List<String> dataFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).filter(file -> file.endsWith(".parquet")).sorted().toList();
    }
  }

  private static SqlState state(Throwable failure) {
    return ((EngineException) failure).state();
  }

  @ParameterizedTest
  @ValueSource(strings = {"register_database", "snapshot_database"})
  void everythingIsThereByOneCommitAndNoDataIsWritten(String procedure) throws IOException {
    List<String> before = dataFiles();
    int versions = target.query("SHOW DATABASE HISTORY LIMIT ALL").lines().size();
    assertThat(target.query("CALL system." + procedure + "()").lines())
        .map(line -> line.replaceAll("\\| \\d{10,} \\|", "| id |"))
        .containsExactly(
            "main | many | view | true | NULL | NULL",
            "main | marks | table | true | id | 3",
            "main | nothing | table | true | NULL | NULL",
            "sales.emea | orders | table | true | id | 78");
    assertThat(target.query("SHOW DATABASE HISTORY LIMIT ALL").lines()).hasSize(versions + 1);
    assertThat(dataFiles()).isEqualTo(before);
    assertThat(target.query(SUMS).lines()).isEqualTo(source.query(SUMS).lines());
    assertThat(target.query("SELECT n FROM many").lines()).containsExactly("78");
    assertThat(target.query("SELECT max(id) FROM marks FOR VERSION AS OF 'first'").lines())
        .containsExactly("2");
    assertThat(target.query("SHOW CREATE SCHEMA sales.emea").lines().toString()).contains("Europe");
    // Again: what is there stays, and counts as there.
    assertThat(target.query("CALL system." + procedure + "()").lines())
        .allMatch(line -> line.contains("| false |"));
  }

  @Test
  void aSnapshotAndItsSourceGoWaysOfTheirOwn() throws IOException {
    target.query("CALL system.snapshot_database()");
    List<String> shared = dataFiles();
    target.update("INSERT INTO marks VALUES (10, 'ours')");
    source.update("INSERT INTO marks VALUES (20, 'theirs')");
    source.update("DELETE FROM sales.emea.orders WHERE id < 30");
    assertThat(target.query("SELECT v FROM marks").sorted()).containsExactly("a", "b", "c", "ours");
    assertThat(source.query("SELECT v FROM marks").sorted())
        .containsExactly("a", "b", "c", "theirs");
    assertThat(target.query("SELECT count(*) FROM sales.emea.orders").lines())
        .containsExactly("78");
    // Nothing that the target does takes a file from the source.
    for (String call : List.of("expire_snapshots('marks')", "remove_orphan_files('marks')")) {
      assertThatThrownBy(() -> target.query("CALL system." + call))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("gc.enabled");
    }
    target.query("CALL system.rewrite_data_files(table => 'sales.emea.orders')");
    target.update("DROP TABLE sales.emea.orders");
    assertThatThrownBy(() -> target.update("DROP TABLE marks PURGE"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("gc.enabled");
    assertThat(dataFiles()).containsAll(shared);
    assertThat(source.query("SELECT count(*) FROM sales.emea.orders").lines())
        .containsExactly("53");
  }

  @Test
  void oneNameThatIsTakenLeavesTheTargetAsItWas() {
    target.update("CREATE TABLE nothing (mine integer)");
    for (String procedure : List.of("register_database", "snapshot_database")) {
      assertThatThrownBy(() -> target.query("CALL system." + procedure + "()"))
          .satisfies(failure -> assertThat(state(failure)).isEqualTo(SqlState.DUPLICATE_TABLE));
    }
    assertThat(target.query("SHOW TABLES").lines()).containsExactly("nothing");
    assertThat(target.query("SHOW SCHEMAS").lines()).doesNotContain("sales");
    // One schema alone does not meet it.
    assertThat(target.query("CALL system.register_database(schema => 'sales.emea')").lines())
        .hasSize(1);
    assertThat(target.query("SELECT count(*) FROM sales.emea.orders").lines())
        .containsExactly("78");
    assertThatThrownBy(() -> target.query("CALL system.register_database(schema => 'x')"))
        .satisfies(failure -> assertThat(state(failure)).isEqualTo(SqlState.SCHEMA_NOT_FOUND));
  }

  @Test
  void aHadoopWarehouseBecomesADatabase() throws IOException {
    Files.createDirectory(folder.resolve("hadoop"));
    Warehouse hadoop = new Warehouse.HadoopFolder(folder.resolve("hadoop").toString());
    try (EngineRunner old = EngineRunner.open(ConnectionConfig.of(hadoop));
        EngineRunner fresh = opened(hadoop)) {
      old.update("CREATE SCHEMA db");
      old.update("CREATE TABLE db.t (id integer, v varchar)");
      old.update("INSERT INTO db.t VALUES (1, 'a'), (2, 'b')");
      assertThat(fresh.query("CALL system.register_database()").lines()).hasSize(1);
      fresh.update("UPDATE db.t SET v = 'x' WHERE id = 1");
      assertThat(fresh.query("SELECT * FROM db.t").sorted()).containsExactly("1 | x", "2 | b");
    }
  }

  /** There and back: a database to a JDBC catalog elsewhere, and from there to a third place. */
  @ParameterizedTest
  @ValueSource(strings = {"register_database", "snapshot_database"})
  void aDatabaseMovesToAnotherCatalogAndOn(String procedure) {
    Warehouse old = new Warehouse.LocalFolder(folder.resolve("old").toString());
    Warehouse catalog =
        new Warehouse.JdbcCatalog(
            "jdbc:sqlite:" + folder.resolve("catalog.db"),
            new Warehouse.LocalFolder(folder.resolve("files").toString()));
    Warehouse third = new Warehouse.LocalFolder(folder.resolve("third").toString());
    Map<ConnectionProperty, String> reach =
        Map.of(
            ConnectionProperty.TABLE_LOCATIONS, folder.resolve("old") + "," + catalog.location());
    ConnectionConfig middle =
        new ConnectionConfig(catalog, reach, Map.of(), ConnectionConfig.of(old));
    try (EngineRunner moved = EngineRunner.open(middle);
        EngineRunner last =
            EngineRunner.open(
                new ConnectionConfig(
                    third, reach, Map.of(), new ConnectionConfig(catalog, reach, Map.of())))) {
      assertThat(moved.query("CALL system." + procedure + "()").lines()).hasSize(4);
      assertThat(moved.query(SUMS).lines()).isEqualTo(source.query(SUMS).lines());
      assertThat(moved.query("SELECT n FROM main.many").lines()).containsExactly("78");
      moved.update("INSERT INTO main.marks VALUES (4, 'd')");
      assertThat(last.query("CALL system." + procedure + "()").lines()).hasSize(4);
      last.update("DELETE FROM marks WHERE id = 1");
      assertThat(last.query("SELECT v FROM marks").sorted()).containsExactly("b", "c", "d");
      assertThat(last.query("CALL system." + procedure + "()").lines())
          .allMatch(line -> line.contains("| false |"));
    }
  }

  @Test
  void filesOfAnotherPlaceAreRefused() {
    Warehouse far = new Warehouse.LocalFolder(folder.resolve("old").toString());
    try (EngineRunner elsewhere =
        EngineRunner.open(
            new ConnectionConfig(
                new Warehouse.LocalFolder(folder.resolve("new").toString()),
                Map.of(),
                Map.of(),
                ConnectionConfig.of(far)))) {
      for (String procedure : List.of("register_database", "snapshot_database")) {
        assertThatThrownBy(() -> elsewhere.query("CALL system." + procedure + "()"))
            .satisfies(failure -> assertThat(state(failure)).isEqualTo(SqlState.LOCATION_REFUSED));
      }
      assertThat(elsewhere.query("SHOW TABLES").lines()).isEmpty();
    }
  }

  @Test
  void withoutASourceOrTheRightToWriteNothingHappens() {
    assertThatThrownBy(() -> source.query("CALL system.register_database()"))
        .hasMessageContaining("'source'")
        .satisfies(
            failure -> assertThat(state(failure)).isEqualTo(SqlState.INVALID_PARAMETER_VALUE));
    try (EngineRunner reader =
        EngineRunner.open(
            new ConnectionConfig(
                new Warehouse.LocalFolder(folder.toString()),
                Map.of(ConnectionProperty.READ_ONLY, "true"),
                Map.of(),
                ConnectionConfig.of(
                    new Warehouse.LocalFolder(folder.resolve("old").toString()))))) {
      assertThatThrownBy(() -> reader.query("CALL system.snapshot_database()"))
          .satisfies(
              failure -> assertThat(state(failure)).isEqualTo(SqlState.READ_ONLY_TRANSACTION));
    }
  }
}
