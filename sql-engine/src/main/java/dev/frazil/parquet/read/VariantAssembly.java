package dev.frazil.parquet.read;

import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.parquet.read.VariantShape.Typed;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.variant.MalformedVariantException;
import dev.frazil.variant.VariantBuilder;
import dev.frazil.variant.VariantCheck;
import dev.frazil.variant.VariantKind;
import dev.frazil.variant.VariantValue;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.StructVector;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorValues;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts variants together from the vectors of their parts: the bytes as they are where nothing is
 * shredded, else what is shredded and what is left of it in one value. Every byte is checked before
 * it is believed. Source: Apache Parquet, VariantShredding.md. One column of one reader.
 */
final class VariantAssembly {
  private final VariantShape shape;
  private final ReadMemory memory;
  private final VariantCheck check = new VariantCheck();
  private final VariantBuilder builder = new VariantBuilder();
  private byte[] names = new byte[0];
  private long counted;

  /**
   * @param shape of the group, whose first vector are the dictionaries of names
   */
  VariantAssembly(VariantShape shape, ReadMemory memory) {
    this.shape = shape;
    this.memory = memory;
  }

  /** The variants of a batch; {@link MalformedDataException} where the bytes are none. */
  ColumnVector assemble(StructVector group) {
    VectorBuilder result = VectorBuilder.of(Primitive.VARIANT);
    long bytes = 0;
    try {
      for (int row = 0; row < group.rowCount(); row++) {
        if (group.isNull(row)) {
          result.appendNull();
        } else {
          byte[] variant = variant(group, row);
          bytes += variant.length;
          if (bytes > counted) {
            memory.take(bytes - counted);
            counted = bytes;
          }
          result.appendBytes(variant);
        }
      }
    } catch (MalformedVariantException e) {
      throw new MalformedDataException("a variant is damaged: " + e.getMessage(), e);
    }
    return result.build();
  }

  private byte[] variant(StructVector group, int row) {
    ColumnVector dictionaries = group.fields().get(0);
    if (dictionaries.isNull(row)) {
      throw new MalformedVariantException("it has no metadata");
    }
    Bytes dictionary = Bytes.of(dictionaries, row);
    check.names(dictionary.data(), dictionary.from(), dictionary.to());
    if (shape.typed() == null && shape.value() >= 0) {
      ColumnVector values = group.fields().get(shape.value());
      if (values.isNull(row)) {
        return concat(dictionary, new byte[] {0}, 0, 1);
      }
      Bytes value = Bytes.of(values, row);
      check.value(value.data(), value.from(), value.to());
      return concat(dictionary, value.data(), value.from(), value.to());
    }
    if (!dictionary.hasBytes(names)) {
      names = dictionary.copy();
      builder.names(names, 0);
    }
    builder.clearValue();
    if (!append(shape, group, row)) {
      builder.appendNull(); // missing is for fields only
    }
    byte[] value = builder.valueBytes();
    return concat(dictionary, value, 0, value.length);
  }

  private static byte[] concat(Bytes dictionary, byte[] value, int from, int to) {
    int namesBytes = dictionary.to() - dictionary.from();
    byte[] whole = new byte[namesBytes + to - from];
    System.arraycopy(dictionary.data(), dictionary.from(), whole, 0, namesBytes);
    System.arraycopy(value, from, whole, namesBytes, to - from);
    return whole;
  }

  /** Appends the value of a group; false where there is none. */
  private boolean append(VariantShape part, StructVector group, int row) {
    ColumnVector values = part.value() < 0 ? null : group.fields().get(part.value());
    ColumnVector typed = part.typedValue() < 0 ? null : group.fields().get(part.typedValue());
    Bytes value = values == null || values.isNull(row) ? null : Bytes.of(values, row);
    if (value != null) {
      check.value(value.data(), value.from(), value.to());
    }
    Typed kind = part.typed();
    if (typed == null || kind == null || typed.isNull(row)) {
      if (value == null) {
        return false;
      }
      builder.appendRaw(value.data(), value.from(), value.to());
      return true;
    }
    if (kind instanceof Typed.Fields fields) {
      appendObject(fields, (StructVector) typed, row, value);
      return true;
    }
    if (value != null) {
      throw new MalformedVariantException("a value stands both in bytes and by type");
    }
    if (kind instanceof Typed.Elements elements) {
      appendArray(elements, (ListVector) typed, row);
    } else {
      appendScalar(((Typed.Scalar) kind).kind(), typed, row);
    }
    return true;
  }

  private void appendArray(Typed.Elements elements, ListVector list, int row) {
    int mark = builder.position();
    int from = list.offsets()[row];
    int count = list.offsets()[row + 1] - from;
    int[] positions = new int[count];
    StructVector groups = (StructVector) list.elements();
    for (int i = 0; i < count; i++) {
      positions[i] = builder.position();
      if (groups.isNull(from + i) || !append(elements.element(), groups, from + i)) {
        builder.appendNull();
      }
    }
    builder.array(mark, positions, count);
  }

