package dev.frazil.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The functions that metadata lists: of each family those of appendix C of JDBC 4.3 that {@code {fn
 * ...}} can call, all but RAND with a seed, DATABASE and USER.
 */
final class FunctionNames {
  static final List<String> NUMERIC =
      List.of(
          "ABS",
          "ACOS",
          "ASIN",
          "ATAN",
          "ATAN2",
          "CEILING",
          "COS",
          "COT",
          "DEGREES",
          "EXP",
          "FLOOR",
          "LOG",
          "LOG10",
          "MOD",
          "PI",
          "POWER",
          "RADIANS",
          "RAND",
          "ROUND",
          "SIGN",
          "SIN",
          "SQRT",
          "TAN",
          "TRUNCATE");

  static final List<String> STRING =
      List.of(
          "ASCII",
          "CHAR",
          "CHAR_LENGTH",
          "CHARACTER_LENGTH",
          "CONCAT",
          "DIFFERENCE",
          "INSERT",
          "LCASE",
          "LEFT",
          "LENGTH",
          "LOCATE",
          "LTRIM",
          "OCTET_LENGTH",
          "POSITION",
          "REPEAT",
          "REPLACE",
          "RIGHT",
          "RTRIM",
          "SOUNDEX",
          "SPACE",
          "SUBSTRING",
          "UCASE");

  static final List<String> SYSTEM = List.of("IFNULL");

  static final List<String> TIME_AND_DATE =
      List.of(
          "CURDATE",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "CURTIME",
          "DAYNAME",
          "DAYOFMONTH",
          "DAYOFWEEK",
          "DAYOFYEAR",
          "EXTRACT",
          "HOUR",
          "MINUTE",
          "MONTH",
          "MONTHNAME",
          "NOW",
          "QUARTER",
          "SECOND",
          "TIMESTAMPADD",
          "TIMESTAMPDIFF",
          "WEEK",
          "YEAR");

  /** Those that only the escape knows by their name. */
  private static final Set<String> ESCAPES_ONLY = Set.of("CHAR", "CURDATE", "CURTIME", "INSERT");

  /** Of SQL, beside those of the appendix. */
  private static final List<String> FURTHER =
      List.of("CEIL", "COALESCE", "LN", "LOWER", "NULLIF", "TRIM", "UPPER");

  private FunctionNames() {}

  static ResultSet resultSet(@Nullable String catalog, @Nullable String namePattern) {
    FixedRows rows =
        new FixedRows()
            .text("FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "REMARKS")
            .integer("FUNCTION_TYPE")
            .text("SPECIFIC_NAME");
    TreeSet<String> names = new TreeSet<>();
    if (catalog == null || catalog.isEmpty()) {
      for (List<String> family : List.of(NUMERIC, STRING, SYSTEM, TIME_AND_DATE, FURTHER)) {
        names.addAll(family);
        names.removeAll(ESCAPES_ONLY);
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
