package dev.frazil.conformance;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.util.Arrays;

/** What the table has after a value of {@link Kind} was set. */
final class StoredValue {
  private StoredValue() {}

  /** The value is that of its kind; a text spells it, a number may be the 1 of a true boolean. */
  static void expect(Kind kind, ResultSet rows) throws Exception {
    switch (kind) {
      case BOOLEAN -> Expect.equal(true, rows.getBoolean(1));
      case INTEGER, BIGINT, REAL, DOUBLE, DECIMAL ->
          number(rows.getBigDecimal(1), rows.getString(1));
      case VARCHAR -> text(rows.getString(1));
      case DATE -> Expect.equal("2024-02-29", String.valueOf(rows.getDate(1)));
      case TIME -> Expect.equal("12:34:56", String.valueOf(rows.getTime(1)));
      case TIMESTAMP ->
          Expect.equal("2024-02-29 12:34:56.123456", String.valueOf(rows.getTimestamp(1)));
      case TIMESTAMP_TZ ->
          Expect.equal(
              java.time.Instant.parse("2024-02-29T12:34:56.123456Z"),
              rows.getTimestamp(1).toInstant());
      case VARBINARY -> Expect.equal(new byte[] {0, 1, (byte) 0xFE, (byte) 0xFF}, rows.getBytes(1));
      case ARRAY ->
          Expect.equal("[1, 2, 3]", Arrays.toString((Object[]) rows.getArray(1).getArray()));
    }
  }

  private static void number(BigDecimal value, String shown) {
    boolean known =
        value.compareTo(new BigDecimal(42)) == 0 || value.compareTo(BigDecimal.ONE) == 0;
    Expect.that(known, "the table has " + shown);
  }

  /** 42 as any number is written, true, or a day in ISO's form. */
  private static void text(String value) {
    Expect.that(
        value.matches("42(\\.0+)?|1|true|t|TRUE") || value.startsWith("2024-02-29"),
        "the table has '" + value + "'");
  }
}
