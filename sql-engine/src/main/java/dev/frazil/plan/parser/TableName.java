package dev.frazil.plan.parser;

import java.util.List;

/**
 * A name as written: one to many parts.
 *
 * @param offset where it stands
 */
public record TableName(List<Part> parts, int offset) {
  public TableName {
    parts = List.copyOf(parts);
  }

  /**
   * A part of a name.
   *
   * @param text in lower case unless it was quoted
   */
  public record Part(String text, boolean quoted) {}

  /** The last part. */
  public Part last() {
    return parts.get(parts.size() - 1);
  }

  /** The texts of the parts. */
  public List<String> texts() {
    return parts.stream().map(Part::text).toList();
  }

  /** As a message shows it. */
  public String describe() {
    return String.join(".", texts());
  }
}
