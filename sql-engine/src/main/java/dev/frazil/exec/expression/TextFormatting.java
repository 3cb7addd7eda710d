package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.kernel.CivilTime;
import dev.frazil.kernel.TimeZoneConversion;
import dev.frazil.type.Timestamps;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.VectorBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Values as text, in the form that reads back as the same value. */
final class TextFormatting {
  private TextFormatting() {}

  static void appendBoolean(ColumnVector source, int row, VectorBuilder result) {
    result.appendText(((BooleanVector) source).values()[row] ? "true" : "false");
  }

  static void appendNumber(ColumnVector source, int row, VectorBuilder result) {
    if (source instanceof DoubleVector doubles) {
      result.appendText(Double.toString(doubles.values()[row]));
    } else if (source instanceof FloatVector floats) {
      result.appendText(Float.toString(floats.values()[row]));
    } else {
      result.appendText(NumberConversions.readExact(source, row).toPlainString());
    }
  }

  static void appendUuid(ColumnVector source, int row, VectorBuilder result) {
    ByteSlice bytes = ByteSlice.of(source, row);
    ByteBuffer buffer = ByteBuffer.wrap(bytes.data(), bytes.from(), 16);
    result.appendText(new UUID(buffer.getLong(), buffer.getLong()).toString());
  }

  /** Bytes that must be UTF-8 (22018). */
  static void appendUtf8(ColumnVector source, int row, VectorBuilder result) {
    ByteSlice bytes = ByteSlice.of(source, row);
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.data(), bytes.from(), bytes.lengthBytes()));
    } catch (CharacterCodingException notText) {
      throw new EngineException(
          SqlState.INVALID_CAST,
          "the bytes of a " + source.type().sqlName() + " are not valid UTF-8 text",
          notText);
    }
    result.appendBytes(bytes.data(), bytes.from(), bytes.lengthBytes());
  }

  /** {@code YYYY-MM-DD}. */
  static String date(long epochDay) {
    StringBuilder text = new StringBuilder(10);
    appendDate(epochDay, text);
    return text.toString();
  }

  /** {@code HH:MM:SS[.ffffff]}, without trailing zeros. */
  static String time(long microsOfDay) {
    StringBuilder text = new StringBuilder(15);
    appendTime(microsOfDay, text);
    return text.toString();
  }

  /** {@code YYYY-MM-DD HH:MM:SS[.ffffff]}. */
  static String timestamp(long micros) {
    StringBuilder text = new StringBuilder(26);
    appendDate(CivilTime.epochDayOfMicros(micros), text);
    appendTime(CivilTime.microsOfDay(micros), text.append(' '));
    return text.toString();
  }

  /** {@code YYYY-MM-DD HH:MM:SS[.fffffffff]}. */
  static String nanos(long nanos) {
    long micros = Math.floorDiv(nanos, Timestamps.NANOS_PER_MICRO);
    return withNanos(timestamp(micros), Math.floorMod(nanos, Timestamps.NANOS_PER_MICRO));
  }

  /** As {@link #nanos} on the wall clock of the zone, with its offset. */
  static String nanosWithZone(long nanos, TimeZoneConversion zone) {
    long micros = Math.floorDiv(nanos, Timestamps.NANOS_PER_MICRO);
    String local = timestamp(zone.toLocal(micros));
    String offset = timestampWithZone(micros, zone).substring(local.length());
    return withNanos(local, Math.floorMod(nanos, Timestamps.NANOS_PER_MICRO)) + offset;
  }

  /** The digits behind those of microseconds, which are shown without zeros at their end. */
  private static String withNanos(String text, long nanosOfMicro) {
    if (nanosOfMicro == 0) {
      return text;
    }
    int point = text.indexOf('.');
    StringBuilder digits = new StringBuilder(text).append(point < 0 ? "." : "");
    int shown = point < 0 ? 0 : text.length() - point - 1;
    digits.append("0".repeat(6 - shown));
    appendPadded(nanosOfMicro, 3, digits);
    while (digits.charAt(digits.length() - 1) == '0') {
      digits.setLength(digits.length() - 1);
    }
    return digits.toString();
  }

  /** As a timestamp on the wall clock of the zone, with its offset: {@code +HH[:MM[:SS]]}. */
  static String timestampWithZone(long micros, TimeZoneConversion zone) {
    StringBuilder text = new StringBuilder(timestamp(zone.toLocal(micros)));
    long offset = zone.offsetMicros(micros) / CivilTime.MICROS_PER_SECOND;
    text.append(offset < 0 ? '-' : '+');
    long seconds = Math.abs(offset);
    appendPadded(seconds / 3600, 2, text);
    if (seconds % 3600 != 0) {
      appendPadded(seconds / 60 % 60, 2, text.append(':'));
    }
    if (seconds % 60 != 0) {
      appendPadded(seconds % 60, 2, text.append(':'));
    }
    return text.toString();
  }

  private static void appendDate(long epochDay, StringBuilder text) {
    long packed = CivilTime.pack(epochDay);
    long year = CivilTime.year(packed);
    if (year < 0) {
      text.append('-');
    }
    appendPadded(Math.abs(year), 4, text);
    appendPadded(CivilTime.month(packed), 2, text.append('-'));
    appendPadded(CivilTime.day(packed), 2, text.append('-'));
  }

  private static void appendTime(long microsOfDay, StringBuilder text) {
    long seconds = microsOfDay / CivilTime.MICROS_PER_SECOND;
    appendPadded(seconds / 3600, 2, text);
    appendPadded(seconds / 60 % 60, 2, text.append(':'));
    appendPadded(seconds % 60, 2, text.append(':'));
    long fraction = microsOfDay % CivilTime.MICROS_PER_SECOND;
    if (fraction != 0) {
      appendPadded(fraction, 6, text.append('.'));
      while (text.charAt(text.length() - 1) == '0') {
        text.setLength(text.length() - 1);
      }
    }
  }

  private static void appendPadded(long value, int digits, StringBuilder text) {
    String number = Long.toString(value);
    text.append("0".repeat(Math.max(0, digits - number.length()))).append(number);
  }
}
