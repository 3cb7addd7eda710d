package dev.frazil.parquet.read;

import dev.frazil.parquet.codec.PageCodec;
import dev.frazil.parquet.encoding.LittleEndian;
import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.encoding.RunLengthDecoder;
import dev.frazil.parquet.encoding.ValueDecoder;
import dev.frazil.parquet.format.ColumnChunkInfo;
import dev.frazil.parquet.format.CorruptFile;
import dev.frazil.parquet.format.ParquetLimits;
import dev.frazil.parquet.format.PrefetchedBytes;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.parquet.format.Slice;
import dev.frazil.parquet.format.ThriftInput;
import java.util.zip.CRC32;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one column chunk, one after the other or by offset. Every size is checked before it
 * is believed. Not thread-safe; the pages handed out live until the next one is opened.
 */
final class PageReader {
  private static final int HEADER_GUESS_BYTES = 4 << 10;

  private final String location;
  private final ColumnChunkInfo chunk;
  private final PrefetchedBytes bytes;
  private final ReadMemory memory;
  private long position;

  /** Where the bytes end that the next header and its page may take. */
  private long limit;

  private long pageOffset;
  private PageHeader header = new PageHeader();
  private Slice payload = new Slice(new byte[0], 0, 0);
  private byte[] buffer = new byte[0];

  PageReader(String location, ColumnChunkInfo chunk, PrefetchedBytes bytes, ReadMemory memory) {
    this.location = location;
    this.chunk = chunk;
    this.bytes = bytes;
    this.memory = memory;
    this.position = chunk.start();
    this.limit = chunk.end();
    this.pageOffset = chunk.start();
  }

  /** Where the current page begins, for messages. */
  long pageOffset() {
    return pageOffset;
  }

  /** Makes {@link #next} continue at the page {@code [offset, offset + length)}. */
  void seek(long offset, int length) {
    position = offset;
    limit = offset + length;
  }

  /**
   * Reads the header of the next data page, passing over others; the body stays compressed until
   * {@link #open}.
   */
  boolean next() {
    while (position < limit) {
      readHeader();
      PageType type = header.getType();
      if (type == PageType.DATA_PAGE || type == PageType.DATA_PAGE_V2) {
        if (valueCount() < 0) {
          throw new MalformedDataException("a page of " + valueCount() + " values");
        }
        return true;
      }
    }
    return false;
  }

  /** Entries of the current data page, nulls included. */
  int valueCount() {
    return header.isSetData_page_header_v2()
        ? header.getData_page_header_v2().getNum_values()
        : header.getData_page_header().getNum_values();
  }

  /** The values of the chunk's dictionary page, which is its first; null if it has none. */
  @Nullable ValueDecoder dictionary(int[] valueCount) {
    position = chunk.start();
    limit = chunk.hasDictionary() ? chunk.metadata().getData_page_offset() : chunk.end();
    readHeader();
    if (header.getType() != PageType.DICTIONARY_PAGE
        || !header.isSetDictionary_page_header()
        || header.getDictionary_page_header().getEncoding() == null) {
      return null;
    }
    DictionaryPageHeader dictionary = header.getDictionary_page_header();
    Encoding encoding = dictionary.getEncoding();
    if (encoding != Encoding.PLAIN && encoding != Encoding.PLAIN_DICTIONARY) {
      throw new MalformedDataException("a dictionary in encoding " + encoding);
    }
    verifyChecksum();
    int length = header.getUncompressed_page_size();
    memory.take(length);
    byte[] plain = new byte[length + LittleEndian.PADDING_BYTES];
    decompress(payload, plain, 0, length);
    valueCount[0] = dictionary.getNum_values();
    // A value of a dictionary takes a byte at least, but for booleans and empty fixed values.
    if (valueCount[0] < 0 || valueCount[0] > Math.max(8L * length, 1)) {
      throw new MalformedDataException("a dictionary of " + valueCount[0] + " values");
    }
    return ValueDecoders.plain(chunk.leaf().element(), plain, 0, length);
  }

