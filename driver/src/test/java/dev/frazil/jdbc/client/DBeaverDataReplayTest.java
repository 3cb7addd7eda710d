package dev.frazil.jdbc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.jdbc.client.DBeaverValues.Cell;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DBeaver reads: pages of a table, filters, counts, exports, the DDL of a table, and a cancel. */
class DBeaverDataReplayTest {
  private static final int ROWS = 1000;

  @TempDir static Path folder;

  private static String url;
  private static DBeaverCalls dbeaver;

  @BeforeAll
  static void open() throws SQLException {
    url = "jdbc:iceberg:" + folder.resolve("db");
    dbeaver = DBeaverCalls.connect(url, new Properties(), false);
    try (Statement statement = dbeaver.connection().createStatement()) {
      statement.execute(
          "CREATE TABLE reading AS SELECT n AS id, 'sensor ' || (n % 7) AS sensor, n * 0.5e0 AS"
              + " value FROM generate_series(1, "
              + ROWS
              + ") AS s(n)");
      statement.execute("CREATE SCHEMA \"Mixed Case\"");
      statement.execute("CREATE TABLE \"Mixed Case\".\"Table 1\" (\"select\" bigint)");
      statement.execute("INSERT INTO \"Mixed Case\".\"Table 1\" VALUES (1)");
      statement.execute(
          "CREATE TABLE kinds (a boolean, b integer, c bigint NOT NULL, d real, e double, f"
              + " decimal(10,2), g date, h time, i timestamp, j timestamp with time zone, k varchar"
              + " DEFAULT 'x', l varbinary, m fixed(4), n uuid, o array(integer), p map(varchar,"
              + " integer), q row(x integer, y varchar), PRIMARY KEY (c))");
      statement.execute("INSERT INTO kinds (c, o) VALUES (1, ARRAY[1, NULL, 3])");
    }
  }

  @AfterAll
  static void close() throws SQLException {
    dbeaver.close();
  }

  private static List<Object> ids(String sql, int first, int maxRows) throws SQLException {
    List<Object> ids = new ArrayList<>();
    try (ResultSet rows = dbeaver.readRows(sql, first, maxRows)) {
      while (rows.next()) {
        ids.add(DBeaverValues.fetch(rows).get(0).value());
      }
      rows.getStatement().close();
    }
    return ids;
  }

  /** The grid asks for 200 rows more at its end: JDBCTable.readData with firstRow 200, 400, ... */
  @Test
  void aTableIsReadInPages() throws SQLException {
    List<Object> all = new ArrayList<>();
    for (int first = 0; ; first += 200) {
      List<Object> page = ids("SELECT * FROM main.reading", first, 200);
      assertThat(page.size()).isLessThanOrEqualTo(200);
      all.addAll(page);
      if (page.size() < 200 || all.size() == ROWS) {
        break;
      }
    }
    assertThat(all).hasSize(ROWS).doesNotHaveDuplicates();
  }

  /** SQLUtils.appendQueryConditions and appendQueryOrder; the wrapped text of an editor. */
  @Test
  void rowsAreFilteredOrderedAndCounted() throws SQLException {
    assertThat(ids("SELECT * FROM main.reading\nWHERE sensor = 'sensor 1'\nORDER BY id DESC", 0, 3))
        .containsExactly(995L, 988L, 981L);
    assertThat(ids("SELECT * FROM (select * from reading) dbvrslt\nWHERE id<3", 0, 200)).hasSize(2);
    assertThat(dbeaver.count("main.reading\nWHERE sensor LIKE 'sensor 1%'")).isEqualTo(143);
    assertThat(dbeaver.count("(\nselect * from reading limit 10\n) dbvrcnt")).isEqualTo(10);
  }

  /** DBUtils.getQuotedIdentifier: names that need quotes get them. */
  @Test
  void namesInMixedCaseAreFound() throws SQLException {
    Answer tables = dbeaver.loadTables("Mixed Case", null);
    assertThat(tables.column("TABLE_NAME")).containsExactly("Table 1");
    assertThat(dbeaver.loadColumns("Mixed Case", "Table 1").column("COLUMN_NAME"))
        .containsExactly("select");
    try (ResultSet rows = dbeaver.readRows("SELECT * FROM \"Mixed Case\".\"Table 1\"", 0, 200)) {
      assertThat(DBeaverCalls.origin(rows.getMetaData(), 1)).isEqualTo("Mixed Case.Table 1.select");
      rows.getStatement().close();
    }
    try (Connection other = DriverManager.getConnection(url)) {
      other.setSchema("Mixed Case");
      assertThat(other.getSchema()).isEqualTo("Mixed Case");
    }
  }

