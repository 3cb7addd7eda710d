package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.parquet.write.WriteSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.MetricsModes;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.mapping.NameMappingParser;
import org.jspecify.annotations.Nullable;

/**
 * Which values the properties of a table may have: those that Iceberg's {@code TableProperties} and
 * ours read as numbers, as true or false, or as one of a few words. A property that nobody here
 * knows may have any value.
 *
 * <p>Iceberg looks at a value where it uses it: what is no number stops each writer and no reader,
 * and what is neither true nor false counts as false. A table of another program is treated the
 * same; a statement of ours sets no such value.
 */
public final class PropertyValues {
  private static final List<String> CODECS = List.of("uncompressed", "gzip", "snappy", "zstd");
  private static final List<String> DISTRIBUTIONS = List.of("none", "hash", "range");
  private static final List<String> ISOLATION = List.of("serializable", "snapshot");
  private static final List<String> MODES = List.of("copy-on-write", "merge-on-read");
  private static final List<String> PLANNING = List.of("auto", "local", "distributed");

  /** What a value has to be. */
  private sealed interface Kind {
    /** A whole number of a Java type. */
    record Whole(long least, long most) implements Kind {}

    /** As in SQL; Iceberg takes all else for false. */
    record Truth() implements Kind {}

    /** A word, however it is written. */
    record Word(List<String> words) implements Kind {}

    /** How much is kept of the values of a column. */
    record Metrics() implements Kind {}

    /** JSON of names and field ids. */
    record NameMapping() implements Kind {}
  }

  private static final Kind ANY_INT = new Kind.Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
  private static final Kind ANY_LONG = new Kind.Whole(Long.MIN_VALUE, Long.MAX_VALUE);
  private static final Kind SOME_INT = new Kind.Whole(0, Integer.MAX_VALUE);
  private static final Kind POSITIVE_INT = new Kind.Whole(1, Integer.MAX_VALUE);
  private static final Kind SOME_LONG = new Kind.Whole(0, Long.MAX_VALUE);
  private static final Kind POSITIVE_LONG = new Kind.Whole(1, Long.MAX_VALUE);
  private static final Kind TRUTH = new Kind.Truth();

  private static final Map<String, Kind> KINDS = kinds();

  /** By the start of the name, which ends with that of a column. */
  private static final Map<String, Kind> COLUMN_KINDS =
      Map.of(
          TableProperties.PARQUET_BLOOM_FILTER_COLUMN_NDV_PREFIX, POSITIVE_LONG,
          TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX, TRUTH,
          TableProperties.PARQUET_COLUMN_STATS_ENABLED_PREFIX, TRUTH,
          TableProperties.PARQUET_DICT_ENCODING_ENABLED_COLUMN_PREFIX, TRUTH,
          TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX, new Kind.Metrics());

  private PropertyValues() {}

  private static Map<String, Kind> kinds() {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    all(kinds, SOME_INT, "commit.retry.", "num-retries", "min-wait-ms", "max-wait-ms");
    all(kinds, SOME_INT, "commit.", "retry.total-timeout-ms", "status-check.num-retries");
    all(kinds, SOME_LONG, "commit.status-check.", "min-wait-ms", "max-wait-ms", "total-timeout-ms");
    all(kinds, POSITIVE_LONG, "commit.", "manifest.target-size-bytes");
    all(kinds, SOME_INT, "commit.", "manifest.min-count-to-merge");
    all(kinds, TRUTH, "commit.", "manifest-merge.enabled");
    all(kinds, SOME_LONG, "history.expire.", "max-snapshot-age-ms", "max-ref-age-ms");
    all(kinds, POSITIVE_INT, "history.expire.", "min-snapshots-to-keep");
    all(kinds, TRUTH, "", "gc.enabled", "identifier-fields.rely", "engine.hive.enabled");
    all(kinds, TRUTH, "", "engine.hive.lock-enabled");
    all(kinds, TRUTH, "compatibility.", "snapshot-id-inheritance.enabled");
    all(kinds, ANY_LONG, "read.split.", "target-size", "metadata-target-size", "open-file-cost");
    all(kinds, ANY_INT, "read.split.", "planning-lookback");
    all(kinds, TRUTH, "read.", "split.adaptive-size.enabled", "parquet.vectorization.enabled");
    all(kinds, TRUTH, "read.", "orc.vectorization.enabled");
    all(kinds, POSITIVE_INT, "read.", "parquet.vectorization.batch-size");
    all(kinds, POSITIVE_INT, "read.", "orc.vectorization.batch-size");
    all(kinds, new Kind.Word(PLANNING), "read.", "data-planning-mode", "delete-planning-mode");
    writing(kinds);
    all(kinds, new Kind.NameMapping(), "", TableProperties.DEFAULT_NAME_MAPPING);
    all(kinds, POSITIVE_INT, "", TableProperties.ENCRYPTION_DEK_LENGTH);
    return Map.copyOf(kinds);
  }