  private void readHeader() {
    pageOffset = position;
    int available = (int) Math.min(limit - position, ParquetLimits.MAX_PAGE_HEADER_BYTES);
    int guess = Math.min(available, HEADER_GUESS_BYTES);
    Slice slice = bytes.from(position, guess, limit);
    ThriftInput input = new ThriftInput(slice);
    try {
      header = input.read(new PageHeader());
    } catch (MalformedDataException e) {
      if (slice.length() >= available) {
        throw e;
      }
      // Statistics may make a header longer than the guess.
      slice = bytes.from(position, available, limit);
      input = new ThriftInput(slice);
      header = input.read(new PageHeader());
    }
    int compressed = header.getCompressed_page_size();
    int uncompressed = header.getUncompressed_page_size();
    long start = position + input.consumedBytes();
    boolean hasOwnHeader =
        switch (header.getType()) {
          case DATA_PAGE -> header.isSetData_page_header();
          case DATA_PAGE_V2 -> header.isSetData_page_header_v2();
          case DICTIONARY_PAGE -> header.isSetDictionary_page_header();
          case INDEX_PAGE -> true;
        };
    if (!hasOwnHeader || compressed < 0 || compressed > limit - start) {
      throw new MalformedDataException("a page of " + compressed + " bytes does not fit its place");
    }
    if (uncompressed < 0
        || uncompressed > ParquetLimits.MAX_PAGE_BYTES
        || (uncompressed > ParquetLimits.UNSUSPICIOUS_PAGE_BYTES
            && uncompressed > (long) compressed * ParquetLimits.MAX_PAGE_RATIO)) {
      throw new MalformedDataException(
          "a page of " + compressed + " bytes that claims to hold " + uncompressed);
    }
    position = start + compressed;
    int from = input.consumedBytes();
    payload =
        slice.length() - from >= compressed
            ? slice.part(from, compressed)
            : bytes.from(start, compressed, limit).part(0, compressed);
  }

  /** Decompresses the current page and prepares its decoders. */
  DataPage open() {
    verifyChecksum();
    return header.getType() == PageType.DATA_PAGE_V2 ? openVersion2() : openVersion1();
  }

  private DataPage openVersion1() {
    DataPageHeader page = header.getData_page_header();
    int length = header.getUncompressed_page_size();
    byte[] data;
    int start;
    if (chunk.metadata().getCodec() == CompressionCodec.UNCOMPRESSED) {
      requireLength(length, payload.length());
      data = payload.data();
      start = payload.offset();
    } else {
      data = pageBuffer(length);
      start = 0;
      decompress(payload, data, 0, length);
    }
    int end = start + length;
    int count = page.getNum_values();
    RunLengthDecoder repetition = null;
    RunLengthDecoder definition = null;
    int[] at = {start};
    if (chunk.leaf().maxRepetition() > 0) {
      repetition =
          levels(
              data,
              at,
              end,
              chunk.leaf().maxRepetition(),
              count,
              page.getRepetition_level_encoding());
    }
    if (chunk.leaf().maxDefinition() > 0) {
      definition =
          levels(
              data,
              at,
              end,
              chunk.leaf().maxDefinition(),
              count,
              page.getDefinition_level_encoding());
    }
    return page(count, repetition, definition, page.getEncoding(), data, at[0], end);
  }

  private static RunLengthDecoder levels(
      byte[] data, int[] at, int end, int maximum, int count, Encoding encoding) {
    int width = 32 - Integer.numberOfLeadingZeros(maximum);
    int start = at[0];
    if (encoding == Encoding.BIT_PACKED) {
      if ((long) count * width > 8L * (end - start)) {
        throw new MalformedDataException("levels do not fit their page");
      }
      at[0] = start + (int) (((long) count * width + 7) >>> 3);
      return RunLengthDecoder.ofBitPackedLevels(data, start, end, width, count);
    }
    if (encoding != Encoding.RLE) {
      throw new MalformedDataException("levels in encoding " + encoding);
    }
    if (end - start < Integer.BYTES) {
      throw new MalformedDataException("levels without their length");
    }
    int length = LittleEndian.int32(data, start);
    if (length < 0 || length > end - start - Integer.BYTES) {
      throw new MalformedDataException("levels of " + length + " bytes do not fit their page");
    }
    int from = start + Integer.BYTES;
    at[0] = from + length;
    return new RunLengthDecoder(data, from, from + length, width);
  }

