package dev.frazil.conformance;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;

/** Escapes of JDBC: those of every database, and each function that metadata names. */
final class EscapeChecks {
  private EscapeChecks() {}

  static List<Check> checks() {
    CheckList list = new CheckList("escapes");
    addSyntax(list);
    addFunctions(list);
    return list.checks();
  }

  private static void addSyntax(CheckList list) {
    list.add(
        "{d}",
        "JDBC 13.4.2",
        scene ->
            Expect.equal(
                Date.valueOf("2024-02-29"), scene.row("SELECT {d '2024-02-29'} AS a").getDate(1)));
    list.add(
        "{t}",
        "JDBC 13.4.2",
        scene ->
            Expect.equal(
                "12:34:56", scene.row("SELECT {t '12:34:56'} AS a").getTime(1).toString()));
    list.add(
        "{ts}",
        "JDBC 13.4.2",
        scene ->
            Expect.equal(
                Timestamp.valueOf("2024-02-29 12:34:56.5"),
                scene.row("SELECT {ts '2024-02-29 12:34:56.5'} AS a").getTimestamp(1)));
    list.add(
        "{oj}",
        "JDBC 13.4.3",
        scene ->
            Expect.equal(
                5,
                scene
                    .row(
                        "SELECT count(*) FROM {oj conf_rows a LEFT OUTER JOIN conf_keyed b"
                            + " ON a.x = b.id} WHERE a.x <= 5")
                    .getInt(1)));
    list.add(
        "{escape}",
        "JDBC 13.4.5",
        scene ->
            Expect.equal(
                1,
                scene
                    .row("SELECT count(*) FROM conf_keyed WHERE name LIKE 'o%' {escape '!'}")
                    .getInt(1)));
    list.add(
        "{limit}",
        "JDBC 13.4.6",
        scene -> {
          ResultSet rows = scene.query("SELECT x FROM conf_rows ORDER BY x {limit 2}");
          Expect.that(rows.next(), "not two rows");
          Expect.that(rows.next(), "not two rows");
          Expect.that(!rows.next(), "not two rows");
        });
    list.add(
        "{limit offset}",
        "JDBC 13.4.6",
        scene ->
            Expect.equal(
                4, scene.row("SELECT x FROM conf_rows ORDER BY x {limit 2 offset 3}").getInt(1)));
    list.add(
        "an escape in a prepared statement",
        "JDBC 13.4",
        scene -> {
          java.sql.PreparedStatement query =
              scene.prepare("SELECT {fn abs(x)} AS a FROM conf_rows WHERE x = ?");
          query.setInt(1, 7);
          ResultSet rows = query.executeQuery();
          Expect.that(rows.next(), "no row");
          Expect.equal(7, rows.getInt(1));
        });
    list.add(
        "braces in a text are none",
        "JDBC 13.4",
        scene -> Expect.equal("{d '", scene.row("SELECT '{d ''' AS a").getString(1)));
    list.add(
        "escapes within escapes",
        "JDBC 13.4",
        scene -> Expect.equal(2, scene.row("SELECT {fn abs({fn abs(-2)})} AS a").getInt(1)));
  }

