package dev.frazil.conformance;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which getter reads which type, by index and by label, and what it makes of NULL. */
final class GetterChecks {
  private static final String TABLE = "JDBC table B-6, ";
  private static final String NUL = "JDBC 15.2.3.3 and ResultSet.wasNull";
  private static final Set<Kind> NUMERIC =
      Set.of(
          Kind.BOOLEAN,
          Kind.INTEGER,
          Kind.BIGINT,
          Kind.REAL,
          Kind.DOUBLE,
          Kind.DECIMAL,
          Kind.VARCHAR);

  /** Kinds whose getObject stands among the getters. */
  private static final Set<Kind> READ_BY_OBJECT =
      java.util.EnumSet.complementOf(
          java.util.EnumSet.of(Kind.TIME, Kind.TIMESTAMP_TZ, Kind.VARBINARY, Kind.ARRAY));

  private GetterChecks() {}

  private interface ByIndex {
    @Nullable Object get(ResultSet rows, int column) throws Exception;
  }

  private interface ByLabel {
    @Nullable Object get(ResultSet rows, String label) throws Exception;
  }

  /**
   * @param zero what it gives for NULL
   * @param values what it gives for the value of each kind that it must read
   */
  private record Getter(
      String name,
      ByIndex byIndex,
      ByLabel byLabel,
      @Nullable Object zero,
      Map<Kind, Object> values) {}

  private static Map<Kind, Object> numbers(Object value, Object one) {
    Map<Kind, Object> values = new java.util.EnumMap<>(Kind.class);
    NUMERIC.forEach(kind -> values.put(kind, kind == Kind.BOOLEAN ? one : value));
    return values;
  }

  @SuppressWarnings("JavaUtilDate")
  private static List<Getter> getters() {
    byte[] bytes = {0, 1, (byte) 0xFE, (byte) 0xFF};
    Date date = Date.valueOf("2024-02-29");
    Time time = Time.valueOf("12:34:56");
    Timestamp timestamp = Timestamp.valueOf("2024-02-29 12:34:56.123456");
    return List.of(
        new Getter(
            "getByte",
            ResultSet::getByte,
            ResultSet::getByte,
            (byte) 0,
            numbers((byte) 42, (byte) 1)),
        new Getter(
            "getShort",
            ResultSet::getShort,
            ResultSet::getShort,
            (short) 0,
            numbers((short) 42, (short) 1)),
        new Getter("getInt", ResultSet::getInt, ResultSet::getInt, 0, numbers(42, 1)),
        new Getter("getLong", ResultSet::getLong, ResultSet::getLong, 0L, numbers(42L, 1L)),
        new Getter("getFloat", ResultSet::getFloat, ResultSet::getFloat, 0f, numbers(42f, 1f)),
        new Getter("getDouble", ResultSet::getDouble, ResultSet::getDouble, 0d, numbers(42d, 1d)),
        new Getter(
            "getBigDecimal",
            ResultSet::getBigDecimal,
            ResultSet::getBigDecimal,
            null,
            numbers(new BigDecimal(42), BigDecimal.ONE)),
        new Getter(
            "getString",
            ResultSet::getString,
            ResultSet::getString,
            null,
            Map.of(
                Kind.INTEGER,
                "42",
                Kind.BIGINT,
                "42",
                Kind.VARCHAR,
                "42",
                Kind.DATE,
                "2024-02-29")),
        new Getter(
            "getNString",
            ResultSet::getNString,
            ResultSet::getNString,
            null,
            Map.of(Kind.INTEGER, "42", Kind.VARCHAR, "42")),
        new Getter(
            "getBytes",
            ResultSet::getBytes,
            ResultSet::getBytes,
            null,
            Map.of(Kind.VARBINARY, bytes)),
        new Getter(
            "getBinaryStream",
            (rows, column) -> read(rows.getBinaryStream(column)),
            (rows, label) -> read(rows.getBinaryStream(label)),
            null,
            Map.of(Kind.VARBINARY, bytes)),
        new Getter(
            "getCharacterStream",
            (rows, column) -> read(rows.getCharacterStream(column)),
            (rows, label) -> read(rows.getCharacterStream(label)),
            null,
            Map.of(Kind.VARCHAR, "42")),
        new Getter(
            "getNCharacterStream",
            (rows, column) -> read(rows.getNCharacterStream(column)),
            (rows, label) -> read(rows.getNCharacterStream(label)),
            null,
            Map.of(Kind.VARCHAR, "42")),
        new Getter(
            "getAsciiStream",
            (rows, column) -> text(read(rows.getAsciiStream(column))),
            (rows, label) -> text(read(rows.getAsciiStream(label))),
            null,
            Map.of(Kind.VARCHAR, "42")),
        new Getter(
            "getDate",
            ResultSet::getDate,
            ResultSet::getDate,
            null,
            Map.of(Kind.DATE, date, Kind.TIMESTAMP, date)),
        new Getter(
            "getTime",
            (rows, column) -> shown(rows.getTime(column)),
            (rows, label) -> shown(rows.getTime(label)),
            null,
            Map.of(Kind.TIME, shown(time), Kind.TIMESTAMP, shown(time))),
        new Getter(
            "getTimestamp",
            ResultSet::getTimestamp,
            ResultSet::getTimestamp,
            null,
            Map.of(Kind.DATE, Timestamp.valueOf("2024-02-29 00:00:00"), Kind.TIMESTAMP, timestamp)),
        new Getter(
            "getObject",
            ResultSet::getObject,
            ResultSet::getObject,
            null,
            Map.of(
                Kind.BOOLEAN,
                true,
                Kind.INTEGER,
                42,
                Kind.BIGINT,
                42L,
                Kind.REAL,
                42f,
                Kind.DOUBLE,
                42d,
                Kind.DECIMAL,
                new BigDecimal(42),
                Kind.VARCHAR,
                "42",
                Kind.DATE,
                date,
                Kind.TIMESTAMP,
                timestamp)),
        new Getter(
            "getArray",
            (rows, column) -> elements(rows.getArray(column)),
            (rows, label) -> elements(rows.getArray(label)),
            null,
            Map.of(Kind.ARRAY, "[1, 2, 3]")));
  }

