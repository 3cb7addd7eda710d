package dev.frazil.parquet.read;

import dev.frazil.parquet.format.ColumnChunkInfo;
import dev.frazil.parquet.format.CorruptFile;
import dev.frazil.parquet.format.FileBytes;
import dev.frazil.parquet.format.PrefetchedBytes;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.parquet.format.SchemaNode;
import dev.frazil.type.SqlType;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.ColumnVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.PageLocation;
import org.jspecify.annotations.Nullable;

/**
 * The requested columns of one row group, for one morsel: opens their sources, announces all bytes
 * they will read, and reads them column by column. Belongs to one thread at a time.
 */
public final class RowGroupColumns {
  private final ColumnBinder binder;
  private final int rowGroup;
  private final PageSelection selection;
  private final DictionaryCache dictionaries;
  private final PrefetchedBytes bytes;
  private final ReadMemory memory;
  private final List<ColumnSource> sources = new ArrayList<>();
  private int sourceOrdinal;

  /**
   * What is to be read of a row group.
   *
   * @param locations pages by leaf ordinal, for the leaves that have an offset index
   * @param starts first rows of the wanted ranges, within the row group
   * @param ends their ends, exclusive
   */
  public record PageSelection(
      Map<Integer, List<PageLocation>> locations, long[] starts, long[] ends) {}

  public RowGroupColumns(
      FileBytes file,
      ColumnBinder binder,
      int rowGroup,
      List<Types.NestedField> fields,
      PageSelection selection,
      DictionaryCache dictionaries,
      ReadMemory memory) {
    this.binder = binder;
    this.rowGroup = rowGroup;
    this.selection = selection;
    this.dictionaries = dictionaries;
    this.memory = memory;
    this.bytes = new PrefetchedBytes(file, memory);
    for (Types.NestedField field : fields) {
      sources.add(open(field));
    }
  }

  /** Sends the requests for all bytes ahead of the first read; answers how many bytes that are. */
  public long prefetch() {
    return bytes.start();
  }

  /** Lets the next vector of a column take the arrays of the one before. */
  public void reuseVectors() {
    sources.forEach(ColumnSource::reuseVectors);
  }

  /** How many columns were requested. */
  public int count() {
    return sources.size();
  }

  /**
   * Rows {@code [row, row + rows)} of a column.
   *
   * @param row counted from the start of the row group; never backwards in one column
   */
  public ColumnVector read(int column, long row, int rows) {
    ColumnSource source = sources.get(column);
    source.seek(row);
    return source.read(rows);
  }

  /** As {@link #read}, but only the rows {@code row + some[0..count)}, which ascend. */
  public ColumnVector readSome(int column, long row, int rows, int[] some, int count) {
    ColumnSource source = sources.get(column);
    source.seek(row);
    return source.readSome(rows, some, count);
  }

  private ColumnSource open(Types.NestedField field) {
    SchemaNode node = binder.column(field);
    if (node == null) {
      return binder.missing(field);
    }
    if (field.type().isPrimitiveType() && node.isLeaf() && node.maxRepetition() == 0) {
      return new FlatColumn(source(node, sink(field.type(), node)));
    }
    List<NestedLeaf> leaves = new ArrayList<>();
    return new NestedColumn(nested(field.type(), node, 0, leaves), leaves);
  }

  private VectorSink sink(Type type, SchemaNode leaf) {
    if (!type.isPrimitiveType() || !leaf.isLeaf()) {
      throw CorruptFile.error(
          binder.footer().location(), "column " + leaf.path() + " is no " + type);
    }
    return LeafConversion.sink(type.asPrimitiveType(), leaf, binder.footer().location());
  }

