package dev.frazil.plan.parser;

/** Tokens {@code from} (inclusive) to {@code to} (exclusive) of a statement. */
public record Slice(int from, int to) {

  /** How many tokens. */
  public int size() {
    return to - from;
  }
}
