package dev.frazil.plan.parser;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions that stand for operators which Calcite's parser lacks. */
final class SymbolCalls {
  private static final Map<String, String> OPENINGS =
      Map.ofEntries(
          Map.entry("**", "\"power\"("),
          Map.entry("^", "\"power\"("),
          Map.entry("~", "\"regexp_like\"("),
          Map.entry("~*", "\"regexp_like\"("),
          Map.entry("!~", "(NOT \"regexp_like\"("),
          Map.entry("!~*", "(NOT \"regexp_like\"("),
          Map.entry("->", "\"json_get\"("),
          Map.entry("->>", "\"json_get_text\"("),
          Map.entry("#>", "\"json_get_path\"("),
          Map.entry("#>>", "\"json_get_path_text\"("),
          Map.entry("#-", "\"jsonb_delete_path\"("),
          Map.entry("??", "\"jsonb_exists\"("),
          Map.entry("??|", "\"jsonb_exists_any\"("),
          Map.entry("??&", "\"jsonb_exists_all\"("),
          Map.entry("@@", "\"jsonb_path_match\"("),
          Map.entry("^@", "\"starts_with\"("),
          Map.entry("#", "\"bitwise_xor\"("),
          Map.entry("@>", "\"array_contains_all\"("),
          Map.entry("<@", "\"array_contained_by\"("),
          Map.entry("&&", "\"arrays_overlap\"("),
          Map.entry("&", "\"bitwise_and\"("),
          Map.entry("|", "\"bitwise_or\"("),
          Map.entry("<<", "\"bitwise_left_shift\"("),
          Map.entry(">>", "\"bitwise_right_shift_arithmetic\"("));

  private SymbolCalls() {}

  /** What stands before the operands, which a comma parts; null for any other symbol. */
  static @Nullable String opening(String symbol) {
    return OPENINGS.get(symbol);
  }

  /** Whether it binds tighter than arithmetic, as a power does. */
  static boolean isTight(String symbol) {
    return symbol.equals("**") || symbol.equals("^");
  }

  /** Whether it is the middle of {@code U&"name"}. */
  static boolean isUnicodePrefix(List<SqlToken> tokens, int index) {
    SqlToken before = tokens.get(Math.max(0, index - 1));
    SqlToken token = tokens.get(index);
    return token.isSymbol("&")
        && before.is("u")
        && before.end() == token.start()
        && tokens.get(index + 1).start() == token.end()
        && tokens.get(index + 1).kind() == SqlToken.Kind.QUOTED;
  }

  /** What stands behind the operands. */
  static String closing(String symbol) {
    return (symbol.endsWith("~*") ? ", 'i')" : ")") + (symbol.startsWith("!") ? ")" : "");
  }
}
