package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import java.sql.ResultSet;

/**
 * What Iceberg tables do not have, as results without rows: foreign keys, indexes, privileges,
 * procedures, user-defined types. Columns are those of the Javadoc, in order.
 */
final class EmptyMetaData {
  private EmptyMetaData() {}

  static ResultSet foreignKeys() {
    return new FixedRows()
        .text("PKTABLE_CAT", "PKTABLE_SCHEM", "PKTABLE_NAME", "PKCOLUMN_NAME")
        .text("FKTABLE_CAT", "FKTABLE_SCHEM", "FKTABLE_NAME", "FKCOLUMN_NAME")
        .integer("KEY_SEQ", "UPDATE_RULE", "DELETE_RULE")
        .text("FK_NAME", "PK_NAME")
        .integer("DEFERRABILITY")
        .resultSet();
  }

  static ResultSet indexes() {
    return new FixedRows()
        .text("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME")
        .column("NON_UNIQUE", SqlType.Primitive.BOOLEAN)
        .text("INDEX_QUALIFIER", "INDEX_NAME")
        .integer("TYPE", "ORDINAL_POSITION")
        .text("COLUMN_NAME", "ASC_OR_DESC")
        .column("CARDINALITY", SqlType.Primitive.BIGINT)
        .column("PAGES", SqlType.Primitive.BIGINT)
        .text("FILTER_CONDITION")
        .resultSet();
  }

  static ResultSet versionColumns() {
    return new FixedRows()
        .integer("SCOPE")
        .text("COLUMN_NAME")
        .integer("DATA_TYPE")
        .text("TYPE_NAME")
        .integer("COLUMN_SIZE", "BUFFER_LENGTH", "DECIMAL_DIGITS", "PSEUDO_COLUMN")
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

  static ResultSet procedures() {
    return new FixedRows()
        .text("PROCEDURE_CAT", "PROCEDURE_SCHEM", "PROCEDURE_NAME")
        .text("RESERVED1", "RESERVED2", "RESERVED3", "REMARKS")
        .integer("PROCEDURE_TYPE")
        .text("SPECIFIC_NAME")
        .resultSet();
  }

  static ResultSet procedureColumns() {
    return new FixedRows()
        .text("PROCEDURE_CAT", "PROCEDURE_SCHEM", "PROCEDURE_NAME", "COLUMN_NAME")
        .integer("COLUMN_TYPE", "DATA_TYPE")
        .text("TYPE_NAME")
        .integer("PRECISION", "LENGTH", "SCALE", "RADIX", "NULLABLE")
        .text("REMARKS", "COLUMN_DEF")
        .integer("SQL_DATA_TYPE", "SQL_DATETIME_SUB", "CHAR_OCTET_LENGTH", "ORDINAL_POSITION")
        .text("IS_NULLABLE", "SPECIFIC_NAME")
        .resultSet();
  }

  static ResultSet functionColumns() {
    return new FixedRows()
        .text("FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "COLUMN_NAME")
        .integer("COLUMN_TYPE", "DATA_TYPE")
        .text("TYPE_NAME")
        .integer("PRECISION", "LENGTH", "SCALE", "RADIX", "NULLABLE")
        .text("REMARKS")
        .integer("CHAR_OCTET_LENGTH", "ORDINAL_POSITION")
        .text("IS_NULLABLE", "SPECIFIC_NAME")
        .resultSet();
  }

  static ResultSet pseudoColumns() {
    return new FixedRows()
        .text("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME")
        .integer("DATA_TYPE", "COLUMN_SIZE", "DECIMAL_DIGITS", "NUM_PREC_RADIX")
        .text("COLUMN_USAGE", "REMARKS")
        .integer("CHAR_OCTET_LENGTH")
        .text("IS_NULLABLE")
        .resultSet();
  }

  static ResultSet userDefinedTypes() {
    return new FixedRows()
        .text("TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "CLASS_NAME")
        .integer("DATA_TYPE")
        .text("REMARKS")
        .integer("BASE_TYPE")
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
        .integer("SOURCE_DATA_TYPE")
        .resultSet();
  }
}
