package dev.frazil.storage;

/**
 * A part of an object.
 *
 * @param position first byte
 * @param length number of bytes, at least 1
 */
public record ByteRange(long position, int length) {
  public ByteRange {
    if (position < 0 || length < 1) {
      throw new IllegalArgumentException("position " + position + ", length " + length);
    }
  }

  /** The byte after the last one. */
  public long end() {
    return position + length;
  }
}
