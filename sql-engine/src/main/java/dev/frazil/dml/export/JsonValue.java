package dev.frazil.dml.export;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.frazil.exec.QueryContext;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.variant.VariantText;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.StructVector;
import dev.frazil.vector.VectorValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of a column as JSON: numbers and booleans as such (infinities and NaN as text), everything
 * else that is a scalar as text; arrays as arrays, maps and rows as objects. One thread.
 */
abstract sealed class JsonValue {
  private @Nullable ColumnVector values;

  static JsonValue of(SqlType type, QueryContext context) {
    if (type instanceof SqlType.ArrayType array) {
      return new Array(of(array.element(), context));
    } else if (type instanceof SqlType.MapType map) {
      return new Entries(new ValueTexts(map.key(), context), of(map.value(), context));
    } else if (type instanceof SqlType.RowType row) {
      return new Fields(row, context);
    }
    return type == Primitive.VARIANT ? new Variant() : new Scalar(type, context);
  }

  /** Takes the values that {@link #write} is asked for next. */
  final void take(ColumnVector vector) {
    values = vector;
    taken(vector);
  }

  /** Writes one of them. */
  final void write(int row, JsonGenerator json) throws IOException {
    ColumnVector vector = values;
    if (vector == null || vector.isNull(row)) {
      json.writeNull();
    } else {
      writeValue(row, json);
    }
  }

  abstract void taken(ColumnVector vector);

  abstract void writeValue(int row, JsonGenerator json) throws IOException;

  private static final class Scalar extends JsonValue {
    private final ValueTexts texts;
    private final boolean plain;
    private final boolean floating;

    Scalar(SqlType type, QueryContext context) {
      this.texts = new ValueTexts(type, context);
      this.floating = type == Primitive.REAL || type == Primitive.DOUBLE;
      this.plain =
          floating
              || type instanceof DecimalType
              || type == Primitive.INTEGER
              || type == Primitive.BIGINT
              || type == Primitive.BOOLEAN;
    }

    @Override
    void taken(ColumnVector vector) {
      texts.take(vector);
    }

    @Override
    void writeValue(int row, JsonGenerator json) throws IOException {
      String text = texts.text(row);
      if (text == null) {
        json.writeNull();
      } else if (plain && !(floating && (text.endsWith("y") || text.equals("NaN")))) {
        json.writeRawValue(text);
      } else {
        json.writeString(text);
      }
    }
  }

  /** The JSON that it is. */
  private static final class Variant extends JsonValue {
    private @Nullable ColumnVector variants;

    @Override
    void taken(ColumnVector vector) {
      variants = vector;
    }

    @Override
    void writeValue(int row, JsonGenerator json) throws IOException {
      if (variants != null && VectorValues.read(variants, row) instanceof byte[] bytes) {
        json.writeRawValue(VariantText.json(bytes, 0));
      }
    }
  }

  private static final class Array extends JsonValue {
    private final JsonValue element;
    private int[] offsets = {};

    Array(JsonValue element) {
      this.element = element;
    }

    @Override
    void taken(ColumnVector vector) {
      ListVector list = (ListVector) vector;
      offsets = list.offsets();
      element.take(list.elements());
    }

    @Override
    void writeValue(int row, JsonGenerator json) throws IOException {
      json.writeStartArray();
      for (int i = offsets[row]; i < offsets[row + 1]; i++) {
        element.write(i, json);
      }
      json.writeEndArray();
    }
  }

  private static final class Entries extends JsonValue {
    private final ValueTexts keys;
    private final JsonValue value;
    private int[] offsets = {};

    Entries(ValueTexts keys, JsonValue value) {
      this.keys = keys;
      this.value = value;
    }

    @Override
    void taken(ColumnVector vector) {
      MapVector map = (MapVector) vector;
      offsets = map.offsets();
      keys.take(map.keys());
      value.take(map.mapValues());
    }

    @Override
    void writeValue(int row, JsonGenerator json) throws IOException {
      json.writeStartObject();
      for (int i = offsets[row]; i < offsets[row + 1]; i++) {
        json.writeFieldName(String.valueOf(keys.text(i)));
        value.write(i, json);
      }
      json.writeEndObject();
    }
  }

  private static final class Fields extends JsonValue {
    private final List<String> names = new ArrayList<>();
    private final List<JsonValue> fields = new ArrayList<>();

    Fields(SqlType.RowType type, QueryContext context) {
      for (SqlType.Field field : type.fields()) {
        names.add(field.name());
        fields.add(of(field.type(), context));
      }
    }

    @Override
    void taken(ColumnVector vector) {
      for (int i = 0; i < fields.size(); i++) {
        fields.get(i).take(((StructVector) vector).fields().get(i));
      }
    }

    @Override
    void writeValue(int row, JsonGenerator json) throws IOException {
      json.writeStartObject();
      for (int i = 0; i < fields.size(); i++) {
        json.writeFieldName(names.get(i));
        fields.get(i).write(row, json);
      }
      json.writeEndObject();
    }
  }
}
