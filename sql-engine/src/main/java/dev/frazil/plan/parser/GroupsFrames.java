package dev.frazil.plan.parser;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the window frames in GROUPS, which Calcite's parser does not know. A frame without an
 * offset means the same in RANGE; one with an offset becomes ROWS, the offset marked as a call of
 * {@code "$groups"}.
 */
final class GroupsFrames {
  private static final String OPENING = "\"$groups\"(";

  private final List<SqlToken> tokens;
  private final int to;

  /** What to write for the token GROUPS, by index. */
  private final Map<Integer, String> units = new HashMap<>();

  private final Map<Integer, String> before = new HashMap<>();
  private final Map<Integer, String> after = new HashMap<>();

  private GroupsFrames(List<SqlToken> tokens, int to) {
    this.tokens = tokens;
    this.to = to;
  }

  static GroupsFrames find(List<SqlToken> tokens, int from, int to) {
    GroupsFrames frames = new GroupsFrames(tokens, to);
    for (int i = from; i < to; i++) {
      if (tokens.get(i).is("groups") && !SoftWords.isName(tokens, i)) {
        frames.frame(i);
      }
    }
    return frames;
  }

  /** What to write for the token instead; empty for nothing else than the token. */
  String unit(int index) {
    return units.getOrDefault(index, "");
  }

  String before(int index) {
    return before.getOrDefault(index, "");
  }

  String after(int index) {
    return after.getOrDefault(index, "");
  }

  private void frame(int groups) {
    int start = groups + 1;
    boolean isBetween = tokens.get(start).is("between");
    if (isBetween) {
      start++;
    }
    int end = boundEnd(start);
    if (end < 0) {
      return;
    }
    boolean hasOffset = isOffset(start, end);
    int second = end + 1;
    int secondEnd = -1;
    if (isBetween) {
      if (!tokens.get(second).is("and")) {
        return;
      }
      second++;
      secondEnd = boundEnd(second);
      if (secondEnd < 0) {
        return;
      }
      hasOffset |= isOffset(second, secondEnd);
    }
    units.put(groups, hasOffset ? "ROWS" : "RANGE");
    mark(start, end);
    if (secondEnd >= 0) {
      mark(second, secondEnd);
    }
  }

  private void mark(int start, int end) {
    if (isOffset(start, end)) {
      before.put(start, OPENING);
      after.put(end - 1, ")");
    }
  }

  private boolean isOffset(int start, int end) {
    return !tokens.get(end).is("row") && !tokens.get(start).is("unbounded");
  }

  /** The last token of the bound that begins at {@code start}; -1 if it is none. */
  private int boundEnd(int start) {
    int depth = 0;
    for (int i = start; i < to; i++) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol("(")) {
        depth++;
      } else if (token.isSymbol(")")) {
        depth--;
      } else if (depth == 0 && i > start) {
        if (token.is("preceding") || token.is("following")) {
          return i;
        }
        if (token.is("row") && tokens.get(i - 1).is("current")) {
          return i;
        }
      }
      if (depth < 0 || token.is("and") || token.isSymbol(",")) {
        return -1;
      }
    }
    return -1;
  }
}
