package dev.frazil.plan;

import org.jspecify.annotations.Nullable;

/** How the rows of a file that COPY reads or writes are written down. */
public sealed interface CopyFormat {

  /**
   * Comma-separated values (RFC 4180), UTF-8. Null is {@code nullText} without quotes.
   *
   * @param header whether the first line names the columns
   */
  record Csv(boolean header, char delimiter, char quote, String nullText, boolean gzip)
      implements CopyFormat {}

  /** A JSON object a line, UTF-8; {@code null} or a missing member is null. */
  record Json(boolean gzip) implements CopyFormat {}

  /**
   * Apache Parquet.
   *
   * @param compression the codec of a written file; null for the usual one
   */
  record Parquet(@Nullable String compression) implements CopyFormat {}

  /** The name in SQL. */
  default String sqlName() {
    if (this instanceof Csv) {
      return "CSV";
    }
    return this instanceof Json ? "JSON" : "PARQUET";
  }
}
