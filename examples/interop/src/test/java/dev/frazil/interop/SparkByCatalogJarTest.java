package dev.frazil.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark reads and writes a database of Frazil by {@code frazil-catalog.jar}, its {@code
 * catalog-impl}, beside Iceberg's runtime and without any server, while Frazil does the same by
 * SQL.
 */
class SparkByCatalogJarTest {
  @TempDir static Path folder;
  private static FrazilProcess frazil;
  private static SharedDatabase database;

  @BeforeAll
  static void start() throws IOException {
    Path place = folder.resolve("db");
    frazil = new FrazilProcess("jdbc:iceberg:" + place);
    database =
        new SharedDatabase(
            folder,
            frazil,
            Map.of(
                "catalog-impl", "dev.frazil.catalog.BucketCatalog", "warehouse", place.toString()));
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
    frazil.close();
  }

  @Test
  void inTurns() {
    database.writtenInTurns();
  }

  @Test
  void atOnce() {
    database.writtenAtOnce();
  }
}
