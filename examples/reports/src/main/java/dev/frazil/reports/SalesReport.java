package dev.frazil.reports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JRParameter;
import net.sf.jasperreports.engine.JasperCompileManager;
import net.sf.jasperreports.engine.JasperExportManager;
import net.sf.jasperreports.engine.JasperFillManager;
import net.sf.jasperreports.engine.JasperPrint;
import net.sf.jasperreports.engine.JasperReport;

/**
 * A printed report with JasperReports: groups with subtotals, a crosstab, a chart and a subreport,
 * all from one read-only connection, so that every number is of the same state of the database.
 *
 * <p>Usage: {@code SalesReport jdbc:iceberg:./shop sales.pdf}; a database without tables gets those
 * of the example.
 */
public final class SalesReport {
  private SalesReport() {}

  public static void main(String[] arguments) throws Exception {
    try (Connection connection = DriverManager.getConnection(arguments[0])) {
      if (!connection.getMetaData().getTables(null, "main", "sales", null).next()) {
        SalesDatabase.create(arguments[0], Sale.ofFirstQuarter());
      }
    }
    write(arguments[0], LocalDate.of(2026, 1, 1), LocalDate.of(2026, 4, 1), Path.of(arguments[1]));
  }

  /** Writes the sales of the days from {@code first} until before {@code end} as a PDF. */
  static void write(String url, LocalDate first, LocalDate end, Path pdf)
      throws SQLException, JRException, IOException {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("FIRST", Date.valueOf(first));
    parameters.put("END", Date.valueOf(end));
    parameters.put("PRODUCTS", compile("ProductsOfRegion.jrxml"));
    parameters.put(JRParameter.REPORT_LOCALE, Locale.ENGLISH);
    JasperReport report = compile("SalesReport.jrxml");
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      JasperPrint print = JasperFillManager.fillReport(report, parameters, connection);
      JasperExportManager.exportReportToPdfFile(print, pdf.toString());
      connection.rollback();
    }
  }

  private static JasperReport compile(String name) throws JRException, IOException {
    try (InputStream source =
        Objects.requireNonNull(SalesReport.class.getResourceAsStream(name), name)) {
      return JasperCompileManager.compileReport(source);
    }
  }
}
