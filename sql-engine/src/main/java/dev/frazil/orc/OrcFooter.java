package dev.frazil.orc;

import dev.frazil.error.EngineException;
import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.format.FileBytes;
import dev.frazil.parquet.format.PrefetchedBytes;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.parquet.format.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the tail of a file tells, checked. Immutable. Source: ORC specification, "File Tail".
 *
 * @param maxChunkBytes no compression chunk is longer, uncompressed
 * @param stripes in file order
 * @param columnCount types of the schema
 * @param statisticsFrom where the statistics of the stripes begin, compressed
 * @param statisticsTo where they end
 * @param hybridCalendar whether days before 1582-10-15 are those of the Julian calendar
 * @param valueCounts how many values of each column, by its number, are not null in the whole file;
 *     fewer, or zeros, where the writer did not count
 */
record OrcFooter(
    String location,
    OrcCodec codec,
    int maxChunkBytes,
    List<Stripe> stripes,
    OrcType root,
    int columnCount,
    long rowCount,
    long statisticsFrom,
    long statisticsTo,
    boolean hybridCalendar,
    List<Long> valueCounts) {
  private static final int DEFAULT_CHUNK_BYTES = 256 << 10;
  private static final int MAX_POSTSCRIPT_BYTES = 255;
  private static final byte[] MAGIC = "ORC".getBytes(StandardCharsets.US_ASCII);

  /** The number of Apache's Java library among those that write files. */
  private static final int JAVA_WRITER = 0;

  private static final int UNKNOWN_CALENDAR = 0;
  private static final int HYBRID_CALENDAR = 1;

  /**
   * A stripe: its indexes, its data and its footer stand one after the other.
   *
   * @param offset where in the file it begins
   * @param firstRow position in the file of its first row
   */
  record Stripe(
      int ordinal,
      long offset,
      long indexBytes,
      long dataBytes,
      int footerBytes,
      long firstRow,
      long rowCount) {
    long dataEnd() {
      return offset + indexBytes + dataBytes;
    }
  }

  /** The last bytes of the file but one. */
  private record Postscript(long footerBytes, long codec, long chunkBytes, long metadataBytes) {}

  /** Reads the tail. */
  static OrcFooter read(FileBytes bytes, ReadMemory memory) {
    String location = bytes.location();
    try {
      return parse(bytes, memory);
    } catch (MalformedDataException | IndexOutOfBoundsException | ArithmeticException e) {
      throw CorruptOrc.error(location, "its tail cannot be read", e);
    }
  }

  private static OrcFooter parse(FileBytes bytes, ReadMemory memory) {
    String location = bytes.location();
    long length = bytes.lengthBytes();
    int tail = (int) Math.min(length, MAX_POSTSCRIPT_BYTES + 1);
    if (tail < MAGIC.length + 1) {
      throw CorruptOrc.error(location, "it has only " + length + " bytes");
    }
    Slice end = bytes.read(length - tail, tail);
    int postscriptBytes = end.data()[end.end() - 1] & 0xff;
    if (postscriptBytes >= tail) {
      throw CorruptOrc.error(location, "it is too short for its postscript");
    }
    Postscript postscript =
        postscript(
            new ProtobufInput(end.data(), end.end() - 1 - postscriptBytes, end.end() - 1),
            location);
    OrcCodec codec = OrcCodec.of(postscript.codec(), location);
    long chunkBytes = postscript.chunkBytes() == 0 ? DEFAULT_CHUNK_BYTES : postscript.chunkBytes();
    if (codec != OrcCodec.NONE && (chunkBytes < 0 || chunkBytes > OrcLimits.MAX_CHUNK_BYTES)) {
      throw new MalformedDataException("chunks of up to " + chunkBytes + " bytes");
    }
    long footerTo = length - 1 - postscriptBytes;
    long footerFrom = footerTo - postscript.footerBytes();
    long metadataFrom = footerFrom - postscript.metadataBytes();
    if (tooLong(postscript.footerBytes())
        || tooLong(postscript.metadataBytes())
        || metadataFrom < MAGIC.length) {
      throw new MalformedDataException(
          "a footer of " + postscript.footerBytes() + " bytes in a file of " + length);
    }
    memory.take(footerTo - footerFrom);
    bytes.growTail(footerFrom);
    int maxChunk = (int) Math.min(chunkBytes, OrcLimits.MAX_CHUNK_BYTES);
    try (ChunkDecompressor decompressor = new ChunkDecompressor(codec, maxChunk)) {
      byte[] plain =
          plain(new PrefetchedBytes(bytes, memory), decompressor, footerFrom, footerTo, memory);
      return footer(
          new ProtobufInput(plain, 0, plain.length),
          location,
          codec,
          maxChunk,
          metadataFrom,
          footerFrom);
    }
  }

  private static boolean tooLong(long length) {
    return length < 0 || length > OrcLimits.MAX_FOOTER_BYTES;
  }

  /** The bytes of a range without compression. */
  static byte[] plain(
      PrefetchedBytes bytes,
      ChunkDecompressor decompressor,
      long from,
      long to,
      ReadMemory memory) {
    StreamInput in = new StreamInput(bytes, decompressor, from, to, memory);
    byte[] plain = new byte[(int) Math.min(to - from, OrcLimits.MAX_FOOTER_BYTES)];
    int length = 0;
    while (!in.atEnd()) {
      int ready = in.ready();
      if (length + ready > OrcLimits.MAX_FOOTER_BYTES) {
        throw new MalformedDataException(
            "a footer of more than " + OrcLimits.MAX_FOOTER_BYTES + " bytes");
      }
      if (length + ready > plain.length) {
        int grown = Math.max(length + ready, 2 * plain.length);
        memory.take(grown - plain.length);
        plain = Arrays.copyOf(plain, grown);
      }
      in.readFully(plain, length, ready);
      length += ready;
    }
    return Arrays.copyOf(plain, length);
  }

  private static Postscript postscript(ProtobufInput in, String location) {
    long footerBytes = 0;
    long codec = 0;
    long chunkBytes = 0;
    long metadataBytes = 0;
    String magic = "";
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case 1 -> footerBytes = in.uint();
        case 2 -> codec = in.uint();
        case 3 -> chunkBytes = in.uint();
        case 5 -> metadataBytes = in.uint();
        case 8000 -> magic = in.text();
        default -> in.skip();
      }
    }
    if (!magic.equals("ORC")) {
      throw CorruptOrc.error(location, "it does not end as an ORC file does");
    }
    return new Postscript(footerBytes, codec, chunkBytes, metadataBytes);
  }

  private static OrcFooter footer(
      ProtobufInput in,
      String location,
      OrcCodec codec,
      int maxChunkBytes,
      long statisticsFrom,
      long statisticsTo) {
    List<Stripe> stripes = new ArrayList<>();
    List<OrcType.Node> types = new ArrayList<>();
    long rows = 0;
    long rowCount = 0;
    int children = 0;
    List<Long> valueCounts = new ArrayList<>();
    int writer = JAVA_WRITER;
    int calendar = UNKNOWN_CALENDAR;
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case 3 -> {
          if (stripes.size() == OrcLimits.MAX_STRIPES) {
            throw new MalformedDataException("more than " + OrcLimits.MAX_STRIPES + " stripes");
          }
          Stripe stripe = stripe(in.message(), stripes.size(), rows, statisticsFrom);
          stripes.add(stripe);
          rows = Math.addExact(rows, stripe.rowCount());
        }
        case 4 -> {
          if (types.size() == OrcLimits.MAX_TYPES) {
            throw new MalformedDataException("more than " + OrcLimits.MAX_TYPES + " types");
          }
          OrcType.Node type = OrcType.Node.read(in.message(), OrcLimits.MAX_TYPES - children);
          types.add(type);
          children += Math.max(type.children().size(), type.names().size());
        }
        case 6 -> rowCount = in.uint();
        case 7 -> {
          if (valueCounts.size() == OrcLimits.MAX_TYPES) {
            throw new MalformedDataException("statistics of more columns than there may be");
          }
          valueCounts.add(valueCount(in.message()));
        }
        case 9 -> writer = in.smallUint();
        case 10 -> throw EngineException.unsupported("reading the encrypted ORC file " + location);
        case 11 -> calendar = in.smallUint();
        default -> in.skip();
      }
    }
    if (rowCount != rows) {
      throw new MalformedDataException(
          "stripes of " + rows + " rows in a file of " + rowCount + " rows");
    }
    return new OrcFooter(
        location,
        codec,
        maxChunkBytes,
        List.copyOf(stripes),
        OrcType.tree(types),
        types.size(),
        rows,
        statisticsFrom,
        statisticsTo,
        calendar == HYBRID_CALENDAR || (calendar == UNKNOWN_CALENDAR && writer == JAVA_WRITER),
        List.copyOf(valueCounts));
  }

  private static long valueCount(ProtobufInput in) {
    long count = 0;
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      if (field == 1) {
        count = in.uint();
      } else {
        in.skip();
      }
    }
    return count;
  }

  /** How many values of a column a row has on average beyond one, as lists and maps lead to. */
  double valuesBeyondRows(int column) {
    long count = column < valueCounts.size() ? valueCounts.get(column) : 0;
    return Math.max(0, (double) count / Math.max(1, rowCount) - 1);
  }

  private static Stripe stripe(ProtobufInput in, int ordinal, long firstRow, long limit) {
    long offset = 0;
    long indexBytes = 0;
    long dataBytes = 0;
    long footerBytes = 0;
    long rowCount = 0;
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case 1 -> offset = in.uint();
        case 2 -> indexBytes = in.uint();
        case 3 -> dataBytes = in.uint();
        case 4 -> footerBytes = in.uint();
        case 5 -> rowCount = in.uint();
        default -> in.skip();
      }
    }
    if (offset < 0
        || indexBytes < 0
        || dataBytes < 0
        || tooLong(footerBytes)
        || rowCount < 0
        || Math.addExact(Math.addExact(offset, indexBytes), Math.addExact(dataBytes, footerBytes))
            > limit) {
      throw new MalformedDataException("stripe " + ordinal + " does not lie before the footer");
    }
    return new Stripe(
        ordinal, offset, indexBytes, dataBytes, (int) footerBytes, firstRow, rowCount);
  }
}
