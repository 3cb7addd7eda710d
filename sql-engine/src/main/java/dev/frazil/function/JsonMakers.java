package dev.frazil.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.geometry.WellKnownText;
import dev.frazil.kernel.CivilTime;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.Field;
import dev.frazil.type.SqlType.FixedType;
import dev.frazil.type.SqlType.GeospatialType;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.SqlType.RowType;
import dev.frazil.type.Timestamps;
import dev.frazil.variant.VariantText;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorValues;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes JSON of values. An argument of bytes is JSON already: the planner marks it so. */
final class JsonMakers {
  private static final JsonNodeFactory NODES = new JsonNodeFactory(true);

  private JsonMakers() {}

  static void toJson(Arguments in, VectorBuilder out) {
    if (in.vector(0).type() == Primitive.VARIANT) {
      out.appendText(VariantText.json(in.bytes(0), 0));
      return;
    }
    out.appendText(
        JsonText.write(node(VectorValues.read(in.vector(0), in.row()), in.vector(0).type(), in)));
  }

  static void object(Arguments in, VectorBuilder out, boolean withNulls) {
    if (in.count() % 2 != 0) {
      throw FunctionErrors.argument("a JSON object takes keys and values in turn");
    }
    ObjectNode object = NODES.objectNode();
    for (int i = 0; i < in.count(); i += 2) {
      if (in.isNull(i)) {
        throw FunctionErrors.argument("a key of a JSON object must not be null");
      }
      if (in.vector(i).type() != Primitive.VARCHAR) {
        throw FunctionErrors.argument("a key of a JSON object is text");
      }
      if (withNulls || !in.isNull(i + 1)) {
        object.set(in.text(i), argument(in, i + 1));
      }
    }
    out.appendText(JsonText.write(object));
  }

  static void array(Arguments in, VectorBuilder out, boolean withNulls) {
    ArrayNode array = NODES.arrayNode();
    for (int i = 0; i < in.count(); i++) {
      if (withNulls || !in.isNull(i)) {
        array.add(argument(in, i));
      }
    }
    out.appendText(JsonText.write(array));
  }

  /** Brackets around what an aggregate put together of so many rows; null of none. */
  static void joined(Arguments in, VectorBuilder out) {
    if (in.isNull(0) || in.isNull(2) || in.isNull(3) || in.integer(3) == 0) {
      out.appendNull();
    } else {
      String members = in.isNull(1) ? "" : in.text(1);
      FunctionErrors.checkLength(members.length(), "a JSON aggregate");
      out.appendText(in.text(0) + members + in.text(2));
    }
  }

  private static JsonNode argument(Arguments in, int index) {
    SqlType type = in.vector(index).type();
    if (type == Primitive.VARBINARY && !in.isNull(index)) {
      return JsonText.parse(new String(in.bytes(index), StandardCharsets.UTF_8));
    }
    return node(VectorValues.read(in.vector(index), in.row()), type, in);
  }

  private static JsonNode node(@Nullable Object value, SqlType type, Arguments in) {
    if (value == null) {
      return NODES.nullNode();
    } else if (type instanceof ArrayType array) {
      ArrayNode node = NODES.arrayNode();
      for (Object element : (List<?>) value) {
        node.add(node(element, array.element(), in));
      }
      return node;
    } else if (type instanceof MapType map) {
      ObjectNode node = NODES.objectNode();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        JsonNode key = node(entry.getKey(), map.key(), in);
        node.set(
            key.isTextual() ? key.textValue() : JsonText.write(key),
            node(entry.getValue(), map.value(), in));
      }
      return node;
    } else if (type instanceof RowType row) {
      ObjectNode node = NODES.objectNode();
      int i = 0;
      for (Field field : row.fields()) {
        node.set(field.name(), node(((List<?>) value).get(i++), field.type(), in));
      }
      return node;
    }
    return scalar(value, type, in);
  }

  private static JsonNode scalar(Object value, SqlType type, Arguments in) {
    if (value instanceof Boolean truth) {
      return NODES.booleanNode(truth);
    } else if (value instanceof BigDecimal number) {
      return NODES.numberNode(number);
    } else if (value instanceof Double number) {
      return Double.isFinite(number) ? NODES.numberNode(number) : NODES.textNode("" + number);
    } else if (value instanceof Float number) {
      return Float.isFinite(number) ? NODES.numberNode(number) : NODES.textNode("" + number);
    } else if (value instanceof String text) {
      return NODES.textNode(text);
    } else if (type == Primitive.INTEGER || type == Primitive.BIGINT) {
      return NODES.numberNode(((Number) value).longValue());
    } else if (value instanceof byte[] bytes && type == Primitive.VARIANT) {
      return JsonText.parse(VariantText.json(bytes, 0));
    } else if (value instanceof byte[] bytes) {
      return NODES.textNode(bytes(bytes, type));
    }
    return NODES.textNode(time(((Number) value).longValue(), type, in));
  }

  private static String bytes(byte[] bytes, SqlType type) {
    if (type == Primitive.UUID) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }
    if (type instanceof GeospatialType) {
      return WellKnownText.of(bytes, 0, bytes.length);
    }
    if (type == Primitive.VARBINARY || type instanceof FixedType) {
      return java.util.Base64.getEncoder().encodeToString(bytes);
    }
    throw new IllegalStateException("no bytes: " + type);
  }

  private static String time(long value, SqlType type, Arguments in) {
    if (type == Primitive.DATE) {
      return TimeFormat.compile("yyyy-MM-dd", TimeFormat.Style.JODA)
          .format(TimeValues.midnight(value), 0);
    } else if (type == Primitive.TIME) {
      return TimeFormat.compile("HH:mm:ss.SSSSSS", TimeFormat.Style.JODA).format(value, 0);
    }
    boolean zoned = Timestamps.hasZone(type);
    long micros = Timestamps.micros(value, type);
    long local = zoned ? in.zone().toLocal(micros) : micros;
    long offset = local - micros;
    if (Math.abs(offset) > 18 * CivilTime.MICROS_PER_HOUR) {
      throw FunctionErrors.timeOutOfRange("a time zone of more than 18 hours");
    }
    String text =
        TimeFormat.compile("yyyy-MM-dd'T'HH:mm:ss.SSSSSS", TimeFormat.Style.JODA).format(local, 0);
    if (Timestamps.isNano(type)) {
      text += String.format(Locale.ROOT, "%03d", Timestamps.nanosOfMicro(value, type));
    }
    return zoned
        ? text + TimeTemplateWriter.format(TimeTemplate.compile("OF"), local, offset, null)
        : text;
  }
}
