package dev.frazil.reports;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import javax.imageio.ImageIO;

/** Makes the little shop that the reports are about: a table of sales, one of regions, a logo. */
final class SalesDatabase {
  private SalesDatabase() {}

  /** Creates the tables of the shop and fills them in one transaction. */
  static void create(String url, List<Sale> sales) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            """
            CREATE TABLE regions (
              name varchar PRIMARY KEY, manager varchar COMMENT 'who answers for it',
              opened date, logo varbinary)
            COMMENT 'Where we sell'""");
        statement.execute(
            """
            CREATE TABLE sales (
              id bigint PRIMARY KEY, region varchar NOT NULL, product varchar NOT NULL,
              day date NOT NULL, quantity integer, amount decimal(10,2) COMMENT 'in EUR, with tax',
              discount double, paid boolean, sold_at timestamp, shipped_at timestamp with time zone,
              pickup time, receipt uuid)
            PARTITIONED BY (month(day)) COMMENT 'One row a sale'""");
      }
      insertRegions(connection);
      insertSales(connection, sales);
      connection.commit();
    }
  }

  private static void insertRegions(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO regions VALUES (?, ?, ?, ?)")) {
      int year = 2019;
      for (String region : List.of("North", "South", "West")) {
        insert.setString(1, region);
        insert.setString(2, region.equals("West") ? null : "Ms " + region + "er");
        insert.setDate(3, java.sql.Date.valueOf(year + "-05-01"));
        insert.setBytes(4, logo(new Color(0x2060 * (year - 2000))));
        insert.addBatch();
        year++;
      }
      insert.executeBatch();
    }
  }

  private static void insertSales(Connection connection, List<Sale> sales) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO sales VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Sale sale : sales) {
        insert.setLong(1, sale.id());
        insert.setString(2, sale.region());
        insert.setString(3, sale.product());
        insert.setObject(4, sale.day());
        insert.setInt(5, sale.quantity());
        insert.setBigDecimal(6, sale.amount());
        insert.setDouble(7, sale.discount());
        insert.setBoolean(8, sale.paid());
        insert.setObject(9, sale.soldAt());
        if (sale.shippedAt() == null) {
          insert.setNull(10, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
          insert.setObject(10, sale.shippedAt().atOffset(ZoneOffset.UTC));
        }
        insert.setObject(11, sale.pickup());
        insert.setObject(12, sale.receipt());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** A PNG of 48 by 48 points. */
  private static byte[] logo(Color color) {
    BufferedImage image = new BufferedImage(48, 48, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(color);
    graphics.fillOval(2, 2, 44, 44);
    graphics.setColor(Color.WHITE);
    graphics.fillPolygon(new int[] {24, 36, 12}, new int[] {40, 16, 16}, 3);
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return png.toByteArray();
  }
}
