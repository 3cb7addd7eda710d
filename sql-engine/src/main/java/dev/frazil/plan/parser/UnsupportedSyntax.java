package dev.frazil.plan.parser;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Constructs of other SQL systems that the grammar of queries does not have: where it fails at one
 * of them, the user is told so (0A000), not that a word was unexpected.
 *
 * @param words the keywords, lower case
 * @param name as a message shows it
 */
public record UnsupportedSyntax(List<String> words, String name) {
  private static final List<UnsupportedSyntax> ALL =
      List.of(
          of("CORRESPONDING", "corresponding"),
          of("BY NAME behind a set operation", "by", "name"),
          of("CYCLE in WITH RECURSIVE", "cycle"),
          of("SEARCH in WITH RECURSIVE", "search", "depth"),
          of("SEARCH in WITH RECURSIVE", "search", "breadth"),
          of("XOR (write <>)", "xor"),
          of("DIV", "div"),
          of("REGEXP (write ~)", "regexp"),
          of("GLOB", "glob"),
          of("COLLATE", "collate"),
          of("SELECT TOP (write LIMIT)", "select", "top"),
          of("SELECT ... INTO", "into"),
          of("USE INDEX", "use", "index"),
          of("IS JSON WITH UNIQUE KEYS", "with", "unique"),
          of("FOR SYSTEM_TIME FROM ... TO", "system_time", "from"),
          of("FOR SYSTEM_TIME BETWEEN", "system_time", "between"),
          of("FETCH ... PERCENT", "percent"),
          of("TABLESAMPLE RESERVOIR", "tablesample", "reservoir"),
          of("a cast to INTERVAL", "as", "interval"),
          of("SELECT ... FOR UPDATE", "for", "update"),
          of("SELECT ... FOR SHARE", "for", "share"));

  private static UnsupportedSyntax of(String name, String... words) {
    return new UnsupportedSyntax(List.of(words), name);
  }

  /**
   * The construct in whose words, or right behind them, a parser failed at {@code offset}; null if
   * it was none of them.
   */
  public static @Nullable UnsupportedSyntax at(List<SqlToken> tokens, int offset) {
    int failed = 0;
    while (failed + 1 < tokens.size() && tokens.get(failed).end() <= offset) {
      failed++;
    }
    for (UnsupportedSyntax construct : ALL) {
      for (int start = Math.max(0, failed - construct.words.size()); start <= failed; start++) {
        if (construct.standsAt(tokens, start)) {
          return construct;
        }
      }
    }
    return null;
  }

  private boolean standsAt(List<SqlToken> tokens, int start) {
    for (int i = 0; i < words.size(); i++) {
      if (start + i >= tokens.size() || !tokens.get(start + i).is(words.get(i))) {
        return false;
      }
    }
    return true;
  }
}