  /** What is shredded wins over a field of the same name in the bytes, as Iceberg reads it. */
  private void appendObject(
      Typed.Fields shredded, StructVector groups, int row, @Nullable Bytes rest) {
    int mark = builder.position();
    List<VariantBuilder.Field> fields = new ArrayList<>();
    for (int i = 0; i < shredded.names().size(); i++) {
      StructVector group = (StructVector) groups.fields().get(i);
      int position = builder.position();
      if (!group.isNull(row) && append(shredded.shapes().get(i), group, row)) {
        fields.add(new VariantBuilder.Field(id(shredded.names().get(i)), position));
      }
    }
    if (rest != null) {
      VariantValue object = new VariantValue(rest.withNames(names), 0, names.length);
      if (object.kind() != VariantKind.OBJECT) {
        throw new MalformedVariantException("a value stands both in bytes and as an object");
      }
      for (int i = 0; i < object.count(); i++) {
        String name = object.name(i);
        if (!shredded.names().contains(name)) {
          fields.add(new VariantBuilder.Field(id(name), builder.position()));
          VariantValue member = object.member(i);
          builder.appendRaw(member.data(), member.start(), member.end());
        }
      }
    }
    builder.object(mark, fields);
  }

  private int id(String name) {
    if (!builder.knows(name)) {
      throw new MalformedVariantException(
          "the metadata lacks the name of the shredded field \"" + name + "\"");
    }
    return builder.name(name);
  }

  private void appendScalar(VariantKind kind, ColumnVector vector, int row) {
    switch (kind) {
      case TRUE, FALSE -> builder.appendBoolean(((BooleanVector) vector).values()[row]);
      case INT8, INT16, INT32, DATE -> {
        int number = ((IntVector) vector).values()[row];
        if ((kind == VariantKind.INT8 && number != (byte) number)
            || (kind == VariantKind.INT16 && number != (short) number)) {
          throw new MalformedVariantException("the number " + number + " as " + kind);
        }
        builder.appendNumber(kind, number);
      }
      case INT64,
          TIMESTAMP_WITH_TIME_ZONE,
          TIMESTAMP,
          TIME,
          TIMESTAMP_NANOS_WITH_TIME_ZONE,
          TIMESTAMP_NANOS ->
          builder.appendNumber(kind, ((LongVector) vector).values()[row]);
      case DOUBLE -> builder.appendDouble(((DoubleVector) vector).values()[row]);
      case FLOAT -> builder.appendFloat(((FloatVector) vector).values()[row]);
      case DECIMAL4, DECIMAL8, DECIMAL16 -> {
        Object number = VectorValues.read(vector, row);
        if (!(number instanceof BigDecimal decimal) || decimal.precision() > 38) {
          throw new MalformedVariantException(
              "a number is no " + ((SqlType.DecimalType) vector.type()).sqlName());
        }
        builder.appendDecimal(decimal);
      }
      case BINARY -> {
        Bytes bytes = Bytes.of(vector, row);
        builder.appendBinary(bytes.data(), bytes.from(), bytes.to() - bytes.from());
      }
      case STRING -> {
        Bytes bytes = Bytes.of(vector, row);
        VariantCheck.text(bytes.data(), bytes.from(), bytes.to());
        builder.appendText(bytes.data(), bytes.from(), bytes.to() - bytes.from());
      }
      case UUID -> {
        ByteBuffer bytes = ByteBuffer.wrap(Bytes.of(vector, row).copy());
        builder.appendUuid(new UUID(bytes.getLong(), bytes.getLong()));
      }
      case NULL, OBJECT, ARRAY -> throw new MalformedVariantException("a column of " + kind);
    }
  }

  /** Bytes of one row, without a copy. */
  private record Bytes(byte[] data, int from, int to) {
    static Bytes of(ColumnVector vector, int row) {
      int at = row;
      ColumnVector source = vector;
      if (vector instanceof DictionaryVector dictionary) {
        at = dictionary.ids()[row];
        source = dictionary.dictionary();
      }
      BytesVector bytes = (BytesVector) source;
      return new Bytes(bytes.data(), bytes.offsets()[at], bytes.offsets()[at + 1]);
    }

    boolean hasBytes(byte[] other) {
      return Arrays.equals(data, from, to, other, 0, other.length);
    }

    byte[] copy() {
      return Arrays.copyOfRange(data, from, to);
    }

    /** The dictionary and these bytes. */
    byte[] withNames(byte[] dictionary) {
      byte[] whole = Arrays.copyOf(dictionary, dictionary.length + to - from);
      System.arraycopy(data, from, whole, dictionary.length, to - from);
      return whole;
    }
  }
}
