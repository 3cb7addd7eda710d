package dev.frazil.jdbc;

import static dev.frazil.jdbc.ColumnGettersTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JDBC's escapes over the real engine; the functions are all of appendix C of JDBC 4.3. */
class EscapesTest {
  @TempDir private static Path folder;
  private static Connection connection;

  /** A call, and what it gives by the words of the appendix; a dot stands for any value. */
  private static final String[][] FUNCTIONS = {
    {"ABS(-2)", "2"},
    {"ACOS(1)", "0.0"},
    {"ASIN(0)", "0.0"},
    {"ATAN(0)", "0.0"},
    {"ATAN2(0, 1)", "0.0"},
    {"CEILING(1.5)", "2"},
    {"COS(0)", "1.0"},
    {"COT({fn PI()} / 4)", "1.0000000000000002"},
    {"DEGREES({fn PI()})", "180.0"},
    {"EXP(0)", "1.0"},
    {"FLOOR(1.5)", "1"},
    {"LOG({fn EXP(2)})", "2.0"}, // the natural one
    {"LOG10(100)", "2.0"},
    {"MOD(5, 3)", "2"},
    {"PI()", "3.141592653589793"},
    {"POWER(2, 3)", "8.0"},
    {"RADIANS(180)", "3.141592653589793"},
    {"RAND()", "."},
    {"ROUND(1.256, 2)", "1.26"},
    {"SIGN(-3)", "-1"},
    {"SIN(0)", "0.0"},
    {"SQRT(4)", "2.0"},
    {"TAN(0)", "0.0"},
    {"TRUNCATE(1.256, 2)", "1.25"},
    {"ASCII('A')", "65"},
    {"CHAR(65)", "A"},
    {"CHAR_LENGTH('grün ')", "5"},
    {"CHAR_LENGTH('grün', CHARACTERS)", "4"},
    {"CHARACTER_LENGTH('grün', OCTETS)", "5"},
    {"CONCAT('a', 'b')", "ab"},
    {"DIFFERENCE('Smith', 'Smyth')", "4"},
    {"INSERT('frXXil', 3, 2, 'az')", "frazil"},
    {"LCASE('ABC')", "abc"},
    {"LEFT('abc', 2)", "ab"},
    {"LENGTH('abc  ')", "3"}, // without the blanks at the end
    {"LENGTH('a, (b', CHARACTERS)", "5"},
    {"LOCATE('b', 'abcb')", "2"},
    {"LOCATE('b', 'abcb', 3)", "4"},
    {"LOCATE('x', 'abcb')", "0"},
    {"LTRIM('  a ')", "a "},
    {"OCTET_LENGTH('grün')", "5"},
    {"POSITION('b' IN 'abc')", "2"},
    {"POSITION('b' IN 'abc', CHARACTERS)", "2"},
    {"REPEAT('ab', 2)", "abab"},
    {"REPLACE('abcb', 'b', 'x')", "axcx"},
    {"RIGHT('abc', 2)", "bc"},
    {"RTRIM(' a  ')", " a"},
    {"SOUNDEX('Robert')", "R163"},
    {"SPACE(2)", "  "},
    {"SUBSTRING('abcd', 2, 2)", "bc"},
    {"SUBSTRING('abcd', 2, 2, CHARACTERS)", "bc"},
    {"UCASE('abc')", "ABC"},
    {"CURDATE()", "."},
    {"CURRENT_DATE()", "."},
    {"CURRENT_DATE", "."},
    {"CURRENT_TIME()", "."},
    {"CURRENT_TIMESTAMP()", "."},
    {"CURTIME()", "."},
    {"DAYNAME({d '2024-02-29'})", "Thursday"},
    {"DAYOFMONTH({d '2024-02-29'})", "29"},
    {"DAYOFWEEK({d '2024-02-29'})", "5"}, // Sunday is 1
    {"DAYOFWEEK({ts '2024-03-03 01:00:00'})", "1"},
    {"DAYOFYEAR({d '2024-02-29'})", "60"},
    {"EXTRACT(YEAR FROM {d '2024-02-29'})", "2024"},
    {"HOUR({t '13:45:01'})", "13"},
    {"MINUTE({ts '2024-02-29 13:45:01'})", "45"},
    {"MONTH({d '2024-02-29'})", "2"},
    {"MONTHNAME({d '2024-02-29'})", "February"},
    {"NOW()", "."},
    {"QUARTER({d '2024-02-29'})", "1"},
    {"SECOND({ts '2024-02-29 13:45:01.5'})", "1"},
    {
      "TIMESTAMPADD(SQL_TSI_FRAC_SECOND, 5000, {ts '2024-02-29 13:45:01'})",
      "2024-02-29 13:45:01.000005"
    },
    {"TIMESTAMPADD(SQL_TSI_SECOND, 59, {ts '2024-02-29 13:45:01'})", "2024-02-29 13:46:00"},
    {"TIMESTAMPADD(SQL_TSI_MINUTE, -1, {ts '2024-02-29 13:45:01'})", "2024-02-29 13:44:01"},
    {"TIMESTAMPADD(SQL_TSI_HOUR, 12, {ts '2024-02-29 13:45:01'})", "2024-03-01 01:45:01"},
    {"TIMESTAMPADD(SQL_TSI_DAY, 1, {d '2024-02-29'})", "2024-03-01"},
    {"TIMESTAMPADD(SQL_TSI_WEEK, 1, {d '2024-02-29'})", "2024-03-07"},
    {"TIMESTAMPADD(SQL_TSI_MONTH, 1, {d '2024-01-31'})", "2024-02-29"},
    {"TIMESTAMPADD(SQL_TSI_QUARTER, 1, {d '2024-01-31'})", "2024-04-30"},
    {"TIMESTAMPADD(SQL_TSI_YEAR, 1, {ts '2024-02-29 00:00:00'})", "2025-02-28 00:00:00"},
    {"TIMESTAMPDIFF(SQL_TSI_SECOND, {ts '2024-02-29 13:45:01'}, {ts '2024-02-29 13:46:00'})", "59"},
    {"TIMESTAMPDIFF(SQL_TSI_MINUTE, {ts '2024-02-29 13:45:01'}, {ts '2024-02-29 13:44:01'})", "-1"},
    {"TIMESTAMPDIFF(SQL_TSI_HOUR, {ts '2024-02-29 13:45:01'}, {ts '2024-03-01 01:45:01'})", "12"},
    {"TIMESTAMPDIFF(SQL_TSI_DAY, {d '2024-02-29'}, {d '2024-03-01'})", "1"},
    {"TIMESTAMPDIFF(SQL_TSI_WEEK, {d '2024-02-29'}, {d '2024-03-14'})", "2"},
    {"TIMESTAMPDIFF(SQL_TSI_MONTH, {d '2024-01-29'}, {d '2024-02-29'})", "1"},
    {"TIMESTAMPDIFF(SQL_TSI_QUARTER, {d '2024-01-01'}, {d '2024-07-01'})", "2"},
    {"TIMESTAMPDIFF(SQL_TSI_YEAR, {d '2020-02-29'}, {d '2024-02-29'})", "4"},
    {
      "TIMESTAMPDIFF(SQL_TSI_FRAC_SECOND, {ts '2024-02-29 00:00:00'}, {ts '2024-02-29 00:00:00.000001'})",
      "1000"
    },
    {"WEEK({d '2024-02-29'})", "9"},
    {"YEAR({d '2024-02-29'})", "2024"},
    {"IFNULL(CAST(NULL AS integer), 3)", "3"},
    {"CONVERT('12', SQL_INTEGER)", "12"},
    {"CONVERT(12, VARCHAR)", "12"},
    {"CONVERT('1.255', SQL_DECIMAL(5, 2))", "1.26"},
    {"CONVERT('2024-02-29', SQL_DATE)", "2024-02-29"},
    {
      "CONVERT({fn CONVERT({ts '2024-02-29 13:45:01'}, SQL_VARCHAR)}, SQL_TIMESTAMP)",
      "2024-02-29 13:45:01"
    }
  };

