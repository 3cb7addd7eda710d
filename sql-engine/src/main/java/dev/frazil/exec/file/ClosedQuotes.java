package dev.frazil.exec.file;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * The text of a CSV file, which ends with an error where a quoted value has no end: the parser
 * would take the rest of the file for one value. One thread.
 */
final class ClosedQuotes extends FilterReader {
  private final char delimiter;
  private final char quote;
  private final FilePlace place;
  private State state = State.BEGIN;
  private long line = 1;
  private long quotedFrom;

  private enum State {
    /** Of a value. */
    BEGIN,
    PLAIN,
    QUOTED,
    /** Behind a quote within a quoted value: it ends, or the quote is doubled. */
    QUOTE
  }

  ClosedQuotes(Reader text, char delimiter, char quote, FilePlace place) {
    super(text);
    this.delimiter = delimiter;
    this.quote = quote;
    this.place = place;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    if (count < 0 && state == State.QUOTED) {
      throw place.malformed(
          "the quoted value that begins in line " + quotedFrom + " has no closing quote");
    }
    for (int i = offset; i < offset + count; i++) {
      take(target[i]);
    }
    return count;
  }

  private void take(char character) {
    if (character == '\n') {
      line++;
    }
    if (state == State.QUOTED) {
      state = character == quote ? State.QUOTE : State.QUOTED;
    } else if (character == quote && state != State.PLAIN) {
      quotedFrom = state == State.BEGIN ? line : quotedFrom;
      state = State.QUOTED;
    } else {
      boolean ends = character == delimiter || character == '\n' || character == '\r';
      state = ends ? State.BEGIN : State.PLAIN;
    }
  }
}
