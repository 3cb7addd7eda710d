package dev.frazil.parquet;

import dev.frazil.geometry.WellKnownTextParser;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Random batches of a schema: boundaries, unicode, many or few distinct values, nulls. */
final class RandomRows {
  private static final String[] TEXTS = {
    "", "a", "Ärger", "日本語", "🌊🧊", "x".repeat(300), "\u0000", "zz", "\uFFFF", "quote'\""
  };

  private final Random random;

  /** Share of nulls among optional values. */
  private final double nullShare;

  /** Distinct values of a column, about. */
  private final int distinct;

  RandomRows(Random random, double nullShare, int distinct) {
    this.random = random;
    this.nullShare = nullShare;
    this.distinct = distinct;
  }

  RowBatch batch(Schema schema, int rows) {
    List<ColumnVector> columns = new ArrayList<>();
    for (Types.NestedField field : schema.columns()) {
      VectorBuilder builder = VectorBuilder.of(TypeMapping.toSql(field.type()));
      for (int i = 0; i < rows; i++) {
        builder.appendValue(value(field.type(), field.isOptional()));
      }
      columns.add(builder.build());
    }
    return new RowBatch(columns, rows);
  }

  private Object value(Type type, boolean optional) {
    if (optional && random.nextDouble() < nullShare) {
      return null;
    }
    if (type.isListType()) {
      Types.ListType list = type.asListType();
      List<Object> values = new ArrayList<>();
      for (int n = random.nextInt(5); n > 0; n--) {
        values.add(value(list.elementType(), list.isElementOptional()));
      }
      return values;
    } else if (type.isMapType()) {
      Types.MapType map = type.asMapType();
      Map<Object, Object> values = new LinkedHashMap<>();
      for (int n = random.nextInt(4); n > 0; n--) {
        values.put(value(map.keyType(), false), value(map.valueType(), map.isValueOptional()));
      }
      return values;
    } else if (type.isStructType()) {
      List<Object> values = new ArrayList<>();
      for (Types.NestedField field : type.asStructType().fields()) {
        values.add(value(field.type(), field.isOptional()));
      }
      return values;
    }
    // One draw picks the value, so that few distinct draws give few distinct values.
    return primitive(type, new Random(random.nextInt(distinct)));
  }

  private static Object primitive(Type type, Random draw) {
    int special = draw.nextInt(12);
    return switch (type.typeId()) {
      case BOOLEAN -> draw.nextBoolean();
      case INTEGER ->
          special == 0 ? Integer.MIN_VALUE : special == 1 ? Integer.MAX_VALUE : draw.nextInt(5000);
      case DATE -> draw.nextInt(40000) - 10000;
      case LONG ->
          special == 0 ? Long.MIN_VALUE : special == 1 ? Long.MAX_VALUE : draw.nextLong() >> 20;
      case TIME -> (long) (draw.nextDouble() * 86_400_000_000L);
      case TIMESTAMP -> draw.nextLong() >> 12;
      case TIMESTAMP_NANO -> draw.nextLong();
      case GEOMETRY, GEOGRAPHY ->
          WellKnownTextParser.parse(
              special == 0 ? "POINT EMPTY" : "POINT (" + draw.nextInt() + " " + special + ")");
      case FLOAT ->
          special == 0
              ? Float.NaN
              : special == 1
                  ? Float.NEGATIVE_INFINITY
                  : special == 2 ? -0.0f : draw.nextFloat() * 1e10f;
      case DOUBLE ->
          special == 0
              ? Double.NaN
              : special == 1
                  ? Double.POSITIVE_INFINITY
                  : special == 2 ? 0.0 : draw.nextGaussian() * 1e100;
      case DECIMAL -> decimal((Types.DecimalType) type, draw, special);
      case STRING -> special < 10 ? TEXTS[special] + draw.nextInt(100) : "text " + draw.nextInt();
      case BINARY -> bytes(draw, draw.nextInt(20));
      case FIXED -> bytes(draw, ((Types.FixedType) type).length());
      case UUID -> bytes(draw, 16);
      default -> throw new AssertionError(type);
    };
  }

  private static BigDecimal decimal(Types.DecimalType type, Random draw, int special) {
    BigInteger limit = BigInteger.TEN.pow(type.precision());
    BigInteger unscaled =
        special == 0
            ? limit.subtract(BigInteger.ONE)
            : special == 1
                ? limit.subtract(BigInteger.ONE).negate()
                : new BigInteger(130, draw).mod(limit);
    return new BigDecimal(draw.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
  }

  private static byte[] bytes(Random draw, int length) {
    byte[] bytes = new byte[length];
    draw.nextBytes(bytes);
    return bytes;
  }
}
