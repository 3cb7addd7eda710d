package dev.frazil.parquet.write;

import dev.frazil.config.ProductVersion;
import dev.frazil.parquet.prune.BloomFilter;
import dev.frazil.parquet.write.FieldNode.Entries;
import dev.frazil.parquet.write.LeafWriter.EncodedChunk;
import dev.frazil.parquet.write.LeafWriter.EncodedPage;
import dev.frazil.storage.ObjectStore.UploadStream;
import dev.frazil.vector.RowBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.parquet.format.BloomFilterAlgorithm;
import org.apache.parquet.format.BloomFilterCompression;
import org.apache.parquet.format.BloomFilterHash;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SplitBlockAlgorithm;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Uncompressed;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.XxHash;

/**
 * Writes one file. Rows are kept as the batches they came in until they make a page; then every
 * top-level field is shredded and encoded on its own, several at a time where there are processors
 * to spare. Belongs to one thread.
 */
public final class FileWriter {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  /**
   * Name and version of the writer, in the form that parquet-java parses before it trusts bounds.
   */
  private static final String CREATED_BY = "Frazil version " + ProductVersion.NUMBER;

  private final UploadStream out;
  private final Schema schema;
  private final WriteSettings settings;
  private final WriteSchema writeSchema;
  private final List<LeafWriter> leaves = new ArrayList<>();
  private final List<RowBatch> pending = new ArrayList<>();
  private final List<RowGroup> rowGroups = new ArrayList<>();
  private final List<List<ChunkMetadata>> chunks = new ArrayList<>();
  private final List<Long> splitOffsets = new ArrayList<>();
  private int pendingRows;
  private long rowGroupRows;
  private long rowCount;

  public FileWriter(UploadStream out, Schema schema, Map<String, String> properties)
      throws IOException {
    this.out = out;
    this.schema = schema;
    this.settings = WriteSettings.of(properties);
    this.writeSchema = WriteSchema.of(schema);
    for (LeafColumn leaf : writeSchema.leaves()) {
      leaves.add(
          switch (leaf.element().getType()) {
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, INT96 -> new BytesLeafWriter(leaf, settings);
            case BOOLEAN, INT32, INT64, FLOAT, DOUBLE -> new LongLeafWriter(leaf, settings);
          });
    }
    out.write(MAGIC);
  }

  /** Adds the selected rows of a batch, which must not change any more. */
  public void write(RowBatch batch) throws IOException {
    int selected = batch.selectedCount();
    if (selected == 0) {
      return;
    }
    pending.add(batch);
    pendingRows += selected;
    if (pendingRows >= settings.pageRows()) {
      encodePending();
    }
  }

  private void encodePending() throws IOException {
    if (pendingRows == 0) {
      return;
    }
    List<FieldNode> fields = writeSchema.fields();
    // Leaves of different fields share nothing, so fields may go to different threads.
    IntStream ordinals = IntStream.range(0, fields.size());
    (fields.size() > 1 ? ordinals.parallel() : ordinals).forEach(this::encodeField);
    rowGroupRows += pendingRows;
    rowCount += pendingRows;
    pending.clear();
    pendingRows = 0;
    long bytes = 0;
    for (LeafWriter leaf : leaves) {
      bytes += leaf.chunkBytesEstimate();
    }
    if (bytes >= settings.rowGroupBytes()
        || rowGroupRows + settings.pageRows() > settings.rowGroupRows()) {
      finishRowGroup();
    }
  }

  private void encodeField(int ordinal) {
    FieldNode field = writeSchema.fields().get(ordinal);
    int rowsInPage = (int) (rowGroupRows % settings.pageRows());
    for (RowBatch batch : pending) {
      int[] positions = batch.selection() == null ? null : batch.selection().positions();
      int from = 0;
      int count = batch.selectedCount();
      while (from < count) {
        int rows = Math.min(count - from, Math.min(SLICE_ROWS, settings.pageRows() - rowsInPage));
        field.shred(
            batch.column(ordinal),
            Entries.ofRows(positions, from, rows),
            (leaf, vector, entries) -> leaves.get(leaf).append(vector, entries));
        from += rows;
        rowsInPage = (rowsInPage + rows) % settings.pageRows();
        boolean lastOfPage = rowsInPage == 0;
        forEachLeaf(field, lastOfPage);
      }
    }
  }

  /** Rows after which pages are looked at for their size. */
  private static final int SLICE_ROWS = 1024;

  private void forEachLeaf(FieldNode field, boolean lastOfPage) {
    if (field.kind() == FieldNode.Kind.LEAF) {
      LeafWriter leaf = leaves.get(field.leaf());
      if (lastOfPage || leaf.isPageFull()) {
        leaf.finishPage();
      }
      return;
    }
    for (FieldNode child : field.children()) {
      forEachLeaf(child, lastOfPage);
    }
  }

