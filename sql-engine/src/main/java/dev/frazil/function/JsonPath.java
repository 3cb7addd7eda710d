package dev.frazil.function;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path of SQL/JSON in lax mode: {@code $}, then {@code .key}, {@code ."key"}, {@code ['key']},
 * {@code [n]}, {@code [last]}, {@code .*} and {@code [*]}. Filters and methods are 22023.
 */
final class JsonPath {
  /**
   * @param key a member, or null
   * @param index an element; negative from the end; {@link #EVERY} for all
   */
  private record Step(@Nullable String key, long index) {}

  private static final long EVERY = Long.MAX_VALUE;

  private final List<Step> steps = new ArrayList<>();
  private final String text;
  private final boolean strict;
  private int at;

  private JsonPath(String text) {
    String rest = text.strip();
    this.strict = rest.startsWith("strict ");
    this.text =
        rest.startsWith("lax ") || strict ? rest.substring(rest.indexOf(' ')).strip() : rest;
  }

  static JsonPath compile(String text) {
    JsonPath path = new JsonPath(text);
    path.compile();
    return path;
  }

  private void compile() {
    if (!text.startsWith("$")) {
      throw invalid();
    }
    at = 1;
    while (at < text.length()) {
      char character = text.charAt(at++);
      if (character == '.') {
        member();
      } else if (character == '[') {
        element();
      } else {
        throw invalid();
      }
    }
  }

  private void member() {
    if (text.startsWith("*", at)) {
      at++;
      steps.add(new Step(null, EVERY));
      return;
    }
    if (text.startsWith("\"", at)) {
      steps.add(new Step(quoted(), 0));
      return;
    }
    int start = at;
    while (at < text.length() && isKeyPart(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw invalid();
    }
    steps.add(new Step(text.substring(start, at), 0));
  }

  private static boolean isKeyPart(char character) {
    return Character.isLetterOrDigit(character)
        || character == '_'
        || character == '-'
        || character == '$'
        || character == ':'
        || character == '@';
  }

  private void element() {
    if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
      steps.add(new Step(quoted(), 0));
    } else {
      int end = text.indexOf(']', at);
      String inside = end < 0 ? "" : text.substring(at, end).strip();
      at = Math.max(at, end);
      if (inside.equals("*")) {
        steps.add(new Step(null, EVERY));
      } else if (inside.equals("last")) {
        steps.add(new Step(null, -1));
      } else if (inside.matches("-?\\d{1,9}")) {
        steps.add(new Step(null, Long.parseLong(inside)));
      } else {
        throw invalid();
      }
    }
    if (!text.startsWith("]", at)) {
      throw invalid();
    }
    at++;
  }

  private String quoted() {
    char quote = text.charAt(at);
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw invalid();
    }
    String key = text.substring(at + 1, end);
    at = end + 1;
    return key;
  }

  private RuntimeException invalid() {
    return FunctionErrors.argument(
        "'"
            + FunctionErrors.shown(text)
            + "' is no path of JSON that is supported: $, then .key, .\"key\", [n], .* or [*]");
  }

  /** What the path finds, in order. */
  List<JsonNode> find(JsonNode root) {
    List<JsonNode> found = List.of(root);
    for (Step step : steps) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : found) {
        follow(step, node, next);
      }
      found = next;
    }
    return found;
  }

  private void follow(Step step, JsonNode node, List<JsonNode> next) {
    if (step.key() != null) {
      if (node.isArray() && !strict) {
        // lax: a member of an array is that of its elements
        node.forEach(element -> addIfPresent(element.get(step.key()), next));
      } else {
        addIfPresent(node.get(step.key()), next);
      }
    } else if (step.index() == EVERY) {
      if (node.isContainerNode()) {
        node.forEach(next::add);
      } else if (!strict) {
        next.add(node);
      }
    } else if (node.isArray()) {
      long index = step.index() < 0 ? node.size() + step.index() : step.index();
      addIfPresent(index < 0 ? null : node.get((int) index), next);
    } else if (!strict && (step.index() == 0 || step.index() == -1)) {
      // lax: a value that is no array counts as an array of it
      next.add(node);
    }
  }

  private static void addIfPresent(@Nullable JsonNode node, List<JsonNode> next) {
    if (node != null) {
      next.add(node);
    }
  }
}