  /** A namespace of two levels is one schema whose name DBeaver quotes. */
  @Test
  void aSchemaWithADotIsBrowsed() throws SQLException {
    try (Statement statement = dbeaver.connection().createStatement()) {
      statement.execute("CREATE SCHEMA sales");
      statement.execute("CREATE SCHEMA sales.emea");
      statement.execute("CREATE TABLE sales.emea.visit AS SELECT 7 AS id");
    }
    assertThat(dbeaver.loadSchemas().column("TABLE_SCHEM")).contains("sales.emea");
    assertThat(dbeaver.loadTables("sales.emea", null).column("TABLE_NAME"))
        .containsExactly("visit");
    try (ResultSet rows = dbeaver.readRows("SELECT * FROM \"sales.emea\".visit", 0, 200)) {
      assertThat(DBeaverCalls.origin(rows.getMetaData(), 1)).isEqualTo("sales.emea.visit.id");
      assertThat(rows.next()).isTrue();
      rows.getStatement().close();
    }
    for (String sql :
        List.of(
            "INSERT INTO \"sales.emea\".visit (id) VALUES (8)",
            "UPDATE \"sales.emea\".visit\n\tSET id=9\n\tWHERE id=8",
            "DELETE FROM \"sales.emea\".visit\n\tWHERE id=9")) {
      try (PreparedStatement statement = dbeaver.prepare(sql)) {
        assertThat(statement.executeUpdate()).as(sql).isEqualTo(1);
      }
    }
    assertThat(ids("SELECT v.id FROM \"Sales.EMEA\".visit v, sales.emea.visit w", 0, 9)).hasSize(1);
    try (Statement statement = dbeaver.connection().createStatement()) {
      statement.execute("CREATE TABLE \"sales.emea\".other (id bigint)");
      assertThat(dbeaver.loadTables("sales.emea", null).column("TABLE_NAME"))
          .containsExactly("other", "visit");
      statement.execute("DROP TABLE \"sales.emea\".other");
    }
  }

  /** SQLUtils.convertValueToSQL with DBDDisplayFormat.NATIVE: an export to SQL, run again. */
  @Test
  void theInsertsOfAnExportRun() throws SQLException {
    try (Statement statement = dbeaver.connection().createStatement()) {
      statement.execute(
          "CREATE TABLE exported (a boolean, b bigint, c decimal(10,2), d date, e time, f timestamp,"
              + " g varchar, h uuid, i double)");
      assertThat(
              statement.executeUpdate(
                  "INSERT INTO main.exported (a,b,c,d,e,f,g,h,i) VALUES\n\t"
                      + " (true,1,2.50,'2024-01-31','10:11:12','2024-01-31 10:00:00.250','it''s',"
                      + "'123e4567-e89b-12d3-a456-426614174000',1.5),\n\t"
                      + " (NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL)"))
          .isEqualTo(2);
    }
    assertThat(
            ids(
                "SELECT b FROM main.exported\nWHERE f='2024-01-31 10:00:00.250' AND d='2024-01-31'",
                0,
                9))
        .containsExactly(1L);
  }

