package dev.frazil.exec.expression;

import static dev.frazil.exec.expression.Expressions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.kernel.SampleVectors;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Field;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.SqlType.RowType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of {@code docs/reference/types.md}, one line a rule. */
class CastTableTest {
  private static final SqlType TIME = Primitive.TIME;
  private static final SqlType INSTANT = Primitive.TIMESTAMP_WITH_TIME_ZONE;
  private static final SqlType BYTES = Primitive.VARBINARY;
  private static final SqlType UUID = Primitive.UUID;
  private static final long DAY = 86_400_000_000L;
  private static final byte[] UUID_BYTES = {
    0x12,
    0x34,
    0x56,
    0x78,
    (byte) 0x9a,
    (byte) 0xbc,
    (byte) 0xde,
    (byte) 0xf0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8
  };

  private static BigDecimal big(String value) {
    return new BigDecimal(value);
  }

  /** Source type, source value, target type, and the value or the SQLState expected. */
  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(DOUBLE, 2.5, INTEGER, 2),
        Arguments.of(DOUBLE, 3.5, INTEGER, 4),
        Arguments.of(DOUBLE, -2.5, BIGINT, -2L),
        Arguments.of(REAL, 0.5f, INTEGER, 0),
        Arguments.of(REAL, 0.1f, decimal(10, 9), big("0.100000000")),
        Arguments.of(REAL, Float.NaN, decimal(10, 9), "22003"),
        Arguments.of(DOUBLE, 2147483647.6, INTEGER, "22003"),
        Arguments.of(DOUBLE, 2147483647.4, INTEGER, 2147483647),
        Arguments.of(DOUBLE, Double.NaN, BIGINT, "22003"),
        Arguments.of(DOUBLE, Double.POSITIVE_INFINITY, decimal(10, 2), "22003"),
        Arguments.of(DOUBLE, 9.3e18, BIGINT, "22003"),
        Arguments.of(DOUBLE, 1e300, REAL, "22003"),
        Arguments.of(DOUBLE, Double.NEGATIVE_INFINITY, REAL, Float.NEGATIVE_INFINITY),
        Arguments.of(DOUBLE, 0.285, decimal(5, 2), big("0.29")),
        Arguments.of(DOUBLE, 1e30, decimal(38, 2), big("1e30").setScale(2)),
        Arguments.of(DOUBLE, 1e-300, decimal(38, 2), big("0.00")),
        Arguments.of(decimal(4, 1), big("2.5"), INTEGER, 3),
        Arguments.of(decimal(4, 1), big("-2.5"), BIGINT, -3L),
        Arguments.of(decimal(38, 0), big("9223372036854775808"), BIGINT, "22003"),
        Arguments.of(decimal(38, 0), big("-9223372036854775808"), BIGINT, Long.MIN_VALUE),
        Arguments.of(decimal(38, 0), big("2147483648"), INTEGER, "22003"),
        Arguments.of(decimal(5, 3), big("1.005"), decimal(4, 2), big("1.01")),
        Arguments.of(decimal(5, 3), big("-1.005"), decimal(4, 2), big("-1.01")),
        Arguments.of(decimal(5, 3), big("99.995"), decimal(4, 2), "22003"),
        Arguments.of(decimal(38, 10), big("1.5"), DOUBLE, 1.5),
        Arguments.of(BIGINT, 3_000_000_000L, INTEGER, "22003"),
        Arguments.of(BIGINT, Long.MIN_VALUE, decimal(19, 0), big("-9223372036854775808")),
        Arguments.of(BIGINT, 100L, decimal(2, 0), "22003"),
        Arguments.of(INTEGER, 7, decimal(38, 37), big("7").setScale(37)),
        Arguments.of(BIGINT, (1L << 53) + 1, DOUBLE, 9007199254740992d),
        Arguments.of(BOOLEAN, true, BIGINT, 1L),
        Arguments.of(BOOLEAN, false, decimal(3, 1), big("0.0")),
        Arguments.of(DOUBLE, 0d, BOOLEAN, false),
        Arguments.of(BIGINT, -7L, BOOLEAN, true),
        Arguments.of(VARCHAR, " 12 ", INTEGER, 12),
        Arguments.of(VARCHAR, "+12", INTEGER, 12),
        Arguments.of(VARCHAR, "1.5", INTEGER, 2),
        Arguments.of(VARCHAR, "1e3", BIGINT, 1000L),
        Arguments.of(VARCHAR, "1e999999999", BIGINT, "22003"),
        Arguments.of(VARCHAR, "1e-999999999", decimal(9, 2), big("0.00")),
        Arguments.of(VARCHAR, "0e999999999", INTEGER, 0),
        Arguments.of(VARCHAR, "", INTEGER, "22018"),
        Arguments.of(VARCHAR, "x", INTEGER, "22018"),
        Arguments.of(VARCHAR, "0x10", DOUBLE, "22018"),
        Arguments.of(VARCHAR, "1d", DOUBLE, "22018"),
        Arguments.of(VARCHAR, "1e400", DOUBLE, "22003"),
        Arguments.of(VARCHAR, "-Infinity", DOUBLE, Double.NEGATIVE_INFINITY),
        Arguments.of(VARCHAR, "nan", REAL, Float.NaN),
        Arguments.of(VARCHAR, ".5", decimal(3, 2), big("0.50")),
        Arguments.of(VARCHAR, "TRUE", BOOLEAN, true),
        Arguments.of(VARCHAR, "f", BOOLEAN, false),
        Arguments.of(VARCHAR, "maybe", BOOLEAN, "22018"),
        Arguments.of(VARCHAR, "2024-02-29", DATE, 19782),
        Arguments.of(VARCHAR, "2023-02-29", DATE, "22007"),
        Arguments.of(VARCHAR, "2023-2-3", DATE, 19391),
        Arguments.of(VARCHAR, "-0001-12-31", DATE, -719529),
        Arguments.of(VARCHAR, "9999999-01-01", DATE, "22008"),
        Arguments.of(VARCHAR, "300000-01-01", TIMESTAMP, "22008"),
        Arguments.of(VARCHAR, "2024-02-29 10:00:00", DATE, "22007"),
        Arguments.of(VARCHAR, "23:59:59.999999", TIME, DAY - 1),
        Arguments.of(VARCHAR, "24:00:00", TIME, "22007"),
        Arguments.of(VARCHAR, "1970-01-02", TIMESTAMP, DAY),
        Arguments.of(VARCHAR, "1970-01-02T00:00:00.5", TIMESTAMP, DAY + 500_000),
        Arguments.of(VARCHAR, "1970-01-01 00:00:00.1234567", TIMESTAMP, 123_456L),
        Arguments.of(VARCHAR, "1970-01-01 00:00:00Z", TIMESTAMP, "22007"),
        Arguments.of(VARCHAR, "1970-01-01 02:00:00+02", INSTANT, 0L),
        Arguments.of(VARCHAR, "1970-01-01 00:00:00-05:30", INSTANT, 19_800_000_000L),
        Arguments.of(VARCHAR, "1970-01-01 01:00:00", INSTANT, 0L),
        Arguments.of(VARCHAR, "12345678-9abc-def0-0102-030405060708", UUID, UUID_BYTES),
        Arguments.of(VARCHAR, "1-2-3-4-5", UUID, "22018"),
        Arguments.of(VARCHAR, "ä", BYTES, "ä".getBytes(StandardCharsets.UTF_8)),
        Arguments.of(BYTES, new byte[] {(byte) 0xff}, VARCHAR, "22018"),
        Arguments.of(BYTES, new byte[] {65}, VARCHAR, "A"),
        Arguments.of(BYTES, UUID_BYTES, UUID, UUID_BYTES),
        Arguments.of(BYTES, new byte[] {65}, UUID, "22018"),
        Arguments.of(BYTES, new byte[] {65}, new SqlType.FixedType(2), "22018"),
        Arguments.of(UUID, UUID_BYTES, VARCHAR, "12345678-9abc-def0-0102-030405060708"),
        Arguments.of(BOOLEAN, true, VARCHAR, "true"),
        Arguments.of(DOUBLE, 1e10, VARCHAR, "1.0E10"),
        Arguments.of(decimal(38, 2), big("-0.05"), VARCHAR, "-0.05"),
        Arguments.of(DATE, -719529, VARCHAR, "-0001-12-31"),
        Arguments.of(DATE, 2932897, VARCHAR, "10000-01-01"),
        Arguments.of(TIME, 1L, VARCHAR, "00:00:00.000001"),
        Arguments.of(TIMESTAMP, -1L, VARCHAR, "1969-12-31 23:59:59.999999"),
        Arguments.of(TIMESTAMP, 500_000L, VARCHAR, "1970-01-01 00:00:00.5"),
        Arguments.of(INSTANT, 0L, VARCHAR, "1970-01-01 01:00:00+01"),
        Arguments.of(TIMESTAMP, -1L, DATE, -1),
        Arguments.of(TIMESTAMP, -1L, TIME, DAY - 1),
        Arguments.of(DATE, 1, TIMESTAMP, DAY),
        Arguments.of(DATE, Integer.MAX_VALUE, TIMESTAMP, "22008"),
        Arguments.of(DATE, 1, INSTANT, DAY - 3_600_000_000L),
        Arguments.of(TIMESTAMP, 0L, INSTANT, -3_600_000_000L),
        Arguments.of(INSTANT, 0L, TIMESTAMP, 3_600_000_000L),
        Arguments.of(INSTANT, DAY - 1, DATE, 1),
        Arguments.of(INSTANT, 0L, TIME, 3_600_000_000L),
        // the clock shows 02:30 twice in the autumn, never in the spring
        Arguments.of(VARCHAR, "2023-10-29 02:30:00", INSTANT, 1_698_539_400_000_000L),
        Arguments.of(VARCHAR, "2023-03-26 02:30:00", INSTANT, 1_679_794_200_000_000L),
        Arguments.of(TIME, 5L, TIMESTAMP, 1_699_920_000_000_000L + 5),
        Arguments.of(BOOLEAN, true, DATE, "42804"),
        Arguments.of(INTEGER, 1, TIMESTAMP, "42804"),
        Arguments.of(INTEGER, 1, new ArrayType(INTEGER), "42804"));
  }

  @ParameterizedTest(name = "{0} {1} as {2} is {3}")
  @MethodSource("rules")
  void converts(SqlType from, Object source, SqlType to, Object expected) {
    var context = context(ZoneId.of("Europe/Berlin"));
    var expression = cast(literal(source, from), to);
    boolean fails =
        expected instanceof String state
            && state.matches("22\\d{3}|42804")
            && !(to == VARCHAR && from != BYTES);
    if (!fails) {
      assertThat(SampleVectors.same(value(expression, context), expected))
          .as("%s", value(expression, context))
          .isTrue();
      return;
    }
    assertThatThrownBy(() -> value(expression, context))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state().code()).isEqualTo(expected));
    if (!expected.equals("42804")) {
      assertThat(value(tryCast(literal(source, from), to), context)).isNull();
    }
  }

  @Test
  void nullsOfAnyTypeConvert() {
    for (SqlType from : SampleVectors.TYPES) {
      assertThat(value(cast(nothing(Primitive.UNKNOWN), from))).isNull();
    }
  }

  @Test
  void readsBackItsOwnText() {
    var random = new java.util.Random(7);
    for (SqlType type : SampleVectors.TYPES) {
      if (NestedCasts.isNested(type) || type == BYTES) {
        continue;
      }
      for (int i = 0; i < 200; i++) {
        Object sample = SampleVectors.value(type, random);
        if (type == DATE) {
          sample = random.nextInt();
        } else if (type == TIMESTAMP) {
          sample = random.nextLong() / 100 * 99;
        }
        Object read = value(cast(cast(literal(sample, type), VARCHAR), type));
        assertThat(SampleVectors.same(read, sample)).as("%s of %s", sample, type).isTrue();
      }
    }
  }

  @Test
  void nestedTypesElementByElement() {
    SqlType ints = new ArrayType(INTEGER);
    SqlType texts = new ArrayType(VARCHAR);
    assertThat(evaluate(cast(column(0, ints), texts), vector(ints, List.of(1, 2), null, List.of())))
        .containsExactly(List.of("1", "2"), null, List.of());
    SqlType map = new MapType(VARCHAR, INTEGER);
    SqlType wider = new MapType(VARCHAR, new DecimalType(12, 2));
    assertThat(evaluate(cast(column(0, map), wider), vector(map, Map.of("a", 1))))
        .containsExactly(Map.of("a", big("1.00")));
    SqlType row = new RowType(List.of(new Field("a", INTEGER), new Field("b", VARCHAR)));
    SqlType other = new RowType(List.of(new Field("x", VARCHAR), new Field("y", DATE)));
    assertThat(
            evaluate(
                cast(column(0, row), other), vector(row, Arrays.asList(1, "1970-01-02"), null)))
        .containsExactly(List.of("1", 1), null);
  }
}
