package dev.frazil.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import dev.frazil.txn.IsolationLevel;
import dev.frazil.txn.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a commit of a Hadoop warehouse keeps, and how it knows the version that it comes after. */
class HadoopCommitTest {
  private static final TableIdentifier T = TableIdentifier.of("main", "t");

  @TempDir Path folder;
  private ConnectionConfig config;
  private EngineRunner other;
  private HadoopFolderCatalog catalog;

  @BeforeEach
  void open() {
    config = ConnectionConfig.of(new Warehouse.HadoopFolder(folder.toString()));
    other = EngineRunner.open(config);
    other.script("CREATE TABLE t (a bigint) WITH (note = 'original')", "INSERT INTO t VALUES (1)");
    catalog = (HadoopFolderCatalog) CatalogFactory.open(config);
  }

  @AfterEach
  void close() {
    catalog.close();
    other.close();
  }

  private Transaction altering() {
    Transaction transaction = Transaction.begin(catalog, IsolationLevel.SNAPSHOT, false, null);
    transaction.update(T, table -> table.updateProperties().set("own", "1"));
    return transaction;
  }

  @Test
  void aVersionThatIsNotStoredIsForgotten() {
    Transaction lost = altering();
    other.update("ALTER TABLE t SET PROPERTIES own = 2");
    refused(lost);
    assertThat(catalog.preparedVersions()).isZero();
    altering().commit(null);
    assertThat(catalog.preparedVersions()).isZero();
  }

  @Test
  void aVersionIsKnownByItsBytesAndNotByItsTime() throws IOException {
    Path version = folder.resolve("main/t/metadata/v2.metadata.json");
    Transaction stale = altering();
    String text = Files.readString(version);
    assertThat(text).contains("\"original\"");
    Path temporary = folder.resolve("main/t/metadata/replacing");
    Files.writeString(temporary, text.replace("\"original\"", "\"replaced\""));
    Files.move(temporary, version, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    refused(stale);
    altering().commit(null);
    assertThat(other.query("SHOW TBLPROPERTIES t").lines()).contains("note | replaced", "own | 1");
  }

  private static void refused(Transaction transaction) {
    assertThatThrownBy(() -> transaction.commit(null))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
  }
}
