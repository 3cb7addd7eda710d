package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Metadata as a SQL client browses it; column names are those of the Javadoc, in order. */
class DatabaseMetaDataTest {
  private final FakeEngine engine = FakeEngine.create();
  private Connection connection;
  private DatabaseMetaData metaData;

  @BeforeEach
  void connect() throws SQLException {
    connection = engine.connect();
    metaData = connection.getMetaData();
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  private static List<String> labels(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<String> labels = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      labels.add(columns.getColumnLabel(i));
    }
    return labels;
  }

  private static List<String> strings(ResultSet rows, String column) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(column));
      }
    }
    return values;
  }

  private static void shape(ResultSet rows, String columns) throws SQLException {
    assertThat(labels(rows)).containsExactly(columns.split(" "));
    rows.close();
  }

  @Test
  void schemasAndCatalogs() throws SQLException {
    shape(metaData.getSchemas(), "TABLE_SCHEM TABLE_CATALOG");
    shape(metaData.getCatalogs(), "TABLE_CAT");
    assertThat(strings(metaData.getCatalogs(), "TABLE_CAT")).isEmpty();
    assertThat(strings(metaData.getSchemas(), "TABLE_SCHEM")).containsExactly("main", "sales.emea");
    assertThat(strings(metaData.getSchemas(null, "%emea"), "TABLE_SCHEM"))
        .containsExactly("sales.emea");
    assertThat(strings(metaData.getSchemas("x", "%"), "TABLE_SCHEM")).isEmpty();
    assertThat(connection.getCatalog()).isNull();
    assertThat(connection.getSchema()).isEqualTo("main");
    connection.setSchema("sales.emea");
    assertThat(connection.getSchema()).isEqualTo("sales.emea");
  }

  @Test
  void tables() throws SQLException {
    shape(
        metaData.getTables(null, null, "%", null),
        "TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME"
            + " SELF_REFERENCING_COL_NAME REF_GENERATION");
    assertThat(strings(metaData.getTables(null, "main", "%", null), "TABLE_NAME"))
        .containsExactly("order_items", "orders");
    assertThat(strings(metaData.getTables(null, "main", "order_", null), "TABLE_NAME"))
        .containsExactly("orders");
    assertThat(strings(metaData.getTables(null, "main", "order\\_%", null), "TABLE_NAME"))
        .containsExactly("order_items");
    assertThat(strings(metaData.getTables("", "%", "%", new String[] {"TABLE"}), "TABLE_TYPE"))
        .containsExactly("TABLE", "TABLE", "TABLE");
    assertThat(strings(metaData.getTables(null, null, "%", new String[] {"VIEW"}), "TABLE_NAME"))
        .isEmpty();
    assertThat(strings(metaData.getTables("", "%", "%", new String[] {null}), "TABLE_NAME"))
        .isEmpty();
    assertThat(strings(metaData.getTableTypes(), "TABLE_TYPE")).containsExactly("TABLE", "VIEW");
    // What would be an injection, were patterns to become SQL.
    assertThat(strings(metaData.getTables(null, "' OR 1=1 --", "%'", null), "TABLE_NAME"))
        .isEmpty();
  }

  @Test
  void columns() throws SQLException {
    shape(
        metaData.getColumns(null, null, "%", "%"),
        "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE TYPE_NAME COLUMN_SIZE BUFFER_LENGTH"
            + " DECIMAL_DIGITS NUM_PREC_RADIX NULLABLE REMARKS COLUMN_DEF SQL_DATA_TYPE"
            + " SQL_DATETIME_SUB CHAR_OCTET_LENGTH ORDINAL_POSITION IS_NULLABLE SCOPE_CATALOG"
            + " SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE IS_AUTOINCREMENT IS_GENERATEDCOLUMN");
    try (ResultSet rows = metaData.getColumns(null, "main", "orders", "%")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("COLUMN_NAME")).isEqualTo("id");
      assertThat(rows.getInt("DATA_TYPE")).isEqualTo(Types.BIGINT);
      assertThat(rows.getString("IS_NULLABLE")).isEqualTo("NO");
      assertThat(rows.getString("REMARKS")).isEqualTo("the key");
      assertThat(rows.getString("COLUMN_DEF")).isNull();
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("TYPE_NAME")).isEqualTo("decimal");
      assertThat(rows.getString("COLUMN_DEF")).isEqualTo("0.00");
      assertThat(rows.getInt("COLUMN_SIZE")).isEqualTo(10);
      assertThat(rows.getInt("DECIMAL_DIGITS")).isEqualTo(2);
      assertThat(rows.getInt("NULLABLE")).isEqualTo(DatabaseMetaData.columnNullable);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt("ORDINAL_POSITION")).isEqualTo(3);
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void keys() throws SQLException {
    shape(
        metaData.getPrimaryKeys(null, "main", "orders"),
        "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ PK_NAME");
    assertThat(strings(metaData.getPrimaryKeys(null, "main", "orders"), "COLUMN_NAME"))
        .containsExactly("id");
    assertThat(strings(metaData.getPrimaryKeys(null, null, "no_such"), "COLUMN_NAME")).isEmpty();
    String foreign =
        "PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM"
            + " FKTABLE_NAME FKCOLUMN_NAME KEY_SEQ UPDATE_RULE DELETE_RULE FK_NAME PK_NAME"
            + " DEFERRABILITY";
    shape(metaData.getImportedKeys(null, null, "orders"), foreign);
    shape(metaData.getExportedKeys(null, null, "orders"), foreign);
    shape(metaData.getCrossReference(null, null, "a", null, null, "b"), foreign);
    shape(
        metaData.getIndexInfo(null, null, "orders", false, true),
        "TABLE_CAT TABLE_SCHEM TABLE_NAME NON_UNIQUE INDEX_QUALIFIER INDEX_NAME TYPE"
            + " ORDINAL_POSITION COLUMN_NAME ASC_OR_DESC CARDINALITY PAGES FILTER_CONDITION");
    String identifier =
        "SCOPE COLUMN_NAME DATA_TYPE TYPE_NAME COLUMN_SIZE BUFFER_LENGTH DECIMAL_DIGITS"
            + " PSEUDO_COLUMN";
    shape(metaData.getBestRowIdentifier(null, null, "orders", 0, true), identifier);
    shape(metaData.getVersionColumns(null, null, "orders"), identifier);
  }

  @Test
  void whatThereIsNot() throws SQLException {
    shape(
        metaData.getProcedures(null, null, "%"),
        "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME RESERVED1 RESERVED2 RESERVED3 REMARKS"
            + " PROCEDURE_TYPE SPECIFIC_NAME");
    shape(
        metaData.getProcedureColumns(null, null, "%", "%"),
        "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME COLUMN_NAME COLUMN_TYPE DATA_TYPE TYPE_NAME"
            + " PRECISION LENGTH SCALE RADIX NULLABLE REMARKS COLUMN_DEF SQL_DATA_TYPE"
            + " SQL_DATETIME_SUB CHAR_OCTET_LENGTH ORDINAL_POSITION IS_NULLABLE SPECIFIC_NAME");
    shape(
        metaData.getFunctionColumns(null, null, "%", "%"),
        "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME COLUMN_NAME COLUMN_TYPE DATA_TYPE TYPE_NAME"
            + " PRECISION LENGTH SCALE RADIX NULLABLE REMARKS CHAR_OCTET_LENGTH ORDINAL_POSITION"
            + " IS_NULLABLE SPECIFIC_NAME");
    shape(
        metaData.getColumnPrivileges(null, null, "t", "%"),
        "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE");
    shape(
        metaData.getTablePrivileges(null, null, "t"),
        "TABLE_CAT TABLE_SCHEM TABLE_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE");
    shape(
        metaData.getPseudoColumns(null, null, "%", "%"),
        "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE COLUMN_SIZE DECIMAL_DIGITS"
            + " NUM_PREC_RADIX COLUMN_USAGE REMARKS CHAR_OCTET_LENGTH IS_NULLABLE");
    shape(
        metaData.getUDTs(null, null, "%", null),
        "TYPE_CAT TYPE_SCHEM TYPE_NAME CLASS_NAME DATA_TYPE REMARKS BASE_TYPE");
    shape(
        metaData.getSuperTypes(null, null, "%"),
        "TYPE_CAT TYPE_SCHEM TYPE_NAME SUPERTYPE_CAT SUPERTYPE_SCHEM SUPERTYPE_NAME");
    shape(
        metaData.getSuperTables(null, null, "%"),
        "TABLE_CAT TABLE_SCHEM TABLE_NAME SUPERTABLE_NAME");
    shape(
        metaData.getAttributes(null, null, "%", "%"),
        "TYPE_CAT TYPE_SCHEM TYPE_NAME ATTR_NAME DATA_TYPE ATTR_TYPE_NAME ATTR_SIZE DECIMAL_DIGITS"
            + " NUM_PREC_RADIX NULLABLE REMARKS ATTR_DEF SQL_DATA_TYPE SQL_DATETIME_SUB"
            + " CHAR_OCTET_LENGTH ORDINAL_POSITION IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA"
            + " SCOPE_TABLE SOURCE_DATA_TYPE");
  }

  @Test
  void typesAndFunctions() throws SQLException {
    shape(
        metaData.getTypeInfo(),
        "TYPE_NAME DATA_TYPE PRECISION LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS NULLABLE"
            + " CASE_SENSITIVE SEARCHABLE UNSIGNED_ATTRIBUTE FIXED_PREC_SCALE AUTO_INCREMENT"
            + " LOCAL_TYPE_NAME MINIMUM_SCALE MAXIMUM_SCALE SQL_DATA_TYPE SQL_DATETIME_SUB"
            + " NUM_PREC_RADIX");
    List<Integer> codes =
        strings(metaData.getTypeInfo(), "DATA_TYPE").stream().map(Integer::valueOf).toList();
    assertThat(codes).isSorted().contains(Types.BIGINT, Types.VARCHAR, Types.DECIMAL);
    shape(
        metaData.getFunctions(null, null, "%"),
        "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE SPECIFIC_NAME");
    assertThat(strings(metaData.getFunctions(null, null, "upp%"), "FUNCTION_NAME"))
        .containsExactly("upper");
    shape(metaData.getClientInfoProperties(), "NAME MAX_LEN DEFAULT_VALUE DESCRIPTION");
    assertThat(metaData.supportsConvert(Types.INTEGER, Types.VARCHAR)).isTrue();
    assertThat(metaData.supportsConvert(Types.DATE, Types.INTEGER)).isFalse();
  }

  @Test
  void whoWeAre() throws SQLException {
    assertThat(metaData.getDatabaseProductName()).isEqualTo("Frazil");
    assertThat(metaData.getDriverVersion()).matches("\\d+\\.\\d+.*");
    assertThat(metaData.getURL()).isEqualTo("jdbc:iceberg:/fake");
    assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
    assertThat(metaData.storesLowerCaseIdentifiers()).isTrue();
    assertThat(metaData.getDefaultTransactionIsolation())
        .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
    assertThat(metaData.supportsBatchUpdates()).isTrue();
    assertThat(metaData.supportsSavepoints()).isTrue();
  }
}
