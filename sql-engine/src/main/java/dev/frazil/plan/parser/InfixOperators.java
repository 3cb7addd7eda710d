package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Operators that Calcite's parser lacks, as calls: {@code a::type}, {@code a ~ b}, {@code a ~* b},
 * {@code a -> b} and the others of {@link SymbolCalls}, {@code a[2:3]}, {@code a AT TIME ZONE b}.
 * They bind tighter than all others. Tells what to write before, instead of and after each token.
 */
final class InfixOperators {
  /** Words before a bracket that are not the name of a function. */
  private static final Pattern OPERATOR_WORDS =
      Pattern.compile(
          "and|or|not|in|select|where|on|having|by|when|then|else|between|like|ilike|case|from"
              + "|values|distinct|as|limit|offset|union|is|any|all|some");

  private final SqlText source;
  private final List<SqlToken> tokens;
  private final int from;
  private final int to;
  private final TokenPairs pairs;
  private final LambdaArrows lambdas;
  private final WordForms words;
  private final SelectForms clauses;
  private final Map<Integer, List<String>> before = new HashMap<>();
  private final Map<Integer, String> instead = new HashMap<>();
  private final Map<Integer, List<String>> after = new HashMap<>();

  /** Where an operand begins that ends with an operator's right side. */
  private final Map<Integer, Integer> startByEnd = new HashMap<>();

  InfixOperators(SqlText source, List<SqlToken> tokens, int from, int to) {
    this.source = source;
    this.tokens = tokens;
    this.from = from;
    this.to = to;
    this.pairs = new TokenPairs(source, tokens, from, to);
    this.lambdas = new LambdaArrows(source, tokens, from);
    this.words = new WordForms(source, tokens, to);
    this.clauses = new SelectForms(source, tokens, from, to);
  }

  SelectForms clauses() {
    return clauses;
  }

  List<String> before(int index) {
    return before.getOrDefault(index, List.of());
  }

  /** What stands for a token, '' for nothing; null if it stays. */
  @Nullable String instead(int index) {
    return instead.get(index);
  }

  List<String> after(int index) {
    return after.getOrDefault(index, List.of());
  }

  void find() {
    for (int i = from; i < to; i++) {
      SqlToken token = tokens.get(i);
      if (words.claim(i, instead)
          || clauses.claim(i, instead)
          || NamedSetForms.claim(source, tokens, i, to, instead)
          || JoinedTables.claim(source, tokens, i, to, instead)) {
        continue;
      }
      if (token.kind() == Kind.SYMBOL && !instead.containsKey(i) && !lambdas.claim(i, instead)) {
        switch (token.value()) {
          case "::" -> {
            enclose("CAST(", operandStart(i), i, "AS", i, typeEnd(i + 1), ")");
            replaceType(i + 1);
          }
          case "[" -> slice(i);
          case ":" -> {
            VariantPathForm path = VariantPathForm.read(source, tokens, from, to, i);
            if (path != null) {
              int start = operandStart(i);
              enclose(
                  "\"variant_path\"(", start, i, "," + path.literal(), path.end(), path.end(), ")");
            }
          }
          default -> {
            String opening = SymbolCalls.opening(token.value());
            if (opening != null && !SymbolCalls.isUnicodePrefix(tokens, i)) {
              call(opening, i, i, SymbolCalls.closing(token.value()));
            }
          }
        }
      } else if (token.is("at")
          && i + 3 < to
          && tokens.get(i + 1).is("time")
          && tokens.get(i + 2).is("zone")) {
        call("\"at_time_zone\"(", i, i + 2, ")");
      } else if (i > from && i + 1 < to && Collations.standsAt(token, tokens.get(i + 1))) {
        Collations.check(source, tokens.get(i + 1), tokens.get(i + 2));
        startByEnd.put(i + 1, operandStart(i));
        instead.put(i, "");
        instead.put(i + 1, "");
        i++;
      } else if (token.is("as") && CastTypes.isInCast(tokens, from, i)) {
        replaceType(i + 1);
      }
    }
  }

