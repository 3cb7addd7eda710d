package dev.frazil.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates and zones as java.time has them, at the edges of days, years, gaps and overlaps. */
class TimeKernelMatrixTest {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final long[] EDGES = {
    0,
    1,
    -1,
    CivilTime.MICROS_PER_DAY,
    CivilTime.MICROS_PER_DAY - 1,
    -CivilTime.MICROS_PER_DAY,
    -CivilTime.MICROS_PER_DAY - 1,
    253_402_300_799_999_999L,
    -62_135_596_800_000_000L
  };

  @Test
  void splitsMicrosecondsIntoDays() {
    for (long micros : EDGES) {
      LocalDateTime local = EPOCH.plus(micros, ChronoUnit.MICROS);
      assertThat(CivilTime.epochDayOfMicros(micros)).isEqualTo(local.toLocalDate().toEpochDay());
      assertThat(CivilTime.microsOfDay(micros)).isEqualTo(local.toLocalTime().toNanoOfDay() / 1000);
    }
  }

  @Test
  void knowsTheLengthsOfMonths() {
    for (int year : new int[] {-400, -1, 0, 1, 1900, 1999, 2000, 2024, 2100, 9999}) {
      assertThat(CivilTime.isLeapYear(year)).isEqualTo(Year.isLeap(year));
      for (int month = 1; month <= 12; month++) {
        assertThat(CivilTime.lengthOfMonth(year, month))
            .isEqualTo(YearMonth.of(year, month).lengthOfMonth());
      }
    }
  }

  @Test
  void namesUtcAlike() {
    assertThat(new TimeZoneConversion(ZoneOffset.UTC).id()).isEqualTo("UTC");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "+14:00", "-03:30"})
  void readsTheClocksOfZones(String name) {
    ZoneId zone = ZoneId.of(name);
    TimeZoneConversion conversion = new TimeZoneConversion(zone);
    assertThat(conversion.id()).isEqualTo(name);
    Random random = new Random(Long.getLong("frazil.seed", 11));
    for (int i = 0; i < 5_000; i++) {
      // Half of them near a change of the clocks in spring or autumn of 2026.
      LocalDateTime local =
          i % 2 == 0
              ? LocalDateTime.of(2026, i % 4 == 0 ? 3 : 10, 1, 0, 0)
                  .plusSeconds(random.nextInt(40 * 86_400))
              : EPOCH.plusSeconds(random.nextInt());
      long localMicros = ChronoUnit.MICROS.between(EPOCH, local) + i % 3;
      ZonedDateTime expected = EPOCH.plus(localMicros, ChronoUnit.MICROS).atZone(zone);
      long instant = conversion.toInstant(localMicros);
      assertThat(Instant.EPOCH.plus(instant, ChronoUnit.MICROS)).isEqualTo(expected.toInstant());
      assertThat(conversion.offsetMicros(instant))
          .isEqualTo(expected.getOffset().getTotalSeconds() * CivilTime.MICROS_PER_SECOND);
      assertThat(conversion.toLocal(instant))
          .isEqualTo(
              ChronoUnit.MICROS.between(
                  Instant.EPOCH, expected.toLocalDateTime().toInstant(ZoneOffset.UTC)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, UTC, UTC",
    "Z, UTC, UTC",
    "Europe/Berlin, CET, CEST",
    "America/New_York, EST, EDT",
    "+14:00, +14, +14",
    "-03:30, -03:30, -03:30"
  })
  void namesTheTimeInForce(String zone, String winter, String summer) {
    TimeZoneConversion conversion = new TimeZoneConversion(ZoneId.of(zone));
    // the first of January and of July 2024
    assertThat(conversion.abbreviation(1_704_067_200_000_000L)).isEqualTo(winter);
    assertThat(conversion.abbreviation(1_719_792_000_000_000L)).isEqualTo(summer);
  }
}
