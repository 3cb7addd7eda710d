package dev.frazil.maintenance;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;

/** The options of a compaction of position deletes, by Iceberg's names and defaults. */
public final class DeleteCompactionOptions {
  private static final String PARTIAL_PROGRESS = "partial-progress.enabled";

  /** What Iceberg's action knows beside these. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "max-concurrent-file-group-rewrites",
          "max-files-to-rewrite",
          "partial-progress.max-commits",
          "rewrite-job-order");

  private DeleteCompactionOptions() {}

  /** Those of a call; 22023 for one that does not exist, 0A000 for one of Spark only. */
  public static FileSizes of(Map<String, String> texts, Table table) {
    ProcedureOptions options = new ProcedureOptions("rewrite_position_delete_files", texts);
    List<String> names = new ArrayList<>(FileSizes.NAMES);
    names.add(PARTIAL_PROGRESS);
    options.require(names, UNSUPPORTED);
    if (options.flag(PARTIAL_PROGRESS, false)) {
      throw EngineException.unsupported(
          "rewrite_position_delete_files with " + PARTIAL_PROGRESS + " = true");
    }
    return FileSizes.of(
        options,
        PropertyUtil.propertyAsLong(
            table.properties(),
            TableProperties.DELETE_TARGET_FILE_SIZE_BYTES,
            TableProperties.DELETE_TARGET_FILE_SIZE_BYTES_DEFAULT));
  }
}
