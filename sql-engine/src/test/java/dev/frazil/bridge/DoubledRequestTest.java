package dev.frazil.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.Databases;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.RootEdit;
import dev.frazil.catalog.TablePointer;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.GuardedObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.LocationGuard;
import dev.frazil.storage.TimeSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One request under one key arrives at two bridges at once: both tell of the same table. */
class DoubledRequestTest {
  private static final TableIdentifier T = TableIdentifier.of("main", "t");

  @TempDir Path folder;
  private final AtomicReference<String> madeElsewhere = new AtomicReference<>();

  /** What the other bridge does right before this one's commit of a new table. */
  private void commitFirst(DatabaseCatalog catalog, RootEdit edit) {
    boolean creates = edit.changes().stream().anyMatch(RootChange.CreateRelation.class::isInstance);
    if (!creates || madeElsewhere.get() != null) {
      return;
    }
    TableMetadata other =
        catalog.writeMetadata(
            TableMetadata.newTableMetadata(
                new Schema(Types.NestedField.optional(1, "id", Types.LongType.get())),
                PartitionSpec.unpartitioned(),
                catalog.newTableLocation(T),
                Map.of()),
            Map.of(),
            Set.of());
    madeElsewhere.set(other.uuid());
    catalog.commit(
        new RootEdit(
            edit.commitId(),
            null,
            List.of(
                new RootChange.CreateRelation(
                    T,
                    new TablePointer(
                        TablePointer.Kind.TABLE, other.metadataFileLocation(), other.uuid())))));
  }

  private DatabaseCatalog beside(DatabaseCatalog catalog) {
    return (DatabaseCatalog)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DatabaseCatalog.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit") && arguments[0] instanceof RootEdit edit) {
                commitFirst(catalog, edit);
              }
              try {
                return method.invoke(catalog, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void theAnswerIsAboutTheTableThatIsThere() throws Exception {
    LocationGuard guard = LocationGuard.allowing(List.of(folder.toString()));
    GuardedObjectStore store =
        new GuardedObjectStore(
            new FileObjectStore(TimeSource.system(), Ids.system()), guard, false);
    DatabaseCatalog catalog = Databases.open(store, folder.toString(), 10_000);
    try (RestBridge bridge =
        RestBridge.start(
            ConnectionConfig.of(new Warehouse.LocalFolder(folder.toString())),
            Bridges.options(),
            beside(catalog),
            guard)) {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(bridge.uri() + "/v1/namespaces/main/tables"))
                      .header("Authorization", "Bearer " + Bridges.TOKEN)
                      .header("Idempotency-Key", "01996d3c-8a80-7000-8000-000000000001")
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              "{\"name\":\"t\",\"schema\":{\"type\":\"struct\",\"fields\":"
                                  + "[{\"id\":1,\"name\":\"id\",\"required\":false,"
                                  + "\"type\":\"long\"}]}}"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(madeElsewhere.get()).isNotNull();
      assertThat(
              new ObjectMapper()
                  .readTree(answer.body())
                  .path("metadata")
                  .path("table-uuid")
                  .asText())
          .isEqualTo(madeElsewhere.get());
    }
  }
}
