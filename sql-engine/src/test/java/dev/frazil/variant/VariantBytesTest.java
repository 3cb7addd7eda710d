package dev.frazil.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of variants: as the specification has them, and what is left when they are damaged. */
class VariantBytesTest {
  private static final String DOCUMENT =
      "{\"id\": 1234567890123, \"name\": \"a text that is longer than the sixty-three bytes of a"
          + " short string, by some\", \"list\": [1, 2.5, null, true, {\"id\": -1, \"deep\": [[], {}]}],"
          + " \"d\": 1e300, \"exact\": 12345678901234567890.123456789, \"é\": \"Grüße\"}";

  /** Derived by hand from Apache Parquet's VariantEncoding.md. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "null; 010000 00",
        "true; 010000 04",
        "-3; 010000 0cfd",
        "300; 010000 102c01",
        "2.50; 010000 20 02 fa000000",
        "'\"ab\"'; 010000 096162",
        "'[]'; 010000 030000",
        "'[1,true]'; 010000 03 02 000203 0c0104",
        "'{\"b\":1,\"a\":null}'; 0102000102 6261 02 02 0100 020003 0c0100"
      })
  void jsonBecomesTheBytesOfTheSpecification(String json, String hexadecimal) {
    assertThat(HexFormat.of().formatHex(VariantJson.parse(json)))
        .isEqualTo(hexadecimal.replace(" ", ""));
  }

  @Test
  void damagedBytesAreFoundOrAreAnotherVariant() {
    byte[] whole = VariantJson.parse(DOCUMENT);
    int names = VariantValue.at(whole, 0).namesBytes();
    Random random = new Random(5);
    int found = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = whole.clone();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      int end =
          random.nextInt(4) == 0 ? names + random.nextInt(whole.length - names) : whole.length;
      if (isVariant(damaged, names, end)) {
        byte[] variant = Arrays.copyOf(damaged, end);
        assertThat(VariantSchema.of(VariantValue.at(variant, 0))).isNotEmpty();
        assertThat(json(variant).length()).isLessThan(10 * whole.length);
      } else {
        found++;
      }
    }
    assertThat(found).isBetween(10_000, 19_999);
  }

  /** A time or date out of range is a value, but has no text. */
  private static String json(byte[] variant) {
    try {
      return VariantText.json(variant, 0);
    } catch (EngineException outOfRange) {
      assertThat(outOfRange.state()).isEqualTo(SqlState.DATETIME_OVERFLOW);
      return "";
    }
  }

  private static boolean isVariant(byte[] data, int names, int end) {
    VariantCheck check = new VariantCheck();
    try {
      check.names(data, 0, names);
      check.value(data, names, end);
      return true;
    } catch (MalformedVariantException damaged) {
      return false;
    }
  }

  @Test
  void nestingIsBounded() {
    int depth = VariantLimits.MAX_DEPTH + 1;
    byte[] value = {0};
    for (int i = 0; i < depth; i++) {
      // an array of one element, with offsets of four bytes
      byte[] outer = new byte[value.length + 10];
      outer[0] = 0x0f;
      outer[1] = 1;
      outer[6] = (byte) value.length;
      outer[7] = (byte) (value.length >> 8);
      System.arraycopy(value, 0, outer, 10, value.length);
      value = outer;
    }
    byte[] deep = value;
    VariantCheck check = new VariantCheck();
    check.names(new byte[] {1, 0, 0}, 0, 3);
    assertThatThrownBy(() -> check.value(deep, 0, deep.length))
        .isInstanceOf(MalformedVariantException.class)
        .hasMessageContaining("deeper");
    check.value(deep, 10, deep.length);
  }
}
