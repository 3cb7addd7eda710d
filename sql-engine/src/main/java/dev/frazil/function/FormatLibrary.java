package dev.frazil.function;

import dev.frazil.type.CommonType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Dates and times as text in a form that the statement gives, and back. */
final class FormatLibrary {
  private FormatLibrary() {}

  static void define(Definitions library) {
    if (library.has("to_char")) {
      library
          .function(
              "D, varchar -> varchar | time, varchar -> varchar | X, varchar -> varchar | double,"
                  + " varchar -> varchar | interval, varchar -> varchar",
              FormatLibrary::toChar)
          .is(
              "A date or time in a pattern of PostgreSQL: YYYY, MM, DD, HH24, MI, SS, MS, Mon, TH, FM"
                  + ", ...; or a number: 9, 0, '.' or D, ',' or G, S, MI, PL, SG, PR, L, V, TH,"
                  + " EEEE, RN, FM. Names are English, the currency is $.")
          .example("to_char(-0.1, '99.99')", "  -.10")
          .example("to_char(12, 'FM9990999.9')", "0012.")
          .example("to_char(1485, '9,999')", " 1,485")
          .example("to_char(-485, '999PR')", "<485>")
          .example(
              "to_char(TIMESTAMP '2024-02-09 13:05:07.25', 'YYYY-MM-DD HH24:MI:SS.MS')",
              "2024-02-09 13:05:07.250")
          .example("to_char(485, 'FMRN')", "CDLXXXV")
          .example("to_char(0.0004859, '9.99EEEE')", " 4.86e-04")
          .example(
              "to_char(DATE '2024-02-02', 'FMDDth FMMonth YYYY, \"week\" IW')",
              "2nd February 2024, week 05")
          .example("to_char(DATE '2024-02-09', 'FMDay, DD Mon YYYY')", "Friday, 09 Feb 2024");
    }
    if (library.has("date_format")) {
      library
          .function("D, varchar -> varchar", (in, out) -> format(in, out, TimeFormat.Style.MYSQL))
          .is("A date or timestamp in a pattern of MySQL: %Y, %m, %d, %H, %i, %s, %f, %b, ...")
          .example(
              "date_format(TIMESTAMP '2024-02-09 13:05:07', '%Y-%m-%d %H:%i:%s')",
              "2024-02-09 13:05:07");
    }
    if (library.has("strftime")) {
      library
          .function("D, varchar -> varchar", (in, out) -> format(in, out, TimeFormat.Style.C))
          .is("A date or timestamp in a pattern of C: %Y, %m, %d, %H, %M, %S, %f, %b, ...")
          .example(
              "strftime(TIMESTAMP '2024-02-09 13:05:07', '%a, %-d %B %Y - %I:%M:%S %p')",
              "Fri, 9 February 2024 - 01:05:07 PM");
    }
    if (library.has("date_parse")) {
      library
          .function(
              "varchar, varchar -> timestamp", (in, out) -> parse(in, out, TimeFormat.Style.MYSQL))
          .is("The timestamp that a text shows in a pattern of MySQL.")
          .example("date_parse('09.02.2024 13:05', '%d.%m.%Y %H:%i')", "2024-02-09T13:05");
    }
    if (library.has("strptime")) {
      library
          .function(
              "varchar, varchar -> timestamp", (in, out) -> parse(in, out, TimeFormat.Style.C))
          .is("The timestamp that a text shows in a pattern of C.")
          .example(
              "strptime('Fri, 9 February 2024 - 01:05:07 PM', '%a, %-d %B %Y - %I:%M:%S %p')",
              "2024-02-09T13:05:07");
    }
    if (library.has("to_number")) {
      library
          .function(
              "varchar, varchar -> numeric",
              (in, out) ->
                  out.appendDecimal(
                      in.remember(in.text(1), NumberTemplate::compile)
                          .parse(in.text(0))
                          .setScale(10, RoundingMode.DOWN)))
          .is(
              "The number that a text shows in a pattern of PostgreSQL, as to_char has them. More"
                  + " digits before the point than it has are 22003.")
          .example("to_number('12,454.8-', '99G999D9S')", "-12454.8");
    }
    if (library.has("to_date")) {
      library
          .function(
              "varchar, varchar -> date",
              (in, out) -> TimeValues.appendLocal(templated(in).local(), in, out))
          .is(
              "The date that a text shows in a pattern of PostgreSQL. As there, blanks and separators"
                  + " are forgiving unless FX begins it, what stands behind the last field is"
                  + " passed over, and a missing year is 1 BC.")
          .example("to_date('09 Feb 2024', 'DD Mon YYYY')", "2024-02-09");
    }
    if (library.has("to_timestamp")) {
      library
          .function(
              "varchar, varchar -> timestamptz | double -> timestamptz", FormatLibrary::instant)
          .is("The point in time that a text shows in a pattern of PostgreSQL, or of Unix seconds.")
          .example(
              "to_timestamp('2024-02-09 13:05:07.25', 'YYYY-MM-DD HH24:MI:SS.MS')",
              "2024-02-09T13:05:07.250Z")
          .example("to_timestamp(1700000000)", "2023-11-14T22:13:20Z");
    }
    joda(library);
    iso(library);
    QuantityLibrary.define(library);
  }

