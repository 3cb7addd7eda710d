package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No literal of a statement reaches a log or a trace; its shape does. */
class MaskedSqlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM t WHERE name = 'O''Hara' AND n = 1.5e-3 | SELECT * FROM t WHERE name = ? AND n = ?-?",
        "SELECT \"a'b\", t1.c2 FROM t1 -- 'secret' | SELECT \"a'b\", t1.c2 FROM t1",
        "SELECT /* 'secret' 1 */ a | SELECT a",
        "SELECT DATE '2020-01-01', INTERVAL '3' DAY, x'00ff' | SELECT DATE ?, INTERVAL ? DAY, x?",
        "SELECT 'never ends | SELECT ?",
        "SELECT 1 /* never ends | SELECT ?",
        "SELECT \"never ends | SELECT \"never ends",
        "VALUES (?, 0x1F, 1_000) | VALUES (?, ?, ?)"
      })
  void literalsAndCommentsAreGone(String sql, String masked) {
    assertThat(MaskedSql.text(sql)).isEqualTo(masked);
  }

  @Test
  void whiteSpaceIsOneBlankAndLongTextIsCut() {
    assertThat(MaskedSql.text(" SELECT\n\t a \n")).isEqualTo("SELECT a");
    assertThat(MaskedSql.text("SELECT a" + ", a".repeat(5000)))
        .hasSizeLessThan(2_100)
        .endsWith(" ...");
    assertThat(MaskedSql.text("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select * from sales.orders o join \"Customers\" c using (id) | SELECT sales.orders \"Customers\"",
        "INSERT INTO a SELECT x FROM b | INSERT a b",
        "UPDATE t SET a = 1 | UPDATE t",
        "MERGE INTO t USING s ON t.id = s.id | MERGE t s",
        "CREATE TABLE IF NOT EXISTS t (a int) | CREATE t",
        "SELECT 1 | SELECT",
        "SELECT * FROM (SELECT 1) x | SELECT",
        "COMMIT | COMMIT"
      })
  void aSummaryNamesTheTables(String sql, String summary) {
    assertThat(MaskedSql.summary(sql)).isEqualTo(summary);
  }

  @Test
  void anyTextHasAMask() {
    for (String text : new String[] {"'", "\"", ".", "a.", "\"a\".", "/*", "--", "\0", "🦊 '🦊'"}) {
      assertThat(MaskedSql.text(text)).isNotNull();
      assertThat(MaskedSql.summary(text)).isNotNull();
    }
  }
}