  /** The operator's words are {@code first} to {@code last}. */
  private void call(String opening, int first, int last, String closing) {
    int end = operandEnd(last + 1);
    boolean isTight = first != last || SymbolCalls.isTight(tokens.get(first).value());
    int start = operandStart(first);
    if (SymbolCalls.isTight(tokens.get(first).value()) && isSign(start - 1)) {
      start--;
    }
    if (!isTight && (isArithmetic(start - 1, "||") || isArithmetic(end + 1, "+"))) {
      // these bind looser elsewhere: which operands are meant must be told
      throw source.unsupported(
          tokens.get(first).start(),
          "the operator "
              + tokens.get(first).value()
              + " beside arithmetic or || without parentheses");
    }
    enclose(opening, start, first, ",", last, end, closing);
  }

  /** Whether a plus or minus has no value before it, so that it belongs to the one behind it. */
  private boolean isSign(int index) {
    if (index < from || !(tokens.get(index).isSymbol("-") || tokens.get(index).isSymbol("+"))) {
      return false;
    }
    SqlToken before = tokens.get(Math.max(index - 1, 0));
    return switch (before.kind()) {
      case STRING, NUMBER, PARAMETER, QUOTED, END -> false;
      case WORD -> isOperatorWord(before) || before.is("select") || before.is("by");
      case SYMBOL -> !before.isSymbol(")") && !before.isSymbol("]");
    };
  }

  /** {@code a[2:3]}, {@code a[2:]} and {@code a[:3]}. */
  private void slice(int open) {
    int close = pairs.closing(open);
    int colon = -1;
    int depth = 0;
    for (int i = open + 1; i < close; i++) {
      SqlToken token = tokens.get(i);
      depth += token.isSymbol("(") || token.isSymbol("[") ? 1 : 0;
      depth -= token.isSymbol(")") || token.isSymbol("]") ? 1 : 0;
      colon = depth == 0 && token.isSymbol(":") ? i : colon;
    }
    if (colon < 0) {
      return;
    }
    int start = operandStart(open);
    before.computeIfAbsent(start, key -> new ArrayList<>()).add(0, "\"array_slice\"(");
    instead.put(open, colon == open + 1 ? ", 1" : ",");
    instead.put(colon, colon == close - 1 ? ", " + Integer.MAX_VALUE : ",");
    instead.put(close, ")");
    startByEnd.put(close, start);
  }

  private boolean isArithmetic(int index, String also) {
    if (index <= from || index >= to) {
      return false;
    }
    SqlToken token = tokens.get(index);
    return token.isSymbol(also)
        || token.isSymbol("+")
        || token.isSymbol("-")
        || token.isSymbol("*")
        || token.isSymbol("/")
        || token.isSymbol("%");
  }

  private void enclose(
      String opening, int start, int first, String middle, int last, int end, String closing) {
    before.computeIfAbsent(start, key -> new ArrayList<>()).add(0, opening);
    instead.put(first, middle);
    for (int i = first + 1; i <= last; i++) {
      instead.put(i, "");
    }
    after.computeIfAbsent(end, key -> new ArrayList<>()).add(closing);
    startByEnd.put(end, start);
  }

