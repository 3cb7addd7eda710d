package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zone of the session counts where ISO 9075 says so, and nowhere else. */
class TimeZoneStatementsTest {
  @TempDir private Path folder;

  private static String one(EngineRunner frazil, String query) {
    return String.join("\n", frazil.query(query).lines());
  }

  @Test
  void conversionsFollowTheZone() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.script(
          "CREATE TABLE t (ts timestamp, tz timestamp with time zone)",
          "INSERT INTO t VALUES (TIMESTAMP '2026-07-01 12:00:00',"
              + " TIMESTAMP '2026-07-01 12:00:00+00:00')");
      String conversions =
          "SELECT CAST(ts AS timestamp with time zone), CAST(tz AS timestamp), CAST(tz AS date),"
              + " CAST(tz AS varchar), ts = tz, EXTRACT(HOUR FROM tz), ts, tz FROM t";
      assertThat(one(frazil, conversions))
          .isEqualTo(
              "2026-07-01T12:00:00Z | 2026-07-01T12:00 | 2026-07-01 | 2026-07-01 12:00:00+00 | true"
                  + " | 12 | 2026-07-01T12:00 | 2026-07-01T12:00:00Z");
      assertThat(one(frazil, "SHOW TIME ZONE")).isEqualTo("UTC");

      frazil.script("SET TIME ZONE 'Asia/Tokyo'");
      assertThat(one(frazil, "SHOW TIME ZONE")).isEqualTo("Asia/Tokyo");
      // the same text, prepared and kept in another zone before
      assertThat(one(frazil, conversions))
          .isEqualTo(
              "2026-07-01T03:00:00Z | 2026-07-01T21:00 | 2026-07-01 | 2026-07-01 21:00:00+09 |"
                  + " false | 21 | 2026-07-01T12:00 | 2026-07-01T12:00:00Z");
      assertThat(one(frazil, "SELECT count(*) FROM t WHERE tz = '2026-07-01 21:00:00'"))
          .isEqualTo("1");
      assertThat(
              one(
                  frazil,
                  "SELECT count(*) FROM t WHERE tz = TIMESTAMP WITH TIME ZONE"
                      + " '2026-07-01 21:00:00'"))
          .isEqualTo("1");
      assertThat(one(frazil, "SELECT date_trunc('day', tz) FROM t"))
          .isEqualTo("2026-06-30T15:00:00Z");
      assertThat(
              one(
                  frazil,
                  "SELECT localtimestamp = current_timestamp AT TIME ZONE 'Asia/Tokyo',"
                      + " current_date = CAST(localtimestamp AS date)"))
          .isEqualTo("true | true");

      frazil.script("SET TIME ZONE INTERVAL '-03:30' HOUR TO MINUTE");
      assertThat(one(frazil, "SELECT CAST(tz AS varchar) FROM t"))
          .isEqualTo("2026-07-01 08:30:00-03:30");
      frazil.script("SET timezone = 'Europe/Berlin'", "INSERT INTO t SELECT ts, ts FROM t");
      assertThat(one(frazil, "SELECT max(tz), min(tz) FROM t"))
          .isEqualTo("2026-07-01T12:00:00Z | 2026-07-01T10:00:00Z");
      frazil.script("SET TIME ZONE LOCAL");
      assertThat(one(frazil, "SHOW TIME ZONE")).isEqualTo("UTC");
    }
  }

  @Test
  void aConnectionBeginsWithItsZone() {
    ConnectionConfig config =
        new ConnectionConfig(
            new Warehouse.LocalFolder(folder.toString()),
            Map.of(ConnectionProperty.TIME_ZONE, "America/New_York"),
            Map.of());
    try (EngineRunner frazil = EngineRunner.open(config)) {
      String local = "SELECT CAST(TIMESTAMP '2026-01-01 00:00:00+00:00' AS timestamp)";
      assertThat(one(frazil, local)).isEqualTo("2025-12-31T19:00");
      frazil.script("SET TIME ZONE 'UTC'");
      assertThat(one(frazil, local)).isEqualTo("2026-01-01T00:00");
      frazil.script("SET TIME ZONE LOCAL");
      assertThat(one(frazil, local)).isEqualTo("2025-12-31T19:00");
      assertThatThrownBy(() -> frazil.update("SET TIME ZONE 'Mars/Phobos'"))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.INVALID_PARAMETER_VALUE))
          .hasMessageContaining("Mars/Phobos");
    }
  }
}
