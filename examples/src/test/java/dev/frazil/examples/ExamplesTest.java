package dev.frazil.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example runs, and its tables say what the data files say. */
class ExamplesTest {
  @TempDir Path folder;
  private String url = "";

  @BeforeEach
  void nameTheWarehouse() {
    url = "jdbc:iceberg:" + folder;
  }

  @Test
  void aJobLoadsAndUpserts() throws Exception {
    assertThat(LoadAndUpsert.run(url, WeatherFile.FIRST_DELIVERY))
        .isEqualTo(new LoadAndUpsert.Outcome(1096, 1096));
    // 252 days corrected, 365 new: counted in the two files with another tool.
    assertThat(LoadAndUpsert.run(url, WeatherFile.SECOND_DELIVERY))
        .isEqualTo(new LoadAndUpsert.Outcome(252 + 365, 1461));
    assertThat(LoadAndUpsert.run(url, WeatherFile.SECOND_DELIVERY))
        .isEqualTo(new LoadAndUpsert.Outcome(0, 1461));
  }

  @Test
  void aReportReads() throws Exception {
    LoadAndUpsert.run(url, WeatherFile.SECOND_DELIVERY);
    assertThat(WeatherReport.report(url).lines().map(line -> line.trim().replaceAll(" +", " ")))
        .containsExactly(
            "year days rain mm warmest coldest sunny days",
            "2012 366 1226.0 34.4 -3.3 118",
            "2013 365 828.0 33.9 -7.1 173",
            "2014 365 1232.8 35.6 -6.0 187",
            "2015 365 1139.2 35.0 -3.8 162");
    assertThat(ColumnarTotals.rainByYear(url))
        .hasSize(4)
        .containsEntry(2012, new BigDecimal("1226.0"))
        .containsEntry(2015, new BigDecimal("1139.2"));
  }

  @Test
  @Tag("slow")
  void twoWritersKeepTheSum() throws Exception {
    ConcurrentWriters.Outcome outcome = ConcurrentWriters.run(url);
    assertThat(outcome.sum()).isEqualTo(1000);
    assertThat(outcome.transfers()).isEqualTo(16);
  }

  @Test
  void aRedeliveredEventAppliesOnce() throws Exception {
    EventHandler handler = new EventHandler(url);
    Map<String, String> first =
        Map.of("id", "e1", "day", "2026-01-31", "customer", "ann", "amount", "20");
    Map<String, String> second =
        Map.of("id", "e2", "day", "2026-01-31", "customer", "ann", "amount", "5");
    assertThat(handler.handle(first)).isEqualTo(List.of("ann 20"));
    assertThat(handler.handle(first)).isEqualTo(List.of("ann 20"));
    assertThat(handler.handle(second)).isEqualTo(List.of("ann 25"));
    assertThat(handler.handle(first)).isEqualTo(List.of("ann 25"));
  }
}
