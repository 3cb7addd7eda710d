package dev.frazil.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * Spark over a folder of Iceberg's Hadoop catalog. Tables of Frazil are shown to it by a copy of
 * their metadata file, which becomes the first version of a Hadoop table; all else stays where
 * Frazil wrote it. One thread.
 */
final class SparkTables implements AutoCloseable {
  private final Path warehouse;
  private final SparkSession spark;

  SparkTables(Path folder) {
    warehouse = folder.resolve("warehouse");
    spark =
        SparkSession.builder()
            .master("local[1]")
            .appName("interop")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", 1)
            .config("spark.sql.datetime.java8API.enabled", true)
            .config("spark.local.dir", folder.resolve("local").toString())
            .config("spark.sql.warehouse.dir", folder.resolve("spark").toString())
            .config(
                "spark.sql.extensions",
                "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
            .config("spark.sql.catalog.local", "org.apache.iceberg.spark.SparkCatalog")
            .config("spark.sql.catalog.local.type", "hadoop")
            .config("spark.sql.catalog.local.warehouse", "file:" + warehouse)
            .config("spark.sql.catalog.local.cache-enabled", false)
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    query("USE local");
  }

  Path warehouse() {
    return warehouse;
  }

  List<String> query(String sql) {
    return spark.sql(sql).collectAsList().stream().map(SparkText::line).toList();
  }

  /** The rows of the appends behind a snapshot up to another one. */
  List<String> appended(String table, String from, String to) {
    return spark
        .read()
        .format("iceberg")
        .option("start-snapshot-id", from)
        .option("end-snapshot-id", to)
        .load("local." + table)
        .collectAsList()
        .stream()
        .map(SparkText::line)
        .toList();
  }

  void run(String... sql) {
    for (String statement : sql) {
      query(statement);
    }
  }

  /** The columns of a table. */
  Stream<StructField> columns(String table) {
    return Arrays.stream(spark.table(table).schema().fields());
  }

  /** Shows a table of Frazil, as it is now, as {@code frazil.name}. */
  void show(String name, Path metadata) {
    Path folder = warehouse.resolve("frazil").resolve(name).resolve("metadata");
    try {
      Files.createDirectories(folder);
      boolean compressed = metadata.toString().endsWith(".gz.metadata.json");
      Path version = folder.resolve(compressed ? "v1.gz.metadata.json" : "v1.metadata.json");
      Files.deleteIfExists(version);
      Files.deleteIfExists(folder.resolve("." + version.getFileName() + ".crc"));
      Files.copy(metadata, version);
      Files.writeString(folder.resolve("version-hint.text"), "1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    spark.stop();
  }
}