  private static void addFunctions(CheckList list) {
    String numeric =
        "ABS(-3)=3;ACOS(1)=0;ASIN(0)=0;ATAN(0)=0;ATAN2(0, 1)=0;CEILING(1.2)=2;COS(0)=1;"
            + "COT(1)=0.642092615934331;DEGREES(0)=0;EXP(0)=1;FLOOR(1.8)=1;LOG(1)=0;LOG10(100)=2;MOD(7,"
            + " 3)=1;PI()=3.141592653589793;POWER(2, 3)=8;RADIANS(0)=0;RAND()=;ROUND(1.26,"
            + " 1)=1.3;SIGN(-4)=-1;SIN(0)=0;SQRT(9)=3;TAN(0)=0;TRUNCATE(1.29, 1)=1.2";
    String text =
        "ASCII('A')=65;CHAR(65)=A;CHAR_LENGTH('abc')=3;CHARACTER_LENGTH('abc')=3;CONCAT('a',"
            + " 'b')=ab;DIFFERENCE('abc', 'abc')=4;INSERT('abcd', 2, 2,"
            + " 'x')=axd;LCASE('AB')=ab;LEFT('abc', 2)=ab;LENGTH('abc')=3;LOCATE('b',"
            + " 'abc')=2;LTRIM(' a')=a;OCTET_LENGTH('abc')=3;POSITION('b' IN 'abc')=2;REPEAT('ab',"
            + " 2)=abab;REPLACE('abc', 'b', 'x')=axc;RIGHT('abc', 2)=bc;RTRIM('a"
            + " ')=a;SOUNDEX('abc')=A120;SPACE(1)= ;SUBSTRING('abcd', 2, 2)=bc;UCASE('ab')=AB";
    String time =
        "CURRENT_DATE=;CURRENT_TIME=;CURRENT_TIMESTAMP=;CURDATE()=;CURTIME()=;DAYNAME({d"
            + " '2024-02-29'})=Thursday;DAYOFMONTH({d '2024-02-29'})=29;DAYOFWEEK({d"
            + " '2024-02-29'})=5;DAYOFYEAR({d '2024-02-29'})=60;EXTRACT(YEAR FROM {d"
            + " '2024-02-29'})=2024;HOUR({t '12:34:56'})=12;MINUTE({t '12:34:56'})=34;MONTH({d"
            + " '2024-02-29'})=2;MONTHNAME({d '2024-02-29'})=February;NOW()=;QUARTER({d"
            + " '2024-02-29'})=1;SECOND({t '12:34:56'})=56;TIMESTAMPADD(SQL_TSI_DAY, 1, {d"
            + " '2024-02-28'})=2024-02-29;TIMESTAMPDIFF(SQL_TSI_DAY, {d '2024-02-28'}, {d"
            + " '2024-03-01'})=2;WEEK({d '2024-02-29'})=9;YEAR({d '2024-02-29'})=2024";
    String system = "DATABASE()=;IFNULL(NULL, 1)=1;USER()=";
    functions(list, numeric, "numeric");
    functions(list, text, "string");
    functions(list, time, "time and date");
    functions(list, system, "system");
    functions(list, "CONVERT(1, VARCHAR)=1", "conversion");
  }

  private static void functions(CheckList list, String calls, String set) {
    for (String call : calls.split(";", -1)) {
      int equals = call.lastIndexOf('=');
      String text = call.substring(0, equals);
      String expected = call.substring(equals + 1);
      String name = text.replaceAll("\\(.*", "");
      list.add(
          "{fn " + name + "}",
          "JDBC 13.4.1 and appendix C, "
              + set
              + " functions: those that"
              + " DatabaseMetaData names",
          scene -> {
            if (!named(scene, name, set)) {
              throw new LackingFeature("not named by metadata");
            }
            String got = scene.row("SELECT {fn " + text + "} AS a").getString(1);
            if (!expected.isEmpty()) {
              compare(expected, got);
            }
          });
    }
  }

  private static void compare(String expected, String got) {
    if (expected.matches("-?[0-9.]+") && got != null && got.matches("-?[0-9.]+(E-?\\d+)?")) {
      double difference = new BigDecimal(expected).subtract(new BigDecimal(got)).doubleValue();
      Expect.that(Math.abs(difference) < 1e-9, "expected " + expected + " but got " + got);
    } else {
      Expect.that(
          got != null && got.startsWith(expected), "expected " + expected + " but got " + got);
    }
  }

  private static boolean named(Scene scene, String name, String set) throws Exception {
    java.sql.DatabaseMetaData meta = scene.connection().getMetaData();
    if (set.equals("conversion")) {
      return meta.supportsConvert();
    }
    String names =
        switch (set) {
          case "numeric" -> meta.getNumericFunctions();
          case "string" -> meta.getStringFunctions();
          case "system" -> meta.getSystemFunctions();
          default -> meta.getTimeDateFunctions();
        };
    return ("," + names.toUpperCase(Locale.ROOT).replace(" ", "") + ",").contains("," + name + ",");
  }
}
