package dev.frazil.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.LocalFileIO;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalog as an engine loads it by {@code catalog-impl}. */
class EngineCatalogTest {
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));
  private static final TableIdentifier TABLE = TableIdentifier.of("main", "t");

  @TempDir Path folder;
  private BucketCatalog catalog;

  @BeforeEach
  void load() {
    catalog =
        (BucketCatalog)
            CatalogUtil.buildIcebergCatalog(
                "shop",
                Map.of(
                    "catalog-impl",
                    BucketCatalog.class.getName(),
                    "warehouse",
                    "file:" + folder,
                    "io-impl",
                    LocalFileIO.class.getName()),
                null);
  }

  @AfterEach
  void close() throws IOException {
    catalog.close();
  }

  private static DataFile file(Table table) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath(table.location() + "/data/1.parquet")
        .withFileSizeInBytes(10)
        .withRecordCount(3)
        .build();
  }

  @Test
  void theFirstTableMakesTheDatabase() {
    Table table = catalog.createTable(TABLE, SCHEMA);
    table.newAppend().appendFile(file(table)).commit();
    try (EngineRunner sql = EngineRunner.local(folder)) {
      assertThat(sql.query("SELECT count(*) FROM t").lines()).containsExactly("3");
    }
  }

  /** As CREATE TABLE AS of an engine, whose files are there before the commit. */
  @Test
  void soDoesATableThatIsStaged() throws IOException {
    Transaction staged = catalog.newCreateTableTransaction(TABLE, SCHEMA);
    Path data = Path.of(staged.table().location(), "data");
    Files.createDirectories(data);
    Files.writeString(data.resolve("1.parquet"), "not looked at");
    staged.newAppend().appendFile(file(staged.table())).commit();
    staged.commitTransaction();
    assertThat(catalog.loadTable(TABLE).currentSnapshot().summary())
        .containsEntry("total-records", "3");
  }

  /** Engines send it to their other machines. */
  @Test
  void itsFilesTravelAndAreNeverDeleted() throws Exception {
    FileIO io = catalog.createTable(TABLE, SCHEMA).io();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(io);
    }
    FileIO sent;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      sent = (FileIO) in.readObject();
    }
    Path file = Files.writeString(folder.resolve("file"), "content");
    sent.deleteFile(file.toString());
    assertThat(sent.newInputFile(file.toString()).getLength()).isEqualTo(7);
  }

  @Test
  void aWarehouseIsNeeded() {
    assertThatThrownBy(() -> new BucketCatalog().initialize("shop", Map.of()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("warehouse");
  }
}
