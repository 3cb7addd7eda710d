package dev.frazil.plan.parser;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;

/** The text of a statement, and positions in it as people count them. */
public record SqlText(String text) {

  /** "line 2, column 14" of an offset, both from 1. */
  public String position(int offset) {
    int line = 1;
    int lineStart = 0;
    int end = Math.min(offset, text.length());
    for (int i = 0; i < end; i++) {
      char character = text.charAt(i);
      if (character == '\n' || (character == '\r' && !text.startsWith("\r\n", i))) {
        line++;
        lineStart = i + 1;
      }
    }
    return "line " + line + ", column " + (end - lineStart + 1);
  }

  /** The offset of a line and column, both from 1. */
  public int offset(int line, int column) {
    int current = 1;
    int i = 0;
    while (current < line && i < text.length()) {
      char character = text.charAt(i);
      if (character == '\n' || (character == '\r' && !text.startsWith("\r\n", i))) {
        current++;
      }
      i++;
    }
    return Math.min(text.length(), i + column - 1);
  }

  /** A 42601 at an offset. */
  public EngineException syntaxError(int offset, String problem) {
    return new EngineException(
        SqlState.SYNTAX_ERROR, "syntax error at " + position(offset) + ": " + problem);
  }

  /** A 0A000 at an offset. */
  public EngineException unsupported(int offset, String construct) {
    return EngineException.unsupported(construct + " (" + position(offset) + ")");
  }
}
