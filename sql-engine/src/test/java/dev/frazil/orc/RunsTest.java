package dev.frazil.orc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.memory.MemoryBudget;
import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.format.FileBytes;
import dev.frazil.parquet.format.PrefetchedBytes;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.testing.MemoryObjectStore;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TimeZone;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Runs of integers, bytes and bits: the examples of the ORC specification, and what it tells. */
class RunsTest {
  private static StreamInput input(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    MemoryObjectStore store = new MemoryObjectStore();
    store.put("f", bytes);
    ReadMemory memory = new ReadMemory(new MemoryBudget(1 << 20), "f");
    return new StreamInput(
        new PrefetchedBytes(new FileBytes(store, "f", bytes.length, read -> {}), memory),
        new ChunkDecompressor(OrcCodec.NONE, 1 << 10),
        0,
        bytes.length,
        memory);
  }

  private static long[] read(IntegerReader reader, int count) {
    long[] values = new long[count];
    reader.read(values, count);
    return values;
  }

  @Test
  void version1() {
    assertThat(read(new RunLengthV1(input("61 00 07"), false), 100)).containsOnly(7);
    assertThat(read(new RunLengthV1(input("61 ff 64"), false), 100))
        .isEqualTo(LongStream.iterate(100, i -> i - 1).limit(100).toArray());
    assertThat(read(new RunLengthV1(input("fb 02 03 06 07 0b"), false), 5))
        .containsExactly(2, 3, 6, 7, 11);
    assertThat(read(new RunLengthV1(input("fb 02 03 06 07 0b"), true), 5))
        .containsExactly(1, -2, 3, -4, -6);
  }

  @Test
  void version2() {
    assertThat(read(new RunLengthV2(input("0a 27 10"), false), 5)).containsOnly(10_000);
    assertThat(read(new RunLengthV2(input("5e 03 5c a1 ab 1e de ad be ef"), false), 4))
        .containsExactly(23713, 43806, 57005, 48879);
    assertThat(read(new RunLengthV2(input("c6 09 02 02 22 42 42 46"), false), 10))
        .containsExactly(2, 3, 5, 7, 11, 13, 17, 19, 23, 29);
    assertThat(
            read(
                new RunLengthV2(
                    input(
                        "8e 13 2b 21 07 d0 1e 00 14 70 28 32 3c 46 50 5a 64 6e 78 82 8c 96 a0 aa b4"
                            + " be fc e8"),
                    false),
                20))
        .containsExactly(
            2030, 2000, 2020, 1000000, 2040, 2050, 2060, 2070, 2080, 2090, 2100, 2110, 2120, 2130,
            2140, 2150, 2160, 2170, 2180, 2190);
  }

  /** A base of -5, 300 values of one bit, and a patch behind a gap of more than 255. */
  @Test
  void patchesFarApart() {
    long[] expected = new long[300];
    Arrays.fill(expected, -5);
    expected[290] = -3;
    String run = "81 2b 00 e2 85" + "00".repeat(38) + "ff 11 c0";
    assertThat(read(new RunLengthV2(input(run), true), 300)).isEqualTo(expected);
    String beyond = "80 0b 00 e2 85" + "00".repeat(2) + "ff 11 c0";
    assertThatThrownBy(() -> read(new RunLengthV2(input(beyond), true), 12))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("patch of value 255");
  }

  @Test
  void skipped() {
    IntegerReader reader = new RunLengthV2(input("c6 09 02 02 22 42 42 46 0a 27 10"), false);
    reader.skip(3);
    assertThat(read(reader, 2)).containsExactly(7, 11);
    reader.skip(7);
    assertThat(read(reader, 3)).containsOnly(10_000);
    assertThatThrownBy(() -> reader.skip(1)).isInstanceOf(MalformedDataException.class);
    IntegerReader old = new RunLengthV1(input("61 ff 64 fb 02 03 06 07 0b"), false);
    old.skip(98);
    assertThat(read(old, 4)).containsExactly(2, 1, 2, 3);
    old.skip(2);
    assertThat(read(old, 1)).containsExactly(11);
  }

  @Test
  void bytesAndBits() {
    assertThat(read(new ByteRuns(input("61 00")), 100)).containsOnly(0);
    assertThat(read(new ByteRuns(input("fe 44 85")), 2)).containsExactly(0x44, (byte) 0x85);
    BooleanRuns bits = new BooleanRuns(input("61 aa ff 80"));
    assertThat(bits.skipAndCount(11)).isEqualTo(6);
    bits.skip(789);
    assertThat(bits.next()).isTrue();
    assertThat(bits.next()).isFalse();
  }

  @Test
  void integersOf128Bits() {
    long[] parts = new long[2];
    StreamInput in = input("01" + "feffffffffffffffffff7f" + "ff".repeat(18) + "03");
    in.readInt128(parts);
    assertThat(parts).containsExactly(-1, -1);
    in.readInt128(parts);
    assertThat(parts).containsExactly((1L << 12) - 1, -1);
    in.readInt128(parts);
    assertThat(parts).containsExactly(Long.MIN_VALUE, 0);
    assertThatThrownBy(() -> input("ff".repeat(18) + "04").readInt128(parts))
        .isInstanceOf(MalformedDataException.class);
  }

  /** 1582-10-04 of the Julian calendar was the day before 1582-10-15. */
  @Test
  void daysOfTheJulianCalendar() {
    long first = LocalDate.of(1582, 10, 15).toEpochDay();
    assertThat(LocalDate.ofEpochDay(OrcClock.prolepticDay(first))).hasToString("1582-10-15");
    assertThat(LocalDate.ofEpochDay(OrcClock.prolepticDay(first - 1))).hasToString("1582-10-04");
    // 1500 was a leap year in that calendar only: its 29th of February becomes the first of March.
    assertThat(julian(LocalDate.of(1500, 3, 9))).hasToString("1500-02-28");
    assertThat(julian(LocalDate.of(1500, 3, 10))).hasToString("1500-03-01");
    assertThat(julian(LocalDate.of(1500, 3, 11))).hasToString("1500-03-01");
    assertThat(julian(LocalDate.of(0, 12, 30))).hasToString("0001-01-01");
  }

  /** Days that no calendar has: -2^61 and less wrapped round to years that are none. */
  @Test
  void daysBeforeAllCalendars() {
    for (long day : new long[] {Long.MIN_VALUE, -3_000_000_000_000_000_000L, -1L << 40}) {
      assertThatThrownBy(() -> OrcClock.prolepticDay(day))
          .isInstanceOf(MalformedDataException.class);
    }
  }

  /** Monrovia was 44 minutes and 30 seconds behind Greenwich until 1972, and is not any more. */
  @Test
  void zonesThatDidNotAlwaysKeepToGreenwich() {
    OrcClock clock = OrcClock.ofWriter(TimeZone.getTimeZone("Africa/Monrovia"), true, false);
    long base = LocalDate.of(2015, 1, 1).toEpochDay() * 86_400;
    long moment = LocalDate.of(1960, 1, 1).toEpochDay() * 86_400;
    assertThat(clock.epochSecond(moment - base, 0)).isEqualTo(moment - 44 * 60 - 30);
    assertThat(clock.epochSecond(0, 0)).isEqualTo(base);
  }

  private static LocalDate julian(LocalDate day) {
    return LocalDate.ofEpochDay(OrcClock.prolepticDay(day.toEpochDay()));
  }
}
