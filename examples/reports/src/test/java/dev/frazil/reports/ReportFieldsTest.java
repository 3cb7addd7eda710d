package dev.frazil.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.sf.jasperreports.engine.JRPrintElement;
import net.sf.jasperreports.engine.JRPrintPage;
import net.sf.jasperreports.engine.JRPrintText;
import net.sf.jasperreports.engine.JasperCompileManager;
import net.sf.jasperreports.engine.JasperFillManager;
import net.sf.jasperreports.engine.JasperReport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every class that a field of a JasperReports report may have, and every kind of parameter. */
class ReportFieldsTest {
  /** Column, class of the field, expression to show ({@code #} is the field), what it shows. */
  private static final String[][] FIELDS = {
    {"flag", "java.lang.Boolean", "#", "true"},
    {"whole", "java.lang.Byte", "#", "42"},
    {"whole", "java.lang.Short", "#", "42"},
    {"whole", "java.lang.Integer", "#", "42"},
    {"big", "java.lang.Long", "#", "9007199254740993"},
    {"thin", "java.lang.Float", "#", "1.5"},
    {"wide", "java.lang.Double", "#", "-0.25"},
    {"money", "java.math.BigDecimal", "#", "12345678901234567890.1234"},
    {"money", "java.lang.Double", "#", "1.2345678901234567E19"},
    {"big", "java.lang.Number", "#", "9007199254740993"},
    {"name", "java.lang.String", "#", "Żur"},
    {"name", "java.io.Reader", "(char) #.read()", "Ż"},
    {"day", "java.util.Date", "#.toString()", "2026-03-29"},
    {"day", "java.sql.Date", "#.toString()", "2026-03-29"},
    {"clock", "java.sql.Time", "#.toString()", "23:59:58"},
    {"moment", "java.sql.Timestamp", "#.toString()", "1883-11-18 12:03:58.123456"},
    // JasperReports reads java.util.Date as a day.
    {"moment", "java.util.Date", "#.toString()", "1883-11-18"},
    {"instant", "java.sql.Timestamp", "#.toInstant()", "2026-01-31T22:00:00Z"},
    {"instant", "java.time.OffsetDateTime", "#", "2026-01-31T22:00Z"},
    {"instant", "java.lang.Object", "#", "2026-01-31T22:00Z"},
    {"bytes", "java.io.InputStream", "new String(#.readAllBytes())", "bytes"},
    {"bytes", "byte[]", "new String(#)", "bytes"},
    {"bytes", "java.lang.Object", "new String((byte[]) #)", "bytes"},
    {"receipt", "java.util.UUID", "#", "00000000-0000-002a-8000-000000000001"},
    {"receipt", "java.lang.String", "#", "00000000-0000-002a-8000-000000000001"},
    {"tags", "java.sql.Array", "((Object[]) #.getArray())[1]", "b"},
    {"spot", "java.sql.Struct", "#.getAttributes()[0]", "3"},
    {"nothing", "java.lang.Integer", "#", "null"},
    {"nothing", "java.lang.Boolean", "#", "null"},
    {"nothing", "java.sql.Timestamp", "#", "null"},
    {"nothing", "java.io.InputStream", "#", "null"},
  };

  @TempDir static Path folder;
  private static Connection connection;

