package dev.frazil.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.re2j.Pattern;
import dev.frazil.error.EngineException;
import dev.frazil.function.JsonPath.Condition;
import dev.frazil.function.JsonPath.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a path of SQL/JSON, without {@code lax} or {@code strict}. One text. */
final class JsonPathParser extends JsonPathText {
  private static final int MAX_DEPTH = 100;
  private static final List<String> COMPARISONS = List.of("==", "!=", "<>", "<=", ">=", "<", ">");

  private final Set<String> variables = new HashSet<>();
  private int filters;
  private int subscripts;
  private int depth;

  JsonPathParser(String text) {
    super(text);
  }

  /** What the path calls by {@code $name}. */
  Set<String> variables() {
    return Set.copyOf(variables);
  }

  /** The text as a condition; null if it is none. */
  @Nullable Condition wholeCondition() {
    boolean mayBe = COMPARISONS.stream().anyMatch(text::contains) || text.startsWith("exists");
    mayBe |= text.startsWith("!") || text.contains("like_regex") || text.contains("starts with");
    if (!mayBe) {
      return null;
    }
    try {
      filters++;
      Condition condition = condition();
      skip();
      return at == text.length() ? condition : null;
    } catch (EngineException notACondition) {
      return null;
    }
  }

  Sequence wholeSequence() {
    at = 0;
    depth = 0;
    filters = 0;
    subscripts = 0;
    Sequence sequence = sum();
    skip();
    if (at != text.length()) {
      throw invalid();
    }
    return sequence;
  }

  private Condition condition() {
    Condition left = conjunction();
    while (accept("||")) {
      Condition before = left;
      Condition right = conjunction();
      left = context -> JsonPathSteps.or(before.test(context), right.test(context));
    }
    return left;
  }

  private Condition conjunction() {
    Condition left = simple();
    while (accept("&&")) {
      Condition before = left;
      Condition right = simple();
      left = context -> JsonPathSteps.and(before.test(context), right.test(context));
    }
    return left;
  }

  private Condition simple() {
    enter();
    Condition condition = negatable();
    depth--;
    return condition;
  }

  private Condition negatable() {
    if (!text.startsWith("!=", at) && accept("!")) {
      Condition inner = bracketed();
      return context -> JsonPathSteps.not(inner.test(context));
    }
    int start = at;
    int level = depth;
    int around = filters;
    int indexed = subscripts;
    if (acceptWord("exists")) {
      expect("(");
      Sequence sequence = sum();
      expect(")");
      return context -> JsonPathSteps.exists(sequence, context);
    }
    skip();
    if (text.startsWith("(", at)) {
      try {
        Condition inner = bracketed();
        if (acceptWord("is")) {
          if (!acceptWord("unknown")) {
            throw invalid();
          }
          return context -> inner.test(context) == null;
        }
        skip();
        boolean ends = at == text.length() || ")&|".indexOf(text.charAt(at)) >= 0;
        if (ends) {
          return inner;
        }
      } catch (EngineException noCondition) {
        // a value in brackets, such as (@.a + 1) > 2
        depth = level;
        filters = around;
        subscripts = indexed;
      }
      at = start;
    }
    return comparison();
  }

  private Condition bracketed() {
    expect("(");
    Condition condition = condition();
    expect(")");
    return condition;
  }

  private Condition comparison() {
    Sequence left = sum();
    for (String operator : COMPARISONS) {
      if (accept(operator)) {
        Sequence right = sum();
        return context -> JsonPathSteps.compare(operator, left, right, context);
      }
    }
    if (acceptWord("like_regex")) {
      String pattern = literalText();
      String flags = acceptWord("flag") ? literalText() : "";
      var compiled = pattern(pattern, flags);
      return context -> JsonPathSteps.anyText(left, item -> compiled.matcher(item).find(), context);
    } else if (acceptWord("starts")) {
      if (!acceptWord("with")) {
        throw invalid();
      }
      Sequence prefix = primary();
      return context -> JsonPathSteps.startsWith(left, prefix, context);
    }
    throw invalid();
  }

  /** A dot stands for the end of a line with the flag s only. */
  private static Pattern pattern(String pattern, String flags) {
    boolean isPlain = flags.indexOf('s') >= 0 || flags.indexOf('q') >= 0;
    return PatternBodies.compiled(
        isPlain ? pattern : "(?-s)" + pattern, flags.replace("s", "") + (isPlain ? "s" : ""));
  }

  private Sequence sum() {
    Sequence left = product();
    while (true) {
      char sign = accept("+") ? '+' : accept("-") ? '-' : ' ';
      if (sign == ' ') {
        return left;
      }
      Sequence before = left;
      Sequence right = product();
      left = context -> JsonPathSteps.compute(sign, before, right, context);
    }
  }

  private Sequence product() {
    Sequence left = factor();
    while (true) {
      char sign = accept("*") ? '*' : accept("/") ? '/' : accept("%") ? '%' : ' ';
      if (sign == ' ') {
        return left;
      }
      Sequence before = left;
      Sequence right = factor();
      left = context -> JsonPathSteps.compute(sign, before, right, context);
    }
  }

