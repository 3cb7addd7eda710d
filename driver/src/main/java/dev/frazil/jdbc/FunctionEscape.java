package dev.frazil.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What stands in {@code {fn ...}}, turned into SQL: the functions of appendix C of JDBC 4.3 whose
 * names or meanings differ from those of SQL here. Every other function is called as it is written.
 * Parameters keep their order.
 */
final class FunctionEscape {
  /** Functions that have another name here, or none. */
  private static final Map<String, String> RENAMED =
      Map.of("log", "LN", "char", "CHR", "insert", "STUFF");

  private static final Map<String, String> WITHOUT_BRACKETS =
      Map.of("curdate", "CURRENT_DATE", "curtime", "CURRENT_TIME");

  /** The types of CONVERT, with SQL_ in front or not. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("bit", "BOOLEAN"),
          Map.entry("boolean", "BOOLEAN"),
          Map.entry("tinyint", "TINYINT"),
          Map.entry("smallint", "SMALLINT"),
          Map.entry("integer", "INTEGER"),
          Map.entry("bigint", "BIGINT"),
          Map.entry("real", "REAL"),
          Map.entry("float", "DOUBLE"),
          Map.entry("double", "DOUBLE"),
          Map.entry("decimal", "DECIMAL"),
          Map.entry("numeric", "DECIMAL"),
          Map.entry("char", "VARCHAR"),
          Map.entry("varchar", "VARCHAR"),
          Map.entry("longvarchar", "VARCHAR"),
          Map.entry("nchar", "VARCHAR"),
          Map.entry("nvarchar", "VARCHAR"),
          Map.entry("longnvarchar", "VARCHAR"),
          Map.entry("wchar", "VARCHAR"),
          Map.entry("wvarchar", "VARCHAR"),
          Map.entry("wlongvarchar", "VARCHAR"),
          Map.entry("clob", "VARCHAR"),
          Map.entry("nclob", "VARCHAR"),
          Map.entry("binary", "VARBINARY"),
          Map.entry("varbinary", "VARBINARY"),
          Map.entry("longvarbinary", "VARBINARY"),
          Map.entry("blob", "VARBINARY"),
          Map.entry("date", "DATE"),
          Map.entry("time", "TIME"),
          Map.entry("timestamp", "TIMESTAMP"),
          Map.entry("timestamp_with_timezone", "TIMESTAMP WITH TIME ZONE"),
          Map.entry("guid", "UUID"));

  private final String name;
  private final String call;

  /** From the bracket on; empty where there is none. */
  private final String rest;

  private FunctionEscape(String name, String call, String rest) {
    this.name = name;
    this.call = call;
    this.rest = rest;
  }

  /**
   * @param call the text behind {@code fn}, escapes in it translated
   */
  static String translate(String call) throws SQLException {
    int start = 0;
    while (start < call.length()) {
      int behind = behindComment(call, start);
      if (behind == start && !Character.isWhitespace(call.charAt(start))) {
        break;
      }
      start = Math.max(behind, start + 1);
    }
    int end = start;
    while (end < call.length() && Character.isJavaIdentifierPart(call.charAt(end))) {
      end++;
    }
    String name = call.substring(start, end).toLowerCase(Locale.ROOT);
    return new FunctionEscape(name, call, call.substring(end)).translate();
  }

  /** Where the comment ends that begins at {@code at}; {@code at} where none does. */
  private static int behindComment(String text, int at) {
    String end = text.startsWith("/*", at) ? "*/" : text.startsWith("--", at) ? "\n" : null;
    if (end == null) {
      return at;
    }
    int found = text.indexOf(end, at + 2);
    return found < 0 ? text.length() : found + end.length();
  }

