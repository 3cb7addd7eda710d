package dev.frazil.variant;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.StructVector;
import dev.frazil.vector.VectorValues;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Values of any SQL type as variants: rows and maps with text as keys become objects, arrays
 * arrays, nulls within them variant nulls. Text becomes text: {@link VariantJson} reads JSON. One
 * thread.
 */
public final class VariantEncoder {
  private final VariantBuilder builder = new VariantBuilder();

  /** Whether there is a variant for values of a type. */
  public static boolean covers(SqlType type) {
    if (type instanceof SqlType.ArrayType array) {
      return covers(array.element());
    } else if (type instanceof SqlType.MapType map) {
      return map.key() == Primitive.VARCHAR && covers(map.value());
    } else if (type instanceof SqlType.RowType row) {
      return row.fields().stream().allMatch(field -> covers(field.type()));
    }
    return true;
  }

  /** The variant of a row that is not null. */
  public byte[] encode(ColumnVector vector, int row) {
    builder.clear();
    append(vector, row);
    return builder.build();
  }

  private void append(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      builder.appendNull();
    } else if (vector instanceof ListVector list) {
      appendArray(list, row);
    } else if (vector instanceof MapVector map) {
      appendMap(map, row);
    } else if (vector instanceof StructVector struct) {
      appendRow(struct, row);
    } else if (vector instanceof DictionaryVector dictionary) {
      appendBytes(dictionary.dictionary(), dictionary.ids()[row], vector.type());
    } else if (vector instanceof BytesVector bytes) {
      appendBytes(bytes, row, vector.type());
    } else {
      appendFixed(vector, row);
    }
  }

  private void appendArray(ListVector list, int row) {
    int mark = builder.position();
    int from = list.offsets()[row];
    int[] positions = new int[list.offsets()[row + 1] - from];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = builder.position();
      append(list.elements(), from + i);
    }
    builder.array(mark, positions, positions.length);
  }

  private void appendMap(MapVector map, int row) {
    int mark = builder.position();
    List<VariantBuilder.Field> fields = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = map.offsets()[row]; i < map.offsets()[row + 1]; i++) {
      String name = String.valueOf(VectorValues.read(map.keys(), i));
      if (!seen.add(name)) {
        throw repeated(name);
      }
      fields.add(new VariantBuilder.Field(builder.name(name), builder.position()));
      append(map.mapValues(), i);
    }
    builder.object(mark, fields);
  }

  private void appendRow(StructVector struct, int row) {
    int mark = builder.position();
    List<SqlType.Field> types = ((SqlType.RowType) struct.type()).fields();
    List<VariantBuilder.Field> fields = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < types.size(); i++) {
      if (!seen.add(types.get(i).name())) {
        throw repeated(types.get(i).name());
      }
      int id = builder.name(types.get(i).name());
      fields.add(new VariantBuilder.Field(id, builder.position()));
      append(struct.fields().get(i), row);
    }
    builder.object(mark, fields);
  }

  private static EngineException repeated(String name) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE,
        "an object of a variant cannot have two fields of the name \"" + name + "\"");
  }

  private void appendBytes(BytesVector vector, int row, SqlType type) {
    int from = vector.offsets()[row];
    int to = vector.offsets()[row + 1];
    if (type == Primitive.VARCHAR) {
      builder.appendText(vector.data(), from, to - from);
    } else if (type == Primitive.VARIANT) {
      builder.append(VariantValue.at(vector.data(), from));
    } else if (type == Primitive.UUID) {
      ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOfRange(vector.data(), from, to));
      builder.appendUuid(new UUID(bytes.getLong(), bytes.getLong()));
    } else {
      builder.appendBinary(vector.data(), from, to - from);
    }
  }

  private void appendFixed(ColumnVector vector, int row) {
    SqlType type = vector.type();
    if (type instanceof DecimalType) {
      if (!(VectorValues.read(vector, row) instanceof BigDecimal number)) {
        throw EngineException.internal("no decimal");
      }
      builder.appendDecimal(number);
    } else if (vector instanceof BooleanVector booleans) {
      builder.appendBoolean(booleans.values()[row]);
    } else if (vector instanceof DoubleVector doubles) {
      builder.appendDouble(doubles.values()[row]);
    } else if (vector instanceof FloatVector floats) {
      builder.appendFloat(floats.values()[row]);
    } else {
      long number =
          vector instanceof IntVector ints
              ? ints.values()[row]
              : ((LongVector) vector).values()[row];
      if (type == Primitive.INTEGER || type == Primitive.BIGINT) {
        builder.appendInteger(number);
      } else {
        builder.appendNumber(time((Primitive) type), number);
      }
    }
  }

  private static VariantKind time(Primitive type) {
    return switch (type) {
      case DATE -> VariantKind.DATE;
      case TIME -> VariantKind.TIME;
      case TIMESTAMP -> VariantKind.TIMESTAMP;
      case TIMESTAMP_WITH_TIME_ZONE -> VariantKind.TIMESTAMP_WITH_TIME_ZONE;
      case TIMESTAMP_NANO -> VariantKind.TIMESTAMP_NANOS;
      case TIMESTAMP_NANO_WITH_TIME_ZONE -> VariantKind.TIMESTAMP_NANOS_WITH_TIME_ZONE;
      case BOOLEAN, INTEGER, BIGINT, REAL, DOUBLE, VARCHAR, VARBINARY, UUID, VARIANT, UNKNOWN ->
          throw EngineException.internal("no time: " + type);
    };
  }
}
