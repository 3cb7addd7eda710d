package dev.frazil.maintenance;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.NearestNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;

/**
 * Which files a compaction takes, by Iceberg's names and defaults (its rewrite action for Spark).
 * Immutable.
 *
 * @param targetFileBytes the size of the new files
 * @param minFileBytes smaller files are taken
 * @param maxFileBytes larger files are taken
 * @param minInputFiles so many files of a partition make it worth while
 * @param maxGroupBytes how much is written together
 * @param deleteFileThreshold files with so many delete files are taken
 * @param deleteRatioThreshold files with such a share of their rows deleted are taken
 * @param rewriteAll every file is taken
 * @param partialProgress every group is committed by itself
 */
public record CompactionOptions(
    long targetFileBytes,
    long minFileBytes,
    long maxFileBytes,
    long minInputFiles,
    long maxGroupBytes,
    long deleteFileThreshold,
    double deleteRatioThreshold,
    boolean rewriteAll,
    boolean partialProgress) {
  private static final double MIN_FILE_SHARE = 0.75;
  private static final double MAX_FILE_SHARE = 1.8;
  private static final long DEFAULT_MIN_INPUT_FILES = 5;
  private static final long DEFAULT_MAX_GROUP_BYTES = 100L << 30;
  private static final double DEFAULT_DELETE_RATIO = 0.3;

  private static final String TARGET = "target-file-size-bytes";
  private static final String MIN_SIZE = "min-file-size-bytes";
  private static final String MAX_SIZE = "max-file-size-bytes";
  private static final String MIN_INPUT_FILES = "min-input-files";
  private static final String MAX_GROUP = "max-file-group-size-bytes";
  private static final String DELETE_FILES = "delete-file-threshold";
  private static final String DELETE_RATIO = "delete-ratio-threshold";
  private static final String REWRITE_ALL = "rewrite-all";
  private static final String PARTIAL_PROGRESS = "partial-progress.enabled";
  private static final String STARTING_SEQUENCE = "use-starting-sequence-number";

  private static final List<String> NAMES =
      List.of(
          TARGET,
          MIN_SIZE,
          MAX_SIZE,
          MIN_INPUT_FILES,
          MAX_GROUP,
          DELETE_FILES,
          DELETE_RATIO,
          REWRITE_ALL,
          PARTIAL_PROGRESS,
          STARTING_SEQUENCE);

  /** What Iceberg's action knows beside these. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "max-concurrent-file-group-rewrites",
          "max-files-to-rewrite",
          "partial-progress.max-commits",
          "partial-progress.max-failed-commits",
          "rewrite-job-order",
          "output-spec-id",
          "remove-dangling-deletes",
          "compression-factor",
          "shuffle-partitions-per-file",
          "var-length-contribution",
          "max-output-size");

  /** The options of a call; 22023 for one that does not exist, 0A000 for one of Spark only. */
  public static CompactionOptions of(Map<String, String> options, Table table) {
    for (String name : new TreeSet<>(options.keySet())) {
      if (UNSUPPORTED.contains(name)) {
        throw EngineException.unsupported("the option '" + name + "' of rewrite_data_files");
      }
      if (!NAMES.contains(name)) {
        throw invalid(
            "rewrite_data_files has no option '" + name + "'" + NearestNames.hint(name, NAMES));
      }
    }
    if (!flag(options, STARTING_SEQUENCE, true)) {
      throw EngineException.unsupported(
          "rewrite_data_files with " + STARTING_SEQUENCE + " = false");
    }
    long target =
        whole(
            options,
            TARGET,
            PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT));
    long min = whole(options, MIN_SIZE, (long) (target * MIN_FILE_SHARE));
    long max = whole(options, MAX_SIZE, (long) (target * MAX_FILE_SHARE));
    if (target <= 0 || min < 0 || min >= target || max <= target) {
      throw invalid(
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
    return new CompactionOptions(
        target,
        min,
        max,
        positive(options, MIN_INPUT_FILES, DEFAULT_MIN_INPUT_FILES),
        positive(options, MAX_GROUP, DEFAULT_MAX_GROUP_BYTES),
        positive(options, DELETE_FILES, Integer.MAX_VALUE),
        ratio(options),
        flag(options, REWRITE_ALL, false),
        flag(options, PARTIAL_PROGRESS, false));
  }

  private static double ratio(Map<String, String> options) {
    @Nullable String text = options.get(DELETE_RATIO);
    if (text == null) {
      return DEFAULT_DELETE_RATIO;
    }
    try {
      double ratio = Double.parseDouble(text);
      if (ratio > 0 && ratio <= 1) {
        return ratio;
      }
    } catch (NumberFormatException e) {
      throw invalid(DELETE_RATIO + " = '" + text + "' is not a number", e);
    }
    throw invalid(DELETE_RATIO + " = '" + text + "' is not above 0 and at most 1");
  }

  private static long positive(Map<String, String> options, String name, long otherwise) {
    long value = whole(options, name, otherwise);
    if (value <= 0) {
      throw invalid(name + " = '" + value + "' is not positive");
    }
    return value;
  }

  private static long whole(Map<String, String> options, String name, long otherwise) {
    @Nullable String text = options.get(name);
    try {
      return text == null ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw invalid(name + " = '" + text + "' is not a whole number", e);
    }
  }

  private static boolean flag(Map<String, String> options, String name, boolean otherwise) {
    @Nullable String text = options.get(name);
    if (text == null) {
      return otherwise;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(name + " = '" + text + "' is neither true nor false");
    };
  }

  private static EngineException invalid(String problem) {
    return new EngineException(SqlState.INVALID_PARAMETER_VALUE, problem);
  }

  private static EngineException invalid(String problem, Exception cause) {
    return new EngineException(SqlState.INVALID_PARAMETER_VALUE, problem, cause);
  }
}
