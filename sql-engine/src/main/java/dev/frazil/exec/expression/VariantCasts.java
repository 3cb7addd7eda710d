package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.SqlType.RowType;
import dev.frazil.variant.VariantEncoder;
import dev.frazil.variant.VariantKind;
import dev.frazil.variant.VariantPath;
import dev.frazil.variant.VariantText;
import dev.frazil.variant.VariantValue;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.MapVectorBuilder;
import dev.frazil.vector.StructVectorBuilder;
import dev.frazil.vector.VectorBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Conversions from and to variants. What a variant holds converts as a value of its SQL type does;
 * a variant null is null, a field that is missing too. A kind that has no conversion to the wanted
 * type is 22018, as it depends on the data. One thread.
 */
final class VariantCasts {
  private final Casts casts;
  private final Map<Conversion, @Nullable RowConversion> scalars = new HashMap<>();

  private record Conversion(SqlType from, SqlType to) {}

  private VariantCasts(Casts casts) {
    this.casts = casts;
  }

  /** The conversion between a variant and another type; 42804 where there is none. */
  static RowConversion of(Casts casts, SqlType from, SqlType to) {
    if (to == Primitive.VARIANT) {
      if (!VariantEncoder.covers(from)) {
        throw ConversionErrors.noConversion(from, to);
      }
      VariantEncoder encoder = new VariantEncoder();
      return (source, row, result) -> result.appendBytes(encoder.encode(source, row));
    }
    VariantCasts decoder = new VariantCasts(casts);
    boolean nested = NestedCasts.isNested(to);
    return (source, row, result) -> {
      VariantValue value = value(source, row);
      if (!nested) {
        decoder.append(value, to, result);
        return;
      }
      // apart, so that a failure leaves nothing behind in the elements
      VectorBuilder single = VectorBuilder.of(to);
      decoder.append(value, to, single);
      result.appendFrom(single.build(), 0);
    };
  }

  /** The variant of a row that is not null. */
  static VariantValue value(ColumnVector vector, int row) {
    ByteSlice bytes = ByteSlice.of(vector, row);
    return VariantValue.at(bytes.data(), bytes.from());
  }

  /** ITEM: the field of a name, or the element of a position from 0; null where there is none. */
  static void item(List<ColumnVector> operands, int row, VectorBuilder result) {
    VariantValue value = value(operands.get(0), row);
    ColumnVector key = operands.get(1);
    VariantValue found =
        key.type() == Primitive.VARCHAR
            ? VariantPath.field(value, ByteSlice.of(key, row).copy())
            : VariantPath.element(value, TextFunctions.integer(key, row));
    if (found == null) {
      result.appendNull();
    } else {
      result.appendBytes(found.toBytes());
    }
  }

  private void append(VariantValue value, SqlType to, VectorBuilder result) {
    VariantKind kind = value.kind();
    if (to == Primitive.VARIANT) {
      result.appendBytes(value.toBytes());
    } else if (kind == VariantKind.NULL) {
      result.appendNull();
    } else if (to == Primitive.VARCHAR) {
      result.appendText(VariantText.plain(value));
    } else if (to instanceof ArrayType array) {
      appendArray(value, array, result);
    } else if (to instanceof MapType map) {
      appendMap(value, map, result);
    } else if (to instanceof RowType row) {
      appendRow(value, row, result);
    } else if (kind.isInteger() && to == Primitive.BIGINT) {
      result.appendLong(value.integer());
    } else if (kind == VariantKind.DOUBLE && to == Primitive.DOUBLE) {
      result.appendDouble(value.floating());
    } else {
      appendScalar(value, to, result);
    }
  }

  private void appendArray(VariantValue value, ArrayType to, VectorBuilder result) {
    if (value.kind() != VariantKind.ARRAY) {
      throw notConvertible(value, to);
    }
    ListVectorBuilder list = (ListVectorBuilder) result;
    for (int i = 0; i < value.count(); i++) {
      append(value.member(i), to.element(), list.elements());
    }
    list.endRow();
  }

  private void appendMap(VariantValue value, MapType to, VectorBuilder result) {
    if (value.kind() != VariantKind.OBJECT || to.key() != Primitive.VARCHAR) {
      throw notConvertible(value, to);
    }
    MapVectorBuilder map = (MapVectorBuilder) result;
    for (int i = 0; i < value.count(); i++) {
      map.keys().appendText(value.name(i));
      append(value.member(i), to.value(), map.mapValues());
    }
    map.endRow();
  }

