package dev.frazil.jdbc;

import static dev.frazil.jdbc.ColumnGettersTest.ROW;
import static dev.frazil.jdbc.ColumnGettersTest.assertState;
import static dev.frazil.jdbc.ColumnGettersTest.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.time.LocalDate;
import java.time.Year;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Classes that a program asks for by name or by a map of types, and the ranges of numbers. */
class ObjectClassesTest {
  @Test
  void arraysAsTheClassThatIsAskedFor() throws SQLException {
    SqlType days = new SqlType.ArrayType(Primitive.DATE);
    with(
        days,
        Arrays.asList(15_338, null), // 2011-12-30, which Apia has not
        rows -> {
          assertThat(rows.getObject(1, LocalDate[].class))
              .containsExactly(LocalDate.of(2011, 12, 30), null);
          assertThat(rows.getObject(1, String[].class)).containsExactly("2011-12-30", null);
          assertThat((LocalDate[]) rows.getArray(1).getArray(Map.of("DATE", LocalDate.class)))
              .containsExactly(LocalDate.of(2011, 12, 30), null);
        });
    with(
        new SqlType.ArrayType(new SqlType.ArrayType(Primitive.BIGINT)),
        List.of(List.of(1L, 2L), List.of(3L)),
        rows -> {
          assertThat(rows.getObject(1, int[][].class)).isDeepEqualTo(new int[][] {{1, 2}, {3}});
          assertThat(rows.getArray(1).getResultSet(2, 5).next()).isTrue();
        });
    with(
        new SqlType.ArrayType(Primitive.BIGINT),
        Arrays.asList(1L << 40, null),
        rows -> {
          assertState(() -> rows.getObject(1, int[].class), "22003");
          assertState(() -> rows.getObject(1, long[].class), "22018");
          assertThat((Object[]) rows.getArray(1).getArray(3, 1)).isEmpty();
          assertState(() -> rows.getArray(1).getArray(4, 1), "22023");
          assertState(() -> rows.getArray(1).getArray(0, 1), "22023");
        });
  }

  @Test
  void mapsOfTypes() throws SQLException {
    with(
        Primitive.BIGINT,
        5L,
        rows -> {
          assertThat(rows.getObject(1, Map.of("bigint", BigInteger.class)))
              .isEqualTo(BigInteger.valueOf(5));
          assertThat(rows.getObject(1, Map.of("shape", String.class))).isEqualTo(5L);
          assertState(() -> rows.getObject(1, Map.of("bigint", java.sql.SQLData.class)), "0A000");
        });
    for (String name : List.of("decimal", "decimal(9,3)", "DECIMAL")) {
      with(
          new SqlType.DecimalType(9, 3),
          new BigDecimal("1.500"),
          rows -> assertThat(rows.getObject(1, Map.of(name, Double.class))).isEqualTo(1.5));
    }
    with(
        ROW,
        Arrays.asList(null, "one"),
        rows -> {
          Struct struct = rows.getObject(1, Struct.class);
          assertThat(struct.getAttributes(Map.of("varchar", Clob.class, "integer", Long.class)))
              .satisfies(
                  a -> assertThat(a[0]).isNull(), a -> assertThat(a[1]).isInstanceOf(Clob.class));
          assertThat(rows.getObject(1, Map.class).toString()).isEqualTo("{x=null, y=one}");
          assertThat(rows.getObject(1, Object[].class)).containsExactly(null, "one");
        });
  }

  @Test
  void rangesAreChecked() throws SQLException {
    with(
        Primitive.DOUBLE,
        1e300,
        rows -> {
          assertState(() -> rows.getObject(1, Float.class), "22003");
          assertState(() -> rows.getLong(1), "22003");
        });
    with(
        Primitive.VARCHAR,
        "1e400",
        rows -> {
          assertState(() -> rows.getDouble(1), "22003");
          assertThat(rows.getBigDecimal(1)).isEqualTo(new BigDecimal("1e400"));
        });
    with(
        Primitive.VARCHAR,
        "1e999999999",
        rows -> assertState(() -> rows.getBigDecimal(1, 2), "22003"));
    with(Primitive.VARCHAR, "-Infinity", rows -> assertThat(rows.getDouble(1)).isEqualTo(-1 / 0.0));
    with(Primitive.VARCHAR, "1d", rows -> assertState(() -> rows.getDouble(1), "22018"));
    with(
        Primitive.INTEGER,
        2024,
        rows -> assertThat(rows.getObject(1, Year.class)).isEqualTo(Year.of(2024)));
    with(
        new SqlType.DecimalType(9, 3),
        new BigDecimal("1.555"),
        rows -> {
          assertThat(rows.getBigDecimal(1, 2)).isEqualTo("1.56");
          assertState(() -> rows.getBigDecimal(1, Integer.MAX_VALUE), "22003");
        });
  }

  @Test
  void theLargestFieldSizeCountsForObjectsToo() throws SQLException {
    FakeEngine engine =
        FakeEngine.create()
            .value("text", Primitive.VARCHAR, "abcd")
            .value("bytes", Primitive.VARBINARY, new byte[] {1, 2, 3, 4});
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      statement.setMaxFieldSize(3);
      try (ResultSet rows = statement.executeQuery("text")) {
        rows.next();
        assertThat(rows.getObject(1)).isEqualTo("abc");
        assertThat(rows.getObject(1, String.class)).isEqualTo("abc");
        assertThat(rows.getString(1)).isEqualTo("abc");
      }
      try (ResultSet rows = statement.executeQuery("bytes")) {
        rows.next();
        assertThat((byte[]) rows.getObject(1)).containsExactly(1, 2, 3);
        assertThat(rows.getObject(1, byte[].class)).containsExactly(1, 2, 3);
        assertThat(rows.getString(1)).isEqualTo("01020304");
      }
    }
  }
}
