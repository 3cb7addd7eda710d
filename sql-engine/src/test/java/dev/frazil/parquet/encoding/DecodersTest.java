package dev.frazil.parquet.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.bitpacking.BitPackingValuesWriter;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our decoders read what the format's reference implementation encodes. */
class DecodersTest {
  private static final long SEED = Long.getLong("frazil.seed", 20261122L);
  private static final int COUNT = 3_001;

  private final Random random = new Random(SEED);
  private final HeapByteBufferAllocator heap = HeapByteBufferAllocator.getInstance();

  /** The encoded bytes, padded; their own length goes to {@code length[0]}. */
  private static byte[] bytes(ValuesWriter writer, int[] length) throws IOException {
    byte[] encoded = writer.getBytes().toByteArray();
    length[0] = encoded.length;
    return Arrays.copyOf(encoded, encoded.length + LittleEndian.PADDING_BYTES);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 7, 8, 9, 11, 15, 16, 17, 20, 24, 29, 31, 32})
  void runLengthOfEveryKindOfWidth(int width) throws IOException {
    int[] values = new int[COUNT];
    int run = 0;
    for (int i = 0; i < COUNT; i++) {
      boolean repeats = i > 0 && run-- > 0;
      values[i] = repeats ? values[i - 1] : width == 0 ? 0 : random.nextInt() >>> (32 - width);
      run = repeats ? run : random.nextInt(4) == 0 ? random.nextInt(60) : 0;
    }
    RunLengthBitPackingHybridEncoder reference =
        new RunLengthBitPackingHybridEncoder(width, 64, 1 << 20, heap);
    for (int value : values) {
      reference.writeInt(value);
    }
    assertDecodes(reference.toBytes().toByteArray(), width, values);
    RunLengthEncoder own = new RunLengthEncoder(width);
    own.write(values, 0, COUNT);
    assertDecodes(own.finish(), width, values);
  }

  private void assertDecodes(byte[] encoded, int width, int[] expected) {
    byte[] padded = Arrays.copyOf(encoded, encoded.length + LittleEndian.PADDING_BYTES);
    RunLengthDecoder decoder = new RunLengthDecoder(padded, 0, encoded.length, width);
    int[] actual = new int[COUNT];
    int done = 0;
    while (done < COUNT) {
      int n = Math.min(COUNT - done, 1 + random.nextInt(100));
      if (random.nextInt(5) == 0) {
        decoder.skip(n);
        System.arraycopy(expected, done, actual, done, n);
      } else {
        decoder.read(actual, done, n);
      }
      done += n;
    }
    assertThat(actual).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void bitPackedLevels(int maximum) throws IOException {
    BitPackingValuesWriter writer = new BitPackingValuesWriter(maximum, 64, 1 << 20, heap);
    int[] values = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[i] = random.nextInt(maximum + 1);
      writer.writeInteger(values[i]);
    }
    int[] length = new int[1];
    byte[] encoded = bytes(writer, length);
    RunLengthDecoder decoder =
        RunLengthDecoder.ofBitPackedLevels(
            encoded, 0, length[0], RunLengthEncoder.widthOf(maximum), COUNT);
    int[] actual = new int[COUNT];
    decoder.read(actual, 0, COUNT);
    assertThat(actual).isEqualTo(values);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 20, 31, 48, 63})
  void deltaBinaryPackedNumbers(int bits) throws IOException {
    ValuesWriter ints = new DeltaBinaryPackingValuesWriterForInteger(64, 1 << 20, heap);
    ValuesWriter longs = new DeltaBinaryPackingValuesWriterForLong(64, 1 << 20, heap);
    int[] expectedInts = new int[COUNT];
    long[] expectedLongs = new long[COUNT];
    for (int i = 0; i < COUNT; i++) {
      long value =
          bits == 0 ? i : bits == 63 ? random.nextLong() : random.nextLong() >> (63 - bits);
      expectedLongs[i] = value;
      expectedInts[i] = (int) value;
      longs.writeLong(value);
      ints.writeInteger((int) value);
    }
    int[] length = new int[1];
    byte[] encoded = bytes(ints, length);
    int[] actualInts = new int[COUNT];
    DeltaBinaryPackedDecoder intDecoder = new DeltaBinaryPackedDecoder(encoded, 0, length[0]);
    intDecoder.readInts(actualInts, 0, 100);
    intDecoder.readInts(actualInts, 100, COUNT - 100);
    assertThat(actualInts).isEqualTo(expectedInts);
    encoded = bytes(longs, length);
    long[] actualLongs = new long[COUNT - 70];
    DeltaBinaryPackedDecoder longDecoder = new DeltaBinaryPackedDecoder(encoded, 0, length[0]);
    longDecoder.skip(70);
    longDecoder.readLongs(actualLongs, 0, COUNT - 70);
    assertThat(actualLongs).isEqualTo(Arrays.copyOfRange(expectedLongs, 70, COUNT));
  }

  @Test
  void deltaStrings() throws IOException {
    ValuesWriter lengths = new DeltaLengthByteArrayValuesWriter(64, 1 << 20, heap);
    ValuesWriter prefixes = new DeltaByteArrayWriter(64, 1 << 20, heap);
    String[] expected = new String[COUNT];
    for (int i = 0; i < COUNT; i++) {
      expected[i] = i % 50 == 0 ? "" : "prefix-".repeat(i % 13) + random.nextInt(1000);
      lengths.writeBytes(Binary.fromString(expected[i]));
      prefixes.writeBytes(Binary.fromString(expected[i]));
    }
    int[] length = new int[1];
    byte[] encoded = bytes(lengths, length);
    assertStrings(new DeltaLengthByteArrayDecoder(encoded, 0, length[0], COUNT), expected);
    encoded = bytes(prefixes, length);
    assertStrings(new DeltaByteArrayDecoder(encoded, 0, length[0], COUNT), expected);
  }

  private static void assertStrings(ValueDecoder decoder, String[] expected) {
    BytesTarget target = new BytesTarget(1, 1);
    decoder.readBytes(target, 40);
    decoder.skip(60);
    decoder.readBytes(target, COUNT - 100);
    for (int i = 0; i < COUNT - 60; i++) {
      int start = target.offsets()[i];
      String actual =
          new String(target.data(), start, target.offsets()[i + 1] - start, StandardCharsets.UTF_8);
      assertThat(actual).isEqualTo(expected[i < 40 ? i : i + 60]);
    }
  }

  @Test
  void byteStreamSplitNumbers() throws IOException {
    ValuesWriter doubles =
        new ByteStreamSplitValuesWriter.DoubleByteStreamSplitValuesWriter(64, 1 << 20, heap);
    ValuesWriter ints =
        new ByteStreamSplitValuesWriter.IntegerByteStreamSplitValuesWriter(64, 1 << 20, heap);
    ValuesWriter fixed =
        new ByteStreamSplitValuesWriter.FixedLenByteArrayByteStreamSplitValuesWriter(
            3, 64, 1 << 20, heap);
    double[] expectedDoubles = new double[COUNT];
    int[] expectedInts = new int[COUNT];
    byte[] expectedBytes = new byte[3 * COUNT];
    random.nextBytes(expectedBytes);
    for (int i = 0; i < COUNT; i++) {
      expectedDoubles[i] = random.nextGaussian();
      expectedInts[i] = random.nextInt();
      doubles.writeDouble(expectedDoubles[i]);
      ints.writeInteger(expectedInts[i]);
      fixed.writeBytes(Binary.fromConstantByteArray(expectedBytes, 3 * i, 3));
    }
    int[] length = new int[1];
    byte[] encoded = bytes(doubles, length);
    double[] actualDoubles = new double[COUNT];
    new ByteStreamSplitDecoder(encoded, 0, length[0], 8).readDoubles(actualDoubles, 0, COUNT);
    assertThat(actualDoubles).isEqualTo(expectedDoubles);
    encoded = bytes(ints, length);
    int[] actualInts = new int[COUNT];
    new ByteStreamSplitDecoder(encoded, 0, length[0], 4).readInts(actualInts, 0, COUNT);
    assertThat(actualInts).isEqualTo(expectedInts);
    encoded = bytes(fixed, length);
    BytesTarget target = new BytesTarget(1, 1);
    new ByteStreamSplitDecoder(encoded, 0, length[0], 3).readBytes(target, COUNT);
    assertThat(Arrays.copyOf(target.data(), 3 * COUNT)).isEqualTo(expectedBytes);
  }

  @Test
  void refusesCountsBeyondTheData() {
    byte[] data = new byte[64];
    assertThatThrownBy(() -> new PlainDecoder(data, 0, 16, 8).readLongs(new long[3], 0, 3))
        .isInstanceOf(MalformedDataException.class);
    assertThatThrownBy(() -> new RunLengthDecoder(data, 0, 0, 3).read(new int[1], 0, 1))
        .isInstanceOf(MalformedDataException.class);
    assertThatThrownBy(() -> new RunLengthDecoder(data, 0, 8, 40))
        .isInstanceOf(MalformedDataException.class);
    assertThatThrownBy(() -> new DeltaBinaryPackedDecoder(data, 0, 16))
        .isInstanceOf(MalformedDataException.class);
  }
}
