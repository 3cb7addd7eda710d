package dev.frazil.testing;

import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.avro.file.Codec;
import org.apache.avro.file.CodecFactory;

/** Snappy for Avro's own writer, which finds it in a library that is not among the tests'. */
final class SnappyBlocks extends Codec {
  static CodecFactory factory() {
    return new CodecFactory() {
      @Override
      protected Codec createInstance() {
        return new SnappyBlocks();
      }
    };
  }

  @Override
  public String getName() {
    return "snappy";
  }

  @Override
  public ByteBuffer compress(ByteBuffer plain) {
    byte[] source = new byte[plain.remaining()];
    plain.duplicate().get(source);
    SnappyCompressor compressor = new SnappyCompressor();
    byte[] target = new byte[compressor.maxCompressedLength(source.length) + Integer.BYTES];
    int length =
        compressor.compress(source, 0, source.length, target, 0, target.length - Integer.BYTES);
    CRC32 crc = new CRC32();
    crc.update(source);
    ByteBuffer.wrap(target).putInt(length, (int) crc.getValue());
    return ByteBuffer.wrap(target, 0, length + Integer.BYTES);
  }

  @Override
  public ByteBuffer decompress(ByteBuffer compressed) {
    byte[] source = new byte[compressed.remaining() - Integer.BYTES];
    compressed.duplicate().get(source);
    byte[] target = new byte[SnappyDecompressor.getUncompressedLength(source, 0)];
    new SnappyDecompressor().decompress(source, 0, source.length, target, 0, target.length);
    return ByteBuffer.wrap(target);
  }

  @Override
  public int hashCode() {
    return getName().hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SnappyBlocks;
  }
}
