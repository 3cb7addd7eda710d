package dev.frazil.parquet.write;

import dev.frazil.parquet.codec.PageCodec;
import dev.frazil.parquet.encoding.RunLengthEncoder;
import dev.frazil.parquet.prune.BloomFilter;
import dev.frazil.parquet.write.FieldNode.Entries;
import dev.frazil.vector.ColumnVector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.GeospatialStatistics;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * Writes one leaf: collects entries into a page, pages into a chunk. Data pages are of version 1,
 * which every reader knows. Not thread-safe; different leaves may be written by different threads.
 */
abstract class LeafWriter {
  final LeafColumn column;
  final WriteSettings settings;

  /** Counts and bounds of the whole file. */
  final LeafTotals totals = new LeafTotals();

  private int[] definitions = new int[0];
  private int[] repetitions = new int[0];
  private int[] positions = new int[0];
  private int entries;
  private int rows;
  private int nulls;
  private List<EncodedPage> pages = new ArrayList<>();
  private Map<Encoding, Integer> pageEncodings = new EnumMap<>(Encoding.class);
  private long chunkBytes;
  private long chunkPlainBytes;
  private long chunkEntries;
  private long chunkNulls;
  private final GrowableBytes body = new GrowableBytes(1024);
  private long[] bloomHashes = new long[0];
  private int bloomCount;
  private final boolean bloom;

  /**
   * A page with its header.
   *
   * @param minimum plain-encoded, null when the page has no bounds
   */
  record EncodedPage(
      byte[] bytes,
      int rows,
      int nulls,
      int entries,
      byte @Nullable [] minimum,
      byte @Nullable [] maximum) {}

  /** A finished column chunk. */
  record EncodedChunk(
      byte @Nullable [] dictionaryPage,
      List<EncodedPage> pages,
      Map<Encoding, Integer> pageEncodings,
      long plainBytes,
      long entries,
      long nulls,
      byte @Nullable [] minimum,
      byte @Nullable [] maximum,
      @Nullable GeospatialStatistics geospatial,
      @Nullable BloomFilter bloom) {}

  LeafWriter(LeafColumn column, WriteSettings settings) {
    this.column = column;
    this.settings = settings;
    this.bloom =
        settings.bloomColumns().contains(column.name())
            && column.element().getType() != Type.BOOLEAN;
  }

  /** Adds the values at some positions of a vector, none of them null. */
  abstract void addValues(ColumnVector vector, int[] positions, int count);

  /** Bytes that the values of the open page would take in plain encoding. */
  abstract int pageValueBytes();

  /** Appends the values of the open page and forgets them. */
  abstract Encoding encodeValues(GrowableBytes out);

  /** Least and greatest value of the open page, plain-encoded, folded into those of the chunk. */
  abstract byte @Nullable [][] pageBounds();

  /** Least and greatest value of the chunk, folded into those of the file. */
  abstract byte @Nullable [][] chunkBounds();

  /** What is known of the geometries of the chunk; folded into what is known of the file. */
  @Nullable GeospatialStatistics takeGeospatial() {
    return null;
  }

  /** The dictionary that pages of this chunk refer to, plain-encoded; null if none does. */
  abstract @Nullable DictionaryBytes takeDictionary();

  /** Bytes that the dictionary holds in memory. */
  abstract int dictionaryBytes();

  /** A dictionary's plain encoding. */
  record DictionaryBytes(int count, byte[] bytes) {}

  final void append(ColumnVector vector, Entries added) {
    int count = added.count();
    int[] index = added.index();
    int present = count;
    if (column.maxDefinition() > 0) {
      int maximum = column.maxDefinition();
      int[] definition = added.definition();
      if (positions.length < count) {
        positions = new int[count];
      }
      present = 0;
      for (int i = 0; i < count; i++) {
        if (definition[i] == maximum) {
          positions[present++] = index[i];
        }
      }
      index = positions;
      definitions = appendTo(definitions, entries, definition, count);
    }
    if (column.maxRepetition() > 0) {
      repetitions = appendTo(repetitions, entries, added.repetition(), count);
      for (int i = 0; i < count; i++) {
        rows += added.repetition()[i] == 0 ? 1 : 0;
      }
    } else {
      rows += count;
    }
    entries += count;
    nulls += count - present;
    addValues(vector, index, present);
  }

  private static int[] appendTo(int[] target, int used, int[] source, int count) {
    int[] result =
        target.length >= used + count
            ? target
            : Arrays.copyOf(target, Math.max(target.length * 2, used + count));
    System.arraycopy(source, 0, result, used, count);
    return result;
  }

  /** Whether the open page should end after the rows it has. */
  final boolean isPageFull() {
    return rows >= settings.pageRows() || pageValueBytes() >= settings.pageBytes();
  }

