package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.vector.ColumnVector;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Collection;
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
    put(Float.class, (a, v, r) -> narrowed(a.toDouble(v, r)));
    put(Double.class, ColumnAccessor::toDouble);
    put(BigDecimal.class, ColumnAccessor::toDecimal);
    put(BigInteger.class, ObjectConversion::bigInteger);
    put(Character.class, ObjectConversion::character);
    put(byte[].class, ColumnAccessor::toBytes);
    put(UUID.class, ObjectConversion::uuid);
    put(LocalDate.class, (a, v, r) -> a.toLocalDate(v, r, ZoneId.systemDefault()));
    put(LocalTime.class, (a, v, r) -> a.toLocalTime(v, r, ZoneId.systemDefault()));
    put(LocalDateTime.class, (a, v, r) -> a.toLocalDateTime(v, r, ZoneId.systemDefault()));
    put(Instant.class, ObjectConversion::instant);
    put(OffsetDateTime.class, (a, v, r) -> instant(a, v, r).atOffset(ZoneOffset.UTC));
    put(ZonedDateTime.class, (a, v, r) -> instant(a, v, r).atZone(ZoneOffset.UTC));
    put(OffsetTime.class, ObjectConversion::offsetTime);
    put(Year.class, ObjectConversion::year);
    put(Date.class, (a, v, r) -> date(a, v, r, null));
    put(Time.class, (a, v, r) -> time(a, v, r, null));
    put(Timestamp.class, (a, v, r) -> timestamp(a, v, r, null));
    put(java.util.Date.class, (a, v, r) -> timestamp(a, v, r, null));
    put(Calendar.class, ObjectConversion::calendar);
    put(GregorianCalendar.class, ObjectConversion::calendar);
    put(Blob.class, (a, v, r) -> new JdbcBlob(a.toBytes(v, r)));
    put(Clob.class, (a, v, r) -> new JdbcClob(a.toText(v, r)));
    put(NClob.class, (a, v, r) -> new JdbcClob(a.toText(v, r)));
    put(InputStream.class, (a, v, r) -> new ByteArrayInputStream(a.toBytes(v, r)));
    put(Reader.class, (a, v, r) -> new StringReader(a.toText(v, r)));
    put(URL.class, (a, v, r) -> TextForms.parseUrl(a.toText(v, r)));
    put(List.class, NestedConversion::list);
    put(Collection.class, NestedConversion::list);
    put(Map.class, NestedConversion::map);
    for (Class<?> type : List.of(Ref.class, RowId.class, SQLXML.class, SQLData.class)) {
      CONVERSIONS.put(type, unsupported(type));
    }
  }

  private ObjectConversion() {}

  private static <T> void put(Class<T> type, Conversion<? extends T> conversion) {
    CONVERSIONS.put(type, conversion);
  }

  /** Converts, or fails with 22018 where no conversion to {@code type} exists. */
  static <T> T to(Class<T> type, ColumnAccessor accessor, ColumnVector vector, int row)
      throws SQLException {
    Class<?> boxed = MethodType.methodType(type).wrap().returnType();
    Conversion<?> conversion = CONVERSIONS.get(boxed);
    Object value;
    if (conversion != null) {
      value = conversion.apply(accessor, vector, row);
    } else if (type.isArray()) {
      value = NestedConversion.array(type, accessor, vector, row);
    } else {
      value = accessor.toObject(vector, row);
    }
    if (!boxed.isInstance(value)) {
      throw accessor.noConversion(type.getName());
    }
    @SuppressWarnings("unchecked") // checked by its box: a primitive class casts nothing
    T converted = (T) value;
    return converted;
  }

  private static Conversion<?> unsupported(Class<?> type) {
    return (accessor, vector, row) -> {
      throw SqlExceptions.unsupported("the class " + type.getName());
    };
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

  private static GregorianCalendar calendar(ColumnAccessor accessor, ColumnVector vector, int row)
      throws SQLException {
    GregorianCalendar calendar = new GregorianCalendar();
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

  private static Character character(ColumnAccessor accessor, ColumnVector vector, int row)
      throws SQLException {
    String text = accessor.toText(vector, row);
    if (text.length() != 1) {
      throw accessor.noConversion("a character unless it is one");
    }
    return text.charAt(0);
  }

  /** Of an instant in UTC, else with the offset of the JVM's zone at the time that is meant. */
  private static OffsetTime offsetTime(ColumnAccessor accessor, ColumnVector vector, int row)
      throws SQLException {
    ZoneId zone = ZoneId.systemDefault();
    if (accessor instanceof InstantAccessor) {
      return accessor.toInstant(vector, row, zone).atOffset(ZoneOffset.UTC).toOffsetTime();
    }
    LocalDateTime local =
        accessor instanceof TimestampAccessor
            ? accessor.toLocalDateTime(vector, row, zone)
            : LocalDate.EPOCH.atTime(accessor.toLocalTime(vector, row, zone));
    return local.atZone(zone).toOffsetDateTime().toOffsetTime();
  }

  private static Year year(ColumnAccessor accessor, ColumnVector vector, int row)
      throws SQLException {
    if (accessor instanceof DateAccessor
        || accessor instanceof TimestampAccessor
        || accessor instanceof InstantAccessor) {
      return Year.from(accessor.toLocalDate(vector, row, ZoneId.systemDefault()));
    }
    return Year.of((int) whole(accessor, vector, row, Year.MIN_VALUE, Year.MAX_VALUE));
  }

  /** 22003 where a float cannot hold it. */
  static float narrowed(double value) throws SQLException {
    float narrowed = (float) value;
    if (Float.isInfinite(narrowed) && !Double.isInfinite(value)) {
      throw SqlExceptions.of(
          SqlState.NUMERIC_OUT_OF_RANGE, "the value " + value + " does not fit a float");
    }
    return narrowed;
  }
}