  /** The last token of the operand that begins at {@code start}. */
  private int operandEnd(int start) {
    SqlToken operator = tokens.get(start - 1);
    if (start >= to) {
      throw source.syntaxError(
          operator.start(), "\"" + operator.value() + "\" needs a value after it");
    }
    int i = start;
    SqlToken first = tokens.get(i);
    if ((first.isSymbol("-") || first.isSymbol("+")) && i + 1 < to) {
      i++;
    }
    if (tokens.get(i).is("case")) {
      i = pairs.caseEnd(i);
    } else if (tokens.get(i).isSymbol("(")) {
      i = pairs.closing(i);
    } else if (isLiteralPrefix(tokens.get(i)) && tokens.get(i + 1).kind() == Kind.STRING) {
      i++;
    }
    while (i + 1 < to) {
      SqlToken next = tokens.get(i + 1);
      if (next.isSymbol(".") && i + 2 < to) {
        i += 2;
      } else if (next.isSymbol("[") || (next.isSymbol("(") && tokens.get(i).isName())) {
        i = pairs.closing(i + 1);
      } else if (next.isSymbol("::")) {
        i = typeEnd(i + 2);
      } else {
        break;
      }
    }
    return i;
  }

  /** The first token of the operand that ends before {@code cast}. */
  private int operandStart(int cast) {
    int i = cast - 1;
    if (i < from) {
      throw source.syntaxError(
          tokens.get(cast).start(), "\"" + tokens.get(cast).value() + "\" needs a value before it");
    }
    Integer inner = startByEnd.get(i);
    if (inner != null) {
      return inner;
    }
    while (true) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol(")") || token.isSymbol("]")) {
        i = pairs.opening(i);
        if (i > from && token.isSymbol("]")) {
          i--;
          continue;
        }
        if (i > from && tokens.get(i - 1).isName() && !isOperatorWord(tokens.get(i - 1))) {
          i--;
          continue;
        }
      } else if (token.is("end")) {
        i = pairs.caseStart(i);
      } else if (token.kind() == Kind.STRING
          && i > from
          && tokens.get(i - 1).kind() == Kind.WORD
          && isLiteralPrefix(tokens.get(i - 1))) {
        i--;
      }
      if (i > from + 1 && tokens.get(i - 1).isSymbol(".") && tokens.get(i - 2).isName()) {
        i -= 2;
        continue;
      }
      return i;
    }
  }

  private static boolean isLiteralPrefix(SqlToken token) {
    return token.is("date") || token.is("time") || token.is("timestamp") || token.is("x");
  }

  private static boolean isOperatorWord(SqlToken token) {
    return token.kind() == Kind.WORD && OPERATOR_WORDS.matcher(token.value()).matches();
  }

  /** The last token of the type that begins at {@code start}. */
  private int typeEnd(int start) {
    SqlToken first = tokens.get(start);
    if (start >= to || !first.isName()) {
      throw source.syntaxError(
          first.start(), "expected the name of a type after \"::\", found " + first.describe());
    }
    int i = start;
    if (first.is("double") && tokens.get(i + 1).is("precision")) {
      i++;
    } else if (first.is("character") && tokens.get(i + 1).is("varying")) {
      i++;
    }
    if (tokens.get(i + 1).isSymbol("(")) {
      int depth = 0;
      do {
        i++;
        if (i >= to) {
          throw source.syntaxError(tokens.get(start).start(), "this type is not closed");
        }
        depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
      } while (depth > 0);
    }
    if (first.is("timestamp") || first.is("time")) {
      int zone = i + 1;
      if (tokens.get(zone).is("with") || tokens.get(zone).is("without")) {
        zone += tokens.get(zone + 1).is("local") ? 2 : 1;
        if (tokens.get(zone).is("time") && tokens.get(zone + 1).is("zone")) {
          i = zone + 1;
        }
      }
    }
    while (tokens.get(i + 1).is("array")
        || (tokens.get(i + 1).isSymbol("[") && tokens.get(i + 2).isSymbol("]"))) {
      i += tokens.get(i + 1).is("array") ? 1 : 2;
    }
    return i;
  }

  /** The type at {@code start} in the words of Calcite, where it has others for it. */
  private void replaceType(int start) {
    CastTypes type = CastTypes.read(source, tokens, start, to);
    if (type != null) {
      instead.put(start, type.text());
      for (int i = start + 1; i < type.end(); i++) {
        instead.put(i, "");
      }
    }
  }
}
