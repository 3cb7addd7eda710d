package dev.frazil.parquet.encoding;

/**
 * The values of one page, read in bulk and in order. A decoder supports the methods of its physical
 * type; the others mean that a page's encoding does not fit its column. Not thread-safe.
 */
public abstract class ValueDecoder {

  public void readBooleans(boolean[] target, int offset, int count) {
    throw unfit("boolean");
  }

  public void readInts(int[] target, int offset, int count) {
    throw unfit("INT32");
  }

  public void readLongs(long[] target, int offset, int count) {
    throw unfit("INT64");
  }

  public void readFloats(float[] target, int offset, int count) {
    throw unfit("FLOAT");
  }

  public void readDoubles(double[] target, int offset, int count) {
    throw unfit("DOUBLE");
  }

  /** BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY and INT96 values. */
  public void readBytes(BytesTarget target, int count) {
    throw unfit("byte array");
  }

  public abstract void skip(int count);

  private MalformedDataException unfit(String type) {
    return new MalformedDataException(
        getClass().getSimpleName() + " cannot hold values of type " + type);
  }
}
