package dev.frazil.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.frazil.error.EngineException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A path of SQL/JSON (ISO 9075-2, 9.46), lax unless it begins with {@code strict}: {@code $.key},
 * {@code ."key"}, {@code [n]}, {@code [1 to last]}, {@code .*}, {@code [*]}, {@code .**}, filters
 * {@code ?(@.a > $x && exists(@.b))}, arithmetic and methods such as {@code .size()}. What else a
 * path may hold is 22023. Immutable.
 */
final class JsonPath {

  /**
   * What a path is computed over.
   *
   * @param current what {@code @} stands for in a filter
   * @param variables an object
   * @param length of the array whose elements are asked for: {@code last} is one less
   * @param isStrict whether arrays are not taken apart where no array is wanted
   * @param raises whether what a step finds nothing for is an error, in a strict path
   */
  record Context(
      JsonNode root,
      JsonNode current,
      JsonNode variables,
      int length,
      boolean isStrict,
      boolean raises) {
    Context at(JsonNode node) {
      return new Context(root, node, variables, length, isStrict, isStrict);
    }

    Context within(int size) {
      return new Context(root, current, variables, size, isStrict, isStrict);
    }

    Context lenient(boolean isLenient) {
      return isLenient && raises
          ? new Context(root, current, variables, length, isStrict, false)
          : this;
    }
  }

  /** Gives a sequence of items. */
  @FunctionalInterface
  interface Sequence {
    List<JsonNode> items(Context context);
  }

  /** A condition: null where it is unknown. */
  @FunctionalInterface
  interface Condition {
    @Nullable Boolean test(Context context);
  }

  private final boolean isStrict;
  private final Sequence sequence;

  private final Set<String> names;

  private JsonPath(boolean isStrict, Sequence sequence, Set<String> names) {
    this.isStrict = isStrict;
    this.sequence = sequence;
    this.names = names;
  }

  static JsonPath compile(String text) {
    String rest = text.strip();
    boolean isStrict = rest.startsWith("strict ");
    String path = rest.startsWith("lax ") || isStrict ? rest.substring(rest.indexOf(' ')) : rest;
    JsonPathParser parser = new JsonPathParser(path.strip());
    Condition condition = parser.wholeCondition();
    Sequence sequence = condition == null ? parser.wholeSequence() : truth(condition);
    return new JsonPath(isStrict, sequence, parser.variables());
  }

  /** A condition as an item: true, false or null. */
  private static Sequence truth(Condition condition) {
    return context -> {
      Boolean value = condition.test(context);
      return List.of(
          value == null
              ? JsonNodeFactory.instance.nullNode()
              : JsonNodeFactory.instance.booleanNode(value));
    };
  }

  /** What the path finds, in order. */
  List<JsonNode> find(JsonNode root) {
    return find(root, JsonNodeFactory.instance.objectNode());
  }

  /**
   * What the path finds, in order.
   *
   * @param variables an object: what {@code $name} stands for
   */
  List<JsonNode> find(JsonNode root, JsonNode variables) {
    check(variables);
    return sequence.items(new Context(root, root, variables, 0, isStrict, isStrict));
  }

  /** As above, but nothing where it cannot be computed: ISO's NULL ON ERROR. */
  List<JsonNode> findOrNothing(JsonNode root, JsonNode variables) {
    check(variables);
    try {
      return sequence.items(new Context(root, root, variables, 0, isStrict, isStrict));
    } catch (EngineException failed) {
      if (!failed.state().code().startsWith("22")) {
        throw failed;
      }
      return List.of();
    }
  }

  private void check(JsonNode variables) {
    for (String name : names) {
      if (!variables.has(name)) {
        throw FunctionErrors.argument("nothing is passed to the path of JSON as $" + name);
      }
    }
  }
}
