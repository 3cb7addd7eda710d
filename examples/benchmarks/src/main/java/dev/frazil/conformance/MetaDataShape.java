package dev.frazil.conformance;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.util.List;

/**
 * A result set of DatabaseMetaData as its Javadoc has it.
 *
 * @param columns names, each with its type behind a colon where it is not text: i a whole number, b
 *     a boolean; an empty name is reserved
 * @param order the columns that it is ordered by
 */
record MetaDataShape(String method, Call call, List<String> columns, List<String> order) {

  interface Call {
    ResultSet of(DatabaseMetaData meta, Scene scene) throws Exception;
  }

  private static MetaDataShape shape(String method, Call call, String columns, String order) {
    return new MetaDataShape(
        method,
        call,
        List.of(columns.split(" ")),
        order.isEmpty() ? List.of() : List.of(order.split(" ")));
  }

  private static final String KEYS =
      "PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM FKTABLE_NAME"
          + " FKCOLUMN_NAME KEY_SEQ:i UPDATE_RULE:i DELETE_RULE:i FK_NAME PK_NAME DEFERRABILITY:i";
  private static final String ROW_COLUMNS =
      "SCOPE:i COLUMN_NAME DATA_TYPE:i TYPE_NAME COLUMN_SIZE:i BUFFER_LENGTH:i DECIMAL_DIGITS:i"
          + " PSEUDO_COLUMN:i";