  private void appendRow(VariantValue value, RowType to, VectorBuilder result) {
    if (value.kind() != VariantKind.OBJECT) {
      throw notConvertible(value, to);
    }
    StructVectorBuilder row = (StructVectorBuilder) result;
    for (int i = 0; i < to.fields().size(); i++) {
      SqlType.Field field = to.fields().get(i);
      VariantValue member = value.field(field.name().getBytes(StandardCharsets.UTF_8));
      VectorBuilder target = row.fields().get(i);
      if (member == null) {
        target.appendNull();
      } else {
        append(member, field.type(), target);
      }
    }
    row.endRow();
  }

  private void appendScalar(VariantValue value, SqlType to, VectorBuilder result) {
    SqlType from = type(value);
    if (from == null) {
      throw notConvertible(value, to);
    }
    VectorBuilder single = VectorBuilder.of(from);
    appendOwn(value, from, single);
    ColumnVector vector = single.build();
    if (from.equals(to)) {
      result.appendFrom(vector, 0);
      return;
    }
    RowConversion conversion =
        scalars.computeIfAbsent(
            new Conversion(from, to), types -> casts.rowConversion(types.from(), types.to()));
    if (conversion == null) {
      throw notConvertible(value, to);
    }
    conversion.append(vector, 0, result);
  }

  /** The SQL type of what a variant holds; null of objects and arrays. */
  private static @Nullable SqlType type(VariantValue value) {
    return switch (value.kind()) {
      case TRUE, FALSE -> Primitive.BOOLEAN;
      case INT8, INT16, INT32, INT64 -> Primitive.BIGINT;
      case DOUBLE -> Primitive.DOUBLE;
      case FLOAT -> Primitive.REAL;
      case DECIMAL4, DECIMAL8, DECIMAL16 ->
          value.exact().precision() > DecimalType.MAX_PRECISION
              ? null
              : new DecimalType(DecimalType.MAX_PRECISION, value.exact().scale());
      case DATE -> Primitive.DATE;
      case TIME -> Primitive.TIME;
      case TIMESTAMP -> Primitive.TIMESTAMP;
      case TIMESTAMP_NANOS -> Primitive.TIMESTAMP_NANO;
      case TIMESTAMP_WITH_TIME_ZONE -> Primitive.TIMESTAMP_WITH_TIME_ZONE;
      case TIMESTAMP_NANOS_WITH_TIME_ZONE -> Primitive.TIMESTAMP_NANO_WITH_TIME_ZONE;
      case BINARY -> Primitive.VARBINARY;
      case STRING -> Primitive.VARCHAR;
      case UUID -> Primitive.UUID;
      case NULL, OBJECT, ARRAY -> null;
    };
  }

  private static void appendOwn(VariantValue value, SqlType type, VectorBuilder result) {
    VariantKind kind = value.kind();
    switch (kind) {
      case TRUE, FALSE -> result.appendBoolean(kind == VariantKind.TRUE);
      case DOUBLE -> result.appendDouble(value.floating());
      case FLOAT -> result.appendFloat((float) value.floating());
      case DECIMAL4, DECIMAL8, DECIMAL16 -> result.appendDecimal(value.exact());
      case DATE -> result.appendInt((int) value.integer());
      case INT8,
          INT16,
          INT32,
          INT64,
          TIME,
          TIMESTAMP,
          TIMESTAMP_WITH_TIME_ZONE,
          TIMESTAMP_NANOS,
          TIMESTAMP_NANOS_WITH_TIME_ZONE ->
          result.appendLong(value.integer());
      case BINARY -> result.appendBytes(value.bytes());
      case STRING -> result.appendText(value.text());
      case UUID ->
          result.appendBytes(
              ByteBuffer.allocate(16)
                  .putLong(value.uuid().getMostSignificantBits())
                  .putLong(value.uuid().getLeastSignificantBits())
                  .array());
      case NULL, OBJECT, ARRAY ->
          throw EngineException.internal("no scalar of type " + type.sqlName());
    }
  }

  private static EngineException notConvertible(VariantValue value, SqlType to) {
    String text = VariantText.json(value);
    return new EngineException(
        SqlState.INVALID_CAST,
        "the variant "
            + (text.length() > 60 ? text.substring(0, 60) + "..." : text)
            + " is not a valid "
            + to.sqlName());
  }
}
