package dev.frazil.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CivilTimeTest {
  @Test
  void agreesWithJavaTime() {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    System.out.println("CivilTimeTest -Dfrazil.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      int day = i < 100_000 ? i - 50_000 : random.nextInt(200_000_000) - 100_000_000;
      LocalDate date = LocalDate.ofEpochDay(day);
      long packed = CivilTime.pack(day);
      assertThat(CivilTime.year(packed)).as("year of %s", date).isEqualTo(date.getYear());
      assertThat(CivilTime.month(packed)).as("month of %s", date).isEqualTo(date.getMonthValue());
      assertThat(CivilTime.day(packed)).as("day of %s", date).isEqualTo(date.getDayOfMonth());
      assertThat(CivilTime.epochDay(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
          .isEqualTo(day);
      assertThat(CivilTime.dayOfWeek(day)).isEqualTo(date.getDayOfWeek().getValue());
      assertThat(CivilTime.dayOfYear(day)).isEqualTo(date.getDayOfYear());
      assertThat(CivilTime.isoWeek(day))
          .as("week of %s", date)
          .isEqualTo(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      int months = random.nextInt(2000) - 1000;
      assertThat(CivilTime.addMonths(day, months))
          .as("%s + %s months", date, months)
          .isEqualTo(date.plus(months, ChronoUnit.MONTHS).toEpochDay());
    }
  }
}
