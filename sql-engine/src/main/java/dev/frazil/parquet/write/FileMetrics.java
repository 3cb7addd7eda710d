package dev.frazil.parquet.write;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.MetricsModes;
import org.apache.iceberg.MetricsUtil;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.util.BinaryUtil;
import org.apache.iceberg.util.UnicodeUtil;
import org.jspecify.annotations.Nullable;

/** The metrics of a manifest entry from the totals of the leaves. Stateless. */
public final class FileMetrics {
  private FileMetrics() {}

  static Metrics of(Schema schema, MetricsConfig config, List<LeafWriter> leaves, long rowCount) {
    Map<Integer, Long> sizes = new HashMap<>();
    Map<Integer, Long> values = new HashMap<>();
    Map<Integer, Long> nulls = new HashMap<>();
    Map<Integer, Long> nans = new HashMap<>();
    Map<Integer, ByteBuffer> lower = new HashMap<>();
    Map<Integer, ByteBuffer> upper = new HashMap<>();
    for (LeafWriter writer : leaves) {
      LeafColumn leaf = writer.column;
      int id = leaf.fieldId();
      MetricsModes.MetricsMode mode = MetricsUtil.metricsMode(schema, config, id);
      if (mode == MetricsModes.None.get()) {
        continue;
      }
      LeafTotals totals = writer.totals;
      sizes.merge(id, totals.sizeBytes(), Long::sum);
      if (leaf.repeated() || leaf.part() == LeafColumn.Part.VARIANT_VALUE) {
        // Counts and bounds of list elements mean nothing to a planner.
        continue;
      }
      values.put(id, totals.entries());
      nulls.put(id, totals.nulls());
      if (leaf.type().typeId() == TypeID.FLOAT || leaf.type().typeId() == TypeID.DOUBLE) {
        nans.put(id, totals.nans());
      }
      if (leaf.part() == LeafColumn.Part.VARIANT_METADATA) {
        continue; // bounds of bytes say nothing of variants
      }
      Object least = totals.lower();
      Object greatest = totals.upper();
      if (least != null && greatest != null) {
        putBounds(leaf.fieldId(), leaf.type(), mode, least, greatest, lower, upper);
      }
    }
    return new Metrics(rowCount, sizes, values, nulls, nans, lower, upper);
  }

  /**
   * Writes bounds down as a table's settings want them.
   *
   * @param greatest null where it is not known
   */
  public static void putBounds(
      int fieldId,
      Type type,
      MetricsModes.MetricsMode mode,
      Object least,
      @Nullable Object greatest,
      Map<Integer, ByteBuffer> lower,
      Map<Integer, ByteBuffer> upper) {
    if (mode == MetricsModes.None.get() || mode == MetricsModes.Counts.get()) {
      return;
    }
    Object below = least;
    Object above = greatest;
    if (mode instanceof MetricsModes.Truncate truncate) {
      below = truncatedLower(type.typeId(), least, truncate.length());
      above = above == null ? null : truncatedUpper(type.typeId(), above, truncate.length());
    }
    lower.put(fieldId, Conversions.toByteBuffer(type, below));
    if (above != null) {
      upper.put(fieldId, Conversions.toByteBuffer(type, above));
    }
  }

  /** Only text and bytes of any length are cut: a part of a fixed value is no value of its type. */
  private static Object truncatedLower(TypeID type, Object bound, int length) {
    return switch (type) {
      case STRING -> UnicodeUtil.truncateStringMin((String) bound, length);
      case BINARY -> BinaryUtil.truncateBinaryMin((ByteBuffer) bound, length);
      default -> bound;
    };
  }

  /** Null when no value of that length is an upper bound. */
  private static @Nullable Object truncatedUpper(TypeID type, Object bound, int length) {
    return switch (type) {
      case STRING -> UnicodeUtil.truncateStringMax((String) bound, length);
      case BINARY -> BinaryUtil.truncateBinaryMax((ByteBuffer) bound, length);
      default -> bound;
    };
  }
}
