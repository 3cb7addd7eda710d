package dev.frazil.parquet.codec;

import dev.frazil.parquet.encoding.MalformedDataException;
import io.airlift.compress.lz4.Lz4Decompressor;

/**
 * The deprecated codec LZ4: blocks behind big-endian lengths as old Hadoop writers framed them, or
 * one bare block as others understood the format.
 */
final class LegacyLz4 {
  private static final int FRAME_HEADER_BYTES = 8;

  private LegacyLz4() {}

  static int decompress(
      byte[] source, int sourceOffset, int sourceLength, byte[] target, int offset, int length) {
    if (isFramed(source, sourceOffset, sourceLength, length)) {
      int written = 0;
      int position = sourceOffset;
      int end = sourceOffset + sourceLength;
      while (position < end) {
        if (end - position < FRAME_HEADER_BYTES) {
          throw new MalformedDataException("an LZ4 frame without its lengths");
        }
        int plain = bigEndian(source, position);
        int packed = bigEndian(source, position + 4);
        position += FRAME_HEADER_BYTES;
        if (plain < 0 || plain > length - written || packed < 0 || packed > end - position) {
          throw new MalformedDataException("LZ4 frame lengths " + plain + " and " + packed);
        }
        written +=
            new Lz4Decompressor()
                .decompress(source, position, packed, target, offset + written, plain);
        position += packed;
      }
      return written;
    }
    return new Lz4Decompressor()
        .decompress(source, sourceOffset, sourceLength, target, offset, length);
  }

  /** Whether the first frame's lengths are plausible. */
  private static boolean isFramed(byte[] source, int offset, int sourceLength, int length) {
    if (sourceLength < FRAME_HEADER_BYTES) {
      return false;
    }
    int plain = bigEndian(source, offset);
    int packed = bigEndian(source, offset + 4);
    return plain > 0
        && plain <= length
        && packed > 0
        && packed <= sourceLength - FRAME_HEADER_BYTES;
  }

  private static int bigEndian(byte[] data, int at) {
    return (data[at] & 0xFF) << 24
        | (data[at + 1] & 0xFF) << 16
        | (data[at + 2] & 0xFF) << 8
        | (data[at + 3] & 0xFF);
  }
}
