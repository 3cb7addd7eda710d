package dev.frazil.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of the PDF are those that Java computes from the rows that were inserted. */
class SalesReportTest {
  private static final List<Sale> SALES = Sale.ofFirstQuarter();
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  @TempDir static Path folder;
  private static List<String> lines = List.of();
  private static BufferedImage secondPage = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);

  @BeforeAll
  static void print() throws Exception {
    Path pdf = folder.resolve("sales.pdf");
    SalesReport.main(new String[] {"jdbc:iceberg:" + folder.resolve("shop"), pdf.toString()});
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      assertThat(document.getNumberOfPages()).isEqualTo(2);
      lines = text(document);
      secondPage = new PDFRenderer(document).renderImageWithDPI(1, 72);
    }
    // To look at it: the picture of the guide.
    ImageIO.write(
        secondPage,
        "png",
        Files.createDirectories(Path.of("target")).resolve("sales-report.png").toFile());
  }

  private static List<String> text(PDDocument document) throws Exception {
    PDFTextStripper stripper = new PDFTextStripper();
    stripper.setSortByPosition(true);
    return stripper
        .getText(document)
        .lines()
        .map(line -> line.trim().replaceAll("\\s+", " "))
        .toList();
  }

  @Test
  void everySaleIsALineInOrder() {
    List<String> expected =
        SALES.stream()
            .sorted(Comparator.comparing(Sale::region).thenComparing(Sale::day))
            .map(SalesReportTest::line)
            .toList();
    assertThat(lines.stream().filter(line -> line.matches("\\d+ .* 20\\d\\d-\\d\\d-\\d\\d .*")))
        .containsExactlyElementsOf(expected);
  }

  private static String line(Sale sale) {
    List<String> cells = new ArrayList<>();
    cells.add(Long.toString(sale.id()));
    cells.add(sale.product());
    cells.add(sale.day().toString());
    cells.add(Integer.toString(sale.quantity()));
    cells.add(amount(sale.amount()));
    cells.add(sale.discount() == 0 ? "0.0%" : "12.5%");
    cells.add(sale.paid() ? "yes" : "no");
    cells.add(sale.soldAt().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS")));
    if (sale.shippedAt() != null) {
      cells.add(MINUTES.format(sale.shippedAt().atZone(ZoneId.systemDefault())));
    }
    cells.add(sale.pickup().toString());
    cells.add(sale.receipt().toString().substring(32));
    return String.join(" ", cells);
  }

  @Test
  void groupsHaveTheirSubtotals() {
    List<String> expected = new ArrayList<>();
    for (String region : List.of("North", "South", "West")) {
      List<Sale> ofRegion = SALES.stream().filter(sale -> sale.region().equals(region)).toList();
      expected.add(
          "Total of %s, %d sales %d %s"
              .formatted(
                  region,
                  ofRegion.size(),
                  ofRegion.stream().mapToInt(Sale::quantity).sum(),
                  amount(sum(sale -> sale.region().equals(region)))));
    }
    assertThat(lines.stream().filter(line -> line.startsWith("Total of"))).isEqualTo(expected);
    assertThat(lines).contains("All sales: " + amount(sum(sale -> true)) + " EUR");
  }

  @Test
  void theSubreportHasTheProductsOfItsRegion() {
    for (String region : List.of("North", "South", "West")) {
      TreeMap<BigDecimal, String> byAmount = new TreeMap<>(Comparator.reverseOrder());
      for (String product : SALES.stream().map(Sale::product).distinct().toList()) {
        byAmount.put(
            sum(sale -> sale.region().equals(region) && sale.product().equals(product)), product);
      }
      assertThat(lines)
          .contains(
              byAmount.entrySet().stream()
                  .map(entry -> entry.getValue() + ": " + amount(entry.getKey()))
                  .collect(Collectors.joining(" ")));
    }
  }

  @Test
  void theCrosstabAddsUp() {
    assertThat(lines).contains("Month 1 Month 2 Month 3 Quarter");
    for (String region : List.of("North", "South", "West", "All regions")) {
      Predicate<Sale> row = sale -> region.startsWith("All") || sale.region().equals(region);
      assertThat(lines)
          .contains(
              region
                  + Stream.of(1, 2, 3)
                      .map(month -> sum(row.and(sale -> sale.day().getMonthValue() == month)))
                      .map(cell -> " " + amount(cell))
                      .collect(Collectors.joining())
                  + " "
                  + amount(sum(row)));
    }
  }

  @Test
  void bytesAreAPictureAndTheChartHasBars() {
    // The disc of West, 0x2060 * 21, is beside its name; the bars have the colours of JFreeChart.
    assertThat(share(0x2060 * 21)).isGreaterThan(200);
    assertThat(share(0xff5555)).isGreaterThan(1000);
    assertThat(share(0x5555ff)).isGreaterThan(1000);
    assertThat(share(0x55ff55)).isGreaterThan(1000);
  }

  private static int share(int color) {
    int points = 0;
    for (int y = 0; y < secondPage.getHeight(); y++) {
      for (int x = 0; x < secondPage.getWidth(); x++) {
        if ((secondPage.getRGB(x, y) & 0xffffff) == color) {
          points++;
        }
      }
    }
    return points;
  }

  @Test
  void parametersLimitTheDays() throws Exception {
    Path pdf = folder.resolve("february.pdf");
    SalesReport.write(
        "jdbc:iceberg:" + folder.resolve("shop"),
        LocalDate.of(2026, 2, 1),
        LocalDate.of(2026, 3, 1),
        pdf);
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      assertThat(text(document))
          .contains(
              "From 2026-02-01 until before 2026-03-01",
              "All sales: " + amount(sum(sale -> sale.day().getMonthValue() == 2)) + " EUR");
    }
  }

  private static BigDecimal sum(Predicate<Sale> which) {
    return SALES.stream().filter(which).map(Sale::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static String amount(BigDecimal value) {
    return String.format(Locale.ENGLISH, "%,.2f", value);
  }
}
