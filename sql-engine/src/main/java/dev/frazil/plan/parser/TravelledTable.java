package dev.frazil.plan.parser;

/**
 * A table read as it was: {@code t FOR VERSION AS OF 5}.
 *
 * @param table its name as written
 * @param version what was asked for
 */
public record TravelledTable(TableName table, Version version) {

  /** The state of the table that is wanted. */
  public sealed interface Version {
    /** A snapshot by its id. */
    record SnapshotId(long id) implements Version {}

    /** A branch or a tag. */
    record Reference(String name) implements Version {}

    /**
     * The last snapshot at or before a time.
     *
     * @param text a date or timestamp as ISO text, with or without a zone
     */
    record AsOf(String text, int offset) implements Version {}

    /** The last snapshot at or before the time that a constant expression gives. */
    record ComputedTime(Slice expression) implements Version {}

    /** The branch, tag or snapshot that a constant expression gives. */
    record ComputedVersion(Slice expression) implements Version {}
  }
}
