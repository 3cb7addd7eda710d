package dev.frazil.parquet.prune;

import dev.frazil.parquet.LongBounds;
import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.format.ColumnChunkInfo;
import dev.frazil.parquet.format.CorruptFile;
import dev.frazil.parquet.format.FileBytes;
import dev.frazil.parquet.format.FileFooter;
import dev.frazil.parquet.format.ParquetLimits;
import dev.frazil.parquet.format.SchemaNode;
import dev.frazil.parquet.format.Slice;
import dev.frazil.parquet.format.ThriftInput;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.apache.iceberg.expressions.BoundPredicate;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/** Which row groups may hold a matching row. Thread-safe. */
public final class RowGroupPruner {
  /** What is read of a bloom filter whose length the footer does not tell. */
  private static final int BLOOM_HEADER_BYTES = 256;

  /** A dictionary is looked into when the pages it may spare are so many times its size. */
  private static final int WORTHWHILE_RATIO = 4;

  /** A larger one is looked into when the bounds of pages have left some of the row group. */
  private static final long SMALL_DICTIONARY_BYTES = 64 << 10;

  private final FileFooter footer;
  private final FileBytes bytes;
  private final PruningExpression expression;
  private final Map<Integer, PrunedColumn> columns;
  private final DictionaryReader dictionaries;

  /** Reads the distinct values of a chunk. */
  public interface DictionaryReader {
    /**
     * Whether any value of a chunk passes.
     *
     * @param integers judges integers, dates, times and timestamps; a dictionary may hold so many
     *     that to make an object of each takes longer than all else
     * @param others judges the rest, as Iceberg holds them
     */
    boolean anyMatch(
        int rowGroup, PrunedColumn column, LongPredicate integers, Predicate<Object> others);
  }

  /**
   * @param columns by field id, those the expression refers to
   */
  public RowGroupPruner(
      FileFooter footer,
      FileBytes bytes,
      PruningExpression expression,
      Map<Integer, PrunedColumn> columns,
      DictionaryReader dictionaries) {
    this.footer = footer;
    this.bytes = bytes;
    this.expression = expression;
    this.columns = columns;
    this.dictionaries = dictionaries;
  }

  /** Whether a row group may hold a matching row: by statistics, then by more costly means. */
  public boolean mayMatch(int rowGroup) {
    return judge(predicate -> byStatistics(rowGroup, predicate))
        && judge(predicate -> byStatistics(rowGroup, predicate) && byValues(rowGroup, predicate));
  }

  /**
   * Whether a row group of which the bounds of pages have left something may hold a matching row:
   * by those dictionaries that take longer to read than these bounds.
   */
  public boolean mayMatchPages(int rowGroup) {
    return judge(
        predicate -> byStatistics(rowGroup, predicate) && byLargeDictionary(rowGroup, predicate));
  }

  private boolean judge(Function<BoundPredicate<?>, Boolean> leaf) {
    return expression.fold(leaf, Boolean::logicalAnd, Boolean::logicalOr, true, false);
  }

  private boolean byStatistics(int rowGroup, BoundPredicate<?> predicate) {
    PrunedColumn column = columns.get(predicate.ref().fieldId());
    if (column == null) {
      return true;
    }
    SchemaNode leaf = column.leaf();
    if (leaf == null) {
      return column.field().initialDefault() != null || ColumnBounds.allNull().mayMatch(predicate);
    }
    return bounds(footer.chunk(rowGroup, leaf), column).mayMatch(predicate);
  }

  /** The bounds of a column in a row group, where its values are integers; null if unknown. */
  public static @Nullable LongBounds longBounds(ColumnChunkInfo chunk, PrunedColumn column) {
    ColumnBounds bounds = bounds(chunk, column);
    Long least = unscaled(bounds.least(), column);
    Long greatest = unscaled(bounds.greatest(), column);
    return least == null || greatest == null
        ? null
        : new LongBounds(least, greatest, bounds.mayHaveNulls());
  }

  private static @Nullable Long unscaled(@Nullable Object bound, PrunedColumn column) {
    if (bound instanceof BigDecimal decimal
        && column.field().type() instanceof Types.DecimalType type
        && decimal.scale() == type.scale()
        && decimal.unscaledValue().bitLength() < Long.SIZE) {
      return decimal.unscaledValue().longValue();
    }
    return bound instanceof Long number ? number : null;
  }

