package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every SQL type through every getter and every class of {@code getObject(i, Class)}: what converts
 * (an x), what is 22018 (a point) and what Frazil has not (0A000, a minus). The tables extend those
 * of JDBC 4.3, appendix B, whose conversions all are among the crosses where the value allows it.
 */
class GetterMatrixTest {
  private static final String[] VALUES = {
    "true", // boolean
    "CAST(1 AS integer)",
    "CAST(1 AS bigint)",
    "CAST(1 AS real)",
    "CAST(1 AS double)",
    "CAST(1 AS decimal(9, 2))",
    "DATE '2024-02-29'",
    "TIME '13:45:01'",
    "TIMESTAMP '2024-02-29 13:45:01'",
    "CAST(TIMESTAMP '2024-02-29 13:45:01' AS timestamp with time zone)",
    "'1'", // varchar: a number
    "'2024-02-29 13:45:01'", // varchar: a timestamp
    "X'01ab'", // varbinary
    "CAST(X'01ab' AS binary(2))",
    "CAST('0f8fad5b-d9cb-469f-a165-70867728950e' AS uuid)",
    "ARRAY[1, 2]",
    "MAP['a', 1]",
    "CAST(ROW(1, 'a') AS row(x integer, y varchar))"
  };

  @TempDir private static Path folder;
  private static Connection connection;
  private static Statement statement;
  private static ResultSet rows;

