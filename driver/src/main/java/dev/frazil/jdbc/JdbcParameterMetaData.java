package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.List;

/** The {@code ?} markers of a statement. Immutable. */
final class JdbcParameterMetaData implements ParameterMetaData, SelfWrapper {
  private final List<SqlType> types;
  private final ReportedTypes reported;

  JdbcParameterMetaData(List<SqlType> types, ReportedTypes reported) {
    this.types = List.copyOf(types);
    this.reported = reported;
  }

  private SqlType type(int index) throws SQLException {
    if (index < 1 || index > types.size()) {
      throw SqlExceptions.invalid(
          "there is no parameter " + index + "; the statement has " + types.size());
    }
    return reported.of(types.get(index - 1));
  }

  @Override
  public int getParameterCount() {
    return types.size();
  }

  @Override
  public int isNullable(int param) throws SQLException {
    type(param);
    return parameterNullableUnknown;
  }

  @Override
  public boolean isSigned(int param) throws SQLException {
    return JdbcTypes.numeric(type(param));
  }

  @Override
  public int getPrecision(int param) throws SQLException {
    return JdbcTypes.precision(type(param));
  }

  @Override
  public int getScale(int param) throws SQLException {
    return JdbcTypes.scale(type(param));
  }

  @Override
  public int getParameterType(int param) throws SQLException {
    return JdbcTypes.code(type(param));
  }

  @Override
  public String getParameterTypeName(int param) throws SQLException {
    return JdbcTypes.name(type(param));
  }

  @Override
  public String getParameterClassName(int param) throws SQLException {
    return JdbcTypes.javaClass(type(param)).getName();
  }

  @Override
  public int getParameterMode(int param) throws SQLException {
    type(param);
    return parameterModeIn;
  }
}