  static ColumnBounds bounds(ColumnChunkInfo chunk, PrunedColumn column) {
    ColumnMetaData metadata = chunk.metadata();
    Type physical = metadata.getType();
    boolean floating = physical == Type.FLOAT || physical == Type.DOUBLE;
    Statistics statistics = metadata.getStatistics();
    boolean optional = chunk.leaf().maxDefinition() > 0;
    if (statistics == null) {
      return new ColumnBounds(null, null, optional, false, floating);
    }
    boolean knowsNulls = statistics.isSetNull_count();
    boolean onlyNulls = knowsNulls && statistics.getNull_count() == metadata.getNum_values();
    byte[] minimum = null;
    byte[] maximum = null;
    if (statistics.isSetMin_value() || statistics.isSetMax_value()) {
      minimum = statistics.getMin_value();
      maximum = statistics.getMax_value();
    } else if (physical == Type.INT32 || physical == Type.INT64) {
      // The old fields have a defined order for signed numbers only.
      minimum = statistics.getMin();
      maximum = statistics.getMax();
    }
    return new ColumnBounds(
        bound(column, chunk.leaf(), minimum),
        bound(column, chunk.leaf(), maximum),
        optional && (!knowsNulls || statistics.getNull_count() != 0),
        onlyNulls,
        floating);
  }

  private static @Nullable Object bound(
      PrunedColumn column, SchemaNode leaf, byte @Nullable [] bytes) {
    return bytes == null ? null : BoundValues.ofFile(column.field().type(), leaf.element(), bytes);
  }

  private boolean byValues(int rowGroup, BoundPredicate<?> predicate) {
    PrunedColumn column = columns.get(predicate.ref().fieldId());
    if (column == null || column.leaf() == null || !isAboutValues(predicate)) {
      return true;
    }
    ColumnChunkInfo chunk = footer.chunk(rowGroup, column.leaf());
    if (isWorthLookingInto(chunk) && dictionaryBytes(chunk) <= SMALL_DICTIONARY_BYTES) {
      return byDictionary(rowGroup, column, predicate);
    }
    return !isEquality(predicate) || byBloomFilter(chunk, column, predicate);
  }

  private boolean byLargeDictionary(int rowGroup, BoundPredicate<?> predicate) {
    PrunedColumn column = columns.get(predicate.ref().fieldId());
    if (column == null || column.leaf() == null || !isAboutValues(predicate)) {
      return true;
    }
    ColumnChunkInfo chunk = footer.chunk(rowGroup, column.leaf());
    return !isWorthLookingInto(chunk)
        || dictionaryBytes(chunk) <= SMALL_DICTIONARY_BYTES
        || byDictionary(rowGroup, column, predicate);
  }

  private static boolean isEquality(BoundPredicate<?> predicate) {
    return predicate.op() == Expression.Operation.EQ || predicate.op() == Expression.Operation.IN;
  }

  private static boolean isAboutValues(BoundPredicate<?> predicate) {
    return isEquality(predicate) || predicate.op() == Expression.Operation.STARTS_WITH;
  }

  private boolean byDictionary(int rowGroup, PrunedColumn column, BoundPredicate<?> predicate) {
    Predicate<Object> others = value -> mayEqual(BoundValues.ofLiteral(value), predicate);
    long[] wanted = isEquality(predicate) ? integers(predicate) : null;
    LongPredicate integers =
        wanted == null ? others::test : value -> Arrays.binarySearch(wanted, value) >= 0;
    return dictionaries.anyMatch(rowGroup, column, integers, others);
  }

  private static boolean mayEqual(@Nullable Object value, BoundPredicate<?> predicate) {
    return value == null || new ColumnBounds(value, value, false, false, false).mayMatch(predicate);
  }

  /** What a column is compared with by = or IN, ascending; null if that is not integers only. */
  private static long @Nullable [] integers(BoundPredicate<?> predicate) {
    Collection<?> literals = literals(predicate);
    long[] integers = new long[literals.size()];
    int count = 0;
    for (Object literal : literals) {
      if (!(BoundValues.ofLiteral(literal) instanceof Long integer)) {
        return null;
      }
      integers[count++] = integer;
    }
    Arrays.sort(integers);
    return integers;
  }

