package dev.frazil.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads JSON. */
final class JsonBodies {
  private JsonBodies() {}

  static void extract(Arguments in, VectorBuilder out) {
    List<JsonNode> found = path(in, 1).find(JsonText.parse(in.text(0)));
    if (found.isEmpty()) {
      out.appendNull();
    } else if (found.size() == 1) {
      out.appendText(JsonText.write(found.get(0)));
    } else {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      found.forEach(all::add);
      out.appendText(JsonText.write(all));
    }
  }

  static void extractScalar(Arguments in, VectorBuilder out) {
    appendScalar(path(in, 1).find(JsonText.parse(in.text(0))), out);
  }

  static void value(Arguments in, VectorBuilder out) {
    JsonPath path = path(in, 1);
    JsonNode root = JsonText.parseOrNull(in.text(0));
    appendScalar(root == null ? List.of() : path.findOrNothing(root, variables(in, 2)), out);
  }

  private static void appendScalar(List<JsonNode> found, VectorBuilder out) {
    boolean scalar = found.size() == 1 && found.get(0).isValueNode() && !found.get(0).isNull();
    if (scalar) {
      out.appendText(text(found.get(0)));
    } else {
      out.appendNull();
    }
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : JsonText.write(node);
  }

  static void query(Arguments in, VectorBuilder out) {
    JsonPath path = path(in, 1);
    JsonNode root = JsonText.parseOrNull(in.text(0));
    List<JsonNode> found = root == null ? List.of() : path.findOrNothing(root, variables(in, 2));
    if (found.size() == 1 && found.get(0).isContainerNode()) {
      out.appendText(JsonText.write(found.get(0)));
    } else {
      out.appendNull();
    }
  }

  static void exists(Arguments in, VectorBuilder out) {
    JsonPath path = path(in, 1);
    JsonNode root = JsonText.parseOrNull(in.text(0));
    out.appendBoolean(root != null && !path.findOrNothing(root, variables(in, 2)).isEmpty());
  }

  static void get(Arguments in, VectorBuilder out, boolean asText) {
    JsonNode root = JsonText.parse(in.text(0));
    JsonNode found = null;
    if (in.vector(1).type() == Primitive.BIGINT) {
      long index = in.integer(1);
      long at = index < 0 ? root.size() + index : index;
      found = root.isArray() && at >= 0 && at < root.size() ? root.get((int) at) : null;
    } else {
      String key = in.text(1);
      List<JsonNode> all =
          key.startsWith("$")
              ? in.remember(key, JsonPath::compile).find(root)
              : root.isObject() && root.has(key) ? List.of(root.get(key)) : List.of();
      found = all.size() == 1 ? all.get(0) : null;
    }
    append(found, asText, out);
  }

  /** Each further argument is a key of an object or the index of an array's element, from 0. */
  static void walk(Arguments in, VectorBuilder out, boolean asText) {
    JsonNode node = JsonText.parse(in.text(0));
    for (int step = 1; step < in.count() && node != null; step++) {
      String name = in.text(step);
      node = node.isArray() ? element(node, name) : node.get(name);
    }
    append(node, asText, out);
  }

  private static @Nullable JsonNode element(JsonNode array, String index) {
    if (!index.matches("-?[0-9]{1,9}")) {
      return null;
    }
    int at = Integer.parseInt(index);
    return array.get(at < 0 ? array.size() + at : at);
  }

  private static void append(@Nullable JsonNode node, boolean asText, VectorBuilder out) {
    if (node == null || (asText && node.isNull())) {
      out.appendNull();
    } else {
      out.appendText(asText ? text(node) : JsonText.write(node));
    }
  }

  static void type(Arguments in, VectorBuilder out) {
    out.appendText(kind(JsonText.parse(in.text(0))));
  }

  static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT, POJO -> "object";
      case ARRAY -> "array";
      case STRING, BINARY -> "string";
      case NUMBER -> "number";
      case BOOLEAN -> "boolean";
      case NULL, MISSING -> "null";
    };
  }

  static void valid(Arguments in, VectorBuilder out) {
    JsonNode node = JsonText.parseOrNull(in.text(0));
    String kind = in.count() > 1 ? in.text(1).toLowerCase(Locale.ROOT) : "value";
    out.appendBoolean(
        node != null
            && switch (kind) {
              case "value" -> true;
              case "object" -> node.isObject();
              case "array" -> node.isArray();
              case "scalar" -> node.isValueNode();
              default ->
                  throw FunctionErrors.argument(
                      "'" + kind + "' is no kind of JSON: value, object, array or scalar");
            });
  }

  static void parse(Arguments in, VectorBuilder out) {
    out.appendText(JsonText.write(JsonText.parse(in.text(0))));
  }

  static void arrayLength(Arguments in, VectorBuilder out) {
    JsonNode node = JsonText.parse(in.text(0));
    if (in.count() > 1) {
      List<JsonNode> found = path(in, 1).find(node);
      node = found.size() == 1 ? found.get(0) : JsonNodeFactory.instance.nullNode();
    }
    if (node.isArray()) {
      out.appendLong(node.size());
    } else {
      out.appendNull();
    }
  }

  static void size(Arguments in, VectorBuilder out) {
    List<JsonNode> found = path(in, 1).find(JsonText.parse(in.text(0)));
    if (found.isEmpty()) {
      out.appendNull();
    } else {
      out.appendLong(found.get(0).size());
    }
  }

  static void arrayContains(Arguments in, VectorBuilder out) {
    JsonNode root = JsonText.parse(in.text(0));
    if (!root.isArray()) {
      out.appendNull();
      return;
    }
    boolean found = false;
    for (JsonNode element : root) {
      found |= isValue(element, in);
    }
    out.appendBoolean(found);
  }

  private static boolean isValue(JsonNode element, Arguments in) {
    if (in.vector(1).type() == Primitive.BOOLEAN) {
      return element.isBoolean() && element.booleanValue() == in.bool(1);
    } else if (in.vector(1).type() == Primitive.DOUBLE) {
      double wanted = in.number(1);
      return element.isNumber()
          && Double.isFinite(wanted)
          && element.decimalValue().compareTo(new BigDecimal(Double.toString(wanted))) == 0;
    }
    return element.isTextual() && element.textValue().equals(in.text(1));
  }

  static void keys(Arguments in, VectorBuilder out) {
    JsonNode root = JsonText.parse(in.text(0));
    if (!root.isObject()) {
      out.appendNull();
      return;
    }
    ListVectorBuilder list = (ListVectorBuilder) out;
    root.fieldNames().forEachRemaining(list.elements()::appendText);
    list.endRow();
  }

  /** The values that are passed to a path: the members of an argument, if there is one. */
  static JsonNode variables(Arguments in, int index) {
    return in.count() > index
        ? JsonText.parse(in.text(index))
        : JsonNodeFactory.instance.objectNode();
  }

  static JsonPath path(Arguments in, int index) {
    return in.remember(in.text(index), JsonPath::compile);
  }
}
