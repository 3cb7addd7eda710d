package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.parser.SqlParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code DatabaseMetaData} claims, against statements that show whether it is so. */
class CapabilitiesTest {
  @TempDir private Path folder;
  private Connection connection;
  private Statement statement;
  private DatabaseMetaData metaData;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"));
    statement = connection.createStatement();
    metaData = connection.getMetaData();
    statement.execute("CREATE TABLE t (a integer, b integer, s varchar)");
    statement.execute("CREATE TABLE u (a integer)");
    statement.execute("INSERT INTO t VALUES (1, 2, 'x'), (NULL, 3, 'y'), (2, 1, NULL)");
    statement.execute("INSERT INTO u VALUES (1)");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  private void run(String sql) throws SQLException {
    if (statement.execute(sql)) {
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          rows.getObject(1);
        }
      }
    }
  }

  private List<String> values(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  @Test
  void claimsAreTrue() throws SQLException {
    List<String> wrong = new ArrayList<>();
    for (Capability capability : Capability.ALL) {
      boolean claimed = capability.claim().of(metaData);
      for (String sql : capability.statements()) {
        try {
          run(sql);
          if (!claimed) {
            wrong.add(capability.name() + " is denied, but works: " + sql);
          }
        } catch (SQLException e) {
          if (claimed) {
            wrong.add(capability.name() + " is claimed, but: " + sql + ": " + e.getMessage());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void whatIsListedCanBeSelectedAndCalled() throws SQLException {
    assertThat(metaData.allTablesAreSelectable()).isTrue();
    try (ResultSet tables = metaData.getTables(null, null, "%", null)) {
      while (tables.next()) {
        assertThat(tables.getString("TABLE_TYPE")).isEqualTo("TABLE");
        run("SELECT * FROM " + tables.getString("TABLE_SCHEM") + "." + tables.getString(3));
      }
    }
    assertThat(metaData.allProceduresAreCallable()).isTrue();
    try (ResultSet procedures = metaData.getProcedures(null, null, "%")) {
      while (procedures.next()) {
        String call = "CALL " + procedures.getString(2) + "." + procedures.getString(3) + "('t')";
        Throwable failure = catchThrowable(() -> run(call));
        if (failure != null) {
          // It is there, and takes more or other things than a table.
          assertThat(failure)
              .as(call)
              .hasMessageMatching(".*(needs the argument|takes either|takes tables from).*");
        }
      }
    }
  }

  @Test
  void aliasMayBeTheNameOfAnotherTable() throws SQLException {
    assertThat(metaData.supportsDifferentTableCorrelationNames()).isFalse();
    assertThat(values("SELECT t.a FROM u AS t")).containsExactly("1");
  }

  @Test
  void nullsComeLastInBothDirections() throws SQLException {
    assertThat(values("SELECT a FROM t ORDER BY a")).containsExactly("1", "2", null);
    assertThat(values("SELECT a FROM t ORDER BY a DESC")).containsExactly("2", "1", null);
    assertThat(metaData.nullsAreSortedAtEnd()).isTrue();
    assertThat(metaData.nullsAreSortedAtStart()).isFalse();
    assertThat(metaData.nullsAreSortedHigh()).isFalse();
    assertThat(metaData.nullsAreSortedLow()).isFalse();
    assertThat(metaData.nullPlusNonNullIsNull()).isTrue();
    assertThat(values("SELECT s || 'z' FROM t WHERE s IS NULL")).containsExactly((String) null);
  }

  @Test
  void namesKeepTheirCaseInQuotesOnly() throws SQLException {
    assertThat(metaData.storesLowerCaseIdentifiers()).isTrue();
    assertThat(metaData.supportsMixedCaseIdentifiers()).isFalse();
    assertThat(metaData.storesMixedCaseIdentifiers()).isFalse();
    assertThat(metaData.storesUpperCaseIdentifiers()).isFalse();
    run("CREATE TABLE Plain (Id integer)");
    assertThat(tableNames("pl%")).containsExactly("plain");
    run("SELECT ID FROM PLAIN");
    assertThat(metaData.supportsMixedCaseQuotedIdentifiers()).isTrue();
    assertThat(metaData.storesMixedCaseQuotedIdentifiers()).isFalse();
    assertThat(metaData.storesLowerCaseQuotedIdentifiers()).isFalse();
    assertThat(metaData.storesUpperCaseQuotedIdentifiers()).isFalse();
    run("CREATE TABLE \"Plain\" (\"Id\" integer, \"it's\" integer)");
    run("INSERT INTO \"Plain\" VALUES (7, 8)");
    assertThat(tableNames("%lain")).containsExactly("Plain", "plain");
    assertThat(values("SELECT \"Id\" FROM \"Plain\"")).containsExactly("7");
    assertThat(values("SELECT id FROM plain")).isEmpty();
    assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
  }

  private List<String> tableNames(String pattern) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet tables = metaData.getTables(null, "main", pattern, null)) {
      while (tables.next()) {
        names.add(tables.getString("TABLE_NAME"));
      }
    }
    return names;
  }

  @Test
  void definitionsArePartOfTransactions() throws SQLException {
    assertThat(metaData.supportsTransactions()).isTrue();
    assertThat(metaData.supportsDataDefinitionAndDataManipulationTransactions()).isTrue();
    assertThat(metaData.supportsDataManipulationTransactionsOnly()).isFalse();
    assertThat(metaData.dataDefinitionCausesTransactionCommit()).isFalse();
    assertThat(metaData.dataDefinitionIgnoredInTransactions()).isFalse();
    connection.setAutoCommit(false);
    run("INSERT INTO u VALUES (2)");
    run("CREATE TABLE made (a integer)");
    run("INSERT INTO made VALUES (1)");
    assertThat(tableNames("made")).containsExactly("made");
    connection.rollback();
    assertThat(tableNames("made")).isEmpty();
    assertThat(values("SELECT a FROM u")).containsExactly("1");
  }

  @Test
  void parametersOfCallsHaveNoNames() throws SQLException {
    assertThat(metaData.supportsNamedParameters()).isFalse();
    try (CallableStatement call = connection.prepareCall("{call system.expire_snapshots(?)}")) {
      assertThatThrownBy(() -> call.setString("table", "t")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void limitsHold() throws SQLException {
    int longest = metaData.getMaxStatementLength();
    String query = "SELECT 1 AS n";
    assertThat(values(query + " ".repeat(longest - query.length()))).containsExactly("1");
    assertThatThrownBy(() -> values(query + " ".repeat(longest - query.length() + 1)))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(String.valueOf(longest));
    // Where there is no limit, far more than usual must do.
    String name = "n".repeat(1_000);
    run("CREATE SCHEMA " + name);
    run("CREATE TABLE " + name + "." + name + " (" + name + " integer)");
    assertThat(values("SELECT " + name + " FROM " + name + "." + name)).isEmpty();
    assertThat(metaData.getMaxColumnNameLength()).isZero();
    assertThat(metaData.getMaxTableNameLength()).isZero();
    assertThat(metaData.getMaxSchemaNameLength()).isZero();
    assertThat(metaData.getMaxColumnsInTable()).isZero();
    StringBuilder columns = new StringBuilder("c0 integer");
    StringBuilder list = new StringBuilder("c0");
    for (int i = 1; i < 500; i++) {
      columns.append(", c").append(i).append(" integer");
      list.append(", c").append(i);
    }
    run("CREATE TABLE wide (" + columns + ")");
    run("SELECT " + list + " FROM wide ORDER BY c499, c7, c0");
  }

  @Test
  @Tag("slow")
  void keywordsAreTheWordsThatMustBeQuoted() throws SQLException {
    Set<String> reserved = new TreeSet<>();
    for (String word : SqlParser.create("").getMetadata().getTokens()) {
      if (word.matches("[A-Z][A-Z0-9_]*") && !isName(word)) {
        reserved.add(word);
      }
    }
    reserved.removeAll(SqlWords.RESERVED_BY_SQL_2003);
    assertThat(new LinkedHashSet<>(Arrays.asList(metaData.getSQLKeywords().split(","))))
        .containsExactlyElementsOf(reserved);
  }

  private boolean isName(String word) {
    String named = "(SELECT 'frazil' AS \"" + word.toLowerCase(java.util.Locale.ROOT) + "\") AS q";
    try {
      return values("SELECT " + word + " FROM " + named).equals(List.of("frazil"))
          && values("SELECT 1 FROM " + named + "(" + word + ") WHERE q." + word + " = 'frazil'")
              .equals(List.of("1"));
    } catch (SQLException e) {
      return false;
    }
  }
}
