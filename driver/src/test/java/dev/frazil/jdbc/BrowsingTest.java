package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.plan.Procedure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client sees that browses a real database. */
class BrowsingTest {
  @TempDir private Path folder;
  private Connection connection;
  private DatabaseMetaData metaData;

  @BeforeEach
  void create() throws SQLException {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"));
    metaData = connection.getMetaData();
    run(
        "CREATE TABLE orders (id bigint, line integer, day date COMMENT 'of the order', mail"
            + " varchar, PRIMARY KEY (line, id), UNIQUE (mail, day))"
            + " PARTITIONED BY (month(day), bucket(4, id)) COMMENT 'what was bought'",
        "CREATE TABLE notes (n integer, text varchar)",
        "CREATE TABLE rows3 (n integer) WITH (\"format-version\" = '3')",
        "CREATE TABLE loose (id bigint, PRIMARY KEY (id) NOT ENFORCED)",
        "INSERT INTO orders VALUES (1, 1, DATE '2026-01-01', 'a'), (1, 2, DATE '2026-01-01', 'b'),"
            + " (2, 1, DATE '2026-02-01', 'c')");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  private void run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Rows as text, the named columns only. */
  private static List<String> rows(ResultSet rows, String... columns) throws SQLException {
    List<String> found = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (String column : columns) {
          values.add(rows.getString(column));
        }
        found.add(String.join("|", values));
      }
    }
    return found;
  }

  @Test
  void commentsAreRemarks() throws SQLException {
    assertThat(rows(metaData.getTables(null, null, "orders", null), "REMARKS"))
        .containsExactly("what was bought");
    assertThat(rows(metaData.getTables(null, null, "notes", null), "REMARKS"))
        .containsExactly("null");
    assertThat(rows(metaData.getColumns(null, "main", "orders", "day"), "REMARKS"))
        .containsExactly("of the order");
  }

  @Test
  void primaryKeysHaveNamesAndPlaces() throws SQLException {
    assertThat(
            rows(
                metaData.getPrimaryKeys(null, "main", "orders"),
                "COLUMN_NAME",
                "KEY_SEQ",
                "PK_NAME"))
        .containsExactly("id|2|orders_primary_key", "line|1|orders_primary_key");
    assertThat(rows(metaData.getPrimaryKeys("", "main", "notes"), "COLUMN_NAME")).isEmpty();
    assertThat(rows(metaData.getPrimaryKeys("x", "main", "orders"), "COLUMN_NAME")).isEmpty();
    assertThat(rows(metaData.getPrimaryKeys(null, "", "orders"), "COLUMN_NAME")).isEmpty();
    assertThat(rows(metaData.getPrimaryKeys(null, "main", "loose"), "COLUMN_NAME"))
        .containsExactly("id");
  }

  @Test
  void indexesAreKeysThatHoldPartitioningAndCounts() throws SQLException {
    String[] columns = {
      "NON_UNIQUE", "TYPE", "INDEX_NAME", "ORDINAL_POSITION", "COLUMN_NAME", "CARDINALITY", "PAGES"
    };
    assertThat(rows(metaData.getIndexInfo(null, "main", "orders", false, true), columns))
        .containsExactly(
            "false|0|null|0|null|3|2",
            "false|3|orders_mail_day_key|1|mail|3|null",
            "false|3|orders_mail_day_key|2|day|3|null",
            "false|3|orders_primary_key|1|line|3|null",
            "false|3|orders_primary_key|2|id|3|null",
            "true|3|partitioned by month(day), bucket(4, id)|1|day|null|null",
            "true|3|partitioned by month(day), bucket(4, id)|2|id|null|null");
    assertThat(rows(metaData.getIndexInfo(null, "main", "orders", true, true), "INDEX_NAME"))
        .containsOnly("orders_primary_key", "orders_mail_day_key");
    assertThat(rows(metaData.getIndexInfo(null, "main", "loose", true, true), "INDEX_NAME"))
        .as("a key that nobody keeps")
        .isEmpty();
    assertThat(rows(metaData.getIndexInfo(null, "main", "notes", false, true), columns))
        .containsExactly("false|0|null|0|null|0|0");
  }

  @Test
  void rowsAreIdentifiedByKeysOrByTheirPlace() throws SQLException {
    int session = DatabaseMetaData.bestRowSession;
    int transaction = DatabaseMetaData.bestRowTransaction;
    String[] columns = {"SCOPE", "COLUMN_NAME", "PSEUDO_COLUMN"};
    assertThat(rows(metaData.getBestRowIdentifier(null, "main", "orders", session, true), columns))
        .containsExactly("2|id|1", "2|line|1");
    assertThat(
            rows(metaData.getBestRowIdentifier(null, "main", "notes", transaction, true), columns))
        .containsExactly("1|_file|2", "1|_pos|2");
    assertThat(rows(metaData.getBestRowIdentifier(null, "main", "notes", session, true), columns))
        .isEmpty();
    assertThat(rows(metaData.getBestRowIdentifier(null, "main", "rows3", session, true), columns))
        .containsExactly("2|_row_id|2");
    assertThat(rows(metaData.getVersionColumns(null, "main", "rows3"), columns))
        .containsExactly("null|_last_updated_sequence_number|2");
    assertThat(rows(metaData.getVersionColumns(null, "main", "orders"), columns)).isEmpty();
  }

  @Test
  void pseudoColumnsCanBeSelected() throws SQLException {
    for (String table : List.of("orders", "notes", "rows3")) {
      List<String> names = rows(metaData.getPseudoColumns(null, "main", table, "%"), "COLUMN_NAME");
      assertThat(names).isSorted().contains("_file", "_pos", "_spec_id");
      assertThat(names.contains("_partition")).isEqualTo(table.equals("orders"));
      assertThat(names.contains("_row_id")).isEqualTo(table.equals("rows3"));
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT \"" + String.join("\", \"", names) + "\" FROM " + table)) {
        for (int i = 1; i <= names.size(); i++) {
          assertThat(rows.getMetaData().getColumnLabel(i)).isEqualTo(names.get(i - 1));
          assertThat(rows.getMetaData().isReadOnly(i)).as(names.get(i - 1)).isTrue();
        }
      }
    }
    assertThat(
            rows(
                metaData.getPseudoColumns(null, "main", "orders", "\\_pos"),
                "COLUMN_NAME",
                "COLUMN_USAGE",
                "IS_NULLABLE"))
        .containsExactly("_pos|NO_USAGE_RESTRICTIONS|NO");
  }

  @Test
  void proceduresAreThoseThatCallRuns() throws SQLException {
    assertThat(
            rows(metaData.getProcedures(null, "system", "%"), "PROCEDURE_SCHEM", "PROCEDURE_NAME"))
        .hasSameSizeAs(Procedure.values())
        .isSorted()
        .contains(
            "system|expire_snapshots", "system|remove_orphan_files", "system|rewrite_data_files");
    assertThat(rows(metaData.getProcedures(null, "main", "%"), "PROCEDURE_NAME")).isEmpty();
    assertThat(
            rows(
                metaData.getProcedureColumns(null, null, "expire%", "%"),
                "COLUMN_NAME",
                "COLUMN_TYPE",
                "TYPE_NAME",
                "ORDINAL_POSITION",
                "IS_NULLABLE"))
        .startsWith(
            "table|1|varchar|1|NO",
            "older_than|1|timestamp with time zone|2|YES",
            "retain_last|1|bigint|3|YES",
            "snapshot_ids|1|array(bigint)|4|YES",
            "deleted_data_files_count|3|bigint|1|NO");
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("{call system.expire_snapshots('notes')}")) {
      List<String> labels = new ArrayList<>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        labels.add(result.getMetaData().getColumnLabel(i));
      }
      assertThat(labels)
          .containsExactlyElementsOf(
              rows(
                      metaData.getProcedureColumns(null, null, "expire%", "%"),
                      "COLUMN_NAME",
                      "COLUMN_TYPE")
                  .stream()
                  .filter(row -> row.endsWith("|" + DatabaseMetaData.procedureColumnResult))
                  .map(row -> row.substring(0, row.indexOf('|')))
                  .toList());
    }
  }

  @Test
  void functionsHaveAnOverloadARow() throws SQLException {
    assertThat(rows(metaData.getFunctions(null, null, "%"), "FUNCTION_NAME"))
        .isSorted()
        .contains("lower", "sum", "row_number", "lpad", "json_object", "transform");
    List<String> specific = rows(metaData.getFunctions(null, null, "%"), "SPECIFIC_NAME");
    assertThat(specific).doesNotHaveDuplicates();
    assertThat(
            rows(
                metaData.getFunctionColumns(null, "", "lpad", "%"),
                "COLUMN_NAME",
                "COLUMN_TYPE",
                "TYPE_NAME",
                "ORDINAL_POSITION",
                "REMARKS"))
        .endsWith(
            "|4|varchar|0|null",
            "arg1|1|varchar|1|null",
            "arg2|1|bigint|2|null",
            "arg3|1|varchar|3|may be left out");
    assertThat(specific)
        .containsAll(rows(metaData.getFunctionColumns(null, null, "%", ""), "SPECIFIC_NAME"));
    assertThat(rows(metaData.getFunctions(null, "main", "%"), "FUNCTION_NAME")).isEmpty();
  }

  @Test
  void tablesMadeAndDroppedInATransactionAreSeenInIt() throws SQLException {
    connection.setAutoCommit(false);
    run("CREATE TABLE fresh (n integer) COMMENT 'new'", "DROP TABLE notes");
    assertThat(rows(metaData.getTables(null, "main", "%", null), "TABLE_NAME", "REMARKS"))
        .contains("fresh|new", "orders|what was bought")
        .doesNotContain("notes|null");
    assertThat(rows(metaData.getColumns(null, "main", "fresh", "%"), "COLUMN_NAME"))
        .containsExactly("n");
    connection.rollback();
    assertThat(rows(metaData.getTables(null, "main", "%", null), "TABLE_NAME"))
        .containsExactly("loose", "notes", "orders", "rows3");
  }

  /** Every type makes a column, and what its prefix and suffix enclose is a literal of it. */
  @Test
  void typesCanBeUsedAsTheyAreListed() throws SQLException {
    Map<String, String> parameters =
        Map.of(
            "precision,scale", "(9, 2)",
            "length", "(2)",
            "element type", "(integer)",
            "key type,value type", "(varchar, integer)",
            "name type,...", "(x integer)",
            "'crs'", "('EPSG:3857')",
            "'crs',edges", "('EPSG:4326', spherical)");
    Map<String, String> texts =
        Map.ofEntries(
            Map.entry("date", "2026-01-31"),
            Map.entry("time", "13:45:00"),
            Map.entry("timestamp", "2026-01-31 13:45:00"),
            Map.entry("timestamp with time zone", "2026-01-31 13:45:00+00:00"),
            Map.entry("timestamp(9)", "2026-01-31 13:45:00.123456789"),
            Map.entry("timestamp(9) with time zone", "2026-01-31 13:45:00.123456789+00:00"),
            Map.entry("varchar", "x"),
            Map.entry("varbinary", "0aff"),
            Map.entry("fixed", "0aff"),
            Map.entry("uuid", "00112233-4455-6677-8899-aabbccddeeff"),
            Map.entry("array", "1, 2"));
    int count = 0;
    int before = Integer.MIN_VALUE;
    try (ResultSet types = metaData.getTypeInfo()) {
      while (types.next()) {
        String name = types.getString("TYPE_NAME");
        String wanted = types.getString("CREATE_PARAMS");
        String table = "typed" + count++;
        run(
            "CREATE TABLE "
                + table
                + " (c "
                + name
                + (wanted == null ? "" : parameters.get(wanted))
                + ") WITH (\"format-version\" = '3')"); // which has every type
        try (ResultSet column = metaData.getColumns(null, "main", table, "c")) {
          assertThat(column.next()).isTrue();
          assertThat(column.getInt("DATA_TYPE")).as(name).isEqualTo(types.getInt("DATA_TYPE"));
        }
        String prefix = types.getString("LITERAL_PREFIX");
        if (prefix != null) {
          run(
              "INSERT INTO "
                  + table
                  + " VALUES ("
                  + prefix
                  + texts.get(name)
                  + types.getString("LITERAL_SUFFIX")
                  + ")");
        }
        assertThat(types.getInt("DATA_TYPE")).isGreaterThanOrEqualTo(before);
        before = types.getInt("DATA_TYPE");
      }
    }
    assertThat(count).isEqualTo(22);
  }
}
