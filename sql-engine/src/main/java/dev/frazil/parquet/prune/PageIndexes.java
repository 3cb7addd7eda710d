package dev.frazil.parquet.prune;

import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.format.ColumnChunkInfo;
import dev.frazil.parquet.format.CorruptFile;
import dev.frazil.parquet.format.FileBytes;
import dev.frazil.parquet.format.FileFooter;
import dev.frazil.parquet.format.ParquetLimits;
import dev.frazil.parquet.format.PrefetchedBytes;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.parquet.format.SchemaNode;
import dev.frazil.parquet.format.Slice;
import dev.frazil.parquet.format.ThriftInput;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.expressions.BoundPredicate;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;
import shaded.parquet.org.apache.thrift.TBase;

/** The column and offset indexes of a file, read together in few requests. Not thread-safe. */
public final class PageIndexes {
  private final FileFooter footer;
  private final PrefetchedBytes bytes;
  private final Map<Long, List<PageLocation>> locations = new HashMap<>();

  public PageIndexes(FileFooter footer, FileBytes file, ReadMemory memory) {
    this.footer = footer;
    this.bytes = new PrefetchedBytes(file, memory);
  }

  /** Announces the indexes of a column chunk; all announcements come before all reads. */
  public void want(int rowGroup, SchemaNode leaf, boolean withBounds) {
    ColumnChunk chunk = footer.chunk(rowGroup, leaf).chunk();
    if (chunk.isSetOffset_index_offset()) {
      want(leaf, chunk.getOffset_index_offset(), chunk.getOffset_index_length());
    }
    if (withBounds && chunk.isSetColumn_index_offset()) {
      want(leaf, chunk.getColumn_index_offset(), chunk.getColumn_index_length());
    }
  }

  private void want(SchemaNode leaf, long offset, int length) {
    if (offset < 4
        || length <= 0
        || length > ParquetLimits.MAX_INDEX_BYTES
        || offset > footer.lengthBytes() - length) {
      throw corrupt(leaf, "at " + offset + " of " + length + " bytes", null);
    }
    bytes.want(offset, offset + length);
  }

  /** Where the pages of a chunk stand; null when the file does not tell. */
  public @Nullable List<PageLocation> locations(int rowGroup, SchemaNode leaf) {
    long key = ((long) rowGroup << 32) | leaf.leaf();
    List<PageLocation> known = locations.get(key);
    if (known != null) {
      return known;
    }
    ColumnChunkInfo chunk = footer.chunk(rowGroup, leaf);
    if (!chunk.chunk().isSetOffset_index_offset()) {
      return null;
    }
    OffsetIndex index =
        read(
            leaf,
            new OffsetIndex(),
            chunk.chunk().getOffset_index_offset(),
            chunk.chunk().getOffset_index_length());
    List<PageLocation> pages = index.getPage_locations();
    long rows = footer.rowGroups().get(rowGroup).getNum_rows();
    if (pages.isEmpty() != (rows == 0)) {
      throw corrupt(leaf, "of " + pages.size() + " pages for " + rows + " rows", null);
    }
    long previousRow = -1;
    long previousEnd = chunk.start();
    for (PageLocation page : pages) {
      long offset = page.getOffset();
      long row = page.getFirst_row_index();
      boolean fits =
          offset >= previousEnd
              && page.getCompressed_page_size() > 0
              && offset <= chunk.end() - page.getCompressed_page_size();
      boolean ordered = previousRow < 0 ? row == 0 : row > previousRow && row < rows;
      if (!fits || !ordered) {
        throw corrupt(leaf, "with a page at " + offset + " from row " + row, null);
      }
      previousRow = row;
      previousEnd = offset + page.getCompressed_page_size();
    }
    locations.put(key, pages);
    return pages;
  }

  /**
   * Rows of a row group that may match.
   *
   * @param columns by field id, those the expression refers to
   */
  public RowRanges matching(
      int rowGroup, PruningExpression expression, Map<Integer, PrunedColumn> columns) {
    RowRanges all = RowRanges.all(footer.rowGroups().get(rowGroup).getNum_rows());
    return expression.fold(
        predicate -> {
          PrunedColumn column = columns.get(predicate.ref().fieldId());
          SchemaNode leaf = column == null ? null : column.leaf();
          return column == null || leaf == null
              ? all
              : matching(rowGroup, predicate, column, leaf, all);
        },
        RowRanges::intersect,
        RowRanges::union,
        all,
        RowRanges.NONE);
  }

  private RowRanges matching(
      int rowGroup,
      BoundPredicate<?> predicate,
      PrunedColumn column,
      SchemaNode leaf,
      RowRanges all) {
    ColumnChunk chunk = footer.chunk(rowGroup, leaf).chunk();
    List<PageLocation> pages = locations(rowGroup, leaf);
    if (pages == null || !chunk.isSetColumn_index_offset()) {
      return all;
    }
    ColumnIndex index =
        read(
            leaf,
            new ColumnIndex(),
            chunk.getColumn_index_offset(),
            chunk.getColumn_index_length());
    int count = pages.size();
    if (index.getNull_pagesSize() != count
        || index.getMin_valuesSize() != count
        || index.getMax_valuesSize() != count
        || (index.isSetNull_counts() && index.getNull_countsSize() != count)) {
      throw corrupt(leaf, "of bounds that are not one a page", null);
    }
    RowRanges.Builder ranges = new RowRanges.Builder();
    long rows = footer.rowGroups().get(rowGroup).getNum_rows();
    for (int i = 0; i < count; i++) {
      if (bounds(index, i, column, leaf).mayMatch(predicate)) {
        long end = i + 1 < count ? pages.get(i + 1).getFirst_row_index() : rows;
        ranges.add(pages.get(i).getFirst_row_index(), end);
      }
    }
    return ranges.build();
  }

  private static ColumnBounds bounds(
      ColumnIndex index, int page, PrunedColumn column, SchemaNode leaf) {
    if (index.getNull_pages().get(page)) {
      return ColumnBounds.allNull();
    }
    Type physical = leaf.element().getType();
    boolean knowsNulls = index.isSetNull_counts();
    return new ColumnBounds(
        bound(column, leaf, index.getMin_values().get(page)),
        bound(column, leaf, index.getMax_values().get(page)),
        leaf.maxDefinition() > 0 && (!knowsNulls || index.getNull_counts().get(page) != 0),
        false,
        physical == Type.FLOAT || physical == Type.DOUBLE);
  }

  private static @Nullable Object bound(PrunedColumn column, SchemaNode leaf, ByteBuffer value) {
    byte[] plain = new byte[value.remaining()];
    value.duplicate().get(plain);
    return BoundValues.ofFile(column.field().type(), leaf.element(), plain);
  }

  private <T extends TBase<?, ?>> T read(SchemaNode leaf, T into, long offset, int length) {
    try {
      Slice slice = bytes.from(offset, length, offset + length);
      return new ThriftInput(slice).read(into);
    } catch (MalformedDataException e) {
      throw corrupt(leaf, e.getMessage(), e);
    }
  }

  private RuntimeException corrupt(
      SchemaNode leaf, @Nullable String detail, @Nullable Throwable cause) {
    return CorruptFile.error(
        footer.location(), "page index of column " + leaf.path() + " " + detail, cause);
  }
}
