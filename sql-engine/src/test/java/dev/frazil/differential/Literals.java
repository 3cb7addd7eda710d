package dev.frazil.differential;

import dev.frazil.differential.ValueType.Family;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Random constants of every type. */
final class Literals {
  static final List<String> WORDS =
      List.of(
          "",
          "a",
          "A",
          "b",
          "ab",
          "aB",
          "abc",
          "b%",
          "a_c",
          "zz top",
          " pad ",
          "a ",
          "ab  ",
          "Ünïcödé",
          "日本語",
          "😀 x",
          "\uFFFD",
          "\uD800\uDC00",
          "it''s",
          "10",
          "-3",
          "2020-02-29",
          "a\\b",
          "NULL");

  /** Within the bounds that {@link #type} promises, or far out. */
  enum Spread {
    /** A handful of values, so that joins and groups find partners. */
    FEW,
    TAME,
    /** Least, greatest and special values. */
    WILD
  }

  private final Dice dice;

  Literals(Dice dice) {
    this.dice = dice;
  }

  /** The type of a column with such values. */
  static ValueType type(Family family, Spread spread, int precision, int scale) {
    boolean wild = spread == Spread.WILD;
    return switch (family) {
      case INTEGER, BIGINT ->
          ValueType.of(family, wild ? Double.POSITIVE_INFINITY : spread == Spread.FEW ? 12 : 1000);
      case DECIMAL -> ValueType.decimal(precision, scale);
      case VARCHAR -> ValueType.VARCHAR;
      default -> ValueType.of(family, wild ? Double.POSITIVE_INFINITY : 1000);
    };
  }

  Fragment of(ValueType type, Spread spread) {
    return switch (type.family()) {
      case BOOLEAN -> Fragment.of(dice.of("TRUE", "FALSE"));
      case INTEGER, BIGINT -> integer(type, spread);
      case DECIMAL -> decimal(type, spread);
      case DOUBLE -> floating("double", spread);
      case REAL -> floating("real", spread);
      case VARCHAR -> Fragment.of(text(spread));
      case DATE -> Fragment.of("DATE '" + date(spread) + "'");
      case TIMESTAMP -> Fragment.of("TIMESTAMP '" + date(spread) + " " + time(spread) + "'");
      case TIME -> Fragment.of("TIME '" + time(spread) + "'");
      case TIMESTAMPTZ ->
          Fragment.of(
              "CAST('"
                  + date(Spread.TAME)
                  + " "
                  + time(spread)
                  + dice.of("+00:00", "+05:30", "-08:00")
                  + "' AS timestamp with time zone)");
      case VARBINARY -> bytes();
      case INTEGERS -> array(Family.INTEGER, spread);
      case TEXTS -> array(Family.VARCHAR, spread);
      case STRUCT -> {
        String x = item(Family.INTEGER, spread);
        String y = item(Family.VARCHAR, spread);
        yield Fragment.of("row(" + x + ", " + y + ")", "{'x': " + x + ", 'y': " + y + "}");
      }
      case MAP -> map(spread);
      case UUID ->
          Fragment.of("CAST('" + new UUID(dice.between(-2, 2), dice.between(-2, 2)) + "' AS uuid)");
    };
  }

  private String item(Family family, Spread spread) {
    return dice.oneIn(6)
        ? "CAST(NULL AS " + family.name().toLowerCase(Locale.ROOT) + ")"
        : of(ValueType.of(family, 0), spread).text(Fragment.Dialect.FRAZIL);
  }

  private Fragment array(Family family, Spread spread) {
    List<String> items = new ArrayList<>();
    for (int i = dice.of(0, 1, 1, 2, 3, 7); i > 0; i--) {
      items.add(item(family, spread));
    }
    String text = String.join(", ", items);
    return Fragment.of(
        items.isEmpty()
            ? "trim_array(array[" + (family == Family.INTEGER ? "1" : "'a'") + "], 1)"
            : "array[" + text + "]",
        "[" + text + "]");
  }

