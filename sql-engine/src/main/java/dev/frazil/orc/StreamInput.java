package dev.frazil.orc;

import dev.frazil.parquet.encoding.LittleEndian;
import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.format.PrefetchedBytes;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.parquet.format.Slice;
import java.util.Arrays;

/**
 * The bytes of one stream from its start to its end, chunk by chunk. Running out of them is
 * malformed. Belongs to one thread at a time.
 */
final class StreamInput {
  private static final int CHUNK_HEADER_BYTES = 3;
  private static final int MAX_INTEGER_BYTES = 19;

  private final PrefetchedBytes source;
  private final ChunkDecompressor decompressor;
  private final ReadMemory memory;
  private final long end;
  private long next;

  /** Memory of this stream, as long as the longest chunk so far. */
  private byte[] own = new byte[0];

  private byte[] buffer = own;
  private int position;
  private int limit;

  /**
   * @param start where in the file the stream begins
   * @param end where it ends; within the file
   */
  StreamInput(
      PrefetchedBytes source,
      ChunkDecompressor decompressor,
      long start,
      long end,
      ReadMemory memory) {
    this.source = source;
    this.decompressor = decompressor;
    this.next = start;
    this.end = end;
    this.memory = memory;
  }

  /** Bytes that can still come, at most. */
  long remainingAtMost() {
    long ready = (long) limit - position;
    return decompressor.codec() == OrcCodec.NONE
        ? ready + end - next
        : ready
            + (end - next + CHUNK_HEADER_BYTES)
                / (CHUNK_HEADER_BYTES + 1L)
                * decompressor.maxChunkBytes();
  }

  /** Whether there are no more bytes; may go to the next chunk. */
  boolean atEnd() {
    while (position == limit && next < end) {
      advance();
    }
    return position == limit;
  }

  /** Bytes of the current chunk that are left. */
  int ready() {
    return limit - position;
  }

  byte readByte() {
    if (position == limit) {
      load();
    }
    return buffer[position++];
  }

  /** An unsigned integer, seven bits a byte, of at most 64 bits. */
  long readVarint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte read = readByte();
      value |= (read & 0x7fL) << shift;
      if (read >= 0) {
        return value;
      }
    }
    throw new MalformedDataException("a number of more than ten bytes");
  }

  /** A signed integer in zigzag form. */
  long readSignedVarint() {
    long value = readVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /**
   * Reads a signed integer of at most 128 bits in zigzag form, of which {@code parts} gets the high
   * and the low half.
   */
  void readInt128(long[] parts) {
    long low = 0;
    long high = 0;
    int shift = 0;
    for (int count = 0; count < MAX_INTEGER_BYTES; count++, shift += 7) {
      byte read = readByte();
      long bits = read & 0x7fL;
      if (shift < Long.SIZE) {
        low |= bits << shift;
        if (shift > Long.SIZE - 7) {
          high |= bits >>> (Long.SIZE - shift);
        }
      } else {
        if (shift == 2 * Long.SIZE - 2 && bits > 3) {
          break;
        }
        high |= bits << (shift - Long.SIZE);
      }
      if (read >= 0) {
        long sign = -(low & 1);
        parts[0] = (high >>> 1) ^ sign;
        parts[1] = ((low >>> 1) | (high << (Long.SIZE - 1))) ^ sign;
        return;
      }
    }
    throw new MalformedDataException("a number of more than 128 bits");
  }

  /**
   * {@code length} bytes next to each other in {@link #buffer}, from the answered position. Eight
   * bytes more may be loaded.
   */
  int take(int length) {
    if (limit - position < length) {
      join(length);
    }
    position += length;
    return position - length;
  }

  byte[] buffer() {
    return buffer;
  }

  void readFully(byte[] target, int offset, int length) {
    int done = 0;
    while (done < length) {
      if (position == limit) {
        load();
      }
      int part = Math.min(length - done, limit - position);
      System.arraycopy(buffer, position, target, offset + done, part);
      position += part;
      done += part;
    }
  }

  void skip(long length) {
    long left = length;
    while (left > 0) {
      if (position == limit) {
        load();
      }
      int part = (int) Math.min(left, limit - position);
      position += part;
      left -= part;
    }
  }

  /** Has at least {@code length} bytes next to each other. */
  private void join(int length) {
    byte[] joined = Arrays.copyOfRange(buffer, position, position + length);
    int ready = limit - position;
    while (ready < length) {
      position = limit;
      load();
      int more = limit - position;
      if (joined.length < ready + more + LittleEndian.PADDING_BYTES) {
        joined = Arrays.copyOf(joined, ready + more + LittleEndian.PADDING_BYTES);
      }
      System.arraycopy(buffer, position, joined, ready, more);
      ready += more;
    }
    buffer = joined;
    position = 0;
    limit = ready;
  }

  /** Goes to the next chunk that has bytes. */
  private void load() {
    do {
      if (next >= end) {
        throw new MalformedDataException("a stream ends too early");
      }
      advance();
    } while (position == limit);
  }

  private void advance() {
    if (decompressor.codec() == OrcCodec.NONE) {
      Slice slice = source.from(next, 1, end);
      show(slice, slice.length());
      next += slice.length();
    } else {
      loadChunk();
    }
  }

  private void loadChunk() {
    if (end - next < CHUNK_HEADER_BYTES) {
      throw new MalformedDataException("a stream ends within the header of a chunk");
    }
    Slice head = source.from(next, CHUNK_HEADER_BYTES, end);
    byte[] bytes = head.data();
    int at = head.offset();
    int header = (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16;
    int length = header >>> 1;
    next += CHUNK_HEADER_BYTES;
    if (length > end - next) {
      throw new MalformedDataException(
          "a chunk of " + length + " bytes where " + (end - next) + " are left");
    }
    if (length == 0) {
      position = limit;
      return;
    }
    Slice chunk = source.from(next, length, end);
    next += length;
    if ((header & 1) != 0) {
      if (length > decompressor.maxChunkBytes()) {
        throw new MalformedDataException("a chunk of " + length + " bytes");
      }
      show(chunk, length);
    } else {
      decompress(chunk.data(), chunk.offset(), length);
    }
  }

  private void show(Slice slice, int length) {
    buffer = slice.data();
    position = slice.offset();
    limit = position + length;
  }

  private void decompress(byte[] bytes, int offset, int length) {
    if (own.length >= decompressor.maxChunkBytes() + LittleEndian.PADDING_BYTES) {
      limit = decompressor.decompress(bytes, offset, length, own);
    } else {
      int written = decompressor.decompress(bytes, offset, length);
      int wanted = written + LittleEndian.PADDING_BYTES;
      if (own.length < wanted) {
        memory.take(wanted - own.length);
        own = new byte[wanted];
      }
      System.arraycopy(decompressor.scratch(), 0, own, 0, written);
      limit = written;
    }
    buffer = own;
    position = 0;
  }
}
