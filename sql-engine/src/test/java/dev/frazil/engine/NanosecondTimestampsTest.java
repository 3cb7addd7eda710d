package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timestamps in nanoseconds: {@code timestamp(9)} and {@code timestamp(9) with time zone}. */
class NanosecondTimestampsTest {
  private static final String V3 = " WITH (\"format-version\" = '3'";

  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private String value(String expression) {
    return frazil.query("SELECT " + expression).lines().get(0);
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).lines();
  }

  private void events(String properties) {
    frazil.script(
        "CREATE TABLE e (id integer, t timestamp_ns, z timestamp(9) with time zone)" + properties,
        """
        INSERT INTO e VALUES
          (1, TIMESTAMP '2026-01-01 00:00:00.000000001', TIMESTAMP '2026-01-01 00:00:00.000000001+00:00'),
          (2, TIMESTAMP '2026-01-01 00:00:00.000000999', TIMESTAMP '2026-01-01 01:00:00.5+01:00'),
          (3, TIMESTAMP '1969-12-31 23:59:59.999999999', '1969-12-31 23:59:59.999999999Z'),
          (4, '1677-09-21 00:12:43.145224192', '1677-09-21 00:12:43.145224192Z'),
          (5, '2262-04-11 23:47:16.854775807', '2262-04-11 23:47:16.854775807Z'),
          (6, NULL, NULL)""");
  }

  @Test
  void valuesKeepTheirNineDigits() {
    events(V3 + ")");
    assertThat(rows("SELECT id, t, z FROM e ORDER BY id"))
        .containsExactly(
            "1 | 2026-01-01T00:00:00.000000001 | 2026-01-01T00:00:00.000000001Z",
            "2 | 2026-01-01T00:00:00.000000999 | 2026-01-01T00:00:00.500Z",
            "3 | 1969-12-31T23:59:59.999999999 | 1969-12-31T23:59:59.999999999Z",
            "4 | 1677-09-21T00:12:43.145224192 | 1677-09-21T00:12:43.145224192Z",
            "5 | 2262-04-11T23:47:16.854775807 | 2262-04-11T23:47:16.854775807Z",
            "6 | NULL | NULL");
    assertThat(rows("SELECT min(t), max(t), count(t), max(z) FROM e"))
        .containsExactly(
            "1677-09-21T00:12:43.145224192 | 2262-04-11T23:47:16.854775807 | 5"
                + " | 2262-04-11T23:47:16.854775807Z");
    assertThat(rows("SELECT CAST(t AS varchar), CAST(z AS varchar) FROM e WHERE id < 4 ORDER BY t"))
        .containsExactly(
            "1969-12-31 23:59:59.999999999 | 1969-12-31 23:59:59.999999999+00",
            "2026-01-01 00:00:00.000000001 | 2026-01-01 00:00:00.000000001+00",
            "2026-01-01 00:00:00.000000999 | 2026-01-01 00:00:00.5+00");
  }

  @Test
  void anotherReaderFindsNanosecondsInTheFile() {
    events(V3 + ")");
    String file = rows("SELECT DISTINCT _file FROM e").get(0);
    try (DuckDbRunner duckDb = new DuckDbRunner()) {
      assertThat(
              duckDb
                  .query(
                      "SELECT id, epoch_ns(t), typeof(t) FROM read_parquet('"
                          + file
                          + "') WHERE id <> 5 ORDER BY 1") // whose value is infinity there
                  .lines())
          .containsExactly(
              "1 | 1767225600000000001 | TIMESTAMP_NS",
              "2 | 1767225600000000999 | TIMESTAMP_NS",
              "3 | -1 | TIMESTAMP_NS",
              "4 | -9223372036854775808 | TIMESTAMP_NS",
              "6 | NULL | TIMESTAMP_NS");
    }
    assertThat(rows("SELECT id, epoch_ns(t) FROM e WHERE id IN (3, 4) ORDER BY id"))
        .containsExactly("3 | -1", "4 | -9223372036854775808");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "TIMESTAMP '2026-01-01 00:00:00.123456789'; 2026-01-01T00:00:00.123456789",
        "TIMESTAMP '2026-01-01 00:00:00.1234567'; 2026-01-01T00:00:00.123456700",
        "CAST('2026-01-01 00:00:00.1234567899' AS timestamp(9)); 2026-01-01T00:00:00.123456789",
        "CAST('2026-01-01 00:00:00.123456789' AS timestamp); 2026-01-01T00:00:00.123456",
        "CAST(TIMESTAMP '1969-12-31 23:59:59.999999999' AS timestamp); 1969-12-31T23:59:59.999999",
        "CAST(TIMESTAMP '1969-12-31 23:59:59.999999999' AS date); 1969-12-31",
        "CAST(TIMESTAMP '1969-12-31 23:59:59.999999999' AS time); 23:59:59.999999",
        "CAST(DATE '2026-01-01' AS timestamp_ns); 2026-01-01T00:00",
        "CAST(TIMESTAMP '2026-01-01 00:00:00.000001' AS timestamp(9)); 2026-01-01T00:00:00.000001",
        "CAST('2026-01-01 02:00:00.000000001+02:00' AS timestamptz_ns);"
            + " 2026-01-01T00:00:00.000000001Z",
        "CAST(TIMESTAMP '2026-01-01 00:00:00.000000001' AS timestamp(9) with time zone);"
            + " 2026-01-01T00:00:00.000000001Z",
        "TRY_CAST('2300-01-01 00:00:00' AS timestamp(9)); NULL",
        "TIMESTAMP '2026-01-31 00:00:00.000000001' + INTERVAL '1' MONTH;"
            + " 2026-02-28T00:00:00.000000001",
        "TIMESTAMP '2026-01-31 00:00:00.000000001' - INTERVAL '1' SECOND;"
            + " 2026-01-30T23:59:59.000000001",
        "TIMESTAMP '2026-01-31 00:00:00.000000001' + INTERVAL '1 month 1 day';"
            + " 2026-03-01T00:00:00.000000001",
        "date_trunc('hour', TIMESTAMP '1969-12-31 23:59:59.999999999'); 1969-12-31T23:00",
        "date_trunc('microsecond', TIMESTAMP '1969-12-31 23:59:59.999999999');"
            + " 1969-12-31T23:59:59.999999",
        "EXTRACT(YEAR FROM TIMESTAMP '1969-12-31 23:59:59.999999999'); 1969",
        "EXTRACT(MICROSECOND FROM TIMESTAMP '2026-01-01 00:00:01.000002999'); 1000002",
        "date_add('day', 1, TIMESTAMP '2026-01-31 00:00:00.000000001');"
            + " 2026-02-01T00:00:00.000000001",
        "TIMESTAMP '2026-01-01 00:00:00.000000001' AT TIME ZONE 'Europe/Berlin';"
            + " 2025-12-31T23:00:00.000000001Z",
        "to_iso8601(TIMESTAMP '2026-01-01 00:00:00.000000001'); 2026-01-01T00:00:00.000000001",
        "GREATEST(TIMESTAMP '2026-01-01 00:00:00.000000001', TIMESTAMP '2026-01-01 00:00:00');"
            + " 2026-01-01T00:00:00.000000001",
        "COALESCE(CAST(NULL AS timestamp), TIMESTAMP '2026-01-01 00:00:00.000000001');"
            + " 2026-01-01T00:00:00.000000001",
        "ARRAY[TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '2026-01-01 00:00:00.000000001'];"
            + " [2026-01-01T00:00, 2026-01-01T00:00:00.000000001]"
      })
  void castsLiteralsAndFunctions(String expression, String expected) {
    assertThat(value(expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CAST('2300-01-01 00:00:00' AS timestamp(9))",
        "CAST(DATE '1600-01-01' AS timestamp(9))",
        "CAST(TIMESTAMP '2300-01-01 00:00:00' AS timestamp(9))",
        "TIMESTAMP '2262-04-11 23:47:16.854775807' + INTERVAL '1' SECOND",
        "TIMESTAMP '2262-04-11 23:47:16.854775807' + INTERVAL '1' MONTH",
        "date_trunc('year', CAST('1677-09-21 00:12:43.145224192' AS timestamp(9)))"
      })
  void whatNoNanosecondsReachIsOutOfRange(String expression) {
    assertThatThrownBy(() -> value(expression))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.DATETIME_OVERFLOW));
  }

  /** Also with what lies outside of the range of nanoseconds, in literals and in columns. */
  @Test
  void comparisonsWithMicrosecondsAndDatesAreExact() {
    events(V3 + ")");
    assertThat(rows("SELECT id FROM e WHERE t < DATE '9999-12-31' ORDER BY 1")).hasSize(5);
    assertThat(rows("SELECT id FROM e WHERE t <= TIMESTAMP '0001-01-01 00:00:00'")).isEmpty();
    assertThat(rows("SELECT id FROM e WHERE t <> TIMESTAMP '3000-01-01 00:00:00'")).hasSize(5);
    assertThat(rows("SELECT id FROM e WHERE t = TIMESTAMP '2026-01-01 00:00:00'")).isEmpty();
    assertThat(rows("SELECT id FROM e WHERE t > TIMESTAMP '2026-01-01 00:00:00' ORDER BY 1"))
        .containsExactly("1", "2", "5");
    assertThat(rows("SELECT id FROM e WHERE t < '2026-01-01 00:00:00.000000002' ORDER BY 1"))
        .containsExactly("1", "3", "4");
    frazil.script(
        "CREATE TABLE m (id integer, t timestamp)",
        "INSERT INTO m VALUES (1, '2026-01-01 00:00:00'), (2, '0001-01-01 00:00:00'),"
            + " (3, '9999-12-31 23:59:59.999999'), (4, '2026-01-01 00:00:00.5'), (5, NULL)",
        "CREATE TABLE n (id integer, t timestamp_ns)" + V3 + ")",
        "INSERT INTO n VALUES (1, '2026-01-01 00:00:00'), (2, '2026-01-01 00:00:00.000000001'),"
            + " (3, '2026-01-01 00:00:00.5'), (4, '2262-04-11 23:47:16.854775807'), (5, NULL)");
    assertThat(rows("SELECT m.id, n.id FROM m JOIN n ON m.t = n.t ORDER BY 1, 2"))
        .containsExactly("1 | 1", "4 | 3");
    assertThat(rows("SELECT m.id, n.id FROM m JOIN n ON m.t > n.t ORDER BY 1, 2"))
        .containsExactly("3 | 1", "3 | 2", "3 | 3", "3 | 4", "4 | 1", "4 | 2");
    assertThat(
            rows(
                "SELECT m.id FROM m WHERE m.t NOT IN (SELECT t FROM n WHERE t IS NOT NULL)"
                    + " ORDER BY 1"))
        .containsExactly("2", "3");
    assertThat(rows("SELECT m.id FROM m WHERE m.t IN (SELECT t FROM n) ORDER BY 1"))
        .containsExactly("1", "4");
  }

  @Test
  void groupsSetsAndWindowsTellNanosecondsApart() {
    events(V3 + ")");
    frazil.script("INSERT INTO e SELECT id + 10, t, z FROM e");
    assertThat(rows("SELECT t, count(*) FROM e WHERE id % 10 < 3 GROUP BY t ORDER BY t"))
        .containsExactly("2026-01-01T00:00:00.000000001 | 2", "2026-01-01T00:00:00.000000999 | 2");
    assertThat(rows("SELECT count(DISTINCT t), count(DISTINCT z) FROM e")).containsExactly("5 | 5");
    assertThat(
            rows(
                "SELECT id, count(*) OVER (ORDER BY t RANGE BETWEEN INTERVAL '0.000001' SECOND"
                    + " PRECEDING AND CURRENT ROW) FROM e WHERE id < 3 ORDER BY id"))
        .containsExactly("1 | 1", "2 | 2");
    assertThat(rows("SELECT a.id, b.id FROM e a JOIN e b ON a.t = b.t WHERE a.id = 2 ORDER BY 2"))
        .containsExactly("2 | 2", "2 | 12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"year(t)", "month(t)", "day(t)", "hour(t)", "t", "bucket(4, t)", "day(z)"})
  void tablesArePartitionedByThem(String partitioning) {
    frazil.script(
        "CREATE TABLE p (id integer, t timestamp_ns, z timestamptz_ns) PARTITIONED BY ("
            + partitioning
            + ")"
            + V3
            + ")",
        "INSERT INTO p SELECT i, TIMESTAMP '2025-12-30 12:00:00.000000001' + i * INTERVAL '1' HOUR,"
            + " TIMESTAMP '2025-12-30 12:00:00.000000001+00:00' + i * INTERVAL '1' HOUR"
            + " FROM generate_series(0, 99) AS s (i)");
    assertThat(rows("SELECT count(*), count(DISTINCT t), min(t), max(z) FROM p"))
        .containsExactly(
            "100 | 100 | 2025-12-30T12:00:00.000000001 | 2026-01-03T15:00:00.000000001Z");
    String noon = "TIMESTAMP '2026-01-01 12:00:00";
    assertThat(rows("SELECT id FROM p WHERE t = " + noon + ".000000001'")).containsExactly("48");
    assertThat(rows("SELECT id FROM p WHERE t = " + noon + ".000000000'")).isEmpty();
    assertThat(rows("SELECT count(*) FROM p WHERE t > " + noon + "' AND z <= " + noon + ".1Z'"))
        .containsExactly("1");
    frazil.update("DELETE FROM p WHERE t >= TIMESTAMP '2026-01-01 00:00:00'");
    frazil.update("UPDATE p SET t = t + INTERVAL '1' YEAR WHERE t < DATE '2025-12-31'");
    assertThat(rows("SELECT count(*), max(t) FROM p"))
        .containsExactly("36 | 2026-12-30T23:00:00.000000001");
  }

  @Test
  void boundsSkipFiles() {
    frazil.script("CREATE TABLE b (id integer, t timestamp_ns)" + V3 + ")");
    for (int i = 0; i < 4; i++) {
      frazil.update("INSERT INTO b VALUES (" + i + ", '2026-01-01 00:00:00.00000000" + i + "')");
    }
    assertThat(rows("SELECT id FROM b WHERE t = TIMESTAMP '2026-01-01 00:00:00.000000002'"))
        .containsExactly("2");
    assertThat(
            rows("EXPLAIN ANALYZE SELECT id FROM b WHERE t > '2026-01-01 00:00:00.000000002'")
                .toString())
        .contains("files: 1 read of 1 planned, 0 pruned by partition, 3 by bounds");
  }

  @Test
  void keysDefaultsAndMergesTakeThem() {
    frazil.script(
        "CREATE TABLE k (t timestamp_ns PRIMARY KEY, n integer, d timestamp_ns DEFAULT TIMESTAMP"
            + " '2026-01-01 00:00:00.000000007')"
            + V3
            + ")",
        "INSERT INTO k (t, n) VALUES ('2026-01-01 00:00:00.000000001', 1),"
            + " ('2026-01-01 00:00:00.000000002', 2)");
    assertThatThrownBy(
            () -> frazil.update("INSERT INTO k (t) VALUES ('2026-01-01 00:00:00.000000002')"))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state().code()).isEqualTo("23505"));
    frazil.update(
        "MERGE INTO k USING (VALUES (TIMESTAMP '2026-01-01 00:00:00.000000002', 20),"
            + " (TIMESTAMP '2026-01-01 00:00:00.000000003', 30)) AS s (t, n) ON k.t = s.t"
            + " WHEN MATCHED THEN UPDATE SET n = s.n"
            + " WHEN NOT MATCHED THEN INSERT (t, n) VALUES (s.t, s.n)");
    assertThat(rows("SELECT t, n, d FROM k ORDER BY t"))
        .containsExactly(
            "2026-01-01T00:00:00.000000001 | 1 | 2026-01-01T00:00:00.000000007",
            "2026-01-01T00:00:00.000000002 | 20 | 2026-01-01T00:00:00.000000007",
            "2026-01-01T00:00:00.000000003 | 30 | 2026-01-01T00:00:00.000000007");
    assertThat(rows("SHOW CREATE TABLE k").toString())
        .contains("timestamp(9)", "DEFAULT TIMESTAMP '2026-01-01 00:00:00.000000007'");
  }

  @Test
  void anEarlierFormatHasNone() {
    assertThatThrownBy(() -> frazil.update("CREATE TABLE v (id integer, t timestamp(9))"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED))
        .hasMessageContaining("timestamp(9)")
        .hasMessageContaining("format-version");
    frazil.script("CREATE TABLE v (id integer, t timestamp(3), z timestamptz)");
    assertThat(
            rows(
                "SELECT column_name, data_type, datetime_precision FROM information_schema.columns"
                    + " WHERE table_name = 'v' ORDER BY ordinal_position"))
        .containsExactly(
            "id | integer | NULL", "t | timestamp | 6", "z | timestamp with time zone | 6");
  }
}
