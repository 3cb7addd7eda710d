package dev.frazil.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.GuardedObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.LocationGuard;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.TableFiles;
import dev.frazil.txn.IsolationLevel;
import dev.frazil.txn.Transaction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Folders laid out as Iceberg's HadoopTableOperations lays them out: {@code vN.metadata.json},
 * {@code version-hint.text}, and locations with and without the scheme {@code file:}.
 */
class HadoopFolderCatalogTest {
  private static final TableIdentifier T = TableIdentifier.of("db", "t");

  @TempDir Path folder;
  private Path table;
  private TableMetadata metadata;

  /** A table with one committed value, moved from a database of ours into the Hadoop layout. */
  @BeforeEach
  void write() throws IOException {
    table = folder.resolve("hadoop/db/t");
    lay("");
  }

  private void lay(String scheme) throws IOException {
    Path ours = folder.resolve("ours" + scheme.length());
    try (DatabaseCatalog source =
        CatalogFactory.open(ConnectionConfig.of(new Warehouse.LocalFolder(ours.toString())))) {
      metadata =
          TableMetadata.newTableMetadata(
              TableFiles.SCHEMA,
              PartitionSpec.unpartitioned(),
              SortOrder.unsorted(),
              scheme + table,
              Map.of());
      var operations = new InPlace(metadata);
      var target = new org.apache.iceberg.BaseTable(operations, "t");
      Files.createDirectories(table.resolve("data"));
      DataFile file = TableFiles.write(everywhere(), target, 42, "f");
      target.newAppend().appendFile(file).commit();
      metadata = operations.current();
    }
  }

  private void version(String name) throws IOException {
    Path file = table.resolve("metadata/" + name);
    Files.createDirectories(file.getParent());
    String json = TableMetadataParser.toJson(metadata);
    if (name.contains("gz")) {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    } else {
      Files.writeString(file, json);
    }
  }

  private void hint(String content) throws IOException {
    Files.writeString(table.resolve("metadata/version-hint.text"), content);
  }

  private DatabaseCatalog open() {
    return CatalogFactory.open(
        ConnectionConfig.of(new Warehouse.HadoopFolder(folder.resolve("hadoop").toString())));
  }

  private List<Long> values() {
    try (DatabaseCatalog catalog = open()) {
      Transaction reader = Transaction.begin(catalog, IsolationLevel.SERIALIZABLE, true, null);
      assertThat(reader.definitions().schemas()).containsExactly(Namespace.of("db"));
      assertThat(reader.definitions().tables(Namespace.of("db"))).containsExactly(T);
      return TableFiles.read(catalog.store(), reader.load(T).orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v3.metadata.json", "v3.gz.metadata.json", "v3.metadata.json.gz"})
  void readsTheVersionOfTheHint(String name) throws IOException {
    version(name);
    hint("3");
    assertThat(values()).containsExactly(42L);
  }

  @Test
  void goesOnFromAHintThatIsBehind() throws IOException {
    version("v4.metadata.json");
    Files.writeString(table.resolve("metadata/v3.metadata.json"), "not the newest");
    hint("3\n");
    assertThat(values()).containsExactly(42L);
  }

  @Test
  void findsTheHighestVersionWithoutAHint() throws IOException {
    Files.createDirectories(table.resolve("metadata"));
    Files.writeString(table.resolve("metadata/v9.metadata.json"), "not the newest");
    version("v10.metadata.json");
    assertThat(values()).containsExactly(42L);
  }

  @Test
  void findsTheHighestVersionBesideADamagedHint() throws IOException {
    version("v10.metadata.json");
    Files.write(table.resolve("metadata/version-hint.text"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(values()).containsExactly(42L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "file://"})
  void readsLocationsWithAScheme(String scheme) throws IOException {
    lay(scheme);
    version("v1.metadata.json");
    hint("1");
    assertThat(values()).containsExactly(42L);
  }

  @Test
  void refusesWritesThroughIcebergsCatalog() throws IOException {
    version("v1.metadata.json");
    try (DatabaseCatalog catalog = open()) {
      assertThatThrownBy(() -> catalog.icebergCatalog().dropTable(T))
          .satisfies(e -> state(e, SqlState.FEATURE_NOT_SUPPORTED));
      assertThatThrownBy(
              () -> catalog.icebergCatalog().loadTable(T).updateProperties().set("a", "b").commit())
          .satisfies(e -> state(e, SqlState.READ_ONLY_TRANSACTION));
    }
  }

  /** A version that is being written has no name yet, whatever digits its name begins with. */
  @Test
  void doesNotTakeAFileOfAWriterForAVersion() throws IOException {
    version("v2.metadata.json");
    Files.writeString(
        table.resolve("metadata/12345678-1234-4123-8123-123456789012.metadata.json"), "half");
    assertThat(values()).containsExactly(42L);
  }

  @Test
  void saysWhatIsWrongWithTheFolder() throws IOException {
    version("v1.metadata.json");
    hint("1");
    Files.writeString(table.resolve("metadata/v1.metadata.json"), "{}");
    assertThatThrownBy(this::values)
        .hasMessageContaining("v1.metadata.json")
        .satisfies(e -> state(e, SqlState.DATA_CORRUPTED));
    try (DatabaseCatalog missing =
        CatalogFactory.open(ConnectionConfig.of(new Warehouse.HadoopFolder(folder + "/none")))) {
      assertThatThrownBy(missing::snapshot)
          .hasMessageContaining("/none")
          .satisfies(e -> state(e, SqlState.CONNECTION_FAILURE));
    }
  }

  private static void state(Throwable thrown, SqlState state) {
    assertThat(thrown)
        .isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.state()).isEqualTo(state));
  }

  private static ObjectStore everywhere() {
    return new GuardedObjectStore(
        new FileObjectStore(TimeSource.system(), Ids.system()),
        LocationGuard.allowing(List.of("/")),
        false);
  }

  /** Iceberg's updates straight onto the folder. */
  private static final class InPlace implements org.apache.iceberg.TableOperations {
    private final org.apache.iceberg.io.FileIO io = new MetadataFileIO(everywhere(), 1 << 20);
    private TableMetadata current;

    InPlace(TableMetadata current) {
      this.current = current;
    }

    @Override
    public TableMetadata current() {
      return current;
    }

    @Override
    public TableMetadata refresh() {
      return current;
    }

    @Override
    public void commit(TableMetadata base, TableMetadata next) {
      current = next;
    }

    @Override
    public org.apache.iceberg.io.FileIO io() {
      return io;
    }

    @Override
    public String metadataFileLocation(String fileName) {
      return TableLocations.metadataFile(current, fileName);
    }

    @Override
    public org.apache.iceberg.io.LocationProvider locationProvider() {
      return TableLocations.provider(current);
    }
  }
}
