package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
  @ParameterizedTest
  @CsvSource({
    "%, any, true",
    "%, '', true",
    "'', '', true",
    "'', a, false",
    "a%, abc, true",
    "a%c, abc, true",
    "a%c%, ab, false",
    "%b%, abc, true",
    "_, a, true",
    "_, ab, false",
    "_, '', false",
    "_, 😀, true",
    "a_c, a😀c, true",
    "__, 😀, false",
    "a\\_c, a_c, true",
    "a\\_c, abc, false",
    "50\\%, 50%, true",
    "50\\%%, 50% off, true",
    "a\\\\b, a\\b, true",
    "a\\, a\\, true",
    "%\\, a\\, true",
    "Abc, abc, false",
    "%%%, a, true",
    "_%, '', false"
  })
  void patternsMatchNames(String pattern, String name, boolean expected) {
    assertThat(new NamePattern(pattern).matches(name)).isEqualTo(expected);
  }

  @Test
  void namesWithoutSignsAreExact() {
    assertThat(new NamePattern(null).exact()).isNull();
    assertThat(new NamePattern("a%").exact()).isNull();
    assertThat(new NamePattern("a_b").exact()).isNull();
    assertThat(new NamePattern("a\\_b\\%\\\\").exact()).isEqualTo("a_b%\\");
    assertThat(new NamePattern(null).matches("x")).isTrue();
  }

  /** A pattern that would take exponential time where each sign is tried at each place. */
  @Test
  void timeIsLinear() {
    assertThat(new NamePattern("%a".repeat(500)).matches("a".repeat(2_000) + "b")).isFalse();
    assertThat(new NamePattern("%a".repeat(500) + "%").matches("a".repeat(2_000))).isTrue();
  }
}