  /** Bytes of the chunk so far, the open page taken at half its plain size. */
  final long chunkBytesEstimate() {
    return chunkBytes + dictionaryBytes() / 2 + pageValueBytes() / 2;
  }

  final void addBloomHash(long hash) {
    if (bloomCount == bloomHashes.length) {
      bloomHashes = Arrays.copyOf(bloomHashes, Math.max(64, bloomCount * 2));
    }
    bloomHashes[bloomCount++] = hash;
  }

  final boolean hasBloom() {
    return bloom;
  }

  /** Ends the open page, if it has rows. */
  final void finishPage() {
    if (entries == 0) {
      return;
    }
    byte[][] bounds = pageBounds();
    body.clear();
    writeLevels(repetitions, column.maxRepetition(), false);
    writeLevels(definitions, column.maxDefinition(), nulls == 0);
    Encoding encoding = encodeValues(body);
    DataPageHeader page = new DataPageHeader(entries, encoding, Encoding.RLE, Encoding.RLE);
    PageHeader header = new PageHeader().setType(PageType.DATA_PAGE).setData_page_header(page);
    byte[] bytes = pageBytes(header, body.data(), body.length());
    pages.add(
        new EncodedPage(
            bytes,
            rows,
            nulls,
            entries,
            bounds == null ? null : bounds[0],
            bounds == null ? null : bounds[1]));
    pageEncodings.merge(encoding, 1, Integer::sum);
    chunkEntries += entries;
    chunkNulls += nulls;
    entries = 0;
    rows = 0;
    nulls = 0;
  }

  /**
   * @param isEverywhere whether all levels are the maximum
   */
  private void writeLevels(int[] levels, int maximum, boolean isEverywhere) {
    if (maximum > 0) {
      RunLengthEncoder encoder = new RunLengthEncoder(RunLengthEncoder.widthOf(maximum));
      if (isEverywhere) {
        encoder.writeRun(maximum, entries);
      } else {
        encoder.write(levels, 0, entries);
      }
      byte[] encoded = encoder.finish();
      body.writeInt(encoded.length);
      body.write(encoded, 0, encoded.length);
    }
  }

  private byte[] pageBytes(PageHeader header, byte[] plain, int length) {
    byte[] compressed = PageCodec.compress(settings.codec(), plain, 0, length, settings.level());
    CRC32 crc = new CRC32();
    crc.update(compressed);
    header
        .setUncompressed_page_size(length)
        .setCompressed_page_size(compressed.length)
        .setCrc((int) crc.getValue());
    GrowableBytes bytes = new GrowableBytes(compressed.length + 64);
    try {
      Util.writePageHeader(header, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    chunkPlainBytes += bytes.length() + length;
    bytes.write(compressed, 0, compressed.length);
    chunkBytes += bytes.length();
    return bytes.toArray();
  }

  /** Ends the chunk. */
  final EncodedChunk finishChunk() {
    finishPage();
    byte[][] bounds = chunkBounds();
    DictionaryBytes dictionary = takeDictionary();
    byte[] dictionaryPage = null;
    if (dictionary != null) {
      PageHeader header =
          new PageHeader()
              .setType(PageType.DICTIONARY_PAGE)
              .setDictionary_page_header(
                  new DictionaryPageHeader(dictionary.count(), Encoding.PLAIN));
      dictionaryPage = pageBytes(header, dictionary.bytes(), dictionary.bytes().length);
    }
    BloomFilter filter = null;
    if (bloom) {
      filter = bloomFilter();
    }
    EncodedChunk chunk =
        new EncodedChunk(
            dictionaryPage,
            pages,
            pageEncodings,
            chunkPlainBytes,
            chunkEntries,
            chunkNulls,
            bounds == null ? null : bounds[0],
            bounds == null ? null : bounds[1],
            takeGeospatial(),
            filter);
    totals.add(chunkEntries, chunkNulls, chunkBytes);
    pages = new ArrayList<>();
    pageEncodings = new EnumMap<>(Encoding.class);
    chunkBytes = 0;
    chunkPlainBytes = 0;
    chunkEntries = 0;
    chunkNulls = 0;
    return chunk;
  }

  private BloomFilter bloomFilter() {
    long[] hashes = Arrays.copyOf(bloomHashes, bloomCount);
    Arrays.sort(hashes);
    int distinct = 0;
    for (int i = 0; i < hashes.length; i++) {
      if (i == 0 || hashes[i] != hashes[i - 1]) {
        distinct++;
      }
    }
    BloomFilter filter =
        BloomFilter.sized(
            distinct, settings.bloomFalsePositives(column.name()), settings.bloomMaxBytes());
    for (long hash : hashes) {
      filter.add(hash);
    }
    bloomCount = 0;
    return filter;
  }
}
