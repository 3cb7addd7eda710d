package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The columns of every result set of {@code DatabaseMetaData}: labels, order and types as the
 * Javadoc of the JDK has them. In the lists below a colon gives the type: {@code i}nt, {@code
 * s}hort, {@code l}ong, {@code b}oolean; text without one.
 */
class MetaDataShapesTest {
  private static final Map<String, Integer> TYPES =
      Map.of("i", Types.INTEGER, "s", Types.SMALLINT, "l", Types.BIGINT, "b", Types.BOOLEAN);

  private interface Call {
    ResultSet of(DatabaseMetaData metaData) throws SQLException;
  }

  private record Shape(String columns, Call call) {}

  private static final String FOREIGN_KEYS =
      "PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM FKTABLE_NAME"
          + " FKCOLUMN_NAME KEY_SEQ:s UPDATE_RULE:s DELETE_RULE:s FK_NAME PK_NAME DEFERRABILITY:s";

  private static final String IDENTIFIERS =
      "SCOPE:s COLUMN_NAME DATA_TYPE:i TYPE_NAME COLUMN_SIZE:i BUFFER_LENGTH:i DECIMAL_DIGITS:s"
          + " PSEUDO_COLUMN:s";

  private static final List<Shape> SHAPES =
      List.of(
          new Shape("TABLE_CAT", DatabaseMetaData::getCatalogs),
          new Shape("TABLE_SCHEM TABLE_CATALOG", DatabaseMetaData::getSchemas),
          new Shape("TABLE_SCHEM TABLE_CATALOG", m -> m.getSchemas(null, "%")),
          new Shape("TABLE_TYPE", DatabaseMetaData::getTableTypes),
          new Shape(
              "TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME"
                  + " SELF_REFERENCING_COL_NAME REF_GENERATION",
              m -> m.getTables(null, null, "%", null)),
          new Shape(
              "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:i TYPE_NAME COLUMN_SIZE:i"
                  + " BUFFER_LENGTH:i DECIMAL_DIGITS:i NUM_PREC_RADIX:i NULLABLE:i REMARKS"
                  + " COLUMN_DEF SQL_DATA_TYPE:i SQL_DATETIME_SUB:i CHAR_OCTET_LENGTH:i"
                  + " ORDINAL_POSITION:i IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE"
                  + " SOURCE_DATA_TYPE:s IS_AUTOINCREMENT IS_GENERATEDCOLUMN",
              m -> m.getColumns(null, null, "%", "%")),
          new Shape(
              "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE",
              m -> m.getColumnPrivileges(null, null, "t", "%")),
          new Shape(
              "TABLE_CAT TABLE_SCHEM TABLE_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE",
              m -> m.getTablePrivileges(null, null, "t")),
          new Shape(IDENTIFIERS, m -> m.getBestRowIdentifier(null, null, "t", 0, true)),
          new Shape(IDENTIFIERS, m -> m.getVersionColumns(null, null, "t")),
          new Shape(
              "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ:s PK_NAME",
              m -> m.getPrimaryKeys(null, null, "t")),
          new Shape(FOREIGN_KEYS, m -> m.getImportedKeys(null, null, "t")),
          new Shape(FOREIGN_KEYS, m -> m.getExportedKeys(null, null, "t")),
          new Shape(FOREIGN_KEYS, m -> m.getCrossReference(null, null, "t", null, null, "u")),
          new Shape(
              "TYPE_NAME DATA_TYPE:i PRECISION:i LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS"
                  + " NULLABLE:s CASE_SENSITIVE:b SEARCHABLE:s UNSIGNED_ATTRIBUTE:b"
                  + " FIXED_PREC_SCALE:b AUTO_INCREMENT:b LOCAL_TYPE_NAME MINIMUM_SCALE:s"
                  + " MAXIMUM_SCALE:s SQL_DATA_TYPE:i SQL_DATETIME_SUB:i NUM_PREC_RADIX:i",
              DatabaseMetaData::getTypeInfo),
          new Shape(
              "TABLE_CAT TABLE_SCHEM TABLE_NAME NON_UNIQUE:b INDEX_QUALIFIER INDEX_NAME TYPE:s"
                  + " ORDINAL_POSITION:s COLUMN_NAME ASC_OR_DESC CARDINALITY:l PAGES:l"
                  + " FILTER_CONDITION",
              m -> m.getIndexInfo(null, null, "t", false, true)),
          new Shape(
              "TYPE_CAT TYPE_SCHEM TYPE_NAME CLASS_NAME DATA_TYPE:i REMARKS BASE_TYPE:s",
              m -> m.getUDTs(null, null, "%", null)),
          new Shape(
              "TYPE_CAT TYPE_SCHEM TYPE_NAME SUPERTYPE_CAT SUPERTYPE_SCHEM SUPERTYPE_NAME",
              m -> m.getSuperTypes(null, null, "%")),
          new Shape(
              "TABLE_CAT TABLE_SCHEM TABLE_NAME SUPERTABLE_NAME",
              m -> m.getSuperTables(null, null, "%")),
          new Shape(
              "TYPE_CAT TYPE_SCHEM TYPE_NAME ATTR_NAME DATA_TYPE:i ATTR_TYPE_NAME ATTR_SIZE:i"
                  + " DECIMAL_DIGITS:i NUM_PREC_RADIX:i NULLABLE:i REMARKS ATTR_DEF SQL_DATA_TYPE:i"
                  + " SQL_DATETIME_SUB:i CHAR_OCTET_LENGTH:i ORDINAL_POSITION:i IS_NULLABLE"
                  + " SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE:s",
              m -> m.getAttributes(null, null, "%", "%")),
          new Shape(
              "NAME MAX_LEN:i DEFAULT_VALUE DESCRIPTION",
              DatabaseMetaData::getClientInfoProperties),
          new Shape(
              "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME RESERVED1 RESERVED2 RESERVED3 REMARKS"
                  + " PROCEDURE_TYPE:s SPECIFIC_NAME",
              m -> m.getProcedures(null, null, "%")),
          new Shape(
              "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME COLUMN_NAME COLUMN_TYPE:s DATA_TYPE:i"
                  + " TYPE_NAME PRECISION:i LENGTH:i SCALE:s RADIX:s NULLABLE:s REMARKS COLUMN_DEF"
                  + " SQL_DATA_TYPE:i SQL_DATETIME_SUB:i CHAR_OCTET_LENGTH:i ORDINAL_POSITION:i"
                  + " IS_NULLABLE SPECIFIC_NAME",
              m -> m.getProcedureColumns(null, null, "%", "%")),
          new Shape(
              "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE:s SPECIFIC_NAME",
              m -> m.getFunctions(null, null, "%")),
          new Shape(
              "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME COLUMN_NAME COLUMN_TYPE:s DATA_TYPE:i"
                  + " TYPE_NAME PRECISION:i LENGTH:i SCALE:s RADIX:s NULLABLE:s REMARKS"
                  + " CHAR_OCTET_LENGTH:i ORDINAL_POSITION:i IS_NULLABLE SPECIFIC_NAME",
              m -> m.getFunctionColumns(null, null, "%", "%")),
          new Shape(
              "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:i COLUMN_SIZE:i"
                  + " DECIMAL_DIGITS:i NUM_PREC_RADIX:i COLUMN_USAGE REMARKS CHAR_OCTET_LENGTH:i"
                  + " IS_NULLABLE",
              m -> m.getPseudoColumns(null, null, "%", "%")));

