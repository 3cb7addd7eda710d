package dev.frazil.plan.parser;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name as written: one to many parts.
 *
 * @param offset where it stands
 * @param branch the branch behind {@code @}, or null
 */
public record TableName(List<Part> parts, int offset, @Nullable String branch) {
  /** A name without a branch. */
  public TableName(List<Part> parts, int offset) {
    this(parts, offset, null);
  }

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
