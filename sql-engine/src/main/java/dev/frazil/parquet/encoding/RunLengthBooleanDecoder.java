package dev.frazil.parquet.encoding;

/** Booleans as one-bit RLE / bit-packing hybrid behind a four-byte length. */
public final class RunLengthBooleanDecoder extends ValueDecoder {
  private final RunLengthDecoder bits;
  private int[] scratch = new int[0];

  public RunLengthBooleanDecoder(byte[] data, int start, int end) {
    if (end - start < Integer.BYTES) {
      throw new MalformedDataException("booleans without their length");
    }
    int length = LittleEndian.int32(data, start);
    if (length < 0 || length > end - start - Integer.BYTES) {
      throw new MalformedDataException("booleans of " + length + " bytes do not fit their page");
    }
    int from = start + Integer.BYTES;
    bits = new RunLengthDecoder(data, from, from + length, 1);
  }

  @Override
  public void readBooleans(boolean[] target, int offset, int count) {
    if (scratch.length < count) {
      scratch = new int[count];
    }
    bits.read(scratch, 0, count);
    for (int i = 0; i < count; i++) {
      target[offset + i] = scratch[i] != 0;
    }
  }

  @Override
  public void skip(int count) {
    bits.skip(count);
  }
}
