package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.CatalogFactory;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseMoment;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.RootEdit;
import dev.frazil.storage.RequestCounter.Kind;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.TableFiles;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;

/** What a commit and a scan cost on S3, counted by the server: the floor of the design. */
class RequestFloorTest {
  private static final TableIdentifier T = TableIdentifier.of("main", "t");

  private static void append(DatabaseCatalog catalog, long value) {
    Transaction transaction = Transaction.begin(catalog, IsolationLevel.SERIALIZABLE, false, null);
    Table table = transaction.load(T).orElseThrow();
    transaction
        .rows()
        .append(T, List.of(TableFiles.write(catalog.store(), table, value, "value-" + value)));
    transaction.commit(null);
  }

  @Test
  void theFloorIsKept() {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      try (DatabaseCatalog catalog = CatalogFactory.open(server.config("floor"))) {
        Transaction create = Transaction.begin(catalog, IsolationLevel.SERIALIZABLE, false, null);
        create
            .definitions()
            .createTable(
                T,
                TableFiles.SCHEMA,
                PartitionSpec.unpartitioned(),
                SortOrder.unsorted(),
                Map.of());
        create.commit(null);
        append(catalog, 1);
        server.resetCounts();
        append(catalog, 2);
        System.out.println("warm single-row INSERT on S3: " + server.counts());
        // Data file, manifest, manifest list, metadata and the hint; the root; 304 for the root.
        assertThat(server.counts())
            .isEqualTo(Map.of(Kind.PUT, 5L, Kind.CONDITIONAL_PUT, 1L, Kind.GET, 1L));
      }
      server.resetCounts();
      try (DatabaseCatalog fresh = CatalogFactory.open(server.config("floor"))) {
        Table table =
            Transaction.begin(fresh, IsolationLevel.SERIALIZABLE, true, null).load(T).orElseThrow();
        assertThat(TableFiles.read(fresh.store(), table)).containsExactly(1L, 2L);
        System.out.println("fresh SELECT of two files of two inserts on S3: " + server.counts());
        // Root, metadata, manifest list, two manifests; two data files.
        assertThat(server.count(Kind.GET, Kind.RANGE_GET)).isEqualTo(7);
        assertThat(server.count(Kind.HEAD, Kind.LIST)).isZero();
      }
    }
  }

  /** Looking back is paid for by one object for every 32 commits, and read by as many requests. */
  @Test
  void theHistoryCostsOneRequestFor32Commits() {
    try (ConditionalS3Server server = ConditionalS3Server.start();
        DatabaseCatalog catalog = CatalogFactory.open(server.config("floor"))) {
      catalog.prepareWrite();
      server.resetCounts();
      for (int i = 0; i < 64; i++) {
        catalog.commit(
            new RootEdit(
                catalog.newCommitId(),
                null,
                List.of(new RootChange.CreateNamespace(Namespace.of("s" + i), Map.of()))));
      }
      System.out.println("64 commits of the root alone on S3: " + server.counts());
      assertThat(server.counts()).isEqualTo(Map.of(Kind.PUT, 2L, Kind.CONDITIONAL_PUT, 64L));
      server.resetCounts();
      assertThat(
              catalog
                  .history(catalog.snapshot())
                  .at(new DatabaseMoment.AtVersion(2))
                  .root()
                  .namespaces())
          .hasSize(2);
      assertThat(server.counts()).isEqualTo(Map.of(Kind.GET, 3L));
    }
  }

  /** Another process commits first: of what the transaction wrote only the manifest list goes. */
  @Test
  void aLostSwapCostsAManifestListAndMetadata() {
    try (ConditionalS3Server server = ConditionalS3Server.start();
        DatabaseCatalog catalog = CatalogFactory.open(server.config("floor"));
        DatabaseCatalog other = CatalogFactory.open(server.config("floor"))) {
      Transaction create = Transaction.begin(catalog, IsolationLevel.SERIALIZABLE, false, null);
      create
          .definitions()
          .createTable(
              T, TableFiles.SCHEMA, PartitionSpec.unpartitioned(), SortOrder.unsorted(), Map.of());
      create.commit(null);
      append(catalog, 1);
      append(other, 2);
      Transaction late = Transaction.begin(catalog, IsolationLevel.SERIALIZABLE, false, null);
      Table table = late.load(T).orElseThrow();
      late.rows().append(T, List.of(TableFiles.write(catalog.store(), table, 3, "value-3")));
      append(other, 4);
      Set<String> before = new HashSet<>(server.keys(ConditionalS3Server.BUCKET, ""));
      server.resetCounts();
      late.commit(null);
      System.out.println("a commit that loses one swap on S3: " + server.counts());
      // Metadata twice, the manifest list, the hint; the root, what was made of the table and its
      // manifest list are read, and the root once more beside the writes.
      assertThat(server.counts())
          .isEqualTo(Map.of(Kind.PUT, 4L, Kind.CONDITIONAL_PUT, 2L, Kind.GET, 4L));
      Set<String> written = new HashSet<>(server.keys(ConditionalS3Server.BUCKET, ""));
      written.removeAll(before);
      assertThat(written).hasSize(3);
      assertThat(written).filteredOn(key -> key.endsWith(".metadata.json")).hasSize(2);
      assertThat(written).filteredOn(key -> key.contains("/snap-")).hasSize(1);
      Table read =
          Transaction.begin(other, IsolationLevel.SERIALIZABLE, true, null).load(T).orElseThrow();
      assertThat(TableFiles.registered(read)).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }
  }
}
