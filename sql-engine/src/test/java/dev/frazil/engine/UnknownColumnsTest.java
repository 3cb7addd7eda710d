package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of the type unknown: always null, and in no data file (Iceberg spec, version 3). */
class UnknownColumnsTest {
  private static final String V3 = " WITH (\"format-version\" = '3')";

  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).lines();
  }

  /** A bare NULL says nothing of its type; a column of a table does. */
  @Test
  void viewsAndTablesOfQueriesTakeThemOver() {
    frazil.script(
        "CREATE TABLE t (id integer, u unknown)" + V3,
        "INSERT INTO t (id) VALUES (1)",
        "CREATE VIEW v AS SELECT u, id FROM t",
        "CREATE VIEW w (a, b) AS SELECT * FROM v WHERE id > 0",
        "CREATE TABLE c" + V3 + " AS SELECT id, u AS n FROM t ORDER BY id");
    assertThat(rows("SELECT * FROM v")).containsExactly("NULL | 1");
    assertThat(rows("SELECT a, b FROM w")).containsExactly("NULL | 1");
    assertThat(rows("SELECT * FROM c")).containsExactly("1 | NULL");
    assertThat(rows("DESCRIBE v").toString()).contains("u | unknown");
    assertThat(rows("SHOW CREATE TABLE c").toString()).contains("n unknown");
    for (String sql :
        List.of(
            "CREATE VIEW x AS SELECT NULL AS n FROM t",
            "CREATE TABLE x" + V3 + " AS SELECT NULL AS n, id FROM t")) {
      assertThatThrownBy(() -> frazil.update(sql)).hasMessageContaining("a bare NULL");
    }
    assertThatThrownBy(() -> frazil.update("CREATE TABLE x AS SELECT * FROM t"))
        .hasMessageContaining("unknown")
        .hasMessageContaining("3");
  }

  @Test
  void columnsAreAlwaysNullAndInNoFile() {
    frazil.script(
        "CREATE TABLE t (id integer, u unknown, r row(a integer, x unknown), v varchar)" + V3,
        "INSERT INTO t (id, r, v) VALUES (1, ROW(10, NULL), 'a'), (2, NULL, 'b')",
        "INSERT INTO t VALUES (3, NULL, ROW(30, NULL), 'c')");
    assertThat(rows("SELECT id, u, r, v FROM t ORDER BY id"))
        .containsExactly(
            "1 | NULL | [10, NULL] | a", "2 | NULL | NULL | b", "3 | NULL | [30, NULL] | c");
    assertThat(rows("SELECT count(*), count(u), max(id) FROM t WHERE u IS NULL"))
        .containsExactly("3 | 0 | 3");
    assertThat(rows("SELECT id FROM t WHERE u IS NOT NULL")).isEmpty();
    assertThat(rows("SELECT u, count(*) FROM t GROUP BY u")).containsExactly("NULL | 3");
    frazil.update("UPDATE t SET v = v || '!' WHERE id = 3");
    frazil.update("DELETE FROM t WHERE id = 2");
    assertThat(rows("SELECT id, u, r.x, v FROM t ORDER BY u, id"))
        .containsExactly("1 | NULL | NULL | a", "3 | NULL | NULL | c!");
    try (DuckDbRunner duckDb = new DuckDbRunner()) {
      for (String file : rows("SELECT DISTINCT _file FROM t")) {
        assertThat(
                duckDb
                    .query(
                        "SELECT name FROM parquet_schema('" + file + "') WHERE name IN ('u', 'x')")
                    .lines())
            .isEmpty();
      }
    }
    assertThat(rows("SHOW CREATE TABLE t").toString()).contains("u unknown", "x unknown");
  }

  @Test
  void otherValuesAreRefused() {
    frazil.script("CREATE TABLE t (id integer, u unknown)" + V3);
    assertThatThrownBy(() -> frazil.update("INSERT INTO t VALUES (1, 5)"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.DATATYPE_MISMATCH));
    assertThat(frazil.update("INSERT INTO t VALUES (?, ?)", 1, null)).isEqualTo(1);
    assertThat(rows("SELECT id, u FROM t")).containsExactly("1 | NULL");
    for (String columns :
        List.of("u unknown", "id integer, u array(unknown)", "id integer, u unknown NOT NULL")) {
      assertThatThrownBy(() -> frazil.script("CREATE TABLE n (" + columns + ")" + V3))
          .as(columns)
          .isInstanceOf(EngineException.class);
    }
    assertThatThrownBy(() -> frazil.update("CREATE TABLE o (id integer, u unknown)"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED))
        .hasMessageContaining("format-version");
  }

  @Test
  void filesOfTextAreCopiedInAndOut() throws IOException {
    Path files = Files.createDirectories(folder.resolve("files"));
    try (EngineRunner copying =
        EngineRunner.open(
            new ConnectionConfig(
                new Warehouse.LocalFolder(folder.resolve("db").toString()),
                Map.of(ConnectionProperty.COPY_LOCATIONS, files.toString()),
                Map.of()))) {
      copying.script(
          "CREATE TABLE t (id integer, u unknown, r row(a integer, x unknown))" + V3,
          "INSERT INTO t VALUES (1, NULL, ROW(2, NULL)), (2, NULL, NULL)");
      for (String format : List.of("csv", "json")) {
        String file = "'" + files.resolve("t." + format) + "' (FORMAT " + format + ")";
        assertThat(copying.update("COPY t TO " + file)).isEqualTo(2);
        copying.update("DELETE FROM t");
        assertThat(copying.update("COPY t FROM " + file)).as(format).isEqualTo(2);
        assertThat(copying.query("SELECT * FROM t ORDER BY id").lines())
            .containsExactly("1 | NULL | [2, NULL]", "2 | NULL | NULL");
      }
      Files.writeString(files.resolve("x.csv"), "id,u\n1,a\n");
      assertThatThrownBy(
              () -> copying.update("COPY t (id, u) FROM '" + files.resolve("x.csv") + "'"))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("line 2")
          .hasMessageContaining("nothing but nulls");
    }
  }

  /** What another writer added to the schema of a table with rows. */
  @Test
  void columnsThatAnotherWriterAddsAreRead() {
    frazil.script("CREATE TABLE t (id integer)" + V3, "INSERT INTO t VALUES (1)");
    frazil.change("t", table -> table.updateSchema().addColumn("u", Types.UnknownType.get()));
    frazil.script("INSERT INTO t (id) VALUES (2)");
    assertThat(rows("SELECT id, u FROM t ORDER BY id")).containsExactly("1 | NULL", "2 | NULL");
  }
}
