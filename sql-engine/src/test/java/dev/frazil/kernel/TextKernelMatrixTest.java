package dev.frazil.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Text kernels on UTF-8 within a longer array give what Java gives on the strings. */
class TextKernelMatrixTest {
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "Z",
          "aZ@[`{",
          "\u0000",
          "ä",
          "Straße",
          "ΑΣ",
          "İstanbul",
          "日本語",
          "a😀b😀",
          "\uD83D\uDE00",
          "abcabcabd",
          "aaaaaaab");

  private record Text(String string, byte[] data, int from, int to) {
    static Text of(String string, String before, String after) {
      int from = before.getBytes(StandardCharsets.UTF_8).length;
      int length = string.getBytes(StandardCharsets.UTF_8).length;
      byte[] data = (before + string + after).getBytes(StandardCharsets.UTF_8);
      return new Text(string, data, from, from + length);
    }
  }

  private static List<Text> around(String string) {
    return List.of(Text.of(string, "", ""), Text.of(string, "b", "b"), Text.of(string, "ü", "😀"));
  }

  @Test
  void countsAndFindsCodePoints() {
    for (String string : TEXTS) {
      int points = string.codePointCount(0, string.length());
      for (Text text : around(string)) {
        assertThat(TextKernels.length(text.data, text.from, text.to)).isEqualTo(points);
        for (int skip = 0; skip <= points + 2; skip++) {
          int units = string.offsetByCodePoints(0, Math.min(skip, points));
          int bytes = string.substring(0, units).getBytes(StandardCharsets.UTF_8).length;
          assertThat(TextKernels.advance(text.data, text.from, text.to, skip))
              .as("%s after %s", string, skip)
              .isEqualTo(text.from + bytes);
        }
        assertThat(TextKernels.advance(text.data, text.from, text.to, Long.MAX_VALUE))
            .isEqualTo(text.to);
      }
    }
  }

  @Test
  void findsText() {
    for (String string : TEXTS) {
      for (String wanted : TEXTS) {
        int at = string.indexOf(wanted);
        Text needle = Text.of(wanted, "ü", "x");
        for (Text text : around(string)) {
          int expected =
              at < 0
                  ? -1
                  : text.from + string.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
          assertThat(
                  TextKernels.indexOf(
                      text.data, text.from, text.to, needle.data, needle.from, needle.to))
              .as("%s in %s", wanted, string)
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void changesCase() {
    for (String string : TEXTS) {
      for (Text text : around(string)) {
        assertThat(TextKernels.lower(text.data, text.from, text.to))
            .isEqualTo(string.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        assertThat(TextKernels.upper(text.data, text.from, text.to))
            .isEqualTo(string.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
