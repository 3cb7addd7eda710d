package dev.frazil.parquet.write;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.TableProperties;
import org.apache.parquet.format.CompressionCodec;
import org.jspecify.annotations.Nullable;

/**
 * The {@code write.parquet.*} properties of a table, checked.
 *
 * @param rowGroupBytes compressed bytes after which a row group ends
 * @param dictionaryBytes a dictionary larger than this is given up
 * @param bloomFalsePositives by column, where the table says so
 * @param bloomColumns names of the columns that get a bloom filter
 * @param plainColumns names of the columns that never get a dictionary
 */
public record WriteSettings(
    CompressionCodec codec,
    int level,
    int pageBytes,
    int pageRows,
    long rowGroupBytes,
    long rowGroupRows,
    int dictionaryBytes,
    int bloomMaxBytes,
    Map<String, Double> bloomFalsePositives,
    Set<String> bloomColumns,
    Set<String> plainColumns) {
  /** Small enough that two cores share even a small table, large enough to compress well. */
  private static final long DEFAULT_ROW_GROUP_BYTES = 16L << 20;

  private static final long MAX_ROW_GROUP_ROWS = 1 << 20;
  private static final int DEFAULT_ZSTD_LEVEL = 3;

  /** The values that a property may have, both ends included. */
  public record Range(long least, long most) {}

  /** Of the properties that are whole numbers, by their names. */
  public static final Map<String, Range> RANGES =
      Map.of(
          TableProperties.PARQUET_COMPRESSION_LEVEL, new Range(-1, 22),
          TableProperties.PARQUET_PAGE_SIZE_BYTES, new Range(1024, 1 << 28),
          TableProperties.PARQUET_PAGE_ROW_LIMIT, new Range(1, 1 << 20),
          TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, new Range(1024, 1L << 31),
          TableProperties.PARQUET_DICT_SIZE_BYTES, new Range(0, 1 << 28),
          TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES, new Range(32, 1 << 27));

  static WriteSettings of(Map<String, String> properties) {
    CompressionCodec codec =
        codec(properties.getOrDefault(TableProperties.PARQUET_COMPRESSION, "zstd"));
    return new WriteSettings(
        codec,
        (int)
            number(
                properties,
                TableProperties.PARQUET_COMPRESSION_LEVEL,
                codec == CompressionCodec.ZSTD ? DEFAULT_ZSTD_LEVEL : -1),
        (int)
            number(
                properties,
                TableProperties.PARQUET_PAGE_SIZE_BYTES,
                TableProperties.PARQUET_PAGE_SIZE_BYTES_DEFAULT),
        (int)
            number(
                properties,
                TableProperties.PARQUET_PAGE_ROW_LIMIT,
                TableProperties.PARQUET_PAGE_ROW_LIMIT_DEFAULT),
        number(properties, TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, DEFAULT_ROW_GROUP_BYTES),
        MAX_ROW_GROUP_ROWS,
        (int)
            number(
                properties,
                TableProperties.PARQUET_DICT_SIZE_BYTES,
                TableProperties.PARQUET_DICT_SIZE_BYTES_DEFAULT),
        (int)
            number(
                properties,
                TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES,
                TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES_DEFAULT),
        falsePositives(properties),
        columns(properties, TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX, true),
        columns(properties, TableProperties.PARQUET_DICT_ENCODING_ENABLED_COLUMN_PREFIX, false));
  }

  /**
   * How pages are compressed.
   *
   * @throws EngineException 0A000 for a name that is not known here
   */
  public static CompressionCodec codec(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "zstd" -> CompressionCodec.ZSTD;
      case "snappy" -> CompressionCodec.SNAPPY;
      case "gzip" -> CompressionCodec.GZIP;
      case "lz4", "lz4_raw" -> CompressionCodec.LZ4_RAW;
      case "uncompressed", "none" -> CompressionCodec.UNCOMPRESSED;
      default ->
          throw EngineException.unsupported(
              TableProperties.PARQUET_COMPRESSION
                  + " = "
                  + name
                  + " (zstd, snappy, gzip, lz4 and uncompressed are)");
    };
  }

  private static long number(Map<String, String> properties, String name, long defaultValue) {
    String text = properties.get(name);
    if (text == null) {
      return defaultValue;
    }
    Range range = Objects.requireNonNull(RANGES.get(name));
    long minimum = range.least();
    long maximum = range.most();
    try {
      long value = Long.parseLong(text.trim());
      if (value >= minimum && value <= maximum) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw refused(name, text, minimum, maximum, e);
    }
    throw refused(name, text, minimum, maximum, null);
  }

  private static EngineException refused(
      String name, String text, long minimum, long maximum, @Nullable NumberFormatException cause) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE,
        "table property "
            + name
            + " is "
            + text
            + "; it must be a number from "
            + minimum
            + " to "
            + maximum,
        cause);
  }

  /** The share of absent values that the bloom filter of a column may let through. */
  double bloomFalsePositives(String column) {
    return bloomFalsePositives.getOrDefault(
        column, TableProperties.PARQUET_BLOOM_FILTER_COLUMN_FPP_DEFAULT);
  }

  private static Map<String, Double> falsePositives(Map<String, String> properties) {
    String prefix = TableProperties.PARQUET_BLOOM_FILTER_COLUMN_FPP_PREFIX;
    Map<String, Double> shares = new HashMap<>();
    properties.forEach(
        (name, text) -> {
          if (name.startsWith(prefix)) {
            shares.put(name.substring(prefix.length()), share(name, text));
          }
        });
    return shares;
  }

  /**
   * A share of values.
   *
   * @throws EngineException 22023 for what is no number between 0 and 1
   */
  public static double share(String name, String text) {
    NumberFormatException cause = null;
    try {
      double share = Double.parseDouble(text.trim());
      if (share > 0 && share < 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      cause = e;
    }
    throw new EngineException(
        SqlState.INVALID_PARAMETER_VALUE,
        "table property " + name + " is '" + text + "'; it must be a number between 0 and 1",
        cause);
  }

  private static Set<String> columns(
      Map<String, String> properties, String prefix, boolean wanted) {
    Set<String> columns = new HashSet<>();
    for (Map.Entry<String, String> property : properties.entrySet()) {
      if (property.getKey().startsWith(prefix)
          && Boolean.parseBoolean(property.getValue()) == wanted) {
        columns.add(property.getKey().substring(prefix.length()));
      }
    }
    return columns;
  }
}
