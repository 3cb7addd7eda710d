package dev.frazil.kernel;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Field;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.SqlType.RowType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Types and random values of every kind of vector, boundary values often. */
public final class SampleVectors {
  public static final List<SqlType> TYPES =
      List.of(
          Primitive.BOOLEAN,
          Primitive.INTEGER,
          Primitive.BIGINT,
          Primitive.REAL,
          Primitive.DOUBLE,
          Primitive.DATE,
          Primitive.TIMESTAMP,
          Primitive.VARCHAR,
          Primitive.VARBINARY,
          new DecimalType(15, 2),
          new DecimalType(38, 4),
          new ArrayType(Primitive.INTEGER),
          new ArrayType(Primitive.VARCHAR),
          new MapType(Primitive.VARCHAR, Primitive.BIGINT),
          new RowType(
              List.of(
                  new Field("a", Primitive.INTEGER),
                  new Field("b", new ArrayType(Primitive.VARCHAR)))));

  private SampleVectors() {}

  /** A value in the form of VectorValues; few distinct ones, so that some are equal. */
  public static Object value(SqlType type, Random random) {
    return switch (type.kind()) {
      case BOOLEAN -> random.nextBoolean();
      case INT -> pick(random, 0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, random.nextInt(9));
      case LONG ->
          type instanceof DecimalType decimal
              ? BigDecimal.valueOf(
                  (Long) pick(random, 0L, 1L, -1L, 999_999_999_999_999L, (long) random.nextInt(9)),
                  decimal.scale())
              : pick(random, 0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, (long) random.nextInt(9));
      case FLOAT -> pick(random, 0f, -0f, 1f, -1f, Float.NaN, Float.NEGATIVE_INFINITY, 1.5f);
      case DOUBLE -> pick(random, 0d, -0d, 1d, -1d, Double.NaN, Double.POSITIVE_INFINITY, 1.5);
      case INT128 ->
          new BigDecimal(
              (BigInteger)
                  pick(
                      random,
                      BigInteger.ZERO,
                      BigInteger.ONE,
                      BigInteger.ONE.negate(),
                      BigInteger.TEN.pow(37),
                      BigInteger.TEN.pow(37).negate(),
                      BigInteger.ONE.shiftLeft(64),
                      BigInteger.ONE.shiftLeft(63)),
              ((DecimalType) type).scale());
      case BYTES ->
          type == Primitive.VARCHAR
              ? pick(random, "", "a", "b", "ab", "ä", "日本語日本語", "a\u0000", "abcdefghi", "abcdefgh")
              : new byte[random.nextInt(3)];
      case LIST -> {
        List<Object> list = new ArrayList<>();
        for (int n = random.nextInt(3); n > 0; n--) {
          list.add(random.nextInt(4) == 0 ? null : value(((ArrayType) type).element(), random));
        }
        yield list;
      }
      case MAP -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int n = random.nextInt(3); n > 0; n--) {
          Object key = value(((MapType) type).key(), random);
          map.put(key, random.nextBoolean() ? null : value(((MapType) type).value(), random));
        }
        yield map;
      }
      case STRUCT -> {
        List<Object> fields = new ArrayList<>();
        for (Field field : ((RowType) type).fields()) {
          fields.add(random.nextInt(4) == 0 ? null : value(field.type(), random));
        }
        yield fields;
      }
    };
  }

  /** Rows of values, one in {@code nullOneIn} null; 0 for none, 1 for all. */
  public static List<Object> values(SqlType type, int rows, int nullOneIn, Random random) {
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      boolean isNull = nullOneIn > 0 && random.nextInt(nullOneIn) == 0;
      values.add(isNull ? null : value(type, random));
    }
    return values;
  }

  /** Equality that looks into byte arrays and takes zeros and NaN as SQL does. */
  public static boolean same(Object left, Object right) {
    if (left instanceof byte[] a && right instanceof byte[] b) {
      return Arrays.equals(a, b);
    } else if (left instanceof Double a && right instanceof Double b) {
      return Double.compare(a + 0.0, b + 0.0) == 0;
    } else if (left instanceof Float a && right instanceof Float b) {
      return Float.compare(a + 0f, b + 0f) == 0;
    } else if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
      return same(new ArrayList<>(a.keySet()), new ArrayList<>(b.keySet()))
          && same(new ArrayList<>(a.values()), new ArrayList<>(b.values()));
    } else if (left instanceof List<?> a && right instanceof List<?> b) {
      boolean same = a.size() == b.size();
      for (int i = 0; same && i < a.size(); i++) {
        same = same(a.get(i), b.get(i));
      }
      return same;
    }
    return left == null ? right == null : left.equals(right);
  }

  private static Object pick(Random random, Object... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
