package dev.frazil.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** What the bridge answers to requests as they come over the wire. */
class RestBridgeTest extends BridgeRequests {
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));
  private static final TableIdentifier A = TableIdentifier.of("main", "a");
  private static final TableIdentifier B = TableIdentifier.of("main", "b");

  private RESTCatalog client() {
    return Bridges.client(bridge, "client", Map.of());
  }

  private static DataFile file(Table table, String name) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath(table.location() + "/data/" + name + ".parquet")
        .withFileSizeInBytes(10)
        .withRecordCount(1)
        .build();
  }

  @Test
  void tellsWhatItOffersAndWhoseItIs() throws Exception {
    JsonNode config = JSON.readTree(send("GET", "/v1/config", "").body());
    assertThat(config.get("endpoints").toString())
        .contains("POST /v1/{prefix}/transactions/commit")
        .contains("POST /v1/{prefix}/namespaces/{namespace}/views/{view}");
    assertThat(config.get("idempotency-key-lifetime").asText()).isEqualTo("PT30M");
    String name = folder.getFileName().toString();
    assertThat(send("GET", "/v1/config?warehouse=" + name, "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/v1/config?warehouse=file://" + folder, "").statusCode())
        .isEqualTo(200);
    HttpResponse<String> other = send("GET", "/v1/config?warehouse=other", "");
    assertThat(other.statusCode()).isEqualTo(404);
    assertThat(error(other).get("type").asText()).isEqualTo("NoSuchWarehouseException");
  }

  @Test
  void aServerForReadingChangesNothing() throws Exception {
    try (RESTCatalog client = client()) {
      client.createTable(A, SCHEMA);
    }
    bridge.close();
    bridge =
        RestBridge.start(
            ConnectionConfig.of(new Warehouse.LocalFolder(folder.toString())),
            Bridges.options().forReading());
    try (RESTCatalog client = client()) {
      assertThat(client.loadTable(A).schema().asStruct()).isEqualTo(SCHEMA.asStruct());
      assertThatThrownBy(() -> client.dropTable(A))
          .isInstanceOf(UnsupportedOperationException.class);
    }
    assertThat(send("DELETE", "/v1/namespaces/main/tables/a", "").statusCode()).isEqualTo(403);
    assertThat(send("HEAD", "/v1/namespaces/main/tables/a", "").statusCode()).isEqualTo(204);
  }

  @Test
  void aTableThatHasNotChangedIsNotSentAgain() throws Exception {
    try (RESTCatalog client = client()) {
      Table table = client.createTable(A, SCHEMA);
      HttpResponse<String> first = send("GET", "/v1/namespaces/main/tables/a", "");
      String tag = first.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> again =
          send("GET", "/v1/namespaces/main/tables/a", "", "If-None-Match", tag);
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(
              send("GET", "/v1/namespaces/main/tables/a?snapshots=refs", "", "If-None-Match", tag)
                  .statusCode())
          .isEqualTo(200);
      table.newAppend().appendFile(file(table, "1")).commit();
      assertThat(send("GET", "/v1/namespaces/main/tables/a", "", "If-None-Match", tag).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void listsComeInPages() throws Exception {
    try (RESTCatalog client = client()) {
      for (int i = 0; i < 5; i++) {
        client.createTable(TableIdentifier.of("main", "t" + i), SCHEMA);
      }
    }
    try (RESTCatalog client = Bridges.client(bridge, "paged", Map.of("rest-page-size", "2"))) {
      assertThat(client.listTables(Namespace.of("main"))).hasSize(5).doesNotHaveDuplicates();
    }
    JsonNode page =
        JSON.readTree(send("GET", "/v1/namespaces/main/tables?pageSize=2&pageToken=", "").body());
    assertThat(page.get("identifiers")).hasSize(2);
    String next = page.get("next-page-token").asText();
    send("DELETE", "/v1/namespaces/main/tables/t0", "");
    assertThat(send("GET", "/v1/namespaces/main/tables?pageSize=9&pageToken=" + next, "").body())
        .contains("t2", "t3", "t4")
        .doesNotContain("t1");
  }

  @Test
  void aCommitOverTwoTablesOfWhichOneCannotChangesNothing() throws Exception {
    try (RESTCatalog client = client()) {
      client.createTable(A, SCHEMA);
      client.createTable(B, SCHEMA);
      String uuid = client.loadTable(A).uuid().toString();
      String root = Files.readString(folder.resolve("_frazil/root.json"));
      List<Path> files = filesOf(folder);
      HttpResponse<String> response =
          send("POST", "/v1/transactions/commit", together(uuid, UUID.randomUUID().toString()));
      assertThat(response.statusCode()).isEqualTo(409);
      assertThat(error(response).get("type").asText()).isEqualTo("CommitFailedException");
      assertThat(Files.readString(folder.resolve("_frazil/root.json"))).isEqualTo(root);
      assertThat(filesOf(folder)).isEqualTo(files);

      String both = together(uuid, client.loadTable(B).uuid().toString());
      assertThat(send("POST", "/v1/transactions/commit", both).statusCode()).isEqualTo(204);
      assertThat(client.loadTable(A).properties()).containsEntry("k", "v");
      assertThat(client.loadTable(B).properties()).containsEntry("k", "v");
      assertThat(
              send(
                      "POST",
                      "/v1/transactions/commit",
                      both.replace("\"name\":\"b\"", "\"name\":\"a\""))
                  .statusCode())
          .as("one table twice")
          .isEqualTo(400);
    }
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith(".frazil-"))
          .sorted()
          .toList();
    }
  }

  private static String together(String uuidOfA, String uuidOfB) {
    String change =
        "{\"identifier\":{\"namespace\":[\"main\"],\"name\":\"%s\"},\"requirements\":[{\"type\":"
            + "\"assert-table-uuid\",\"uuid\":\"%s\"}],\"updates\":[{\"action\":\"set-properties\","
            + "\"updates\":{\"k\":\"v\"}}]}";
    return "{\"table-changes\":["
        + String.format(change, "a", uuidOfA)
        + ","
        + String.format(change, "b", uuidOfB)
        + "]}";
  }

  /** Also after a restart: the root knows the request. */
  @Test
  void aRequestWithAKeyIsCarriedOutOnce() throws Exception {
    String key = UUID.randomUUID().toString();
    String body = "{\"namespace\":[\"s\"]}";
    HttpResponse<String> first = send("POST", "/v1/namespaces", body, "Idempotency-Key", key);
    assertThat(first.statusCode()).isEqualTo(200);
    bridge.close();
    bridge = Bridges.open(folder);
    HttpResponse<String> again = send("POST", "/v1/namespaces", body, "Idempotency-Key", key);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(send("POST", "/v1/namespaces", body).statusCode()).isEqualTo(409);
    assertThat(
            send("POST", "/v1/namespaces", "{\"namespace\":[\"r\"]}", "Idempotency-Key", key)
                .statusCode())
        .as("another request under the same key is another request")
        .isEqualTo(200);
    assertThat(send("GET", "/v1/namespaces/r", "").statusCode()).isEqualTo(200);
    assertThat(send("POST", "/v1/namespaces", body, "Idempotency-Key", "x").statusCode())
        .isEqualTo(400);
  }

  /**
   * The answer to a commit is lost, another writer commits, and then the first request is sent once
   * more by something on the way. A conflict would have the client take its own snapshot for one to
   * roll back to, which drops what the other committed.
   */
  @Test
  void aCommitThatIsSentAgainAfterAnotherLosesNothing() throws Exception {
    try (RESTCatalog client = client()) {
      Table table = client.createTable(A, SCHEMA);
      Table staged = client.loadTable(A);
      staged.newAppend().appendFile(file(table, "1")).commit();
      Snapshot first = client.loadTable(A).currentSnapshot();
      Table other = client.loadTable(A);
      other.newAppend().appendFile(file(table, "2")).commit();
      String resent =
          "{\"requirements\":[{\"type\":\"assert-ref-snapshot-id\",\"ref\":\"main\","
              + "\"snapshot-id\":null}],\"updates\":[{\"action\":\"add-snapshot\",\"snapshot\":{"
              + "\"snapshot-id\":"
              + first.snapshotId()
              + ",\"sequence-number\":1,\"timestamp-ms\":"
              + first.timestampMillis()
              + ",\"summary\":{\"operation\":\"append\"},\"manifest-list\":\""
              + first.manifestListLocation()
              + "\",\"schema-id\":0}},{\"action\":\"set-snapshot-ref\",\"ref-name\":\"main\","
              + "\"type\":\"branch\",\"snapshot-id\":"
              + first.snapshotId()
              + "}]}";
      HttpResponse<String> response = send("POST", "/v1/namespaces/main/tables/a", resent);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      Table now = client.loadTable(A);
      assertThat(now.currentSnapshot().parentId()).isEqualTo(first.snapshotId());
      assertThat(now.snapshots()).hasSize(2);
    }
  }

  @Test
  void aRequirementOfAnotherStateIsAConflict() throws Exception {
    try (RESTCatalog one = client();
        RESTCatalog two = client()) {
      one.createTable(A, SCHEMA);
      var transaction = two.loadTable(A).updateSchema().addColumn("x", Types.LongType.get());
      transaction.apply();
      one.loadTable(A).updateSchema().addColumn("y", Types.LongType.get()).commit();
      assertThatThrownBy(transaction::commit).isInstanceOf(CommitFailedException.class);
      assertThat(one.loadTable(A).schema().findField("x")).isNull();
    }
  }
}
