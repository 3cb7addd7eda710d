package dev.frazil.jdbc;

import java.sql.ResultSet;

/**
 * What Iceberg tables do not have, as results without rows: foreign keys, privileges, user-defined
 * types. Columns are those of the Javadoc, in order.
 */
final class EmptyMetaData {
  private EmptyMetaData() {}

  static ResultSet foreignKeys() {
    return new FixedRows()
        .text("PKTABLE_CAT", "PKTABLE_SCHEM", "PKTABLE_NAME", "PKCOLUMN_NAME")
        .text("FKTABLE_CAT", "FKTABLE_SCHEM", "FKTABLE_NAME", "FKCOLUMN_NAME")
        .small("KEY_SEQ", "UPDATE_RULE", "DELETE_RULE")
        .text("FK_NAME", "PK_NAME")
        .small("DEFERRABILITY")
        .resultSet();
  }

  static ResultSet columnPrivileges() {
    return new FixedRows()
        .text("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME")
        .text("GRANTOR", "GRANTEE", "PRIVILEGE", "IS_GRANTABLE")
        .resultSet();
  }

  static ResultSet tablePrivileges() {
    return new FixedRows()
        .text("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME")
        .text("GRANTOR", "GRANTEE", "PRIVILEGE", "IS_GRANTABLE")
        .resultSet();
  }

  static ResultSet userDefinedTypes() {
    return new FixedRows()
        .text("TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "CLASS_NAME")
        .integer("DATA_TYPE")
        .text("REMARKS")
        .small("BASE_TYPE")
        .resultSet();
  }

  static ResultSet superTypes() {
    return new FixedRows()
        .text("TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME")
        .text("SUPERTYPE_CAT", "SUPERTYPE_SCHEM", "SUPERTYPE_NAME")
        .resultSet();
  }

  static ResultSet superTables() {
    return new FixedRows()
        .text("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "SUPERTABLE_NAME")
        .resultSet();
  }

  static ResultSet attributes() {
    return new FixedRows()
        .text("TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "ATTR_NAME")
        .integer("DATA_TYPE")
        .text("ATTR_TYPE_NAME")
        .integer("ATTR_SIZE", "DECIMAL_DIGITS", "NUM_PREC_RADIX", "NULLABLE")
        .text("REMARKS", "ATTR_DEF")
        .integer("SQL_DATA_TYPE", "SQL_DATETIME_SUB", "CHAR_OCTET_LENGTH", "ORDINAL_POSITION")
        .text("IS_NULLABLE", "SCOPE_CATALOG", "SCOPE_SCHEMA", "SCOPE_TABLE")
        .small("SOURCE_DATA_TYPE")
        .resultSet();
  }
}