  @BeforeAll
  static void fill() throws Exception {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE of_all (flag boolean, whole integer, big bigint, thin real, wide double,
            money decimal(24,4), name varchar, day date, clock time, moment timestamp,
            instant timestamp with time zone, bytes varbinary, receipt uuid, tags varchar array,
            spot row(x integer, y integer), nothing integer)""");
      statement.execute(
          """
          INSERT INTO of_all VALUES (true, 42, 9007199254740993, 1.5, -0.25,
            12345678901234567890.1234, 'Żur', DATE '2026-03-29', TIME '23:59:58',
            TIMESTAMP '1883-11-18 12:03:58.123456', TIMESTAMP '2026-02-01 00:00:00 +02:00',
            X'6279746573', UUID '00000000-0000-002a-8000-000000000001', ARRAY['a', 'b'],
            ROW(3, 4), NULL)""");
      statement.execute("CREATE TABLE numbers (n integer, word varchar, day date)");
      statement.execute(
          """
          INSERT INTO numbers SELECT n, CASE WHEN n % 2 = 0 THEN 'even' ELSE 'odd' END,
            DATE '2026-01-01' + CAST(n AS integer) FROM generate_series(1, 100) AS g (n)""");
    }
  }

  @AfterAll
  static void close() throws Exception {
    connection.close();
  }

  @Test
  void everyClassOfAFieldIsRead() throws Exception {
    List<String> expected = new ArrayList<>();
    StringBuilder query = new StringBuilder("SELECT ");
    StringBuilder fields = new StringBuilder();
    StringBuilder texts = new StringBuilder();
    for (String[] field : FIELDS) {
      String name = "c" + expected.size();
      query.append(expected.isEmpty() ? "" : ", ").append(field[0]).append(" AS ").append(name);
      fields.append("<field name='%s' class='%s'/>".formatted(name, field[1]));
      String shown = field[2].replace("#", "$F{" + name + "}");
      texts.append(
          text(
              10 * expected.size(),
              "$F{%s} == null ? \"null\" : \"\" + (%s)".formatted(name, shown)));
      expected.add(field[3]);
    }
    assertThat(
            print(
                "<query language='sql'><![CDATA[%s FROM of_all]]></query>%s"
                    .formatted(query, fields),
                texts.toString(),
                Map.of()))
        .isEqualTo(expected);
  }

  @Test
  void parametersAreValuesListsRangesAndText() throws Exception {
    Map<String, Object> values = new HashMap<>();
    values.put("WORD", "odd");
    values.put("LIST", List.of(5, 7, 8, 60));
    values.put("FROM", java.sql.Date.valueOf("2026-01-06"));
    values.put("TO", null);
    values.put("ORDER", "n DESC");
    String head =
        """
        <parameter name='WORD' class='java.lang.String'/>
        <parameter name='LIST' class='java.util.Collection'/>
        <parameter name='FROM' class='java.sql.Date'/>
        <parameter name='TO' class='java.sql.Date'/>
        <parameter name='ORDER' class='java.lang.String'/>
        <query language='sql'><![CDATA[SELECT n FROM numbers
          WHERE word = $P{WORD} AND $X{IN, n, LIST} AND $X{[BETWEEN], day, FROM, TO}
          ORDER BY $P!{ORDER}]]></query>
        <field name='n' class='java.lang.Integer'/>""";
    assertThat(print(head, text(0, "$F{n}.toString()"), values)).containsExactly("7", "5");
    values.put("TO", java.sql.Date.valueOf("2026-01-06"));
    assertThat(print(head, text(0, "$F{n}.toString()"), values)).containsExactly("5");
    values.put("WORD", null);
    assertThat(print(head, text(0, "$F{n}.toString()"), values)).isEmpty();
  }

  @Test
  void propertiesReachTheStatement() throws Exception {
    String head =
        """
        <property name='net.sf.jasperreports.jdbc.fetch.size' value='7'/>
        <property name='net.sf.jasperreports.jdbc.max.field.size' value='2'/>
        <property name='net.sf.jasperreports.jdbc.query.timeout' value='30'/>
        <property name='net.sf.jasperreports.jdbc.result.set.type' value='scrollInsensitive'/>
        <property name='net.sf.jasperreports.jdbc.concurrency' value='readOnly'/>
        <property name='net.sf.jasperreports.jdbc.holdability' value='hold'/>
        <query language='sql'>SELECT n, word FROM numbers ORDER BY n</query>
        <field name='n' class='java.lang.Integer'/><field name='word' class='java.lang.String'/>""";
    Map<String, Object> limit = Map.of("REPORT_MAX_COUNT", 3);
    assertThat(print(head, text(0, "$F{n} + $F{word}"), limit))
        .containsExactly("1od", "2ev", "3od");
  }

  private static String text(int y, String expression) {
    return """
        <element kind='textField' x='0' y='%d' width='500' height='20'>
          <expression><![CDATA[%s]]></expression>
        </element>"""
        .formatted(y, expression);
  }

  private static List<String> print(String head, String detail, Map<String, Object> parameters)
      throws Exception {
    String source =
        """
        <jasperReport name='Fields' language='java' pageWidth='595' pageHeight='842'
          columnWidth='555' leftMargin='20' rightMargin='20' topMargin='20' bottomMargin='20'>%s
          <detail><band height='400'>%s</band></detail></jasperReport>"""
            .formatted(head, detail);
    JasperReport report =
        JasperCompileManager.compileReport(
            new ByteArrayInputStream(source.getBytes(StandardCharsets.UTF_8)));
    List<String> texts = new ArrayList<>();
    for (JRPrintPage page :
        JasperFillManager.fillReport(report, new HashMap<>(parameters), connection).getPages()) {
      for (JRPrintElement element : page.getElements()) {
        if (element instanceof JRPrintText text) {
          texts.add(text.getFullText());
        }
      }
    }
    return texts;
  }
}
