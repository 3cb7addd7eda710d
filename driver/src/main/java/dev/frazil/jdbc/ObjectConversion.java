package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.vector.ColumnVector;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code getObject(i, Class)}: a cell, not null, as the class asked for. */
final class ObjectConversion {

  private interface Conversion<T> {
    T apply(ColumnAccessor accessor, ColumnVector vector, int row) throws SQLException;
  }

  private static final Map<Class<?>, Conversion<?>> CONVERSIONS = new HashMap<>();

  static {
    put(Object.class, ColumnAccessor::toObject);
    put(String.class, ColumnAccessor::toText);
    put(Boolean.class, ColumnAccessor::toBoolean);
    put(Byte.class, (a, v, r) -> (byte) whole(a, v, r, Byte.MIN_VALUE, Byte.MAX_VALUE));
    put(Short.class, (a, v, r) -> (short) whole(a, v, r, Short.MIN_VALUE, Short.MAX_VALUE));
    put(Integer.class, (a, v, r) -> (int) whole(a, v, r, Integer.MIN_VALUE, Integer.MAX_VALUE));
    put(Long.class, ColumnAccessor::toLong);
    put(Float.class, (a, v, r) -> (float) a.toDouble(v, r));
    put(Double.class, ColumnAccessor::toDouble);
    put(BigDecimal.class, ColumnAccessor::toDecimal);
    put(BigInteger.class, ObjectConversion::bigInteger);
    put(byte[].class, ColumnAccessor::toBytes);
    put(UUID.class, ObjectConversion::uuid);
    put(LocalDate.class, (a, v, r) -> a.toLocalDate(v, r, ZoneId.systemDefault()));
    put(LocalTime.class, (a, v, r) -> a.toLocalTime(v, r, ZoneId.systemDefault()));
    put(LocalDateTime.class, (a, v, r) -> a.toLocalDateTime(v, r, ZoneId.systemDefault()));
    put(Instant.class, ObjectConversion::instant);
    put(OffsetDateTime.class, (a, v, r) -> instant(a, v, r).atOffset(ZoneOffset.UTC));
    put(ZonedDateTime.class, (a, v, r) -> instant(a, v, r).atZone(ZoneOffset.UTC));
    put(Date.class, (a, v, r) -> date(a, v, r, null));
    put(Time.class, (a, v, r) -> time(a, v, r, null));
    put(Timestamp.class, (a, v, r) -> timestamp(a, v, r, null));
    put(java.util.Date.class, (a, v, r) -> timestamp(a, v, r, null));
    put(Calendar.class, (a, v, r) -> calendar(a, v, r));
    put(Blob.class, (a, v, r) -> new JdbcBlob(a.toBytes(v, r)));
    put(Clob.class, (a, v, r) -> new JdbcClob(a.toText(v, r)));
    put(NClob.class, (a, v, r) -> new JdbcClob(a.toText(v, r)));
    put(InputStream.class, (a, v, r) -> new ByteArrayInputStream(a.toBytes(v, r)));
    put(Reader.class, (a, v, r) -> new StringReader(a.toText(v, r)));
    put(List.class, ObjectConversion::list);
  }

  private ObjectConversion() {}

  private static <T> void put(Class<T> type, Conversion<? extends T> conversion) {
    CONVERSIONS.put(type, conversion);
  }

  /** Converts, or fails with 22018 where no conversion to {@code type} exists. */
  static <T> T to(Class<T> type, ColumnAccessor accessor, ColumnVector vector, int row)
      throws SQLException {
    Conversion<?> conversion = CONVERSIONS.get(type);
    Object value =
        conversion != null
            ? conversion.apply(accessor, vector, row)
            : accessor.toObject(vector, row);
    if (!type.isInstance(value)) {
      throw accessor.noConversion(type.getName());
    }
    return type.cast(value);
  }

  static Date date(ColumnAccessor accessor, ColumnVector vector, int row, @Nullable Calendar zone)
      throws SQLException {
    return LegacyDates.date(accessor.toLocalDate(vector, row, LegacyDates.zone(zone)), zone);
  }

  static Time time(ColumnAccessor accessor, ColumnVector vector, int row, @Nullable Calendar zone)
      throws SQLException {
    return LegacyDates.time(accessor.toLocalTime(vector, row, LegacyDates.zone(zone)), zone);
  }

  static Timestamp timestamp(
      ColumnAccessor accessor, ColumnVector vector, int row, @Nullable Calendar zone)
      throws SQLException {
    if (accessor instanceof InstantAccessor) {
      return Timestamp.from(accessor.toInstant(vector, row, LegacyDates.zone(zone)));
    }
    return LegacyDates.timestamp(
        accessor.toLocalDateTime(vector, row, LegacyDates.zone(zone)), zone);
  }

  private static Instant instant(ColumnAccessor accessor, ColumnVector vector, int row)
      throws SQLException {
    return accessor.toInstant(vector, row, ZoneId.systemDefault());
  }

  private static Calendar calendar(ColumnAccessor accessor, ColumnVector vector, int row)
      throws SQLException {
    Calendar calendar = new GregorianCalendar();
    calendar.setTimeInMillis(timestamp(accessor, vector, row, null).getTime());
    return calendar;
  }

  private static long whole(
      ColumnAccessor accessor, ColumnVector vector, int row, long least, long greatest)
      throws SQLException {
    long value = accessor.toLong(vector, row);
    if (value < least || value > greatest) {
      throw SqlExceptions.of(
          SqlState.NUMERIC_OUT_OF_RANGE,
          "the value " + value + " is not between " + least + " and " + greatest);
    }
    return value;
  }

  private static BigInteger bigInteger(ColumnAccessor accessor, ColumnVector vector, int row)
      throws SQLException {
    BigDecimal value = accessor.toDecimal(vector, row);
    if (value.precision() - value.scale() > 400) {
      throw accessor.noConversion("a BigInteger of a reasonable size");
    }
    return value.setScale(0, RoundingMode.DOWN).toBigInteger();
  }

  private static UUID uuid(ColumnAccessor accessor, ColumnVector vector, int row)
      throws SQLException {
    if (accessor instanceof TextAccessor) {
      return TextForms.parseUuid(accessor.toText(vector, row));
    }
    byte[] bytes = accessor.toBytes(vector, row);
    if (bytes.length != 16) {
      throw accessor.noConversion("a UUID unless it has 16 bytes");
    }
    return UuidAccessor.toUuid(bytes);
  }

  private static List<?> list(ColumnAccessor accessor, ColumnVector vector, int row)
      throws SQLException {
    if (accessor.toObject(vector, row) instanceof JdbcArray array) {
      return Arrays.asList((Object[]) array.getArray());
    }
    throw accessor.noConversion("a list");
  }
}