  @TempDir private Path folder;

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"));
  }

  @Test
  void columnsAreThoseOfTheJavadoc() throws SQLException {
    try (Connection connection = connect()) {
      for (Shape shape : SHAPES) {
        try (ResultSet rows = shape.call().of(connection.getMetaData())) {
          ResultSetMetaData columns = rows.getMetaData();
          List<String> found = new ArrayList<>();
          for (int i = 1; i <= columns.getColumnCount(); i++) {
            int type = columns.getColumnType(i);
            String sign =
                TYPES.entrySet().stream()
                    .filter(each -> each.getValue() == type)
                    .map(each -> ":" + each.getKey())
                    .findFirst()
                    .orElse(type == Types.VARCHAR ? "" : ":?");
            found.add(columns.getColumnLabel(i) + sign);
          }
          assertThat(String.join(" ", found)).isEqualTo(shape.columns());
        }
      }
    }
  }

  /** Every value can be read by the getter of the type that the Javadoc names. */
  @Test
  void rowsHaveValuesOfTheirTypes() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t (id bigint PRIMARY KEY, a decimal(10, 2) DEFAULT 1.5, b varchar, c"
              + " timestamp, d array(integer), UNIQUE (b)) PARTITIONED BY (bucket(4, id))");
      statement.execute("INSERT INTO t (id, b) VALUES (1, 'x'), (2, 'y')");
      for (Shape shape : SHAPES) {
        try (ResultSet rows = shape.call().of(connection.getMetaData())) {
          String[] columns = shape.columns().split(" ");
          while (rows.next()) {
            for (int i = 1; i <= columns.length; i++) {
              Object value =
                  switch (columns[i - 1].replaceAll(".*:", ":").substring(0, 2)) {
                    case ":i" -> rows.getInt(i);
                    case ":s" -> rows.getShort(i);
                    case ":l" -> rows.getLong(i);
                    case ":b" -> rows.getBoolean(i);
                    default -> rows.getString(i);
                  };
              assertThat(rows.wasNull() || value != null).isTrue();
            }
          }
        }
      }
    }
  }
}