  private static void joda(Definitions library) {
    if (library.has("format_datetime")) {
      library
          .function("D, varchar -> varchar", (in, out) -> format(in, out, TimeFormat.Style.JODA))
          .is("A date or timestamp in a pattern of Joda-Time: yyyy, MM, dd, HH, mm, ss, SSS, ...")
          .example(
              "format_datetime(TIMESTAMP '2024-02-09 13:05:07.25', 'yyyy-MM-dd''T''HH:mm:ss.SSS')",
              "2024-02-09T13:05:07.250")
          .example(
              "format_datetime(DATE '2024-02-09', 'EEE, d MMMM yyyy')", "Fri, 9 February 2024");
    }
    if (library.has("parse_datetime")) {
      library
          .function(
              "varchar, varchar -> timestamptz",
              (in, out) -> instant(in, out, TimeFormat.Style.JODA))
          .is(
              "The point in time that a text shows in a pattern of Joda-Time; without an offset"
                  + " (Z) in the session's zone.")
          .example(
              "parse_datetime('2024-02-09 13:05 +0100', 'yyyy-MM-dd HH:mm Z')",
              "2024-02-09T12:05:00Z");
    }
  }

  private static void iso(Definitions library) {
    if (library.has("to_iso8601")) {
      library
          .function("D -> varchar", IsoText::format)
          .is("A date or timestamp in the form of ISO 8601.")
          .example("to_iso8601(TIMESTAMP '2024-02-09 13:05:07.25')", "2024-02-09T13:05:07.250")
          .example("to_iso8601(from_unixtime(0))", "1970-01-01T00:00:00.000Z");
    }
    if (library.has("from_iso8601_date")) {
      library
          .function("varchar -> date", IsoText::date)
          .is("The date of a text such as 2024-02-09, 2024-W06-5 or 2024-040.")
          .example("from_iso8601_date('2024-02-09')", "2024-02-09")
          .example("from_iso8601_date('2024-W06-5')", "2024-02-09");
    }
    if (library.has("from_iso8601_timestamp")) {
      library
          .function("varchar -> timestamptz", IsoText::timestamp)
          .is("The point in time of a text of ISO 8601; without an offset that of the session.")
          .example("from_iso8601_timestamp('2024-02-09T13:05:07+01:00')", "2024-02-09T12:05:07Z");
    }
  }

  private static void toChar(Arguments in, VectorBuilder out) {
    ColumnVector value = in.vector(0);
    boolean isNumber = CommonType.isNumeric(value.type());
    if (!isNumber) {
      long local = TimeValues.local(in, 0);
      boolean hasZone = Timestamps.hasZone(value.type());
      TimeTemplate template = in.remember(in.text(1), TimeTemplate::compile);
      out.appendText(
          TimeTemplateWriter.format(
              template,
              local,
              hasZone ? local - TimeValues.instant(in, 0) : 0,
              hasZone ? in.zone() : null));
      return;
    }
    boolean isDouble = value.type() == Primitive.DOUBLE;
    if (isDouble && !Double.isFinite(in.number(0))) {
      throw FunctionErrors.argument("a pattern shows no number such as " + in.number(0));
    }
    BigDecimal number = isDouble ? new BigDecimal(Double.toString(in.number(0))) : in.exact(0);
    out.appendText(in.remember(in.text(1), NumberTemplate::compile).format(number));
  }

  private static void format(Arguments in, VectorBuilder out, TimeFormat.Style style) {
    TimeFormat format = in.remember(in.text(1), pattern -> TimeFormat.compile(pattern, style));
    long local = TimeValues.local(in, 0);
    boolean hasZone = Timestamps.hasZone(in.vector(0).type());
    long offset = hasZone ? local - TimeValues.instant(in, 0) : 0;
    out.appendText(format.format(local, offset));
  }

  private static void parse(Arguments in, VectorBuilder out, TimeFormat.Style style) {
    TimeFormat format = in.remember(in.text(1), pattern -> TimeFormat.compile(pattern, style));
    ParsedTime time = format.parse(in.text(0));
    TimeValues.appendLocal(time.local(), in, out);
  }

  private static void instant(Arguments in, VectorBuilder out) {
    if (in.count() == 1) {
      DateMakers.fromSeconds(in, out);
      return;
    }
    appendInstant(templated(in), in, out);
  }

  private static ParsedTime templated(Arguments in) {
    return TimeTemplateReader.parse(in.remember(in.text(1), TimeTemplate::compile), in.text(0));
  }

  private static void instant(Arguments in, VectorBuilder out, TimeFormat.Style style) {
    TimeFormat format = in.remember(in.text(1), pattern -> TimeFormat.compile(pattern, style));
    appendInstant(format.parse(in.text(0)), in, out);
  }

  private static void appendInstant(ParsedTime time, Arguments in, VectorBuilder out) {
    Long offset = time.offsetMicros();
    out.appendLong(offset == null ? in.zone().toInstant(time.local()) : time.local() - offset);
  }
}
