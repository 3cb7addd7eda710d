package dev.frazil.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptionKeyMetadata;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Iceberg's own runtime, as Spark has it, writes rows into a database while Frazil does the same:
 * by the REST bridge, and by {@code frazil-catalog.jar}.
 */
class SharedDatabaseInIcebergTest {
  private static final int COMMITS = 12;
  private static final String TOKEN = "a-token-for-iceberg";
  private static final TableIdentifier TABLE = TableIdentifier.of("main", "race");
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "id", Types.LongType.get()),
          Types.NestedField.optional(2, "writer", Types.StringType.get()));

  @TempDir Path folder;

  @Test
  void byTheCatalogJar() throws IOException {
    Path place = folder.resolve("db");
    race(
        place,
        Map.of("catalog-impl", "dev.frazil.catalog.BucketCatalog", "warehouse", place.toString()));
  }

  @Test
  void byTheBridge() throws IOException {
    Path place = folder.resolve("db");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("frazil.jar"),
                "dev.frazil.jdbc.FrazilServer",
                place.toString(),
                "--port",
                "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("FRAZIL_TOKEN", TOKEN);
    Process server = builder.start();
    try {
      String uri =
          new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
              .lines()
              .filter(line -> line.startsWith("  uri "))
              .findFirst()
              .orElseThrow()
              .substring("  uri ".length())
              .strip();
      race(place, Map.of("type", "rest", "uri", uri, "token", TOKEN));
    } finally {
      server.destroy();
    }
  }

  /** Each row is a commit of its own; every one that was acknowledged is there, once. */
  private static void race(Path place, Map<String, String> properties) throws IOException {
    Catalog catalog =
        CatalogUtil.buildIcebergCatalog("shop", new HashMap<>(properties), new Configuration());
    catalog.createTable(TABLE, SCHEMA);
    try (FrazilProcess frazil = new FrazilProcess("jdbc:iceberg:" + place)) {
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < COMMITS; i++) {
                  frazil.run("INSERT INTO race VALUES (" + i + ", 'frazil')");
                }
              });
      for (int i = 0; i < COMMITS; i++) {
        append(catalog.loadTable(TABLE), i);
      }
      other.join();
      assertThat(
              frazil.query("SELECT writer, count(*), count(DISTINCT id) FROM race GROUP BY writer"))
          .containsExactlyInAnyOrder(
              "frazil | " + COMMITS + " | " + COMMITS, "iceberg | " + COMMITS + " | " + COMMITS);
      Set<String> rows = new TreeSet<>();
      try (CloseableIterable<Record> records =
          IcebergGenerics.read(catalog.loadTable(TABLE)).build()) {
        records.forEach(each -> rows.add(each.getField("id") + " " + each.getField("writer")));
      }
      assertThat(rows).hasSize(2 * COMMITS).contains("0 frazil", "11 iceberg");
    } finally {
      ((Closeable) catalog).close();
    }
  }

  private static void append(Table table, long id) throws IOException {
    Record row = GenericRecord.create(SCHEMA);
    row.setField("id", id);
    row.setField("writer", "iceberg");
    DataWriter<Record> writer =
        new GenericAppenderFactory(SCHEMA)
            .newDataWriter(
                EncryptedFiles.encryptedOutput(
                    table
                        .io()
                        .newOutputFile(
                            table
                                .locationProvider()
                                .newDataLocation(UUID.randomUUID() + ".parquet")),
                    EncryptionKeyMetadata.EMPTY),
                FileFormat.PARQUET,
                null);
    try (writer) {
      writer.write(row);
    }
    table.newAppend().appendFile(writer.toDataFile()).commit();
  }
}
