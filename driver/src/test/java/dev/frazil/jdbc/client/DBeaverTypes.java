package dev.frazil.jdbc.client;

import java.sql.Types;
import java.util.Locale;
import java.util.Map;

/**
 * The type of a column in the DDL that DBeaver 24.2 writes: its TYPE_NAME, and behind it what
 * AbstractSQLDialect.getColumnTypeModifiers makes of COLUMN_SIZE and DECIMAL_DIGITS.
 */
final class DBeaverTypes {
  private DBeaverTypes() {}

  static String declaration(Map<String, String> column, Answer types) {
    String name = text(column, "TYPE_NAME");
    int type = Integer.parseInt(text(column, "DATA_TYPE"));
    long size = column.get("COLUMN_SIZE") == null ? 0 : Long.parseLong(text(column, "COLUMN_SIZE"));
    for (Map<String, String> known : types.rows()) {
      // GenericMetaModel.fetchTableColumn: the type of that name has the last word.
      if (name.equalsIgnoreCase(known.get("TYPE_NAME"))) {
        type = Integer.parseInt(text(known, "DATA_TYPE"));
      }
    }
    String upper = name.toUpperCase(Locale.ROOT);
    return switch (type) {
      case Types.CHAR, Types.VARCHAR ->
          upper.contains("(") || size <= 0 || size == Integer.MAX_VALUE
              ? name
              : name + "(" + size + ")";
      case Types.BINARY, Types.VARBINARY ->
          upper.contains("LOB") || size <= 0 || size >= Integer.MAX_VALUE
              ? name
              : name + "(" + size + ")";
      case Types.DECIMAL ->
          upper.equals("DECIMAL")
              ? name + "(" + size + "," + text(column, "DECIMAL_DIGITS") + ")"
              : name;
      default -> name;
    };
  }

  private static String text(Map<String, String> row, String name) {
    String text = row.get(name);
    if (text == null) {
      throw new AssertionError(name + " is null in " + row);
    }
    return text;
  }
}
