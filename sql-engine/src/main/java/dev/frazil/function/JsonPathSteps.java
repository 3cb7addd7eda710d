package dev.frazil.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.function.JsonPath.Condition;
import dev.frazil.function.JsonPath.Context;
import dev.frazil.function.JsonPath.Sequence;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The steps and conditions of paths of SQL/JSON. */
final class JsonPathSteps {
  private static final int MAX_ITEMS = 1_000_000;

  /** On either side of the point: {@code 1e999999999 + 1} would take all memory. */
  private static final int MAX_DIGITS = 1_000;

  private JsonPathSteps() {}

  /**
   * Elements by index.
   *
   * @param to null for one element
   */
  record Range(Sequence from, @Nullable Sequence to) {}

  /** Lax: a member of an array is that of its elements. */
  static List<JsonNode> member(List<JsonNode> items, String key, Context context) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode item : items) {
      for (JsonNode holder : item.isArray() && !context.isStrict() ? item : List.of(item)) {
        if (holder.has(key)) {
          found.add(holder.get(key));
        } else {
          missing("member " + FunctionErrors.shown(key), context);
        }
      }
    }
    return found;
  }

  static List<JsonNode> members(List<JsonNode> items, Context context) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode item : apart(items, context)) {
      if (item.isObject()) {
        item.forEach(found::add);
      } else {
        missing("object", context);
      }
    }
    return found;
  }

  static List<JsonNode> elements(List<JsonNode> items, Context context) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode item : items) {
      if (item.isArray()) {
        item.forEach(found::add);
      } else if (!context.isStrict()) {
        found.add(item);
      } else {
        missing("array", context);
      }
    }
    return found;
  }

  /** What a strict path wants to be there. */
  private static void missing(String what, Context context) {
    if (context.raises()) {
      throw FunctionErrors.argument("a strict path of JSON finds no " + what);
    }
  }

  /** Lax: a value that is no array counts as an array of it. */
  static List<JsonNode> elements(List<JsonNode> items, List<Range> ranges, Context context) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode item : items) {
      if (!item.isArray() && context.isStrict()) {
        missing("array", context);
        continue;
      }
      int size = item.isArray() ? item.size() : 1;
      Context inside = context.within(size);
      for (Range range : ranges) {
        long first = index(range.from(), inside);
        long from = first < 0 && range.to() == null ? size + first : first;
        long to = range.to() == null ? from : index(range.to(), inside);
        if (from < 0 || from > to || to >= size) {
          missing("element " + from + (range.to() == null ? "" : " to " + to), context);
        }
        for (long i = Math.max(0, from); i <= Math.min(to, size - 1L); i++) {
          found.add(item.isArray() ? item.get((int) i) : item);
        }
      }
    }
    return found;
  }

  private static long index(Sequence sequence, Context context) {
    BigDecimal number = number(sequence.items(context), "an index of an array");
    if (number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
      throw FunctionErrors.argument("an index of a JSON array is out of range: " + number);
    }
    return number.longValue();
  }

  /** An item and all that is in it. */
  static List<JsonNode> descend(List<JsonNode> items) {
    List<JsonNode> found = new ArrayList<>();
    items.forEach(item -> descend(item, found));
    return found;
  }

  private static void descend(JsonNode item, List<JsonNode> found) {
    if (found.size() >= MAX_ITEMS) {
      throw FunctionErrors.argument("a path of JSON finds more than " + MAX_ITEMS + " items");
    }
    found.add(item);
    item.forEach(inner -> descend(inner, found));
  }

  /** Lax: arrays are taken apart. */
  static List<JsonNode> filter(List<JsonNode> items, Condition condition, Context context) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode item : apart(items, context)) {
      if (Boolean.TRUE.equals(condition.test(context.at(item)))) {
        found.add(item);
      }
    }
    return found;
  }

  private static List<JsonNode> apart(List<JsonNode> items, Context context) {
    if (context.isStrict() || items.stream().noneMatch(JsonNode::isArray)) {
      return items;
    }
    return elements(items, context);
  }

  static @Nullable Boolean and(@Nullable Boolean left, @Nullable Boolean right) {
    if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
      return false;
    }
    return (left == null || right == null) ? null : Boolean.TRUE;
  }

  static @Nullable Boolean or(@Nullable Boolean left, @Nullable Boolean right) {
    if (Boolean.TRUE.equals(left) || Boolean.TRUE.equals(right)) {
      return true;
    }
    return (left == null || right == null) ? null : Boolean.FALSE;
  }

  static @Nullable Boolean not(@Nullable Boolean value) {
    return value == null ? null : !value;
  }

  /**
   * True if it is for one pair of items, else unknown if it is for one, or if an operand cannot be
   * computed.
   */
  static @Nullable Boolean compare(
      String operator, Sequence left, Sequence right, Context context) {
    boolean isUnknown = false;
    List<JsonNode> leftItems = attempt(left, context);
    List<JsonNode> rightItems = attempt(right, context);
    if (leftItems == null || rightItems == null) {
      return null;
    }
    for (JsonNode a : apart(leftItems, context)) {
      for (JsonNode b : apart(rightItems, context)) {
        Boolean holds = holds(operator, a, b);
        if (Boolean.TRUE.equals(holds)) {
          return true;
        }
        isUnknown |= holds == null;
      }
    }
    return isUnknown ? null : Boolean.FALSE;
  }

  /** What an operand of a condition finds; null, unknown, if it cannot be computed. */
  private static @Nullable List<JsonNode> attempt(Sequence sequence, Context context) {
    try {
      return sequence.items(context);
    } catch (EngineException failed) {
      if (!failed.state().code().startsWith("22")) {
        throw failed;
      }
      return null;
    }
  }

  static @Nullable Boolean exists(Sequence sequence, Context context) {
    List<JsonNode> items = attempt(sequence, context);
    return items == null ? null : Boolean.valueOf(!items.isEmpty());
  }

  private static @Nullable Boolean holds(String operator, JsonNode left, JsonNode right) {
    boolean asksEqual = operator.equals("==");
    boolean asksOther = operator.equals("!=") || operator.equals("<>");
    if (left.isNull() || right.isNull()) {
      boolean same = left.isNull() && right.isNull();
      return asksOther ? !same : same && operator.contains("=");
    }
    int order;
    if (left.isNumber() && right.isNumber()) {
      order = left.decimalValue().compareTo(right.decimalValue());
    } else if (left.isTextual() && right.isTextual()) {
      order = left.textValue().compareTo(right.textValue());
    } else if (left.isBoolean() && right.isBoolean()) {
      order = Boolean.compare(left.booleanValue(), right.booleanValue());
    } else {
      return null;
    }
    return asksEqual
        ? order == 0
        : asksOther
            ? order != 0
            : switch (operator) {
              case "<" -> order < 0;
              case "<=" -> order <= 0;
              case ">" -> order > 0;
              default -> order >= 0;
            };
  }

  static @Nullable Boolean anyText(Sequence sequence, Predicate<String> test, Context context) {
    boolean isUnknown = false;
    List<JsonNode> items = attempt(sequence, context);
    if (items == null) {
      return null;
    }
    for (JsonNode item : apart(items, context)) {
      if (!item.isTextual()) {
        isUnknown = true;
      } else if (test.test(item.textValue())) {
        return true;
      }
    }
    return isUnknown ? null : Boolean.FALSE;
  }

  static @Nullable Boolean startsWith(Sequence sequence, Sequence prefix, Context context) {
    List<JsonNode> prefixes = attempt(prefix, context);
    if (prefixes == null || prefixes.size() != 1 || !prefixes.get(0).isTextual()) {
      return null;
    }
    String start = prefixes.get(0).textValue();
    return anyText(sequence, item -> item.startsWith(start), context);
  }

  /**
   * {@code + - * / %} of two numbers; 22012 for a division by zero, 22023 for what is no number.
   */
  static List<JsonNode> compute(char sign, Sequence left, Sequence right, Context context) {
    BigDecimal a = number(apart(left.items(context), context), "an operand of " + sign);
    BigDecimal b = number(apart(right.items(context), context), "an operand of " + sign);
    if ((sign == '/' || sign == '%') && b.signum() == 0) {
      throw new EngineException(SqlState.DIVISION_BY_ZERO, "a division by zero in a path of JSON");
    }
    BigDecimal result =
        switch (sign) {
          case '+' -> a.add(b);
          case '-' -> a.subtract(b);
          case '*' -> a.multiply(b, MathContext.DECIMAL128);
          case '/' -> a.divide(b, MathContext.DECIMAL128);
          default -> a.remainder(b, MathContext.DECIMAL128);
        };
    return List.of(JsonNodeFactory.instance.numberNode(result));
  }

  /** {@code + $.a} and {@code - $.a}, of each number that is found. */
  static List<JsonNode> signed(boolean isNegative, Sequence sequence, Context context) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode item : apart(sequence.items(context), context)) {
      BigDecimal number = number(List.of(item), "an operand of a sign");
      found.add(JsonNodeFactory.instance.numberNode(isNegative ? number.negate() : number));
    }
    return found;
  }

  /** A number of JSON to compute with; 22003 if it has more digits than that is sensible for. */
  static BigDecimal decimal(JsonNode node) {
    BigDecimal number = node.decimalValue();
    long whole = (long) number.precision() - number.scale();
    if (number.signum() == 0) {
      return BigDecimal.ZERO;
    } else if (whole > MAX_DIGITS || number.scale() > MAX_DIGITS) {
      throw FunctionErrors.outOfRange(
          "a number in a path of JSON has more than " + MAX_DIGITS + " digits");
    }
    return number;
  }

  private static BigDecimal number(List<JsonNode> items, String what) {
    if (items.size() != 1 || !items.get(0).isNumber()) {
      throw FunctionErrors.argument(what + " in a path of JSON must be one number");
    }
    return decimal(items.get(0));
  }
}
