package dev.frazil.function;

import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Amounts as people write them, as Trino has them. */
final class QuantityLibrary {
  private static final String[] SCALES = {"", "K", "M", "B", "T", "Q"};
  private static final List<String> BYTE_UNITS =
      List.of("B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB");
  private static final String[] TIME_UNITS = {"week", "day", "hour", "minute", "second"};
  private static final long[] TIME_SECONDS = {604_800, 86_400, 3_600, 60, 1};

  private QuantityLibrary() {}

  static void define(Definitions library) {
    if (library.has("format_number")) {
      library
          .function("double -> varchar", QuantityLibrary::number)
          .is("A number with three digits or so, and K, M, B, T or Q for thousands.")
          .example("format_number(123456)", "123K")
          .example("format_number(1000000)", "1M");
    }
    if (library.has("human_readable_seconds")) {
      library
          .function("double -> varchar", QuantityLibrary::seconds)
          .is("Seconds as weeks, days, hours, minutes and seconds.")
          .example(
              "human_readable_seconds(56363463)",
              "93 weeks, 1 day, 8 hours, 31 minutes, 3 seconds");
    }
    if (library.has("parse_duration")) {
      library
          .function("varchar -> interval", QuantityLibrary::duration)
          .is("The interval of a text such as 3.81d: ns, us, ms, s, m, h or d.")
          .example("parse_duration('3.81 d')", "3 days 19:26:24")
          .example("parse_duration('42.8ms') = INTERVAL '0.0428' SECOND", "true");
    }
    if (library.has("parse_data_size", "parse_presto_data_size")) {
      library
          .function("varchar -> decimal", QuantityLibrary::bytes)
          .is("The bytes of a text such as 2.3MB; a kB has 1024 of them.")
          .example("parse_data_size('2.3MB')", "2411724");
    }
  }

  /** As Trino: a number and a unit, rounded to the microsecond. */
  private static void duration(Arguments in, VectorBuilder out) {
    String text = in.text(0).strip();
    int end = 0;
    while (end < text.length() && "0123456789.".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    String digits = text.substring(0, end);
    BigDecimal nanos =
        switch (text.substring(end).strip()) {
          case "ns" -> BigDecimal.ONE;
          case "us" -> BigDecimal.valueOf(1_000L);
          case "ms" -> BigDecimal.valueOf(1_000_000L);
          case "s" -> BigDecimal.valueOf(1_000_000_000L);
          case "m" -> BigDecimal.valueOf(60_000_000_000L);
          case "h" -> BigDecimal.valueOf(3_600_000_000_000L);
          case "d" -> BigDecimal.valueOf(86_400_000_000_000L);
          default -> BigDecimal.ZERO;
        };
    if (nanos.signum() == 0 || end > 40 || !digits.matches("[0-9]+(\\.[0-9]+)?")) {
      throw FunctionErrors.argument(
          "'"
              + FunctionErrors.shown(text)
              + "' is no duration such as 3.81d: ns, us, ms, s, m, h, d");
    }
    BigInteger micros =
        new BigDecimal(digits)
            .multiply(nanos)
            .movePointLeft(3)
            .setScale(0, RoundingMode.HALF_UP)
            .toBigInteger();
    MixedIntervalLibrary.append(
        MixedInterval.of(BigInteger.ZERO, BigInteger.ZERO, micros).withDaysOfHours(), out);
  }

  private static void number(Arguments in, VectorBuilder out) {
    double value = in.number(0);
    if (!Double.isFinite(value)) {
      out.appendText(Double.toString(value));
      return;
    }
    BigDecimal rest = new BigDecimal(Double.toString(Math.abs(value)));
    int scale = 0;
    while (scale + 1 < SCALES.length && rest.compareTo(BigDecimal.valueOf(1000)) >= 0) {
      rest = rest.movePointLeft(3);
      scale++;
    }
    int digits =
        rest.compareTo(BigDecimal.TEN) < 0
            ? 2
            : rest.compareTo(BigDecimal.valueOf(100)) < 0 ? 1 : 0;
    BigDecimal rounded = rest.setScale(digits, RoundingMode.HALF_UP);
    String shown = rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    out.appendText((value < 0 ? "-" : "") + shown + SCALES[scale]);
  }

  private static void seconds(Arguments in, VectorBuilder out) {
    double value = in.number(0);
    if (!(Math.abs(value) < 9e15)) {
      throw FunctionErrors.argument(value + " seconds are too many to be written out");
    }
    long rest = Math.round(Math.abs(value));
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < TIME_UNITS.length; i++) {
      long count = rest / TIME_SECONDS[i];
      rest %= TIME_SECONDS[i];
      boolean isLast = i == TIME_UNITS.length - 1;
      if (count > 0 || (isLast && parts.isEmpty())) {
        parts.add(count + " " + TIME_UNITS[i] + (count == 1 ? "" : "s"));
      }
    }
    out.appendText(String.join(", ", parts));
  }

  private static void bytes(Arguments in, VectorBuilder out) {
    String text = in.text(0);
    int end = 0;
    while (end < text.length() && "0123456789.".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    int unit = BYTE_UNITS.indexOf(text.substring(end));
    String digits = text.substring(0, end);
    if (unit < 0 || end > 40 || !digits.matches("[0-9]+(\\.[0-9]+)?")) {
      throw FunctionErrors.argument(
          "'"
              + FunctionErrors.shown(text)
              + "' is no size such as 2.3MB: "
              + String.join(", ", BYTE_UNITS));
    }
    BigDecimal size =
        new BigDecimal(digits)
            .multiply(BigDecimal.valueOf(1024).pow(unit))
            .setScale(0, RoundingMode.DOWN);
    if (size.precision() > 38) {
      throw FunctionErrors.outOfRange("'" + text + "' has more bytes than decimal(38,0) holds");
    }
    out.appendDecimal(size);
  }
}