  @BeforeAll
  static void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"));
    statement = connection.createStatement();
    rows = statement.executeQuery("SELECT " + String.join(", ", VALUES));
    assertThat(rows.next()).isTrue();
  }

  @AfterAll
  static void close() throws SQLException {
    rows.close();
    connection.close();
  }

  private interface Getter {
    Object get(int column) throws SQLException;
  }

  private static String outcomes(Getter getter) {
    StringBuilder outcomes = new StringBuilder();
    for (int i = 1; i <= VALUES.length; i++) {
      try {
        Object value = getter.get(i);
        assertThat(value).isNotNull();
        assertThat(rows.wasNull()).isFalse();
        outcomes.append('x');
      } catch (SQLException e) {
        assertThat(e.getMessage()).isNotBlank();
        outcomes.append(
            switch (e.getSQLState()) {
              case "22018", "22007" -> '.';
              case "0A000" -> '-';
              default -> '!';
            });
      }
    }
    return outcomes.toString();
  }

  private static String table(Map<String, Getter> getters) {
    List<String> lines = new ArrayList<>();
    getters.forEach((name, getter) -> lines.add(String.format("%-18s %s", name, outcomes(getter))));
    return String.join("\n", lines);
  }

  @Test
  @SuppressWarnings("deprecation")
  void getters() {
    Map<String, Getter> getters = new LinkedHashMap<>();
    getters.put("getString", i -> rows.getString(i));
    getters.put("getNString", i -> rows.getNString(i));
    getters.put("getBoolean", i -> rows.getBoolean(i));
    getters.put("getByte", i -> rows.getByte(i));
    getters.put("getShort", i -> rows.getShort(i));
    getters.put("getInt", i -> rows.getInt(i));
    getters.put("getLong", i -> rows.getLong(i));
    getters.put("getFloat", i -> rows.getFloat(i));
    getters.put("getDouble", i -> rows.getDouble(i));
    getters.put("getBigDecimal", i -> rows.getBigDecimal(i));
    getters.put("getBigDecimal(2)", i -> rows.getBigDecimal(i, 2));
    getters.put("getBytes", i -> rows.getBytes(i));
    getters.put("getDate", i -> rows.getDate(i));
    getters.put("getDate(c)", i -> rows.getDate(i, Calendar.getInstance()));
    getters.put("getTime", i -> rows.getTime(i));
    getters.put("getTime(c)", i -> rows.getTime(i, Calendar.getInstance()));
    getters.put("getTimestamp", i -> rows.getTimestamp(i));
    getters.put("getTimestamp(c)", i -> rows.getTimestamp(i, Calendar.getInstance()));
    getters.put("getAsciiStream", i -> rows.getAsciiStream(i));
    getters.put("getUnicodeStream", i -> rows.getUnicodeStream(i));
    getters.put("getBinaryStream", i -> rows.getBinaryStream(i));
    getters.put("getCharacterStr.", i -> rows.getCharacterStream(i));
    getters.put("getNCharacterStr.", i -> rows.getNCharacterStream(i));
    getters.put("getClob", i -> rows.getClob(i));
    getters.put("getNClob", i -> rows.getNClob(i));
    getters.put("getBlob", i -> rows.getBlob(i));
    getters.put("getArray", i -> rows.getArray(i));
    getters.put("getURL", i -> rows.getURL(i));
    getters.put("getRef", i -> rows.getRef(i));
    getters.put("getRowId", i -> rows.getRowId(i));
    getters.put("getSQLXML", i -> rows.getSQLXML(i));
    getters.put("getObject", i -> rows.getObject(i));
    getters.put("getObject(map)", i -> rows.getObject(i, Map.of("no_type", String.class)));
    assertThat(table(getters)).isEqualTo(GETTERS.stripTrailing());
  }

  @Test
  void classes() {
    Map<String, Getter> getters = new LinkedHashMap<>();
    for (Class<?> type :
        List.of(
            Object.class,
            String.class,
            boolean.class,
            Boolean.class,
            byte.class,
            Byte.class,
            short.class,
            Short.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            float.class,
            Float.class,
            double.class,
            Double.class,
            Number.class,
            BigDecimal.class,
            BigInteger.class,
            char.class,
            byte[].class,
            UUID.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Instant.class,
            Year.class,
            java.util.Date.class,
            Calendar.class,
            GregorianCalendar.class,
            Date.class,
            Time.class,
            Timestamp.class,
            Blob.class,
            Clob.class,
            NClob.class,
            InputStream.class,
            Reader.class,
            URL.class,
            Array.class,
            Struct.class,
            List.class,
            Map.class,
            Object[].class,
            Integer[].class,
            int[].class,
            String[].class,
            Ref.class,
            RowId.class,
            SQLXML.class,
            Thread.class)) {
      getters.put(
          type.getSimpleName() + (type == Date.class ? " (sql)" : ""),
          i -> rows.getObject(i, type));
    }
    assertThat(table(getters)).isEqualTo(CLASSES.stripTrailing());
  }

  private static final String GETTERS =
      """
      getString          xxxxxxxxxxxxxxxxxx
      getNString         xxxxxxxxxxxxxxxxxx
      getBoolean         xxxxxx....x.......
      getByte            xxxxxx....x.......
      getShort           xxxxxx....x.......
      getInt             xxxxxx....x.......
      getLong            xxxxxx....x.......
      getFloat           xxxxxx....x.......
      getDouble          xxxxxx....x.......
      getBigDecimal      xxxxxx....x.......
      getBigDecimal(2)   xxxxxx....x.......
      getBytes           ..........xxxxx...
      getDate            ......x.xx.x......
      getDate(c)         ......x.xx.x......
      getTime            .......xxx.x......
      getTime(c)         .......xxx.x......
      getTimestamp       ......xxxx.x......
      getTimestamp(c)    ......xxxx.x......
      getAsciiStream     xxxxxxxxxxxxxxxxxx
      getUnicodeStream   xxxxxxxxxxxxxxxxxx
      getBinaryStream    ..........xxxxx...
      getCharacterStr.   xxxxxxxxxxxxxxxxxx
      getNCharacterStr.  xxxxxxxxxxxxxxxxxx
      getClob            xxxxxxxxxxxxxxxxxx
      getNClob           xxxxxxxxxxxxxxxxxx
      getBlob            ..........xxxxx...
      getArray           ...............x..
      getURL             ..................
      getRef             ------------------
      getRowId           ------------------
      getSQLXML          ------------------
      getObject          xxxxxxxxxxxxxxxxxx
      getObject(map)     xxxxxxxxxxxxxxxxxx
      """;
  private static final String CLASSES =
      """
      Object             xxxxxxxxxxxxxxxxxx
      String             xxxxxxxxxxxxxxxxxx
      boolean            xxxxxx....x.......
      Boolean            xxxxxx....x.......
      byte               xxxxxx....x.......
      Byte               xxxxxx....x.......
      short              xxxxxx....x.......
      Short              xxxxxx....x.......
      int                xxxxxx....x.......
      Integer            xxxxxx....x.......
      long               xxxxxx....x.......
      Long               xxxxxx....x.......
      float              xxxxxx....x.......
      Float              xxxxxx....x.......
      double             xxxxxx....x.......
      Double             xxxxxx....x.......
      Number             .xxxxx............
      BigDecimal         xxxxxx....x.......
      BigInteger         xxxxxx....x.......
      char               .xx.......x.......
      byte[]             ..........xxxxx...
      UUID               ..............x...
      LocalDate          ......x.xx.x......
      LocalTime          .......xxx.x......
      LocalDateTime      ......xxxx.x......
      OffsetTime         .......xxx.x......
      OffsetDateTime     ......x.xx.x......
      ZonedDateTime      ......x.xx.x......
      Instant            ......x.xx.x......
      Year               xxxxxxx.xxx.......
      Date               ......xxxx.x......
      Calendar           ......xxxx.x......
      GregorianCalendar  ......xxxx.x......
      Date (sql)         ......x.xx.x......
      Time               .......xxx.x......
      Timestamp          ......xxxx.x......
      Blob               ..........xxxxx...
      Clob               xxxxxxxxxxxxxxxxxx
      NClob              xxxxxxxxxxxxxxxxxx
      InputStream        ..........xxxxx...
      Reader             xxxxxxxxxxxxxxxxxx
      URL                ..................
      Array              ...............x..
      Struct             .................x
      List               ...............x..
      Map                ................xx
      Object[]           ...............x.x
      Integer[]          ...............x..
      int[]              ...............x..
      String[]           ...............x..
      Ref                ------------------
      RowId              ------------------
      SQLXML             ------------------
      Thread             ..................
      """;
}