  private static void writing(Map<String, Kind> kinds) {
    WriteSettings.RANGES.forEach(
        (name, range) -> {
          Kind whole = new Kind.Whole(range.least(), range.most());
          kinds.put(name, whole);
          kinds.put(name.replace("write.", "write.delete."), whole);
        });
    for (String files : List.of("write.", "write.delete.")) {
      all(kinds, POSITIVE_LONG, files, "target-file-size-bytes");
      all(kinds, POSITIVE_INT, files, "parquet.row-group-check-min-record-count");
      all(kinds, POSITIVE_INT, files, "parquet.row-group-check-max-record-count");
      all(kinds, new Kind.Word(List.of("v1", "v2")), files, "parquet.page-version");
      all(kinds, POSITIVE_LONG, files, "orc.stripe-size-bytes", "orc.block-size-bytes");
      all(kinds, POSITIVE_INT, files, "orc.vectorized.batch-size");
    }
    all(kinds, TRUTH, "write.parquet.", "shred-variants", "row-group-size-track-uncompressed");
    all(kinds, TRUTH, "write.parquet.", "bloom-filter-adaptive-enabled");
    all(kinds, POSITIVE_INT, "write.parquet.", "variant-inference-buffer-size");
    all(kinds, TRUTH, "write.object-storage.", "enabled", "partitioned-paths");
    all(kinds, TRUTH, "write.", "wap.enabled", "upsert.enabled", "spark.fanout.enabled");
    all(kinds, TRUTH, "write.spark.", "accept-any-schema", "auto-schema-evolution.enabled");
    all(kinds, POSITIVE_LONG, "write.spark.", "advisory-partition-size-bytes");
    all(kinds, SOME_INT, "write.", "summary.partition-limit");
    all(kinds, SOME_INT, "write.metadata.", "previous-versions-max"); // Iceberg takes 0 for 1
    all(kinds, TRUTH, "write.metadata.", "delete-after-commit.enabled");
    all(kinds, SOME_INT, "write.metadata.", "metrics.max-inferred-column-defaults");
    all(kinds, new Kind.Metrics(), "write.metadata.", "metrics.default");
    all(kinds, new Kind.Word(List.of("none", "gzip")), "write.metadata.", "compression-codec");
    all(kinds, new Kind.Word(CODECS), "write.manifest.", "compression-codec");
    all(kinds, ANY_INT, "write.manifest.", "compression-level");
    all(kinds, new Kind.Word(List.of("partition", "file")), "write.delete.", "granularity");
    for (String command : List.of("write.delete.", "write.update.", "write.merge.")) {
      all(kinds, new Kind.Word(MODES), command, "mode");
      all(kinds, new Kind.Word(ISOLATION), command, "isolation-level");
      all(kinds, new Kind.Word(DISTRIBUTIONS), command, "distribution-mode");
    }
    all(kinds, new Kind.Word(DISTRIBUTIONS), "write.", "distribution-mode");
    all(kinds, TRUTH, "write.frazil.", "auto-maintain");
    all(kinds, SOME_LONG, "write.frazil.auto-maintain.", "budget-millis", "budget-bytes");
    all(kinds, SOME_LONG, "write.frazil.auto-maintain.", "max-snapshots");
  }

  private static void all(Map<String, Kind> kinds, Kind kind, String start, String... names) {
    for (String name : names) {
      kinds.put(start + name, kind);
    }
  }