  /** DatabaseTransferProducer: a connection of its own, in a transaction, all rows. */
  @Test
  void aTableIsExported() throws SQLException {
    try (DBeaverCalls export = DBeaverCalls.connect(url, new Properties(), false)) {
      export.connection().setAutoCommit(false);
      assertThat(export.count("main.reading")).isEqualTo(ROWS);
      StringBuilder csv = new StringBuilder();
      try (Statement statement =
          export
              .connection()
              .createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
        statement.setFetchSize(100);
        assertThat(statement.execute("SELECT * FROM main.reading")).isTrue();
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            List<Cell> cells = DBeaverValues.fetch(rows);
            csv.append(String.join(",", cells.stream().map(DBeaverValues::text).toList()))
                .append('\n');
          }
        }
      }
      export.connection().setAutoCommit(true);
      assertThat(csv.toString().lines()).hasSize(ROWS).contains("1000,sensor 6,500.0");
    }
  }

  @Test
  void anArrayIsShownElementByElement() throws SQLException {
    try (ResultSet rows = dbeaver.readRows("SELECT o FROM main.kinds", 0, 200)) {
      rows.next();
      List<Object> elements = new ArrayList<>(List.of(1));
      elements.add(null);
      elements.add(3);
      assertThat(DBeaverValues.fetch(rows).get(0).value()).isEqualTo(elements);
      rows.getStatement().close();
    }
  }

  /**
   * SQLTableManager and SQLTableColumnManager.DataTypeModifier: the DDL that DBeaver shows, from
   * metadata alone, makes the table again.
   */
  @Test
  void theDdlOfATableMakesItAgain() throws SQLException {
    Answer types = dbeaver.loadTypes();
    StringBuilder ddl = new StringBuilder("CREATE TABLE main.again (\n\t");
    Answer columns = dbeaver.loadColumns("main", "kinds");
    for (Map<String, String> column : columns.rows()) {
      ddl.append('"').append(column.get("COLUMN_NAME")).append("\" ");
      ddl.append(DBeaverTypes.declaration(column, types));
      ddl.append("0".equals(column.get("NULLABLE")) ? " NOT NULL" : "");
      String defaultValue = column.get("COLUMN_DEF");
      ddl.append(defaultValue == null ? "" : " DEFAULT " + defaultValue).append(",\n\t");
    }
    Map<String, String> key = dbeaver.loadKeys("main", "kinds").where("COLUMN_NAME", "c");
    ddl.append("CONSTRAINT ").append(key.get("PK_NAME")).append(" PRIMARY KEY (c)\n)");
    // GenericTableManager.excludeFromDDL: an index of that name is no CREATE INDEX.
    for (String index : dbeaver.loadIndexes("main", "kinds").column("INDEX_NAME")) {
      assertThat(index).isIn(null, key.get("PK_NAME"));
    }
    try (Statement statement = dbeaver.connection().createStatement()) {
      statement.execute(ddl.toString());
    }
    Answer again = dbeaver.loadColumns("main", "again");
    for (String name :
        List.of("COLUMN_NAME", "TYPE_NAME", "COLUMN_SIZE", "NULLABLE", "COLUMN_DEF")) {
      assertThat(again.column(name)).isEqualTo(columns.column(name));
    }
    try (Statement statement = dbeaver.connection().createStatement()) {
      statement.execute("DROP TABLE main.again");
    }
  }

  /** DBUtils.createStatement: CALL is prepared, with prepareCall where it has parameters. */
  @Test
  void aProcedureIsCalled() throws SQLException {
    try (PreparedStatement call =
        dbeaver.prepare("CALL system.rewrite_data_files('main.reading')")) {
      assertThat(call.execute()).isTrue();
      assertThat(call.getResultSet().next()).isTrue();
    }
    try (PreparedStatement call =
        dbeaver
            .connection()
            .prepareCall(
                "CALL system.rewrite_data_files(?)",
                ResultSet.TYPE_FORWARD_ONLY,
                ResultSet.CONCUR_READ_ONLY)) {
      call.setString(1, "main.reading");
      assertThat(call.execute()).isTrue();
    }
  }

  /** JDBCDataSource.cancelStatementExecute, from another thread. */
  @Test
  void aQueryIsCancelled() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Statement statement = dbeaver.connection().createStatement()) {
      Future<Boolean> query =
          other.submit(
              () ->
                  statement.execute(
                      "SELECT count(*) FROM reading a, reading b, reading c, reading d"
                          + " WHERE a.value + b.value > c.value * d.value"));
      while (!query.isDone()) {
        statement.cancel();
        TimeUnit.MILLISECONDS.sleep(5);
      }
      assertThatThrownBy(query::get)
          .cause()
          .isInstanceOfSatisfying(
              SQLException.class, failure -> assertThat(failure.getSQLState()).isEqualTo("57014"));
      assertThat(statement.execute("SELECT 1")).as("the statement is used again").isTrue();
    } finally {
      other.shutdownNow();
    }
    // JDBCUtils.isConnectionAlive
    assertThat(dbeaver.connection().isClosed()).isFalse();
    assertThat(dbeaver.connection().isValid(10)).isTrue();
  }
}