  private Sequence factor() {
    enter();
    Sequence factor;
    boolean isNegative = accept("-");
    if (isNegative || accept("+")) {
      Sequence operand = factor();
      factor = context -> JsonPathSteps.signed(isNegative, operand, context);
    } else {
      factor = primary();
    }
    depth--;
    return factor;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw FunctionErrors.argument("a path of JSON nests deeper than " + MAX_DEPTH + " levels");
    }
  }

  private Sequence primary() {
    skip();
    char character = at < text.length() ? text.charAt(at) : '\0';
    if (character == '"') {
      JsonNode value = JsonNodeFactory.instance.textNode(literalText());
      return context -> List.of(value);
    } else if (character >= '0' && character <= '9') {
      JsonNode value = JsonNodeFactory.instance.numberNode(literalNumber());
      return steps(context -> List.of(value));
    } else if (accept("(")) {
      Sequence inner = sum();
      expect(")");
      return steps(inner);
    } else if (acceptWord("true") || acceptWord("false") || acceptWord("null")) {
      String word = text.substring(at - 4, at);
      JsonNodeFactory json = JsonNodeFactory.instance;
      JsonNode value =
          word.equals("null") ? json.nullNode() : json.booleanNode(word.equals("true"));
      return context -> List.of(value);
    } else if (filters > 0 && accept("@")) {
      return steps(context -> List.of(context.current()));
    } else if (subscripts > 0 && acceptWord("last")) {
      return context -> List.of(JsonNodeFactory.instance.numberNode(context.length() - 1));
    } else if (accept("$")) {
      int start = at;
      while (at < text.length()
          && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
        at++;
      }
      String name = text.substring(start, at);
      if (!name.isEmpty()) {
        variables.add(name);
      }
      return steps(
          name.isEmpty()
              ? context -> List.of(context.root())
              : context -> List.of(context.variables().path(name)));
    }
    throw invalid();
  }

  private Sequence steps(Sequence start) {
    Sequence sequence = start;
    // Behind .** what does not fit is passed over, as in PostgreSQL.
    boolean isLenient = false;
    while (true) {
      Sequence before = sequence;
      skip();
      if (accept(".")) {
        skip();
        isLenient |= text.startsWith("**", at);
        sequence = member(before, isLenient);
      } else if (accept("[")) {
        sequence = elements(before, isLenient);
      } else if (text.startsWith("?", at)) {
        at++;
        filters++;
        Condition filter = bracketed();
        filters--;
        sequence = context -> JsonPathSteps.filter(before.items(context), filter, context);
      } else {
        return sequence;
      }
    }
  }

  private Sequence member(Sequence before, boolean isLenient) {
    if (accept("**")) {
      return context -> JsonPathSteps.descend(before.items(context));
    } else if (accept("*")) {
      return context -> JsonPathSteps.members(before.items(context), context.lenient(isLenient));
    }
    skip();
    if (text.startsWith("\"", at)) {
      String key = literalText();
      return context ->
          JsonPathSteps.member(before.items(context), key, context.lenient(isLenient));
    }
    int start = at;
    while (at < text.length() && isKeyPart(text.charAt(at)) && !isMinus(at)) {
      at++;
    }
    String key = text.substring(start, at);
    if (key.isEmpty()) {
      throw invalid();
    }
    if (accept("(")) {
      expect(")");
      if (!JsonPathMethods.NAMES.contains(key)) {
        throw FunctionErrors.argument(
            "a path of JSON has no method " + key + "() here: " + JsonPathMethods.NAMES);
      }
      return context -> JsonPathMethods.apply(key, before.items(context), context);
    }
    return context -> JsonPathSteps.member(before.items(context), key, context.lenient(isLenient));
  }

  /** Outside of filters a key may have a minus sign and the like, as many paths are written. */
  private boolean isKeyPart(char character) {
    return Character.isLetterOrDigit(character)
        || character == '_'
        || (filters == 0
            && (character == '-' || character == '$' || character == ':' || character == '@'));
  }

  /** {@code $.a-$.b}: a minus before a value is none of the key. */
  private boolean isMinus(int place) {
    String behind = text.substring(place + 1, Math.min(place + 2, text.length()));
    return text.charAt(place) == '-' && !behind.isEmpty() && "$@(+-\"".contains(behind);
  }

  private Sequence elements(Sequence before, boolean isLenient) {
    if (accept("*")) {
      expect("]");
      return context -> JsonPathSteps.elements(before.items(context), context.lenient(isLenient));
    }
    skip();
    if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
      String key = literalText();
      expect("]");
      return context ->
          JsonPathSteps.member(before.items(context), key, context.lenient(isLenient));
    }
    List<JsonPathSteps.Range> ranges = new ArrayList<>();
    subscripts++;
    do {
      Sequence from = sum();
      ranges.add(new JsonPathSteps.Range(from, acceptWord("to") ? sum() : null));
    } while (accept(","));
    subscripts--;
    expect("]");
    return context ->
        JsonPathSteps.elements(before.items(context), ranges, context.lenient(isLenient));
  }
}