  static List<Check> checks() {
    CheckList list = new CheckList("getters");
    for (Getter getter : getters()) {
      getter.values().forEach((kind, value) -> add(list, getter, kind, value));
    }
    addObjects(list);
    addTexts(list);
    return list.checks();
  }

  private static void add(CheckList list, Getter getter, Kind kind, Object value) {
    String basis = TABLE + getter.name() + " of " + kind;
    list.add(
        getter.name() + " of " + kind + " by index",
        basis,
        scene -> {
          ResultSet rows = scene.value(kind, 1);
          Expect.equal(value, getter.byIndex().get(rows, 1));
          Expect.that(!rows.wasNull(), "wasNull after a value");
        });
    list.add(
        getter.name() + " of " + kind + " by label",
        basis,
        scene -> Expect.equal(value, getter.byLabel().get(scene.value(kind, 1), kind.column())));
    list.add(
        getter.name() + " of " + kind + " that is NULL",
        NUL,
        scene -> {
          ResultSet rows = scene.value(kind, 2);
          Expect.equal(getter.zero(), getter.byIndex().get(rows, 1));
          Expect.that(rows.wasNull(), "wasNull is false after NULL");
        });
  }

  private static void addObjects(CheckList list) {
    for (Kind kind : Kind.values()) {
      if (kind != Kind.ARRAY) {
        list.add(
            "getString of " + kind + " is text",
            TABLE + "getString",
            scene -> {
              String text = scene.value(kind, 1).getString(1);
              Expect.that(text != null && !text.isEmpty(), "no text");
            });
      }
      list.add(
          "class of getObject of " + kind,
          "JDBC table B-3 and ResultSet.getObject(int)",
          scene -> {
            Object value = scene.value(kind, 1).getObject(1);
            boolean lob = kind == Kind.VARBINARY && value instanceof java.sql.Blob;
            Expect.that(
                lob || kind.javaClass().isInstance(value), "getObject is " + Expect.shown(value));
          });
      if (!READ_BY_OBJECT.contains(kind)) {
        list.add(
            "getObject of " + kind + " that is NULL",
            NUL,
            scene -> {
              ResultSet rows = scene.value(kind, 2);
              Expect.equal(null, rows.getObject(1));
              Expect.that(rows.wasNull(), "wasNull is false after NULL");
            });
      }
    }
    for (Kind kind : List.of(Kind.BOOLEAN, Kind.INTEGER, Kind.BIGINT, Kind.VARCHAR)) {
      for (boolean truth : new boolean[] {true, false}) {
        list.add(
            "getBoolean of " + kind + " " + (truth ? 1 : 0),
            "ResultSet.getBoolean(int)",
            scene -> Expect.equal(truth, scene.value(kind, truth ? 3 : 4).getBoolean(1)));
      }
    }
  }

  private static void addTexts(CheckList list) {
    list.add(
        "getDate of a text",
        TABLE + "getDate of VARCHAR",
        scene ->
            Expect.equal(
                Date.valueOf("2024-02-29"), scene.row("SELECT d FROM conf_texts").getDate(1)));
    list.add(
        "getTime of a text",
        TABLE + "getTime of VARCHAR",
        scene -> Expect.equal("12:34:56", shown(scene.row("SELECT t FROM conf_texts").getTime(1))));
    list.add(
        "getTimestamp of a text",
        TABLE + "getTimestamp of VARCHAR",
        scene ->
            Expect.equal(
                Timestamp.valueOf("2024-02-29 12:34:56.123456"),
                scene.row("SELECT ts FROM conf_texts").getTimestamp(1)));
    list.add(
        "getTimestamp of a zoned timestamp",
        "JDBC table B-6, getTimestamp of TIMESTAMP_WITH_TIMEZONE",
        scene -> {
          Timestamp value = scene.value(Kind.TIMESTAMP_TZ, 1).getTimestamp(1);
          Expect.equal(java.time.Instant.parse("2024-02-29T12:34:56.123456Z"), value.toInstant());
        });
  }

  private static byte @Nullable [] read(@Nullable InputStream stream) throws Exception {
    return stream == null ? null : stream.readAllBytes();
  }

  private static @Nullable String read(@Nullable Reader reader) throws Exception {
    if (reader == null) {
      return null;
    }
    java.io.StringWriter text = new java.io.StringWriter();
    reader.transferTo(text);
    return text.toString();
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.US_ASCII);
  }

  /** A time of day without the fraction, which drivers may keep. */
  private static @Nullable String shown(@Nullable Time time) {
    return time == null ? null : time.toString();
  }

  private static @Nullable String elements(java.sql.@Nullable Array array) throws Exception {
    return array == null ? null : java.util.Arrays.toString((Object[]) array.getArray());
  }
}
