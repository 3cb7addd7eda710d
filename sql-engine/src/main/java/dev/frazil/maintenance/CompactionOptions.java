package dev.frazil.maintenance;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;

/**
 * Which files a compaction takes, by Iceberg's names and defaults (its rewrite action for Spark).
 * Immutable.
 *
 * @param deleteFileThreshold files with so many delete files are taken
 * @param deleteRatioThreshold files with such a share of their rows deleted are taken
 * @param partialProgress every group is committed by itself
 * @param mostCommits so many at most; groups go together then
 * @param selection of the groups
 * @param removesDangling delete files that apply to nothing go
 * @param variableBytes how many bytes of a text a z-curve looks at
 * @param mostCurveBytes how many bytes of a place on the curve are compared
 */
public record CompactionOptions(
    FileSizes sizes,
    long deleteFileThreshold,
    double deleteRatioThreshold,
    boolean partialProgress,
    long mostCommits,
    GroupSelection selection,
    boolean removesDangling,
    int variableBytes,
    int mostCurveBytes) {
  private static final double DEFAULT_DELETE_RATIO = 0.3;

  private static final String DELETE_FILES = "delete-file-threshold";
  private static final String DELETE_RATIO = "delete-ratio-threshold";
  private static final String PARTIAL_PROGRESS = "partial-progress.enabled";
  private static final String STARTING_SEQUENCE = "use-starting-sequence-number";

  private static final String MOST_COMMITS = "partial-progress.max-commits";
  private static final String JOB_ORDER = "rewrite-job-order";
  private static final String MOST_FILES = "max-files-to-rewrite";
  private static final String REMOVE_DANGLING = "remove-dangling-deletes";
  private static final String OUTPUT_SPEC = "output-spec-id";

  /** How many threads Spark takes; read over. */
  private static final String CONCURRENCY = "max-concurrent-file-group-rewrites";

  private static final String VARIABLE_BYTES = "var-length-contribution";
  private static final String CURVE_BYTES = "max-output-size";
  private static final int DEFAULT_VARIABLE_BYTES = 8;
  private static final int MOST_VARIABLE_BYTES = 1024;

  private static final List<String> NAMES =
      List.of(
          DELETE_FILES,
          DELETE_RATIO,
          PARTIAL_PROGRESS,
          MOST_COMMITS,
          JOB_ORDER,
          MOST_FILES,
          REMOVE_DANGLING,
          OUTPUT_SPEC,
          CONCURRENCY,
          STARTING_SEQUENCE);

  /** Of an order by zorder(...) only. */
  private static final List<String> NAMES_OF_CURVES = List.of(VARIABLE_BYTES, CURVE_BYTES);

  /** What Iceberg's action knows beside these. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "partial-progress.max-failed-commits",
          "compression-factor",
          "shuffle-partitions-per-file");

  /**
   * The options of a call; 22023 for one that does not exist, 0A000 for one of Spark only.
   *
   * @param onCurve whether rows are to be sorted by zorder(...)
   */
  public static CompactionOptions of(Map<String, String> texts, Table table, boolean onCurve) {
    ProcedureOptions options = new ProcedureOptions("rewrite_data_files", texts);
    List<String> names = new ArrayList<>(FileSizes.NAMES);
    names.addAll(NAMES);
    names.addAll(NAMES_OF_CURVES);
    options.require(names, UNSUPPORTED);
    if (!options.flag(STARTING_SEQUENCE, true)) {
      throw EngineException.unsupported(
          "rewrite_data_files with " + STARTING_SEQUENCE + " = false");
    }
    int spec = table.spec().specId();
    if (options.whole(OUTPUT_SPEC, spec) != spec) {
      throw EngineException.unsupported(
          "rewrite_data_files with another " + OUTPUT_SPEC + " than that of now, " + spec + ",");
    }
    options.positive(CONCURRENCY, 1);
    for (String name : NAMES_OF_CURVES) {
      if (texts.containsKey(name) && !onCurve) {
        throw ProcedureOptions.invalid(name + " is an option of a sort_order by zorder(...)");
      }
    }
    long variable = options.positive(VARIABLE_BYTES, DEFAULT_VARIABLE_BYTES);
    if (variable > MOST_VARIABLE_BYTES) {
      throw ProcedureOptions.invalid(
          VARIABLE_BYTES + " = '" + variable + "' is above " + MOST_VARIABLE_BYTES);
    }
    long target =
        PropertyUtil.propertyAsLong(
            table.properties(),
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    return new CompactionOptions(
        FileSizes.of(options, target),
        options.positive(DELETE_FILES, Integer.MAX_VALUE),
        options.ratio(DELETE_RATIO, DEFAULT_DELETE_RATIO),
        options.flag(PARTIAL_PROGRESS, false),
        options.positive(MOST_COMMITS, Long.MAX_VALUE),
        new GroupSelection(
            GroupSelection.JobOrder.of(texts.getOrDefault(JOB_ORDER, "none")),
            options.positive(MOST_FILES, Long.MAX_VALUE)),
        options.flag(REMOVE_DANGLING, false),
        (int) variable,
        (int) Math.min(Integer.MAX_VALUE, options.positive(CURVE_BYTES, Integer.MAX_VALUE)));
  }
}