  /**
   * Checks what a statement sets.
   *
   * @throws EngineException 22023 for a value that is none of its property, which both are named;
   *     0A000 for a compression of Parquet that is not written here
   */
  public static void check(Map<String, String> properties) {
    properties.forEach(
        (name, value) -> {
          @Nullable String expected = expected(name, value);
          if (expected != null) {
            throw new EngineException(
                SqlState.INVALID_PARAMETER_VALUE,
                "the table property '" + name + "' is " + expected + ", not '" + value + "'");
          }
        });
  }

  private static @Nullable String expected(String name, String value) {
    if (name.equals(TableProperties.PARQUET_COMPRESSION)
        || name.equals(TableProperties.DELETE_PARQUET_COMPRESSION)) {
      WriteSettings.codec(value);
    } else if (name.startsWith(TableProperties.PARQUET_BLOOM_FILTER_COLUMN_FPP_PREFIX)) {
      WriteSettings.share(name, value);
    }
    @Nullable Kind kind = KINDS.get(name);
    for (Map.Entry<String, Kind> column : COLUMN_KINDS.entrySet()) {
      if (name.startsWith(column.getKey())) {
        kind = column.getValue();
      }
    }
    return kind == null ? null : expected(kind, value);
  }

  /** What else the value should be; null where it fits. */
  private static @Nullable String expected(Kind kind, String value) {
    if (kind instanceof Kind.Whole whole) {
      return isWhole(value, whole)
          ? null
          : "a whole number from " + whole.least() + " to " + whole.most();
    } else if (kind instanceof Kind.Word word) {
      return word.words().contains(value.toLowerCase(Locale.ROOT))
          ? null
          : "one of " + String.join(", ", word.words());
    } else if (kind instanceof Kind.Truth) {
      boolean fits = value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
      return fits ? null : "true or false";
    } else if (kind instanceof Kind.Metrics) {
      return isMetricsMode(value) ? null : "none, counts, truncate(n) or full";
    }
    return isNameMapping(value) ? null : "a name mapping in JSON";
  }

  private static boolean isWhole(String value, Kind.Whole range) {
    try {
      long number = Long.parseLong(value);
      return number >= range.least() && number <= range.most();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isMetricsMode(String value) {
    try {
      return MetricsModes.fromString(value) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isNameMapping(String value) {
    try {
      return NameMappingParser.fromJson(value) != null;
    } catch (RuntimeException e) { // of Jackson or Iceberg, whichever sees it first
      return false;
    }
  }

  /**
   * A table whose rows are about to change: better said now than when its files are written.
   *
   * @throws EngineException 22023 for a property whose value is no number, though Iceberg's writers
   *     need it
   */
  public static void requireWritable(String table, Map<String, String> properties) {
    Map<String, String> ofWriters = new LinkedHashMap<>(properties);
    ofWriters
        .keySet()
        .removeIf(
            name ->
                !(name.startsWith("write.") || name.startsWith("commit."))
                    || name.startsWith("commit.status-check.")
                    || name.startsWith("write.frazil.")
                    || name.startsWith("write.spark.")
                    || name.contains(".orc."));
    @Nullable EngineException broken = broken(table, ofWriters);
    if (broken != null) {
      throw broken;
    }
  }

  /**
   * What a change of a table failed by, where that was a property that is no number.
   *
   * @param failure of Iceberg
   */
  public static RuntimeException explained(
      NumberFormatException failure, String table, TableMetadata metadata) {
    @Nullable EngineException broken = broken(table, metadata.properties());
    return broken == null ? failure : broken;
  }

  private static @Nullable EngineException broken(String table, Map<String, String> properties) {
    for (Map.Entry<String, String> property : properties.entrySet()) {
      String name = property.getKey();
      if (KINDS.get(name) instanceof Kind.Whole whole
          && !isWhole(property.getValue(), typeOf(whole))) {
        return new EngineException(
            SqlState.INVALID_PARAMETER_VALUE,
            "the property '"
                + name
                + "' of table "
                + table
                + " is '"
                + property.getValue()
                + "', which is no whole number: set it anew, or ALTER TABLE ... UNSET"
                + " TBLPROPERTIES ('"
                + name
                + "')");
      }
    }
    return null;
  }

  /** Iceberg takes every number of the type; what is odd about it is for Iceberg to say. */
  private static Kind.Whole typeOf(Kind.Whole whole) {
    return whole.most() == Long.MAX_VALUE
        ? (Kind.Whole) ANY_LONG
        : new Kind.Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