  @BeforeAll
  static void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"));
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  private static String ask(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getString(1);
      }
    }
  }

  @Test
  void functionsOfAppendixC() throws SQLException {
    List<String> wrong = new ArrayList<>();
    for (String[] function : FUNCTIONS) {
      String found;
      try {
        found = ask("SELECT {fn " + function[0] + "}");
      } catch (SQLException e) {
        found = e.getMessage();
      }
      if (function[1].equals(".") ? found == null || found.isEmpty() : !function[1].equals(found)) {
        wrong.add(function[0] + " gave " + found);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void metadataListsExactlyThoseThatWork() throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    TreeSet<String> listed = new TreeSet<>();
    for (String family :
        List.of(
            metaData.getNumericFunctions(),
            metaData.getStringFunctions(),
            metaData.getSystemFunctions(),
            metaData.getTimeDateFunctions())) {
      listed.addAll(List.of(family.split(",")));
    }
    TreeSet<String> run = new TreeSet<>();
    for (String[] function : FUNCTIONS) {
      run.add(function[0].replaceAll("[( ].*", ""));
    }
    run.remove("CONVERT"); // it has supportsConvert
    assertThat(listed).isEqualTo(run);
    assertState(() -> ask("SELECT {fn RAND(5)}"), "0A000");
    assertState(() -> ask("SELECT {fn DATABASE()}"), "0A000");
    assertState(() -> ask("SELECT {fn USER()}"), "0A000");
    assertState(() -> ask("SELECT {fn SUBSTRING('a', 1, 1, OCTETS)}"), "0A000");
    assertState(() -> ask("SELECT {fn CONVERT(1, SQL_ROWID)}"), "0A000");
    assertState(() -> ask("SELECT {fn CHAR_LENGTH('a', WORDS)}"), "22023");
  }

  @Test
  void parametersKeepTheirOrder() throws SQLException {
    assertThat(ask("SELECT {fn INSERT(?, ?, ?, ?)}", "frXXil", 3, 2, "az")).isEqualTo("frazil");
    assertThat(ask("SELECT {fn LOCATE(?, ?, ?)}", "b", "abcb", 3)).isEqualTo("4");
    assertThat(ask("SELECT {fn LENGTH(?)} + {fn LENGTH(?)}", "ab ", "c")).isEqualTo("3");
    assertThat(ask("SELECT {fn TIMESTAMPADD(SQL_TSI_DAY, ?, {d '2024-02-28'})}", 1))
        .isEqualTo("2024-02-29");
    assertThat(ask("SELECT {fn CONVERT(?, SQL_BIGINT)}", 5L)).isEqualTo("5");
    assertThat(ask("SELECT {fn DAYOFWEEK(CAST(? AS date))}", "2024-03-03")).isEqualTo("1");
  }

  @Test
  void convertIsWhatSupportsConvertSays() throws SQLException {
    Map<Integer, String[]> types = new LinkedHashMap<>();
    types.put(Types.BOOLEAN, new String[] {"BOOLEAN", "true"});
    types.put(Types.INTEGER, new String[] {"INTEGER", "CAST(1 AS integer)"});
    types.put(Types.BIGINT, new String[] {"BIGINT", "CAST(1 AS bigint)"});
    types.put(Types.REAL, new String[] {"REAL", "CAST(1 AS real)"});
    types.put(Types.DOUBLE, new String[] {"DOUBLE", "CAST(1 AS double)"});
    types.put(Types.DECIMAL, new String[] {"DECIMAL", "CAST(1 AS decimal(5, 2))"});
    types.put(Types.DATE, new String[] {"DATE", "{d '2024-02-29'}"});
    types.put(Types.TIME, new String[] {"TIME", "{t '13:45:01'}"});
    types.put(Types.TIMESTAMP, new String[] {"TIMESTAMP", "{ts '2024-02-29 13:45:01'}"});
    types.put(
        Types.TIMESTAMP_WITH_TIMEZONE,
        new String[] {"TIMESTAMP_WITH_TIMEZONE", "TIMESTAMPTZ '2024-02-29 13:45:01+00:00'"});
    types.put(Types.VARBINARY, new String[] {"VARBINARY", "X'01'"});
    Map<Integer, String> texts = new LinkedHashMap<>();
    texts.put(Types.BOOLEAN, "true");
    texts.put(Types.DATE, "2024-02-29");
    texts.put(Types.TIME, "13:45:01");
    texts.put(Types.TIMESTAMP, "2024-02-29 13:45:01");
    texts.put(Types.TIMESTAMP_WITH_TIMEZONE, "2024-02-29 13:45:01+00:00");
    types.put(Types.VARCHAR, new String[] {"VARCHAR", ""});
    DatabaseMetaData metaData = connection.getMetaData();
    List<String> wrong = new ArrayList<>();
    for (int from : types.keySet()) {
      for (int to : types.keySet()) {
        String value =
            from == Types.VARCHAR ? "'" + texts.getOrDefault(to, "1") + "'" : types.get(from)[1];
        String call = "{fn CONVERT(" + value + ", SQL_" + types.get(to)[0] + ")}";
        boolean works = true;
        String why = "";
        try {
          ask("SELECT " + call);
        } catch (SQLException e) {
          works = false;
          why = ": " + e.getMessage();
        }
        if (works != metaData.supportsConvert(from, to)) {
          wrong.add(call + (works ? " works" : " fails" + why));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void otherEscapes() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS l (x integer, t varchar)");
      statement.execute("CREATE TABLE IF NOT EXISTS r (x integer)");
      statement.execute("INSERT INTO l VALUES (1, 'a_b'), (2, 'axb')");
      statement.execute("INSERT INTO r VALUES (2)");
    }
    assertThat(ask("SELECT count(*) FROM {oj l LEFT OUTER JOIN r ON l.x = r.x}")).isEqualTo("2");
    assertThat(ask("SELECT t FROM l WHERE t LIKE 'a!_b' {escape '!'}")).isEqualTo("a_b");
    assertThat(ask("SELECT t FROM l WHERE t LIKE 'a\\_b' { ESCAPE '\\' }")).isEqualTo("a_b");
    assertThat(ask("SELECT x FROM l ORDER BY x {limit 1 offset 1}")).isEqualTo("2");
    assertThat(ask("SELECT x FROM l ORDER BY x DESC {limit ?}", 1)).isEqualTo("2");
    assertThat(ask("SELECT {D '2024-02-29'}")).isEqualTo("2024-02-29");
    assertThat(ask("SELECT { ts'2024-02-29 13:45:01.25' }")).isEqualTo("2024-02-29 13:45:01.25");
    assertThat(ask("SELECT {t '13:45:01'}")).isEqualTo("13:45:01");
    assertThat(ask("SELECT '{fn x}' || \"t\" FROM l WHERE x = 1 /* {d */ -- {ts"))
        .isEqualTo("{fn x}a_b");
    assertThat(ask("SELECT {fn /* it's */ -- (,\n LENGTH('a  ' /* ), */)}")).isEqualTo("1");
    assertThat(ask("SELECT {fn CONVERT('1' -- ,\n, SQL_BIGINT)} + 1")).isEqualTo("2");
    assertThat(connection.nativeSQL("SELECT {fn LCASE('A')}")).doesNotContain("{");
    assertState(() -> ask("SELECT {fn LCASE('A')"), "42601");
    assertState(() -> ask("SELECT {guid 'A'}"), "42601");
    assertState(() -> ask("{? = call f()}"), "0A000");
    assertState(() -> ask("SELECT {d '2024-02-30'}"), "22007");
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      assertState(() -> statement.executeQuery("SELECT {d '2024-02-29'}"), "0A000");
    }
  }
}
