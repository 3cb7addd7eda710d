package dev.frazil.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.frazil.function.JsonPath.Context;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The methods of paths of SQL/JSON: {@code $.a.size()}. */
final class JsonPathMethods {
  static final List<String> NAMES =
      List.of(
          "size", "type", "abs", "ceiling", "floor", "double", "number", "decimal", "integer",
          "bigint", "boolean", "string");

  private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");
  private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "off", "0");

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
      case "integer" -> json.numberNode(whole(name, item, Integer.SIZE));
      case "bigint" -> json.numberNode(whole(name, item, Long.SIZE));
      case "boolean" -> json.booleanNode(truth(name, item));
      case "double" -> {
        BigDecimal number = number(name, item, true);
        if (Double.isInfinite(number.doubleValue())) {
          throw FunctionErrors.outOfRange("a number in a path of JSON is out of range of double");
        }
        yield json.numberNode(number);
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

  private static BigDecimal whole(String method, JsonNode item, int bits) {
    BigDecimal whole = number(method, item, true).setScale(0, RoundingMode.HALF_UP);
    if (whole.toBigInteger().bitLength() >= bits) {
      throw FunctionErrors.outOfRange(
          whole + " is out of the range of ." + method + "() of a path of JSON");
    }
    return whole;
  }

  /** A boolean, a text that a cast takes, or a whole number: 0 is false. */
  private static boolean truth(String method, JsonNode item) {
    if (item.isNumber()) {
      BigDecimal number = JsonPathSteps.decimal(item);
      if (number.stripTrailingZeros().scale() > 0) {
        throw misfit(method, item);
      }
      return number.signum() != 0;
    }
    String word = item.isContainerNode() ? "" : item.asText().strip().toLowerCase(Locale.ROOT);
    if (item.isNull() || (!TRUE.contains(word) && !FALSE.contains(word))) {
      throw misfit(method, item);
    }
    return TRUE.contains(word);
  }

  private static BigDecimal number(String method, JsonNode item, boolean ofText) {
    if (item.isNumber()) {
      return JsonPathSteps.decimal(item);
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
