package dev.frazil.parquet.format;

/**
 * Bytes {@code data[offset..offset + length)}, with at least eight more bytes of padding behind
 * them. Not to be written to.
 */
public record Slice(byte[] data, int offset, int length) {
  public int end() {
    return offset + length;
  }

  /** {@code length} bytes from {@code from} bytes into this slice. */
  public Slice part(int from, int partLength) {
    return new Slice(data, offset + from, partLength);
  }
}
