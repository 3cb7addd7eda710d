package dev.frazil.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.frazil.function.JsonPath.Context;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** The methods of paths of SQL/JSON: {@code $.a.size()}. */
final class JsonPathMethods {
  static final List<String> NAMES =
      List.of(
          "size", "type", "abs", "ceiling", "floor", "double", "number", "decimal", "integer",
          "bigint", "boolean", "string");

  private JsonPathMethods() {}

  static List<JsonNode> apply(String name, List<JsonNode> items, Context context) {
    List<JsonNode> results = new ArrayList<>();
    boolean isOfArrays = name.equals("size") || name.equals("type") || context.isStrict();
    for (JsonNode item : isOfArrays ? items : JsonPathSteps.elements(items, context)) {
      results.add(apply(name, item));
    }
    return results;
  }

  private static JsonNode apply(String name, JsonNode item) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (name) {
      case "size" -> json.numberNode(item.isArray() ? item.size() : 1);
      case "type" -> json.textNode(JsonBodies.kind(item));
      case "abs" -> json.numberNode(number(name, item, false).abs());
      case "ceiling" ->
          json.numberNode(number(name, item, false).setScale(0, RoundingMode.CEILING));
      case "floor" -> json.numberNode(number(name, item, false).setScale(0, RoundingMode.FLOOR));
      case "integer", "bigint" ->
          json.numberNode(number(name, item, true).setScale(0, RoundingMode.HALF_UP));
      case "boolean" -> {
        boolean isTrue = item.asText().equalsIgnoreCase("true");
        if (!isTrue && !item.asText().equalsIgnoreCase("false")) {
          throw misfit(name, item);
        }
        yield json.booleanNode(isTrue);
      }
      case "string" -> {
        if (!item.isValueNode() || item.isNull()) {
          throw misfit(name, item);
        }
        yield json.textNode(item.isTextual() ? item.textValue() : JsonText.write(item));
      }
      default -> json.numberNode(number(name, item, true));
    };
  }

  private static BigDecimal number(String method, JsonNode item, boolean ofText) {
    if (item.isNumber()) {
      return item.decimalValue();
    }
    if (ofText && item.isTextual() && item.textValue().length() < 100) {
      try {
        BigDecimal number = new BigDecimal(item.textValue().strip());
        if (Math.abs((long) number.scale()) < 400) {
          return number;
        }
      } catch (NumberFormatException notANumber) {
        throw misfit(method, item);
      }
    }
    throw misfit(method, item);
  }

  private static RuntimeException misfit(String method, JsonNode item) {
    return FunctionErrors.argument(
        "."
            + method
            + "() of a path of JSON does not take "
            + FunctionErrors.shown(JsonText.write(item)));
  }
}
