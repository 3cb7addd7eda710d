package dev.frazil.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.parquet.codec.PageCodec;
import dev.frazil.parquet.encoding.MalformedDataException;
import io.airlift.compress.zstd.ZstdCompressor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.format.CompressionCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageCodecTest {
  private static byte[] sample() {
    byte[] plain = new byte[50_000];
    Random random = new Random(3);
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) (random.nextInt(4) + i / 1000);
    }
    return plain;
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "ZSTD", "SNAPPY", "GZIP", "LZ4_RAW"})
  void roundTripsAndRefusesOtherLengths(CompressionCodec codec) {
    byte[] plain = sample();
    byte[] packed = PageCodec.compress(codec, plain, 0, plain.length, 3);
    byte[] back = new byte[plain.length];
    PageCodec.decompress(codec, packed, 0, packed.length, back, 0, back.length);
    assertThat(back).isEqualTo(plain);
    assertThatThrownBy(
            () ->
                PageCodec.decompress(
                    codec, packed, 0, packed.length, new byte[plain.length], 0, plain.length - 1))
        .isInstanceOf(MalformedDataException.class);
    assertThatThrownBy(
            () ->
                PageCodec.decompress(
                    codec, packed, 0, packed.length, new byte[60_000], 0, plain.length + 1))
        .isInstanceOf(MalformedDataException.class);
  }

  @Test
  void readsZstdOfThePureJavaCodec() {
    byte[] plain = sample();
    ZstdCompressor compressor = new ZstdCompressor();
    byte[] packed = new byte[compressor.maxCompressedLength(plain.length)];
    int length = compressor.compress(plain, 0, plain.length, packed, 0, packed.length);
    byte[] back = new byte[plain.length];
    PageCodec.decompress(CompressionCodec.ZSTD, packed, 0, length, back, 0, back.length);
    assertThat(back).isEqualTo(plain);
  }

  @Test
  void readsBothFormsOfLegacyLz4() {
    byte[] plain = sample();
    byte[] block = PageCodec.compress(CompressionCodec.LZ4_RAW, plain, 0, plain.length, 0);
    byte[] back = new byte[plain.length];
    PageCodec.decompress(CompressionCodec.LZ4, block, 0, block.length, back, 0, back.length);
    assertThat(back).isEqualTo(plain);
    byte[] framed = new byte[block.length + 8];
    System.arraycopy(block, 0, framed, 8, block.length);
    ByteBuffer.wrap(framed).putInt(plain.length).putInt(block.length);
    Arrays.fill(back, (byte) 0);
    PageCodec.decompress(CompressionCodec.LZ4, framed, 0, framed.length, back, 0, back.length);
    assertThat(back).isEqualTo(plain);
  }

  @Test
  void refusesOthersByName() {
    assertThatThrownBy(
            () -> PageCodec.decompress(CompressionCodec.LZO, new byte[9], 0, 1, new byte[9], 0, 1))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED))
        .hasMessageContaining("LZO");
    assertThatThrownBy(() -> PageCodec.compress(CompressionCodec.BROTLI, new byte[9], 0, 1, 0))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED))
        .hasMessageContaining("BROTLI");
  }
}
