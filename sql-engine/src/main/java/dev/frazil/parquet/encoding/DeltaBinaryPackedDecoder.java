package dev.frazil.parquet.encoding;

/** DELTA_BINARY_PACKED integers; arithmetic wraps as the format demands. */
public final class DeltaBinaryPackedDecoder extends ValueDecoder {
  private static final int MAX_BLOCK_VALUES = 1 << 20;

  private final byte[] data;
  private final int end;
  private final int valuesPerMiniblock;
  private final int miniblocksPerBlock;
  private final int totalValues;
  private final byte[] widths;
  private final long[] deltas;
  private int position;
  private int read;
  private long last;
  private long minimumDelta;
  private int miniblock;

  /** Deltas of the loaded miniblock that were handed out. */
  private int consumed;

  public DeltaBinaryPackedDecoder(byte[] data, int start, int end) {
    this.data = data;
    this.end = end;
    this.position = start;
    long blockValues = varint();
    long miniblocks = varint();
    long total = varint();
    last = zigzag();
    if (blockValues <= 0
        || blockValues > MAX_BLOCK_VALUES
        || miniblocks <= 0
        || miniblocks > blockValues
        || blockValues % miniblocks != 0
        || (blockValues / miniblocks) % 8 != 0
        || total < 0
        || total > Integer.MAX_VALUE) {
      throw new MalformedDataException(
          "a delta header of " + blockValues + ", " + miniblocks + ", " + total);
    }
    valuesPerMiniblock = (int) (blockValues / miniblocks);
    miniblocksPerBlock = (int) miniblocks;
    totalValues = (int) total;
    widths = new byte[miniblocksPerBlock];
    deltas = new long[valuesPerMiniblock];
    miniblock = miniblocksPerBlock;
    consumed = valuesPerMiniblock;
  }

  /** Values that the header announces. */
  int totalValues() {
    return totalValues;
  }

  /** Where the encoded block ends; known once all values are read. */
  int endPosition() {
    return position;
  }

  @Override
  public void readLongs(long[] target, int offset, int count) {
    check(count);
    int done = 0;
    if (read == 0 && count > 0) {
      target[offset] = last;
      read = 1;
      done = 1;
    }
    while (done < count) {
      if (consumed == valuesPerMiniblock) {
        nextMiniblock();
      }
      int n = Math.min(count - done, valuesPerMiniblock - consumed);
      long value = last;
      long minimum = minimumDelta;
      for (int i = 0; i < n; i++) {
        value += minimum + deltas[consumed + i];
        target[offset + done + i] = value;
      }
      last = value;
      consumed += n;
      read += n;
      done += n;
    }
  }

  @Override
  public void readInts(int[] target, int offset, int count) {
    check(count);
    int done = 0;
    if (read == 0 && count > 0) {
      target[offset] = (int) last;
      read = 1;
      done = 1;
    }
    while (done < count) {
      if (consumed == valuesPerMiniblock) {
        nextMiniblock();
      }
      int n = Math.min(count - done, valuesPerMiniblock - consumed);
      long value = last;
      long minimum = minimumDelta;
      for (int i = 0; i < n; i++) {
        value += minimum + deltas[consumed + i];
        target[offset + done + i] = (int) value;
      }
      last = value;
      consumed += n;
      read += n;
      done += n;
    }
  }

  @Override
  public void skip(int count) {
    check(count);
    long[] scratch = new long[Math.min(count, 1024)];
    int left = count;
    while (left > 0) {
      int n = Math.min(left, scratch.length);
      readLongs(scratch, 0, n);
      left -= n;
    }
  }

  private void check(int count) {
    if (count > totalValues - read) {
      throw new MalformedDataException(
          "delta values end after " + totalValues + ", but more are wanted");
    }
  }

  private void nextMiniblock() {
    if (miniblock == miniblocksPerBlock) {
      minimumDelta = zigzag();
      if (miniblocksPerBlock > end - position) {
        throw new MalformedDataException("a delta block without bit widths");
      }
      System.arraycopy(data, position, widths, 0, miniblocksPerBlock);
      position += miniblocksPerBlock;
      miniblock = 0;
    }
    int width = widths[miniblock];
    if (width < 0 || width > 64) {
      throw new MalformedDataException("a delta bit width of " + width);
    }
    int lengthBytes = valuesPerMiniblock / 8 * width;
    int wanted = Math.min(valuesPerMiniblock, totalValues - read);
    int neededBytes = (int) (((long) wanted * width + 7) >>> 3);
    if (neededBytes > end - position) {
      throw new MalformedDataException("a delta miniblock ends after its data");
    }
    BitUnpacker.unpackLongs(data, position, 0, width, deltas, 0, wanted);
    position = Math.min(end, position + lengthBytes);
    miniblock++;
    consumed = 0;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (position >= end) {
        throw new MalformedDataException("delta values end within a number");
      }
      int next = data[position++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedDataException("a number longer than ten bytes");
  }

  private long zigzag() {
    long raw = varint();
    return (raw >>> 1) ^ -(raw & 1);
  }
}
