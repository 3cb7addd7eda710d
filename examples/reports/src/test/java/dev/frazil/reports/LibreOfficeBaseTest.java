package dev.frazil.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LibreOffice Base looks around, queries, edits a table and makes one, through the driver jar. */
@Tag("slow")
class LibreOfficeBaseTest {
  private static final Instant SHIPPED = Instant.parse("2026-04-01T11:15:30.5Z");
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("d H m");

  @TempDir Path folder;

  @Test
  void aPersonWorksInBase() throws Exception {
    Path driver = DriverJar.path();
    assumeTrue(
        List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, "soffice"))),
        "LibreOffice (soffice) is not installed: Debian's libreoffice-base");
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(
        Files.isExecutable(python) && importsUno(python), "Debian's python3-uno is not installed");
    String url = "jdbc:iceberg:" + folder.resolve("shop");
    SalesDatabase.create(url, Sale.ofFirstQuarter());
    Path script =
        Path.of(
            Objects.requireNonNull(getClass().getResource("libreoffice_base.py"), "script")
                .toURI());
    String printed =
        DriverJar.run(
            folder.resolve("base.log"),
            120,
            List.of(
                python.toString(),
                script.toString(),
                url + "?clientTypes=basic",
                driver.toString(),
                folder.toString()));
    assertThat(printed.lines().filter(line -> line.contains(" = ")))
        .containsExactly(
            "product = Frazil",
            "tables = main.regions main.sales",
            "columns = id region product day quantity amount discount paid sold_at shipped_at"
                + " pickup receipt",
            "not null = id region product day",
            "keys = id",
            "row = 2 South 3 32.61 0.0 True",
            "day = 2026 1 8",
            "sold = 10 30 1 123456000",
            "shipped = " + SHIPPED.atZone(ZoneId.systemDefault()).format(MINUTES),
            "pickup = 9 45",
            "receipt = 5a1e0000-0000-4000-8000-000000000001",
            "logo = PNG",
            "manager = True True",
            "prepared = 2",
            "query = " + group("North"),
            "query = " + group("South"),
            "query = " + group("West"),
            "count = 36",
            "moved = 5 True",
            "updated = Changed",
            "made = id:4 name:12 price:3 at:93",
            "dropped = True");
    assertRowsWereEdited(url);
  }

  private static boolean importsUno(Path python) throws Exception {
    Process process = new ProcessBuilder(python.toString(), "-c", "import uno").start();
    return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  private static String group(String region) {
    Predicate<Sale> wanted = sale -> sale.region().equals(region) && sale.product().startsWith("S");
    List<Sale> sales = Sale.ofFirstQuarter().stream().filter(wanted).toList();
    BigDecimal total = sales.stream().map(Sale::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    return region + " " + total + " " + sales.size();
  }

  private static void assertRowsWereEdited(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT id, product, day, quantity, amount FROM sales"
                        + " WHERE id IN (2, 3, 1000) ORDER BY id")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(2);
      assertThat(rows.getString(2)).isEqualTo("Changed");
      assertThat(rows.getString(3)).isEqualTo("2026-01-08");
      assertThat(rows.getObject(4)).isNull();
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(1000);
      assertThat(rows.getString(3)).isEqualTo("2026-04-05");
      assertThat(rows.getBigDecimal(5)).isEqualByComparingTo("12.34");
      assertThat(rows.next()).isFalse();
    }
  }
}
