package dev.frazil.parquet.read;

import dev.frazil.parquet.encoding.ByteStreamSplitDecoder;
import dev.frazil.parquet.encoding.DeltaBinaryPackedDecoder;
import dev.frazil.parquet.encoding.DeltaByteArrayDecoder;
import dev.frazil.parquet.encoding.DeltaLengthByteArrayDecoder;
import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.encoding.PlainDecoder;
import dev.frazil.parquet.encoding.RunLengthBooleanDecoder;
import dev.frazil.parquet.encoding.ValueDecoder;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.SchemaElement;
import org.jspecify.annotations.Nullable;

/** Which decoder reads which encoding: the place to add one. */
final class ValueDecoders {
  /** Most values of a page whose lengths are decoded ahead; costs four bytes each. */
  private static final int MAX_LENGTHS = 1 << 24;

  private ValueDecoders() {}

  static ValueDecoder of(
      @Nullable Encoding encoding,
      SchemaElement element,
      byte[] data,
      int start,
      int end,
      int valueCount) {
    if (encoding == null) {
      throw new MalformedDataException("an encoding that the format does not know");
    }
    return switch (encoding) {
      case PLAIN -> plain(element, data, start, end);
      case RLE -> new RunLengthBooleanDecoder(data, start, end);
      case DELTA_BINARY_PACKED -> new DeltaBinaryPackedDecoder(data, start, end);
      case DELTA_LENGTH_BYTE_ARRAY ->
          new DeltaLengthByteArrayDecoder(data, start, end, Math.min(valueCount, MAX_LENGTHS));
      case DELTA_BYTE_ARRAY ->
          new DeltaByteArrayDecoder(data, start, end, Math.min(valueCount, MAX_LENGTHS));
      case BYTE_STREAM_SPLIT -> new ByteStreamSplitDecoder(data, start, end, widthBytes(element));
      case PLAIN_DICTIONARY, RLE_DICTIONARY, BIT_PACKED ->
          throw new MalformedDataException("values in encoding " + encoding);
    };
  }

  static ValueDecoder plain(SchemaElement element, byte[] data, int start, int end) {
    return new PlainDecoder(data, start, end, widthBytes(element));
  }

  private static int widthBytes(SchemaElement element) {
    return switch (element.getType()) {
      case BOOLEAN -> PlainDecoder.ONE_BIT;
      case INT32, FLOAT -> 4;
      case INT64, DOUBLE -> 8;
      case INT96 -> 12;
      case BYTE_ARRAY -> PlainDecoder.VARIABLE_LENGTH;
      case FIXED_LEN_BYTE_ARRAY -> {
        if (element.getType_length() <= 0) {
          throw new MalformedDataException("values of " + element.getType_length() + " bytes");
        }
        yield element.getType_length();
      }
    };
  }
}