  private String translate() throws SQLException {
    String renamed = RENAMED.get(name);
    if (renamed != null) {
      return renamed + rest;
    }
    String plain = WITHOUT_BRACKETS.get(name);
    if (plain != null) {
      return plain;
    }
    List<String> arguments = arguments();
    int count = arguments.size();
    return switch (name) {
      case "dayofweek" ->
          // Sunday is 1 in JDBC and 7 in ISO.
          count == 1 ? "(MOD(DAY_OF_WEEK(" + arguments.get(0) + "), 7) + 1)" : call;
      case "length", "char_length", "character_length" -> length(arguments);
      case "substring" -> count == 4 ? inCharacters(arguments) : call;
      case "position" -> position(arguments);
      case "timestampdiff" ->
          // Nanoseconds, which no timestamp here has.
          count == 3 && arguments.get(0).trim().equalsIgnoreCase("SQL_TSI_FRAC_SECOND")
              ? "(TIMESTAMPDIFF(MICROSECOND,"
                  + String.join(",", arguments.subList(1, 3))
                  + ") * 1000)"
              : call;
      case "convert" -> count == 2 ? cast(arguments.get(0), arguments.get(1)) : call;
      case "rand" -> {
        if (count > 0) {
          throw SqlExceptions.unsupported("{fn RAND} with a seed");
        }
        yield call;
      }
      case "database" ->
          throw SqlExceptions.unsupported(
              "{fn DATABASE()} (there are no catalogs; CURRENT_SCHEMA is the schema)");
      case "user" -> throw SqlExceptions.unsupported("{fn USER()} (a warehouse knows no users)");
      default -> call;
    };
  }

  /** LENGTH does not count blanks at the end. */
  private String length(List<String> arguments) throws SQLException {
    if (arguments.isEmpty() || arguments.size() > 2) {
      return call;
    }
    String text = arguments.get(0);
    if (name.equals("length")) {
      text = "TRIM(TRAILING ' ' FROM " + text + ")";
    }
    boolean octets = arguments.size() == 2 && isOctets(arguments.get(1));
    return (octets ? "OCTET_LENGTH(" : "CHAR_LENGTH(") + text + ")";
  }

  private String inCharacters(List<String> arguments) throws SQLException {
    if (isOctets(arguments.get(3))) {
      throw SqlExceptions.unsupported("{fn " + name.toUpperCase(Locale.ROOT) + "} in OCTETS");
    }
    return "SUBSTRING(" + String.join(",", arguments.subList(0, 3)) + ")";
  }

  private String position(List<String> arguments) throws SQLException {
    if (arguments.size() != 2) {
      return call;
    }
    if (isOctets(arguments.get(1))) {
      throw SqlExceptions.unsupported("{fn POSITION} in OCTETS");
    }
    return "POSITION(" + arguments.get(0) + ")";
  }

  private boolean isOctets(String unit) throws SQLException {
    return switch (unit.trim().toLowerCase(Locale.ROOT)) {
      case "characters" -> false;
      case "octets" -> true;
      default ->
          throw SqlExceptions.invalid(
              "{fn "
                  + name.toUpperCase(Locale.ROOT)
                  + "} counts CHARACTERS or OCTETS, not "
                  + unit.trim());
    };
  }

  private static String cast(String value, String wanted) throws SQLException {
    String type = wanted.trim().toLowerCase(Locale.ROOT);
    int bracket = type.indexOf('(');
    String size = bracket < 0 ? "" : type.substring(bracket);
    String bare = (bracket < 0 ? type : type.substring(0, bracket)).trim();
    String target = TYPES.get(bare.startsWith("sql_") ? bare.substring(4) : bare);
    if (target == null) {
      throw SqlExceptions.unsupported("{fn CONVERT} to " + wanted.trim());
    }
    return "CAST(" + value + " AS " + target + (target.equals("DECIMAL") ? size : "") + ")";
  }

  /** What the brackets hold between commas; empty where there are none. */
  private List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    int at = 0;
    while (at < rest.length() && Character.isWhitespace(rest.charAt(at))) {
      at++;
    }
    if (at == rest.length() || rest.charAt(at) != '(') {
      return arguments;
    }
    int from = at + 1;
    int depth = 0;
    while (at < rest.length()) {
      int behind = behindComment(rest, at);
      if (behind > at) {
        at = behind;
        continue;
      }
      char c = rest.charAt(at);
      if (c == '\'' || c == '"' || c == '`') {
        int end = rest.indexOf(c, at + 1);
        at = end < 0 ? rest.length() : end;
      } else if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
        if (depth == 0) {
          String last = rest.substring(from, at);
          if (!arguments.isEmpty() || !last.isBlank()) {
            arguments.add(last);
          }
          return rest.substring(at + 1).isBlank() ? arguments : List.of();
        }
      } else if (c == ',' && depth == 1) {
        arguments.add(rest.substring(from, at));
        from = at + 1;
      }
      at++;
    }
    return List.of();
  }
}