  private DataPage openVersion2() {
    DataPageHeaderV2 page = header.getData_page_header_v2();
    int repetitionLength = page.getRepetition_levels_byte_length();
    int definitionLength = page.getDefinition_levels_byte_length();
    if (repetitionLength < 0
        || definitionLength < 0
        || (long) repetitionLength + definitionLength > payload.length()
        || (long) repetitionLength + definitionLength > header.getUncompressed_page_size()) {
      throw new MalformedDataException(
          "levels of " + repetitionLength + " and " + definitionLength + " bytes do not fit");
    }
    int levelsLength = repetitionLength + definitionLength;
    Slice body = payload.part(levelsLength, payload.length() - levelsLength);
    int length = header.getUncompressed_page_size() - levelsLength;
    byte[] data;
    int start;
    boolean compressed = !page.isSetIs_compressed() || page.isIs_compressed();
    if (!compressed || chunk.metadata().getCodec() == CompressionCodec.UNCOMPRESSED) {
      requireLength(length, body.length());
      data = body.data();
      start = body.offset();
    } else {
      data = pageBuffer(length);
      start = 0;
      if (length > 0 || body.length() > 0) {
        decompress(body, data, 0, length);
      }
    }
    RunLengthDecoder repetition =
        levels(payload.offset(), repetitionLength, chunk.leaf().maxRepetition());
    RunLengthDecoder definition =
        levels(payload.offset() + repetitionLength, definitionLength, chunk.leaf().maxDefinition());
    return page(
        page.getNum_values(),
        repetition,
        definition,
        page.getEncoding(),
        data,
        start,
        start + length);
  }

  private @Nullable RunLengthDecoder levels(int start, int length, int maximum) {
    if (maximum == 0) {
      return null;
    }
    int width = 32 - Integer.numberOfLeadingZeros(maximum);
    return new RunLengthDecoder(payload.data(), start, start + length, width);
  }

  private DataPage page(
      int count,
      @Nullable RunLengthDecoder repetition,
      @Nullable RunLengthDecoder definition,
      @Nullable Encoding encoding,
      byte[] data,
      int start,
      int end) {
    if (encoding == Encoding.RLE_DICTIONARY || encoding == Encoding.PLAIN_DICTIONARY) {
      // A page of nulls alone may leave out even the bit width.
      int width = start == end ? 0 : data[start];
      int from = Math.min(end, start + 1);
      return new DataPage(
          count, repetition, definition, new RunLengthDecoder(data, from, end, width), null);
    }
    ValueDecoder values =
        ValueDecoders.of(encoding, chunk.leaf().element(), data, start, end, count);
    return new DataPage(count, repetition, definition, null, values);
  }

  private void decompress(Slice source, byte[] target, int offset, int length) {
    PageCodec.decompress(
        chunk.metadata().getCodec(),
        source.data(),
        source.offset(),
        source.length(),
        target,
        offset,
        length);
  }

  private byte[] pageBuffer(int length) {
    if (buffer.length < length + LittleEndian.PADDING_BYTES) {
      memory.take(length + LittleEndian.PADDING_BYTES - buffer.length);
      buffer = new byte[length + LittleEndian.PADDING_BYTES];
    }
    return buffer;
  }

  private static void requireLength(int announced, int actual) {
    if (announced != actual) {
      throw new MalformedDataException(
          "an uncompressed page of " + actual + " bytes announced as " + announced);
    }
  }

  private void verifyChecksum() {
    if (header.isSetCrc()) {
      CRC32 crc = new CRC32();
      crc.update(payload.data(), payload.offset(), payload.length());
      if ((int) crc.getValue() != header.getCrc()) {
        throw new MalformedDataException("the checksum of the page is wrong");
      }
    }
  }

  /** The exception for a defect found in this chunk. */
  RuntimeException corrupt(RuntimeException cause) {
    return CorruptFile.error(
        location,
        "column "
            + chunk.leaf().path()
            + ", page at "
            + pageOffset
            + ": "
            + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
        cause);
  }
}
