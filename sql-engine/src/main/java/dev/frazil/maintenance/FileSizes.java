package dev.frazil.maintenance;

import java.util.List;
import java.util.Locale;

/**
 * Which files a compaction takes by their size, by Iceberg's names and defaults. Immutable.
 *
 * @param targetBytes the size of the new files
 * @param minBytes smaller files are taken
 * @param maxBytes larger files are taken
 * @param minInputFiles so many files of a partition make it worth while
 * @param maxGroupBytes how much is written together
 * @param rewriteAll every file is taken
 */
public record FileSizes(
    long targetBytes,
    long minBytes,
    long maxBytes,
    long minInputFiles,
    long maxGroupBytes,
    boolean rewriteAll) {
  private static final double MIN_FILE_SHARE = 0.75;
  private static final double MAX_FILE_SHARE = 1.8;
  private static final long DEFAULT_MIN_INPUT_FILES = 5;
  private static final long DEFAULT_MAX_GROUP_BYTES = 100L << 30;

  private static final String TARGET = "target-file-size-bytes";
  private static final String MIN_SIZE = "min-file-size-bytes";
  private static final String MAX_SIZE = "max-file-size-bytes";
  private static final String MIN_INPUT_FILES = "min-input-files";
  private static final String MAX_GROUP = "max-file-group-size-bytes";
  private static final String REWRITE_ALL = "rewrite-all";

  /** The names of the options. */
  static final List<String> NAMES =
      List.of(TARGET, MIN_SIZE, MAX_SIZE, MIN_INPUT_FILES, MAX_GROUP, REWRITE_ALL);

  /**
   * As a call asks for; 22023 where that contradicts itself.
   *
   * @param targetBytes what it is where the call does not say
   */
  static FileSizes of(ProcedureOptions options, long targetBytes) {
    long target = options.whole(TARGET, targetBytes);
    long min = options.whole(MIN_SIZE, (long) (target * MIN_FILE_SHARE));
    long max = options.whole(MAX_SIZE, (long) (target * MAX_FILE_SHARE));
    if (target <= 0 || min < 0 || min >= target || max <= target) {
      throw ProcedureOptions.invalid(
          String.format(
              Locale.ROOT,
              "%s (%d) must lie between %s (%d) and %s (%d)",
              TARGET,
              target,
              MIN_SIZE,
              min,
              MAX_SIZE,
              max));
    }
    return new FileSizes(
        target,
        min,
        max,
        options.positive(MIN_INPUT_FILES, DEFAULT_MIN_INPUT_FILES),
        options.positive(MAX_GROUP, DEFAULT_MAX_GROUP_BYTES),
        options.flag(REWRITE_ALL, false));
  }

  boolean isOutside(long lengthBytes) {
    return lengthBytes < minBytes || lengthBytes > maxBytes;
  }

  /** Whether files that are taken are worth it together. */
  boolean pays(int fileCount, long lengthBytes) {
    return (fileCount > 1 && fileCount >= minInputFiles)
        || (fileCount > 1 && lengthBytes > targetBytes)
        || lengthBytes > maxBytes;
  }
}
