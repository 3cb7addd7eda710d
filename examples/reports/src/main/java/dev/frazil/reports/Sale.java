package dev.frazil.reports;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One sale of the example's shop.
 *
 * @param discount a share of the amount, 0 to 1
 * @param soldAt the shop's wall clock
 * @param shippedAt null while it waits
 * @param pickup the time of day that the customer asked for
 */
record Sale(
    long id,
    String region,
    String product,
    LocalDate day,
    int quantity,
    BigDecimal amount,
    double discount,
    boolean paid,
    LocalDateTime soldAt,
    @Nullable Instant shippedAt,
    LocalTime pickup,
    UUID receipt) {

  private static final List<String> REGIONS = List.of("North", "South", "West");
  private static final List<String> PRODUCTS = List.of("Shaved ice", "Sorbet", "Żur", "Kakigōri");

  /** 36 sales of the first quarter of 2026, the same ones in every call. */
  static List<Sale> ofFirstQuarter() {
    List<Sale> sales = new ArrayList<>();
    for (int i = 0; i < 36; i++) {
      LocalDate day = LocalDate.of(2026, 1, 3).plusDays(i * 5L % 87);
      int quantity = 1 + i * 7 % 5;
      sales.add(
          new Sale(
              i + 1,
              REGIONS.get(i % 3),
              PRODUCTS.get(i / 3 % 4),
              day,
              quantity,
              BigDecimal.valueOf(quantity * (1050L + i * 37L), 2),
              i % 4 == 0 ? 0.125 : 0,
              i % 5 != 0,
              day.atTime(9 + i % 8, 30, i, 123_456_000),
              i % 6 == 0 ? null : Instant.parse("2026-04-01T10:15:30.5Z").plusSeconds(i * 3600L),
              LocalTime.of(8 + i % 10, 45),
              new UUID(0x5a1e_0000_0000_4000L, 0x8000_0000_0000_0000L + i)));
    }
    return sales;
  }
}