  private static Collection<?> literals(BoundPredicate<?> predicate) {
    return predicate.isSetPredicate()
        ? predicate.asSetPredicate().literalSet()
        : List.of(predicate.asLiteralPredicate().literal().value());
  }

  private static long dictionaryBytes(ColumnChunkInfo chunk) {
    return chunk.metadata().getData_page_offset() - chunk.start();
  }

  /** Whether all values stand in a dictionary that costs little to read. */
  private boolean isWorthLookingInto(ColumnChunkInfo chunk) {
    if (!chunk.hasDictionary() || !allPagesUseDictionary(chunk.metadata())) {
      return false;
    }
    long dictionaryBytes = dictionaryBytes(chunk);
    return bytes.isCached(chunk.start(), dictionaryBytes)
        || dictionaryBytes * WORTHWHILE_RATIO <= chunk.end() - chunk.start();
  }

  private static boolean allPagesUseDictionary(ColumnMetaData metadata) {
    if (metadata.isSetEncoding_stats()) {
      for (PageEncodingStats pages : metadata.getEncoding_stats()) {
        boolean isData =
            pages.getPage_type() == PageType.DATA_PAGE
                || pages.getPage_type() == PageType.DATA_PAGE_V2;
        if (isData && pages.getCount() > 0 && !isDictionary(pages.getEncoding())) {
          return false;
        }
      }
      return true;
    }
    // Before encoding statistics, only this one encoding of data pages is unambiguous.
    Set<Encoding> allowed =
        EnumSet.of(Encoding.PLAIN_DICTIONARY, Encoding.RLE, Encoding.BIT_PACKED);
    List<Encoding> encodings = metadata.getEncodings();
    return encodings.contains(Encoding.PLAIN_DICTIONARY) && allowed.containsAll(encodings);
  }

  private static boolean isDictionary(Encoding encoding) {
    return encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY;
  }

  private boolean byBloomFilter(
      ColumnChunkInfo chunk, PrunedColumn column, BoundPredicate<?> predicate) {
    if (!chunk.metadata().isSetBloom_filter_offset()) {
      return true;
    }
    BloomFilter filter = null;
    for (Object literal : literals(predicate)) {
      Long hash = BloomHashes.of(column.field().type(), chunk.leaf().element(), literal);
      if (hash == null) {
        return true;
      }
      filter = filter == null ? readFilter(chunk) : filter;
      if (filter == null || filter.mayContain(hash)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable BloomFilter readFilter(ColumnChunkInfo chunk) {
    long offset = chunk.metadata().getBloom_filter_offset();
    int known =
        chunk.metadata().isSetBloom_filter_length() ? chunk.metadata().getBloom_filter_length() : 0;
    long available = footer.lengthBytes() - offset;
    if (offset < 4
        || available <= 0
        || known < 0
        || known > available
        || known > ParquetLimits.MAX_INDEX_BYTES) {
      throw corruptFilter(chunk, "at " + offset + " of " + known + " bytes", null);
    }
    Slice slice =
        bytes.read(offset, known > 0 ? known : (int) Math.min(available, BLOOM_HEADER_BYTES));
    ThriftInput input = new ThriftInput(slice);
    BloomFilterHeader header;
    try {
      header = input.read(new BloomFilterHeader());
    } catch (MalformedDataException e) {
      throw corruptFilter(chunk, e.getMessage(), e);
    }
    if (!header.getAlgorithm().isSetBLOCK()
        || !header.getHash().isSetXXHASH()
        || !header.getCompression().isSetUNCOMPRESSED()) {
      return null;
    }
    int length = header.getNumBytes();
    int start = input.consumedBytes();
    if (!BloomFilter.isValidLength(length)
        || length > ParquetLimits.MAX_INDEX_BYTES
        || length > available - start) {
      throw corruptFilter(chunk, "of " + length + " bytes", null);
    }
    Slice bits =
        slice.length() - start >= length
            ? slice.part(start, length)
            : bytes.read(offset + start, length);
    return new BloomFilter(bits.data(), bits.offset(), length);
  }

  private RuntimeException corruptFilter(
      ColumnChunkInfo chunk, @Nullable String detail, @Nullable Throwable cause) {
    return CorruptFile.error(
        footer.location(), "bloom filter of column " + chunk.leaf().path() + " " + detail, cause);
  }
}
