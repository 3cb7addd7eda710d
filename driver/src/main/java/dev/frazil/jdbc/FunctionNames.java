package dev.frazil.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The functions that SQL may call, as metadata lists them. */
final class FunctionNames {
  static final List<String> NUMERIC =
      List.of(
          "ABS",
          "CEIL",
          "EXP",
          "FLOOR",
          "LN",
          "LOG10",
          "MOD",
          "POWER",
          "ROUND",
          "SIGN",
          "SQRT",
          "TRUNCATE");

  static final List<String> STRING =
      List.of(
          "CHAR_LENGTH",
          "LOWER",
          "OCTET_LENGTH",
          "POSITION",
          "REPLACE",
          "SUBSTRING",
          "TRIM",
          "UPPER");

  static final List<String> SYSTEM = List.of("COALESCE", "NULLIF");

  static final List<String> TIME_AND_DATE = List.of("CURRENT_DATE", "CURRENT_TIMESTAMP", "EXTRACT");

  private FunctionNames() {}

  static ResultSet resultSet(@Nullable String catalog, @Nullable String namePattern) {
    FixedRows rows =
        new FixedRows()
            .text("FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "REMARKS")
            .integer("FUNCTION_TYPE")
            .text("SPECIFIC_NAME");
    TreeSet<String> names = new TreeSet<>();
    if (catalog == null || catalog.isEmpty()) {
      for (List<String> family : List.of(NUMERIC, STRING, SYSTEM, TIME_AND_DATE)) {
        names.addAll(family);
      }
    }
    NamePattern pattern = new NamePattern(namePattern);
    for (String name : names) {
      if (pattern.matches(name)) {
        rows.row(null, null, name, "", DatabaseMetaData.functionNoTable, name);
      }
    }
    return rows.resultSet();
  }
}
