package dev.frazil.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LikeMatcherTest {
  private static boolean like(String text, String pattern, String escape) {
    byte[] bytes = ("<<" + text + ">>").getBytes(StandardCharsets.UTF_8);
    return LikeMatcher.compile(pattern, escape, false).matches(bytes, 2, bytes.length - 2);
  }

  /** The same pattern as a regular expression. */
  private static Pattern regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    pattern
        .codePoints()
        .forEach(
            code ->
                regex.append(
                    code == '%'
                        ? ".*"
                        : code == '_' ? "." : Pattern.quote(Character.toString(code))));
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  @Test
  void agreesWithRegularExpressions() {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    System.out.println("LikeMatcherTest -Dfrazil.seed=" + seed);
    Random random = new Random(seed);
    String[] letters = {"a", "b", "ä", "日", "😀"};
    String[] symbols = {"a", "b", "ä", "日", "😀", "%", "%", "_"};
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(8); n > 0; n--) {
        text.append(letters[random.nextInt(letters.length)]);
      }
      StringBuilder pattern = new StringBuilder();
      for (int n = random.nextInt(7); n > 0; n--) {
        pattern.append(symbols[random.nextInt(symbols.length)]);
      }
      assertThat(like(text.toString(), pattern.toString(), null))
          .as("'%s' LIKE '%s', seed %s", text, pattern, seed)
          .isEqualTo(regex(pattern.toString()).matcher(text).matches());
    }
  }

  @Test
  void takesLinearTimeOnHostilePatterns() {
    String text = "a".repeat(20_000);
    String pattern = "%a".repeat(2_000) + "%b";
    Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> assertThat(like(text, pattern, null)).isFalse());
  }

  @Test
  void escapes() {
    assertThat(like("a%b", "a!%b", "!")).isTrue();
    assertThat(like("axb", "a!%b", "!")).isFalse();
    assertThat(like("a_b", "a→_b", "→")).isTrue();
    assertThat(like("!", "!!", "!")).isTrue();
    assertThat(like("a\\b", "a\\b", null)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a!", "!a", "%!"})
  void refusesBadEscapes(String pattern) {
    assertThatThrownBy(() -> LikeMatcher.compile(pattern, "!", false))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.INVALID_ESCAPE_SEQUENCE))
        .hasMessageContaining(pattern);
    assertThatThrownBy(() -> LikeMatcher.compile("a", "!!", false))
        .hasMessageContaining("one character");
  }

  @Test
  void ignoresCaseByUnicode() {
    byte[] text = "STRASSE ÄÖ".getBytes(StandardCharsets.UTF_8);
    assertThat(LikeMatcher.compile("strasse äÖ", null, true).matches(text, 0, text.length))
        .isTrue();
    assertThat(LikeMatcher.compile("%ä_", null, true).matches(text, 0, text.length)).isTrue();
  }
}
