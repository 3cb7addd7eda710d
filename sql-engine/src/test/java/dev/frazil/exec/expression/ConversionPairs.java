package dev.frazil.exec.expression;

import static dev.frazil.exec.expression.Expressions.*;

import dev.frazil.plan.ScalarFunction;
import java.util.List;

/** Dates, times and casts. */
final class ConversionPairs extends ExpressionPairs {
  static List<Pair> all() {
    ConversionPairs pairs = new ConversionPairs();
    pairs.dates();
    pairs.casts();
    return pairs.pairs;
  }

  private void dates() {
    String[][] fields = {
      {"EXTRACT_YEAR", "year"}, {"EXTRACT_QUARTER", "quarter"}, {"EXTRACT_MONTH", "month"},
      {"EXTRACT_WEEK", "week"}, {"EXTRACT_DAY", "day"}, {"EXTRACT_DAY_OF_WEEK", "isodow"},
      {"EXTRACT_DAY_OF_YEAR", "doy"}, {"EXTRACT_HOUR", "hour"}, {"EXTRACT_MINUTE", "minute"},
      {"EXTRACT_SECOND", "second"}
    };
    for (String[] field : fields) {
      ScalarFunction function = ScalarFunction.valueOf(field[0]);
      pair(call(function, BIGINT, c("ts")), "extract(" + field[1] + " from ts)");
      if (!List.of("hour", "minute", "second").contains(field[1])) {
        pair(call(function, BIGINT, c("dt")), "extract(" + field[1] + " from dt)");
      }
    }
    for (String unit :
        List.of(
            "decade",
            "year",
            "quarter",
            "month",
            "week",
            "day",
            "hour",
            "minute",
            "second",
            "millisecond")) {
      pair(
          call(ScalarFunction.DATE_TRUNC, TIMESTAMP, text(unit), c("ts")),
          "date_trunc('" + unit + "', ts)");
    }
    pair(call(ScalarFunction.DATE_TRUNC, DATE, text("month"), c("dt")), "date_trunc('month', dt)");
    for (int months : new int[] {1, -1, 13, -25}) {
      pair(
          call(ScalarFunction.ADD_MONTHS, DATE, c("dt"), number(months)),
          "dt + to_months(" + months + ")");
      pair(
          call(ScalarFunction.ADD_MONTHS, TIMESTAMP, c("ts"), number(months)),
          "ts + to_months(" + months + ")");
    }
    pair(call(ScalarFunction.ADD, DATE, c("dt"), c("i2")), "dt + i2");
    pair(
        call(ScalarFunction.SUBTRACT, BIGINT, c("dt"), literal(5, DATE)), "dt - date '1970-01-06'");
    pair(call(ScalarFunction.ADD, TIMESTAMP, c("ts"), c("l2")), "ts + to_microseconds(l2)");
    pair(
        call(ScalarFunction.EXTRACT_EPOCH, decimal(18, 6), c("ts")),
        "epoch_us(ts)::decimal(30,0) * 0.000001");
  }

  private void casts() {
    for (String name : List.of("i1", "i2", "l1", "l2", "d1", "d2", "w1", "b1", "dt", "ts")) {
      pair(cast(c(name), VARCHAR), name + "::varchar");
    }
    pair(cast(c("i1"), BIGINT), "i1::bigint");
    pair(cast(c("i1"), DOUBLE), "i1::double");
    pair(cast(c("l1"), DOUBLE), "l1::double");
    pair(cast(c("i1"), decimal(15, 3)), "i1::decimal(15,3)");
    pair(cast(c("l2"), decimal(30, 3)), "l2::decimal(30,3)");
    pair(cast(c("d1"), INTEGER), "d1::int");
    pair(cast(c("d1"), BIGINT), "d1::bigint");
    pair(cast(c("d1"), decimal(15, 1)), "d1::decimal(15,1)");
    pair(cast(c("d1"), decimal(30, 5)), "d1::decimal(30,5)");
    pair(cast(c("d1"), DOUBLE), "d1::double");
    pair(cast(c("d1"), REAL), "d1::real");
    pair(cast(c("w1"), decimal(30, 1)), "w1::decimal(30,1)");
    pair(cast(c("w1"), DOUBLE), "w1::double");
    pair(cast(c("r1"), DOUBLE), "r1::double");
    pair(cast(c("r1"), INTEGER), "r1::int");
    pair(cast(c("b1"), INTEGER), "b1::int");
    pair(cast(c("i2"), BOOLEAN), "i2::boolean");
    pair(cast(c("dt"), TIMESTAMP), "dt::timestamp");
    pair(cast(c("ts"), DATE), "ts::date");
    pair(cast(cast(c("dt"), VARCHAR), DATE), "dt::varchar::date");
    pair(cast(cast(c("ts"), VARCHAR), TIMESTAMP), "ts::varchar::timestamp");
    pair(cast(cast(c("w1"), VARCHAR), decimal(30, 4)), "w1::varchar::decimal(30,4)");
    pair(tryCast(c("w1"), INTEGER), "try_cast(w1 as int)");
    pair(tryCast(c("w1"), decimal(18, 2)), "try_cast(w1 as decimal(18,2))");
    pair(tryCast(c("f1"), INTEGER), "try_cast(f1 as int)");
    pair(tryCast(c("s2"), INTEGER), "try_cast(s2 as int)");
    pair(tryCast(c("s1"), DOUBLE), "try_cast(s1 as double)");
    pair(tryCast(c("s1"), DATE), "try_cast(s1 as date)");
  }
}
