package dev.frazil.parquet.write;

import dev.frazil.parquet.prune.BloomFilter;
import dev.frazil.parquet.write.LeafWriter.EncodedChunk;
import dev.frazil.parquet.write.LeafWriter.EncodedPage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.util.BinaryUtil;
import org.apache.iceberg.util.UnicodeUtil;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/** The footer's words about one written column chunk. */
record ChunkMetadata(
    ColumnChunk chunk,
    @Nullable ColumnIndex columnIndex,
    OffsetIndex offsetIndex,
    @Nullable BloomFilter bloom) {
  /** Longer bounds are cut: a lower one as it is, an upper one after being raised. */
  private static final int MAX_BOUND_BYTES = 64;

  /** Describes a chunk whose first byte is at {@code start}. */
  static ChunkMetadata of(
      LeafColumn column, WriteSettings settings, EncodedChunk encoded, long start) {
    byte[] dictionary = encoded.dictionaryPage();
    long position = start + (dictionary == null ? 0 : dictionary.length);
    long dataStart = position;
    List<PageLocation> locations = new ArrayList<>();
    long firstRow = 0;
    for (EncodedPage page : encoded.pages()) {
      locations.add(new PageLocation(position, page.bytes().length, firstRow));
      position += page.bytes().length;
      firstRow += page.rows();
    }
    List<PageEncodingStats> pageEncodings = new ArrayList<>();
    Set<Encoding> encodings = EnumSet.of(Encoding.RLE);
    if (dictionary != null) {
      encodings.add(Encoding.PLAIN);
      pageEncodings.add(new PageEncodingStats(PageType.DICTIONARY_PAGE, Encoding.PLAIN, 1));
    }
    for (Map.Entry<Encoding, Integer> used : encoded.pageEncodings().entrySet()) {
      encodings.add(used.getKey());
      pageEncodings.add(new PageEncodingStats(PageType.DATA_PAGE, used.getKey(), used.getValue()));
    }
    ColumnMetaData metadata =
        new ColumnMetaData(
                column.element().getType(),
                List.copyOf(encodings),
                column.path(),
                settings.codec(),
                encoded.entries(),
                encoded.plainBytes(),
                position - start,
                dataStart)
            .setEncoding_stats(pageEncodings)
            .setStatistics(statistics(column, encoded));
    if (encoded.geospatial() != null) {
      metadata.setGeospatial_statistics(encoded.geospatial());
    }
    if (dictionary != null) {
      metadata.setDictionary_page_offset(start);
    }
    // The field is deprecated: 0 is what it should be now.
    ColumnChunk chunk = new ColumnChunk(0).setMeta_data(metadata);
    return new ChunkMetadata(
        chunk, columnIndex(column, encoded), new OffsetIndex(locations), encoded.bloom());
  }

  private static Statistics statistics(LeafColumn column, EncodedChunk encoded) {
    Statistics statistics = new Statistics().setNull_count(encoded.nulls());
    byte[] minimum = encoded.minimum();
    byte[] maximum = encoded.maximum();
    if (minimum != null && maximum != null) {
      byte[] lower = lower(column, minimum);
      statistics.setMin_value(lower).setIs_min_value_exact(lower.length == minimum.length);
      byte[] upper = upper(column, maximum);
      if (upper != null) {
        statistics.setMax_value(upper).setIs_max_value_exact(upper == maximum);
      }
    }
    return statistics;
  }

  private static @Nullable ColumnIndex columnIndex(LeafColumn column, EncodedChunk encoded) {
    List<Boolean> nullPages = new ArrayList<>();
    List<ByteBuffer> minima = new ArrayList<>();
    List<ByteBuffer> maxima = new ArrayList<>();
    List<Long> nullCounts = new ArrayList<>();
    for (EncodedPage page : encoded.pages()) {
      boolean nullPage = page.nulls() == page.entries();
      byte[] minimum = page.minimum();
      byte[] maximum = page.maximum();
      if (nullPage) {
        minima.add(ByteBuffer.allocate(0));
        maxima.add(ByteBuffer.allocate(0));
      } else if (minimum == null || maximum == null) {
        // A page of NaN alone has no bounds, and an index cannot say so.
        return null;
      } else {
        byte[] upper = upper(column, maximum);
        minima.add(ByteBuffer.wrap(lower(column, minimum)));
        maxima.add(ByteBuffer.wrap(upper == null ? maximum : upper));
      }
      nullPages.add(nullPage);
      nullCounts.add((long) page.nulls());
    }
    return new ColumnIndex(nullPages, minima, maxima, BoundaryOrder.UNORDERED)
        .setNull_counts(nullCounts);
  }

  private static byte[] lower(LeafColumn column, byte[] bound) {
    if (bound.length <= MAX_BOUND_BYTES) {
      return bound;
    }
    TypeID type = column.type().typeId();
    if (type == TypeID.STRING) {
      return UnicodeUtil.truncateStringMin(text(bound), MAX_BOUND_BYTES / 4)
          .toString()
          .getBytes(StandardCharsets.UTF_8);
    }
    return type == TypeID.BINARY ? Arrays.copyOf(bound, MAX_BOUND_BYTES) : bound;
  }

  /** A bound that is not too long; null if there is none. */
  private static byte @Nullable [] upper(LeafColumn column, byte[] bound) {
    if (bound.length <= MAX_BOUND_BYTES) {
      return bound;
    }
    TypeID type = column.type().typeId();
    if (type == TypeID.STRING) {
      CharSequence raised = UnicodeUtil.truncateStringMax(text(bound), MAX_BOUND_BYTES / 4);
      return raised == null ? null : raised.toString().getBytes(StandardCharsets.UTF_8);
    }
    if (type == TypeID.BINARY) {
      ByteBuffer raised = BinaryUtil.truncateBinaryMax(ByteBuffer.wrap(bound), MAX_BOUND_BYTES);
      if (raised == null) {
        return null;
      }
      byte[] bytes = new byte[raised.remaining()];
      raised.duplicate().get(bytes);
      return bytes;
    }
    return bound;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