  private NestedNode nested(
      Type type, SchemaNode node, int slotDefinition, List<NestedLeaf> leaves) {
    if (type.isPrimitiveType()) {
      NestedLeaf leaf = new NestedLeaf(source(node, sink(type, node)), slotDefinition, false);
      leaves.add(leaf);
      return new NestedNode.Leaf(leaf);
    }
    if (node.isLeaf()) {
      throw CorruptFile.error(
          binder.footer().location(), "column " + node.path() + " is no " + type);
    }
    if (type.isVariantType()) {
      VariantColumns.Group group =
          new VariantColumns(
                  binder,
                  (leaf, sink, slots, levelsOnly) -> {
                    NestedLeaf opened = new NestedLeaf(source(leaf, sink), slots, levelsOnly);
                    leaves.add(opened);
                    return opened;
                  })
              .variant(node, slotDefinition);
      return new NestedNode.Variant(group.node(), new VariantAssembly(group.shape(), memory));
    }
    SqlType sqlType = TypeMapping.toSql(type);
    if (type.isStructType()) {
      return struct(type.asStructType(), sqlType, node, slotDefinition, leaves);
    }
    SchemaNode repeated = binder.repeated(node);
    List<NestedNode> parts = new ArrayList<>();
    if (type.isListType()) {
      SchemaNode element = binder.element(repeated, node);
      parts.add(nested(type.asListType().elementType(), element, repeated.maxDefinition(), leaves));
    } else {
      if (repeated.children().size() != 2) {
        throw CorruptFile.error(
            binder.footer().location(), "map " + node.path() + " without keys or values");
      }
      Types.MapType map = type.asMapType();
      int definition = repeated.maxDefinition();
      parts.add(nested(map.keyType(), repeated.children().get(0), definition, leaves));
      parts.add(nested(map.valueType(), repeated.children().get(1), definition, leaves));
    }
    NestedLeaf levels = levelsOf(parts, repeated, leaves);
    return new NestedNode.Repeated(sqlType, node.maxDefinition(), repeated, levels, parts);
  }

  private NestedNode struct(
      Types.StructType type,
      SqlType sqlType,
      SchemaNode node,
      int slotDefinition,
      List<NestedLeaf> leaves) {
    List<NestedNode> fields = new ArrayList<>();
    for (Types.NestedField field : type.fields()) {
      SchemaNode child = binder.child(node, field);
      fields.add(
          child == null
              ? new NestedNode.Missing(binder.missing(field))
              : nested(field.type(), child, slotDefinition, leaves));
    }
    return new NestedNode.Struct(sqlType, node, levelsOf(fields, node, leaves), fields);
  }

  /** A leaf whose levels describe a node: that of a part, or one read for its levels alone. */
  private NestedLeaf levelsOf(List<NestedNode> parts, SchemaNode node, List<NestedLeaf> leaves) {
    for (NestedNode part : parts) {
      NestedLeaf levels = part.levels();
      if (levels != null) {
        return levels;
      }
    }
    SchemaNode first = node.firstLeaf();
    NestedLeaf leaf =
        new NestedLeaf(source(first, new BooleanSink(SqlType.Primitive.UNKNOWN)), 0, true);
    leaves.add(leaf);
    return leaf;
  }

  private ChunkReader.Source source(SchemaNode leaf, VectorSink sink) {
    ColumnChunkInfo chunk = binder.footer().chunk(rowGroup, leaf);
    DictionaryCache.Slot dictionary = dictionaries.slot(rowGroup, sourceOrdinal++);
    List<PageLocation> locations = selection.locations().get(leaf.leaf());
    announce(chunk, locations, dictionary);
    return new ChunkReader.Source(
        binder.footer().location(), chunk, bytes, memory, locations, dictionary, sink);
  }

  private void announce(
      ColumnChunkInfo chunk,
      @Nullable List<PageLocation> locations,
      DictionaryCache.Slot dictionary) {
    if (locations == null || locations.isEmpty()) {
      bytes.want(chunk.start(), chunk.end());
      return;
    }
    if (!dictionary.isLoaded()) {
      bytes.want(chunk.start(), locations.get(0).getOffset());
    }
    int range = 0;
    for (int i = 0; i < locations.size(); i++) {
      PageLocation page = locations.get(i);
      long firstRow = page.getFirst_row_index();
      long endRow =
          i + 1 < locations.size() ? locations.get(i + 1).getFirst_row_index() : Long.MAX_VALUE;
      while (range < selection.starts().length && selection.ends()[range] <= firstRow) {
        range++;
      }
      if (range < selection.starts().length && selection.starts()[range] < endRow) {
        bytes.want(page.getOffset(), page.getOffset() + page.getCompressed_page_size());
      }
    }
  }
}
