package dev.frazil.jdbc;

/** Names and versions of the product, and the words of its SQL. */
abstract class ProductMetaData extends AbsentMetaData {
  private static final int JDBC_MAJOR = 4;
  private static final int JDBC_MINOR = 3;

  @Override
  public String getDatabaseProductName() {
    return "Frazil";
  }

  @Override
  public String getDatabaseProductVersion() {
    return DriverVersion.CURRENT.text();
  }

  @Override
  public int getDatabaseMajorVersion() {
    return DriverVersion.CURRENT.major();
  }

  @Override
  public int getDatabaseMinorVersion() {
    return DriverVersion.CURRENT.minor();
  }

  @Override
  public String getDriverName() {
    return "Frazil JDBC driver";
  }

  @Override
  public String getDriverVersion() {
    return DriverVersion.CURRENT.text();
  }

  @Override
  public int getDriverMajorVersion() {
    return DriverVersion.CURRENT.major();
  }

  @Override
  public int getDriverMinorVersion() {
    return DriverVersion.CURRENT.minor();
  }

  @Override
  public int getJDBCMajorVersion() {
    return JDBC_MAJOR;
  }

  @Override
  public int getJDBCMinorVersion() {
    return JDBC_MINOR;
  }

  // ---- names and words

  @Override
  public String getIdentifierQuoteString() {
    return "\"";
  }

  @Override
  public String getSearchStringEscape() {
    return NamePattern.ESCAPE;
  }

  @Override
  public String getExtraNameCharacters() {
    return "";
  }

  @Override
  public String getSchemaTerm() {
    return "schema";
  }

  @Override
  public String getProcedureTerm() {
    return "procedure";
  }

  @Override
  public String getCatalogTerm() {
    return "catalog";
  }

  @Override
  public String getCatalogSeparator() {
    return ".";
  }

  /** Words that cannot be names without quotes, and that SQL:2003 does not reserve. */
  @Override
  public String getSQLKeywords() {
    return "ALLOW,ARRAY_MAX_CARDINALITY,ASOF,BEGIN_FRAME,BEGIN_PARTITION,BIT,CONTAINS,"
        + "CURRENT_CATALOG,CURRENT_ROW,CURRENT_SCHEMA,DATETIME,DISALLOW,END_FRAME,"
        + "END_PARTITION,EXPLAIN,FRAME_ROW,IMPORT,JSON_ARRAY,JSON_ARRAYAGG,JSON_EXISTS,"
        + "JSON_OBJECT,JSON_OBJECTAGG,JSON_QUERY,JSON_SCOPE,JSON_VALUE,LIKE_REGEX,LIMIT,"
        + "MATCH_CONDITION,MATCH_NUMBER,MATCH_RECOGNIZE,MINUS,NEXT,OCCURRENCES_REGEX,"
        + "OFFSET,ORDINAL,POSITION_REGEX,QUALIFY,RLIKE,SAFE_CAST,SAFE_OFFSET,SAFE_ORDINAL,"
        + "SHOW,SUBSTRING_REGEX,SYSTEM_TIME,TINYINT,TRANSLATE_REGEX,TRUNCATE,TRY_CAST,"
        + "UNSIGNED,UUID,VALUE_OF,VARBINARY,VARIANT,VERSIONING";
  }

  @Override
  public String getNumericFunctions() {
    return String.join(",", FunctionNames.NUMERIC);
  }

  @Override
  public String getStringFunctions() {
    return String.join(",", FunctionNames.STRING);
  }

  @Override
  public String getSystemFunctions() {
    return String.join(",", FunctionNames.SYSTEM);
  }

  @Override
  public String getTimeDateFunctions() {
    return String.join(",", FunctionNames.TIME_AND_DATE);
  }
}
