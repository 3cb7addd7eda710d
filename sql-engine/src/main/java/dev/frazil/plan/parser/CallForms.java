package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calls that Calcite's parser does not take as calls: {@code current_schema()}, {@code
 * current_timestamp(3)}, {@code EXTRACT(MILLISECONDS FROM t)}, {@code normalize(text, NFC)}.
 */
final class CallForms {
  private static final Set<String> CLOCKS =
      Set.of("current_timestamp", "current_time", "localtimestamp", "localtime");

  /** Fields that Calcite's EXTRACT lacks. */
  private static final Set<String> FIELDS = Set.of("milliseconds", "microseconds", "julian");

  private static final Set<String> NORMAL_FORMS = Set.of("nfc", "nfd", "nfkc", "nfkd");

  private CallForms() {}

  /** Whether such a call begins at a token; if so, tells what stands instead of its tokens. */
  static boolean claim(List<SqlToken> tokens, int index, int to, Map<Integer, String> instead) {
    if (index + 2 >= to || !tokens.get(index + 1).isSymbol("(")) {
      return isNormalForm(tokens, index, to, instead);
    }
    SqlToken name = tokens.get(index);
    SqlToken first = tokens.get(index + 2);
    if (name.is("current_schema") && first.isSymbol(")")) {
      instead.put(index + 1, "");
      instead.put(index + 2, "");
    } else if (name.kind() == Kind.WORD
        && CLOCKS.contains(name.value())
        && first.kind() == Kind.NUMBER) {
      instead.put(index, "\"time_digits\"(" + name.value());
      instead.put(index + 1, ",");
    } else if (name.is("extract")
        && index + 3 < to
        && tokens.get(index + 3).is("from")
        && (first.kind() == Kind.STRING || FIELDS.contains(first.value()))) {
      instead.put(index, "\"date_part\"");
      instead.put(index + 2, "'" + first.value().replace("'", "''") + "'");
      instead.put(index + 3, ",");
    } else if (name.is("unnest") && isSelected(tokens, index)) {
      instead.put(index, "\"$unnest\"");
    } else if (name.is("make_interval")) {
      return areNamed(tokens, index + 1, to, instead);
    } else {
      return false;
    }
    return true;
  }

  /** Whether a token stands in the list of a SELECT, of whose block no FROM came yet. */
  private static boolean isSelected(List<SqlToken> tokens, int index) {
    int depth = 0;
    for (int i = index - 1; i >= 0 && depth >= 0; i--) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol(")")) {
        depth++;
      } else if (token.isSymbol("(")) {
        // a bracket around the item, or the arguments of a call, is passed
        depth = Math.max(depth - 1, 0);
      } else if (depth == 0 && token.is("select")) {
        return true;
      } else if (depth == 0 && (token.is("from") || token.is("join") || token.is("lateral"))) {
        return false;
      }
    }
    return false;
  }

  /** {@code make_interval(days => 1)}: the arrows stay, which are refused elsewhere. */
  private static boolean areNamed(
      List<SqlToken> tokens, int open, int to, Map<Integer, String> instead) {
    int depth = 1;
    boolean areNamed = false;
    for (int i = open + 1; i < to && depth > 0; i++) {
      SqlToken token = tokens.get(i);
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
      if (depth == 1 && token.isSymbol("=>")) {
        instead.put(i, "=>");
        areNamed = true;
      }
    }
    return areNamed;
  }

  /** The last argument of {@code normalize(text, NFC)} is a word. */
  private static boolean isNormalForm(
      List<SqlToken> tokens, int index, int to, Map<Integer, String> instead) {
    SqlToken word = tokens.get(index);
    if (word.kind() != Kind.WORD
        || !NORMAL_FORMS.contains(word.value())
        || index < 4
        || index + 1 >= to
        || !tokens.get(index - 1).isSymbol(",")
        || !tokens.get(index + 1).isSymbol(")")) {
      return false;
    }
    int depth = 0;
    int open = index - 1;
    while (open > 0 && !(depth == 0 && tokens.get(open).isSymbol("("))) {
      SqlToken token = tokens.get(open--);
      depth += token.isSymbol(")") ? 1 : token.isSymbol("(") ? -1 : 0;
    }
    if (open == 0 || !tokens.get(open - 1).is("normalize")) {
      return false;
    }
    instead.put(index, "'" + word.value() + "'");
    return true;
  }
}
