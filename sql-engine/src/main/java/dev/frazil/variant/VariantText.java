package dev.frazil.variant;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.Locale;

/**
 * A variant as JSON: without spaces, fields in the order of their names, dates and times as text
 * (instants in UTC), bytes in base 64; doubles that are no number as text.
 */
public final class VariantText {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private VariantText() {}

  /** The JSON text of a value. */
  public static String json(VariantValue value) {
    StringBuilder text = new StringBuilder();
    append(value, text);
    return text.toString();
  }

  /** The JSON text of the variant at {@code data[from..)}. */
  public static String json(byte[] data, int from) {
    return json(VariantValue.at(data, from));
  }

  /** As {@link #json}, but of text the text itself: what CAST to varchar gives. */
  public static String plain(VariantValue value) {
    return switch (value.kind()) {
      case STRING -> value.text();
      case DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMP_WITH_TIME_ZONE,
          TIMESTAMP_NANOS,
          TIMESTAMP_NANOS_WITH_TIME_ZONE,
          UUID ->
          unquoted(value);
      case FLOAT, DOUBLE -> floating(value);
      case NULL,
          TRUE,
          FALSE,
          INT8,
          INT16,
          INT32,
          INT64,
          DECIMAL4,
          DECIMAL8,
          DECIMAL16,
          BINARY,
          OBJECT,
          ARRAY ->
          json(value);
    };
  }

  private static void append(VariantValue value, StringBuilder text) {
    switch (value.kind()) {
      case NULL -> text.append("null");
      case TRUE -> text.append("true");
      case FALSE -> text.append("false");
      case INT8, INT16, INT32, INT64 -> text.append(value.integer());
      case DECIMAL4, DECIMAL8, DECIMAL16 -> text.append(value.exact().toPlainString());
      case FLOAT, DOUBLE -> {
        String number = floating(value);
        boolean isNumber = !Double.isNaN(value.floating()) && !Double.isInfinite(value.floating());
        text.append(isNumber ? number : '"' + number + '"');
      }
      case STRING -> quoted(value.text(), text);
      case BINARY ->
          text.append('"').append(Base64.getEncoder().encodeToString(value.bytes())).append('"');
      case DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMP_WITH_TIME_ZONE,
          TIMESTAMP_NANOS,
          TIMESTAMP_NANOS_WITH_TIME_ZONE,
          UUID ->
          text.append('"').append(unquoted(value)).append('"');
      case OBJECT -> {
        text.append('{');
        for (int i = 0; i < value.count(); i++) {
          quoted(value.name(i), i == 0 ? text : text.append(','));
          append(value.member(i), text.append(':'));
        }
        text.append('}');
      }
      case ARRAY -> {
        text.append('[');
        for (int i = 0; i < value.count(); i++) {
          append(value.member(i), i == 0 ? text : text.append(','));
        }
        text.append(']');
      }
    }
    if (text.length() > VariantLimits.MAX_BYTES) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "the JSON text of a variant has more than " + VariantLimits.MAX_BYTES + " characters");
    }
  }

  private static void quoted(String value, StringBuilder text) {
    text.append('"');
    JsonStringEncoder.getInstance().quoteAsString(value, text);
    text.append('"');
  }

  private static String floating(VariantValue value) {
    return value.kind() == VariantKind.FLOAT
        ? Float.toString((float) value.floating())
        : Double.toString(value.floating());
  }

  private static String unquoted(VariantValue value) {
    VariantKind kind = value.kind();
    if (kind == VariantKind.UUID) {
      return value.uuid().toString();
    }
    long number = value.integer();
    try {
      if (kind == VariantKind.DATE) {
        return LocalDate.ofEpochDay(number).toString();
      } else if (kind == VariantKind.TIME) {
        return TIME.format(LocalTime.ofNanoOfDay(Math.multiplyExact(number, 1000L)));
      }
      boolean nanos =
          kind == VariantKind.TIMESTAMP_NANOS || kind == VariantKind.TIMESTAMP_NANOS_WITH_TIME_ZONE;
      long unit = nanos ? 1_000_000_000L : 1_000_000L;
      Instant instant =
          Instant.ofEpochSecond(
              Math.floorDiv(number, unit), Math.floorMod(number, unit) * (nanos ? 1 : 1000));
      LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
      String text = local.toLocalDate() + " " + TIME.format(local.toLocalTime());
      boolean zoned =
          kind == VariantKind.TIMESTAMP_WITH_TIME_ZONE
              || kind == VariantKind.TIMESTAMP_NANOS_WITH_TIME_ZONE;
      return zoned ? text + "+00:00" : text;
    } catch (DateTimeException | ArithmeticException e) {
      throw new EngineException(
          SqlState.DATETIME_OVERFLOW, "a variant has the " + kind + " " + number, e);
    }
  }
}
