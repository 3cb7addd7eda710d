package dev.frazil.benchmarks;

import dev.frazil.testing.ConditionalS3Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections by JDBC to a prefix of the S3 test server. */
record S3Database(ConditionalS3Server server, String prefix) {

  private static final AtomicInteger OPENED = new AtomicInteger();

  /** A connection to an engine of its own: they are kept for a while, and shared by the same. */
  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("endpoint", server.endpoint());
    properties.setProperty("pathStyleAccess", "true");
    properties.setProperty("region", ConditionalS3Server.REGION);
    properties.setProperty("accessKeyId", ConditionalS3Server.ACCESS_KEY);
    properties.setProperty("secretAccessKey", ConditionalS3Server.SECRET_KEY);
    properties.setProperty(
        "requestTimeoutMillis", String.valueOf(60_000 + OPENED.getAndIncrement()));
    return DriverManager.getConnection(
        "jdbc:iceberg:s3://" + ConditionalS3Server.BUCKET + "/" + prefix, properties);
  }
}