  static List<MetaDataShape> all() {
    return List.of(
        shape(
            "getTables",
            (meta, scene) -> meta.getTables(null, null, "%", null),
            "TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME"
                + " SELF_REFERENCING_COL_NAME REF_GENERATION",
            "TABLE_TYPE TABLE_CAT TABLE_SCHEM TABLE_NAME"),
        shape(
            "getSchemas",
            (meta, scene) -> meta.getSchemas(),
            "TABLE_SCHEM TABLE_CATALOG",
            "TABLE_CATALOG TABLE_SCHEM"),
        shape(
            "getSchemas(catalog, pattern)",
            (meta, scene) -> meta.getSchemas(null, "%"),
            "TABLE_SCHEM TABLE_CATALOG",
            "TABLE_CATALOG TABLE_SCHEM"),
        shape("getCatalogs", (meta, scene) -> meta.getCatalogs(), "TABLE_CAT", "TABLE_CAT"),
        shape("getTableTypes", (meta, scene) -> meta.getTableTypes(), "TABLE_TYPE", "TABLE_TYPE"),
        shape(
            "getColumns",
            (meta, scene) -> meta.getColumns(null, null, scene.stored("conf_types"), "%"),
            "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:i TYPE_NAME COLUMN_SIZE:i"
                + " BUFFER_LENGTH DECIMAL_DIGITS:i NUM_PREC_RADIX:i NULLABLE:i REMARKS COLUMN_DEF"
                + " SQL_DATA_TYPE:i SQL_DATETIME_SUB:i CHAR_OCTET_LENGTH:i ORDINAL_POSITION:i"
                + " IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE:i"
                + " IS_AUTOINCREMENT IS_GENERATEDCOLUMN",
            "TABLE_CAT TABLE_SCHEM TABLE_NAME ORDINAL_POSITION"),
        shape(
            "getColumnPrivileges",
            (meta, scene) -> meta.getColumnPrivileges(null, null, scene.stored("conf_keyed"), "%"),
            "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE",
            "COLUMN_NAME PRIVILEGE"),
        shape(
            "getTablePrivileges",
            (meta, scene) -> meta.getTablePrivileges(null, null, scene.stored("conf_keyed")),
            "TABLE_CAT TABLE_SCHEM TABLE_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE",
            "TABLE_CAT TABLE_SCHEM TABLE_NAME PRIVILEGE"),
        shape(
            "getBestRowIdentifier",
            (meta, scene) ->
                meta.getBestRowIdentifier(
                    null, null, scene.stored("conf_keyed"), DatabaseMetaData.bestRowSession, true),
            ROW_COLUMNS,
            "SCOPE"),
        shape(
            "getVersionColumns",
            (meta, scene) -> meta.getVersionColumns(null, null, scene.stored("conf_keyed")),
            ROW_COLUMNS,
            ""),
        shape(
            "getPrimaryKeys",
            (meta, scene) -> meta.getPrimaryKeys(null, null, scene.stored("conf_keyed")),
            "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ:i PK_NAME",
            "COLUMN_NAME"),
        shape(
            "getImportedKeys",
            (meta, scene) -> meta.getImportedKeys(null, null, scene.stored("conf_keyed")),
            KEYS,
            "PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME KEY_SEQ"),
        shape(
            "getExportedKeys",
            (meta, scene) -> meta.getExportedKeys(null, null, scene.stored("conf_keyed")),
            KEYS,
            "FKTABLE_CAT FKTABLE_SCHEM FKTABLE_NAME KEY_SEQ"),
        shape(
            "getCrossReference",
            (meta, scene) ->
                meta.getCrossReference(
                    null, null, scene.stored("conf_keyed"), null, null, scene.stored("conf_rows")),
            KEYS,
            "FKTABLE_CAT FKTABLE_SCHEM FKTABLE_NAME KEY_SEQ"),
        shape(
            "getTypeInfo",
            (meta, scene) -> meta.getTypeInfo(),
            "TYPE_NAME DATA_TYPE:i PRECISION:i LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS"
                + " NULLABLE:i CASE_SENSITIVE:b SEARCHABLE:i UNSIGNED_ATTRIBUTE:b"
                + " FIXED_PREC_SCALE:b AUTO_INCREMENT:b LOCAL_TYPE_NAME MINIMUM_SCALE:i"
                + " MAXIMUM_SCALE:i SQL_DATA_TYPE:i SQL_DATETIME_SUB:i NUM_PREC_RADIX:i",
            "DATA_TYPE"),
        shape(
            "getIndexInfo",
            (meta, scene) -> meta.getIndexInfo(null, null, scene.stored("conf_keyed"), false, true),
            "TABLE_CAT TABLE_SCHEM TABLE_NAME NON_UNIQUE:b INDEX_QUALIFIER INDEX_NAME TYPE:i"
                + " ORDINAL_POSITION:i COLUMN_NAME ASC_OR_DESC CARDINALITY:i PAGES:i"
                + " FILTER_CONDITION",
            "NON_UNIQUE TYPE INDEX_NAME ORDINAL_POSITION"),
        shape(
            "getUDTs",
            (meta, scene) -> meta.getUDTs(null, null, "%", null),
            "TYPE_CAT TYPE_SCHEM TYPE_NAME CLASS_NAME DATA_TYPE:i REMARKS BASE_TYPE:i",
            "DATA_TYPE TYPE_CAT TYPE_SCHEM TYPE_NAME"),
        shape(
            "getSuperTypes",
            (meta, scene) -> meta.getSuperTypes(null, null, "%"),
            "TYPE_CAT TYPE_SCHEM TYPE_NAME SUPERTYPE_CAT SUPERTYPE_SCHEM SUPERTYPE_NAME",
            ""),
        shape(
            "getSuperTables",
            (meta, scene) -> meta.getSuperTables(null, null, "%"),
            "TABLE_CAT TABLE_SCHEM TABLE_NAME SUPERTABLE_NAME",
            ""),
        shape(
            "getAttributes",
            (meta, scene) -> meta.getAttributes(null, null, "%", "%"),
            "TYPE_CAT TYPE_SCHEM TYPE_NAME ATTR_NAME DATA_TYPE:i ATTR_TYPE_NAME ATTR_SIZE:i"
                + " DECIMAL_DIGITS:i NUM_PREC_RADIX:i NULLABLE:i REMARKS ATTR_DEF SQL_DATA_TYPE:i"
                + " SQL_DATETIME_SUB:i CHAR_OCTET_LENGTH:i ORDINAL_POSITION:i IS_NULLABLE"
                + " SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE:i",
            "TYPE_CAT TYPE_SCHEM TYPE_NAME ORDINAL_POSITION"),
        shape(
            "getClientInfoProperties",
            (meta, scene) -> meta.getClientInfoProperties(),
            "NAME MAX_LEN:i DEFAULT_VALUE DESCRIPTION",
            "NAME"),
        shape(
            "getFunctions",
            (meta, scene) -> meta.getFunctions(null, null, "%"),
            "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE:i SPECIFIC_NAME",
            "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME SPECIFIC_NAME"),
        shape(
            "getFunctionColumns",
            (meta, scene) -> meta.getFunctionColumns(null, null, "%", "%"),
            "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME COLUMN_NAME COLUMN_TYPE:i DATA_TYPE:i"
                + " TYPE_NAME PRECISION:i LENGTH:i SCALE:i RADIX:i NULLABLE:i REMARKS"
                + " CHAR_OCTET_LENGTH:i ORDINAL_POSITION:i IS_NULLABLE SPECIFIC_NAME",
            "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME SPECIFIC_NAME"),
        shape(
            "getProcedures",
            (meta, scene) -> meta.getProcedures(null, null, "%"),
            "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME ? ? ? REMARKS PROCEDURE_TYPE:i"
                + " SPECIFIC_NAME",
            "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME SPECIFIC_NAME"),
        shape(
            "getProcedureColumns",
            (meta, scene) -> meta.getProcedureColumns(null, null, "%", "%"),
            "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME COLUMN_NAME COLUMN_TYPE:i DATA_TYPE:i"
                + " TYPE_NAME PRECISION:i LENGTH:i SCALE:i RADIX:i NULLABLE:i REMARKS COLUMN_DEF"
                + " SQL_DATA_TYPE:i SQL_DATETIME_SUB:i CHAR_OCTET_LENGTH:i ORDINAL_POSITION:i"
                + " IS_NULLABLE SPECIFIC_NAME",
            "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME SPECIFIC_NAME"),
        shape(
            "getPseudoColumns",
            (meta, scene) -> meta.getPseudoColumns(null, null, "%", "%"),
            "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:i COLUMN_SIZE:i"
                + " DECIMAL_DIGITS:i NUM_PREC_RADIX:i COLUMN_USAGE REMARKS CHAR_OCTET_LENGTH:i"
                + " IS_NULLABLE",
            "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME"));
  }
}