  private Fragment map(Spread spread) {
    List<String> ours = new ArrayList<>();
    List<String> theirs = new ArrayList<>();
    for (String key : List.of("'a'", "'日'", "''")) {
      if (ours.isEmpty() || dice.oneIn(2)) {
        String value = item(Family.INTEGER, spread);
        ours.add(key + ", " + value);
        theirs.add(key + ": " + value);
      }
    }
    return Fragment.of(
        "map[" + String.join(", ", ours) + "]", "MAP {" + String.join(", ", theirs) + "}");
  }

  private Fragment integer(ValueType type, Spread spread) {
    if (spread == Spread.WILD && dice.oneIn(3)) {
      return type.family() == Family.INTEGER
          ? Fragment.of(dice.of("2147483647", "CAST('-2147483648' AS integer)", "0"))
          : Fragment.of(
              dice.of(
                  "9223372036854775807",
                  "CAST('-9223372036854775808' AS bigint)",
                  "9007199254740993",
                  "4294967296"));
    }
    return Fragment.of(
        "" + (spread == Spread.FEW ? dice.between(-2, 9) : dice.between(-1000, 1000)));
  }

  private Fragment decimal(ValueType type, Spread spread) {
    int digits = type.precision();
    BigInteger most = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
    // The least that has a multiple of 50 below it, as truncated partitions need.
    BigInteger least = BigInteger.valueOf(50).subtract(BigInteger.TEN.pow(digits));
    if (spread == Spread.WILD && dice.oneIn(3)) {
      return Fragment.of(
          new BigDecimal(dice.oneIn(2) ? most : least, type.scale()).toPlainString());
    }
    int range = (int) Math.min(1_000_000, Math.pow(10, digits) - 1);
    int unscaled = spread == Spread.FEW ? dice.between(-3, 6) * 25 : dice.between(-range, range);
    int fitting = Math.floorMod(unscaled + range, 2 * range + 1) - range;
    return Fragment.of(
        new BigDecimal(BigInteger.valueOf(fitting).max(least), type.scale()).toPlainString());
  }

  private Fragment floating(String type, Spread spread) {
    if (spread == Spread.WILD || dice.oneIn(12)) {
      String special =
          spread == Spread.WILD && dice.oneIn(2)
              ? dice.of("1e30", "-1e30", "3e-30", "16777217", "0.1")
              : dice.of("NaN", "Infinity", "-Infinity", "-0.0", "0");
      return Fragment.of("CAST('" + special + "' AS " + type + ")");
    }
    int quarters = spread == Spread.FEW ? dice.between(-3, 6) : dice.between(-4000, 4000);
    return Fragment.of("CAST('" + quarters / 4.0 + "' AS " + type + ")");
  }

  String text(Spread spread) {
    if (spread == Spread.FEW) {
      return "'" + dice.of("a", "b", "c", "", "Ü", "a ") + "'";
    }
    return "'" + dice.pick(WORDS) + (dice.oneIn(3) ? dice.pick(WORDS) : "") + "'";
  }

  private String date(Spread spread) {
    if (spread == Spread.WILD && dice.oneIn(3)) {
      return dice.of("0001-01-01", "9999-12-31", "1582-10-10", "1900-02-28");
    }
    return spread == Spread.FEW
        ? dice.of("1969-12-31", "1970-01-01", "2000-02-29", "2020-02-29", "2021-12-31")
        : String.format(
            Locale.ROOT,
            "%04d-%02d-%02d",
            dice.between(1960, 2030),
            dice.between(1, 12),
            dice.between(1, 28));
  }

  private String time(Spread spread) {
    if (spread == Spread.FEW) {
      return dice.of("00:00:00", "12:30:00", "23:59:59.999999");
    }
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d%s",
        dice.between(0, 23),
        dice.between(0, 59),
        dice.between(0, 59),
        dice.of("", ".5", ".000001", ".123456"));
  }

  private Fragment bytes() {
    String hex = dice.of("", "00", "ff", "61", "6162", "00ff7f", "c3bc");
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < hex.length(); i += 2) {
      escaped.append("\\x").append(hex, i, i + 2);
    }
    return Fragment.of("X'" + hex + "'", "CAST('" + escaped + "' AS blob)");
  }
}
