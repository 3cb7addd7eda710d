package dev.frazil.jdbc;

import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.type.SqlType;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.catalog.TableIdentifier;

/** The columns of a result. Names are never null: "" where unknown. Immutable. */
final class JdbcResultSetMetaData implements ResultSetMetaData, SelfWrapper {
  private static final int SMALL_DIGITS = 5;

  private final List<ResultColumn> columns;
  private final ReportedTypes types;
  private final Set<String> small;

  /**
   * @param small labels of columns of integers that are SMALLINT to the client
   */
  JdbcResultSetMetaData(List<ResultColumn> columns, ReportedTypes types, Set<String> small) {
    this.columns = List.copyOf(columns);
    this.types = types;
    this.small = small;
  }

  private ResultColumn column(int index) throws SQLException {
    if (index < 1 || index > columns.size()) {
      throw SqlExceptions.invalid(
          "there is no column " + index + "; the result has " + columns.size());
    }
    return columns.get(index - 1);
  }

  private SqlType type(int index) throws SQLException {
    return types.of(column(index).type());
  }

  private boolean isSmall(int index) throws SQLException {
    return small.contains(column(index).label());
  }

  @Override
  public int getColumnCount() {
    return columns.size();
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    return column(column).label();
  }

  @Override
  public String getColumnName(int column) throws SQLException {
    String origin = column(column).originColumn();
    return origin == null ? column(column).label() : origin;
  }

  @Override
  public String getTableName(int column) throws SQLException {
    TableIdentifier origin = column(column).origin();
    return origin == null ? "" : origin.name();
  }

  @Override
  public String getSchemaName(int column) throws SQLException {
    TableIdentifier origin = column(column).origin();
    return origin == null ? "" : SchemaNames.text(origin.namespace());
  }

  @Override
  public String getCatalogName(int column) throws SQLException {
    column(column);
    return "";
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    return isSmall(column) ? Types.SMALLINT : JdbcTypes.code(type(column));
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    return isSmall(column) ? "smallint" : JdbcTypes.name(type(column));
  }

  @Override
  public String getColumnClassName(int column) throws SQLException {
    return JdbcTypes.javaClass(type(column)).getName();
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    return isSmall(column) ? SMALL_DIGITS : JdbcTypes.precision(type(column));
  }

  @Override
  public int getScale(int column) throws SQLException {
    return JdbcTypes.scale(type(column));
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    return isSmall(column) ? SMALL_DIGITS + 1 : JdbcTypes.displaySize(type(column));
  }

  @Override
  public int isNullable(int column) throws SQLException {
    return column(column).nullable() ? columnNullable : columnNoNulls;
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return JdbcTypes.numeric(type(column));
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    return type(column) == SqlType.Primitive.VARCHAR;
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    column(column);
    return true;
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    column(column);
    return false;
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    column(column);
    return false;
  }

  /** Whether no UPDATE could change it: it is computed, or no column of the table's own. */
  @Override
  public boolean isReadOnly(int column) throws SQLException {
    String origin = column(column).originColumn();
    return origin == null || TableMetaData.HIDDEN_COLUMNS.containsKey(origin);
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    return !isReadOnly(column);
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    column(column);
    return false;
  }
}