  private void finishRowGroup() throws IOException {
    if (rowGroupRows == 0) {
      return;
    }
    long start = out.position();
    EncodedChunk[] encoded = new EncodedChunk[leaves.size()];
    IntStream.range(0, encoded.length)
        .parallel()
        .forEach(i -> encoded[i] = leaves.get(i).finishChunk());
    List<ColumnChunk> columns = new ArrayList<>();
    List<ChunkMetadata> described = new ArrayList<>();
    long plainBytes = 0;
    for (int i = 0; i < encoded.length; i++) {
      ChunkMetadata metadata =
          ChunkMetadata.of(writeSchema.leaves().get(i), settings, encoded[i], out.position());
      byte[] dictionary = encoded[i].dictionaryPage();
      if (dictionary != null) {
        out.write(dictionary);
      }
      for (EncodedPage page : encoded[i].pages()) {
        out.write(page.bytes());
      }
      plainBytes += encoded[i].plainBytes();
      columns.add(metadata.chunk());
      described.add(metadata);
    }
    rowGroups.add(
        new RowGroup(columns, plainBytes, rowGroupRows)
            .setFile_offset(start)
            .setTotal_compressed_size(out.position() - start)
            .setOrdinal((short) Math.min(Short.MAX_VALUE, rowGroups.size())));
    chunks.add(described);
    splitOffsets.add(start);
    rowGroupRows = 0;
  }

  /** Length that the file would have if it were finished now, roughly. */
  public long lengthEstimateBytes() {
    long bytes = out.position();
    for (LeafWriter leaf : leaves) {
      bytes += leaf.chunkBytesEstimate();
    }
    // Rows that wait for their page: taken at what rows have cost so far.
    return rowCount == 0
        ? bytes + 16L * pendingRows * leaves.size()
        : bytes + bytes / rowCount * pendingRows;
  }

  /** Writes what is left and the footer; the stream stays open. */
  public Metrics finish(MetricsConfig metricsConfig) throws IOException {
    encodePending();
    finishRowGroup();
    writeBloomFilters();
    writeIndexes();
    List<ColumnOrder> orders = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      orders.add(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()));
    }
    FileMetaData footer =
        new FileMetaData(1, writeSchema.elements(), rowCount, rowGroups)
            .setCreated_by(CREATED_BY)
            .setColumn_orders(orders)
            .setKey_value_metadata(
                List.of(new KeyValue("iceberg.schema").setValue(SchemaParser.toJson(schema))));
    long start = out.position();
    Util.writeFileMetaData(footer, out);
    GrowableBytes suffix = new GrowableBytes(8);
    suffix.writeInt((int) (out.position() - start));
    suffix.write(MAGIC, 0, MAGIC.length);
    out.write(suffix.toArray());
    return FileMetrics.of(schema, metricsConfig, leaves, rowCount);
  }

  private void writeBloomFilters() throws IOException {
    for (List<ChunkMetadata> rowGroup : chunks) {
      for (ChunkMetadata metadata : rowGroup) {
        BloomFilter bloom = metadata.bloom();
        if (bloom != null) {
          long start = out.position();
          Util.writeBloomFilterHeader(
              new BloomFilterHeader(
                  bloom.bits().length,
                  BloomFilterAlgorithm.BLOCK(new SplitBlockAlgorithm()),
                  BloomFilterHash.XXHASH(new XxHash()),
                  BloomFilterCompression.UNCOMPRESSED(new Uncompressed())),
              out);
          out.write(bloom.bits());
          metadata
              .chunk()
              .getMeta_data()
              .setBloom_filter_offset(start)
              .setBloom_filter_length((int) (out.position() - start));
        }
      }
    }
  }

  private void writeIndexes() throws IOException {
    for (List<ChunkMetadata> rowGroup : chunks) {
      for (ChunkMetadata metadata : rowGroup) {
        if (metadata.columnIndex() != null) {
          long start = out.position();
          Util.writeColumnIndex(metadata.columnIndex(), out);
          metadata
              .chunk()
              .setColumn_index_offset(start)
              .setColumn_index_length((int) (out.position() - start));
        }
      }
    }
    for (List<ChunkMetadata> rowGroup : chunks) {
      for (ChunkMetadata metadata : rowGroup) {
        long start = out.position();
        Util.writeOffsetIndex(metadata.offsetIndex(), out);
        metadata
            .chunk()
            .setOffset_index_offset(start)
            .setOffset_index_length((int) (out.position() - start));
      }
    }
  }

  public List<Long> splitOffsets() {
    return splitOffsets;
  }
}
