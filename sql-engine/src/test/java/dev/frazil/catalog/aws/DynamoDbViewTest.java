package dev.frazil.catalog.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.storage.AwsJsonService;
import dev.frazil.storage.Ids;
import dev.frazil.storage.RetryPolicy;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.JsonServiceServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A scan that another writer's transaction runs through is not taken for the catalog. */
class DynamoDbViewTest {
  private final Deque<String> answers = new ArrayDeque<>();
  private final JsonServiceServer server =
      JsonServiceServer.start(
          "dynamodb",
          (operation, body) ->
              new JsonServiceServer.Reply(200, answers.remove().getBytes(StandardCharsets.UTF_8)));
  private final DynamoDbView view =
      new DynamoDbView(
          new DynamoDbTable(
              DynamoDbCatalogs.service(server, AwsJsonService.Protocol.DYNAMO_DB),
              "catalog",
              new RetryPolicy(1, 0, 0, TimeSource.system(), Ids.system())));

  private static String item(String name, int version) {
    return "{\"identifier\":{\"S\":\"ns."
        + name
        + "\"},\"namespace\":{\"S\":\"ns\"},\"v\":{\"S\":\""
        + version
        + "\"}}";
  }

  private void scan(String... items) {
    answers.add("{\"Items\":[" + String.join(",", items) + "]}");
  }

  private Map<String, String> read() {
    Map<String, String> versions = new HashMap<>();
    view.read()
        .orElseThrow()
        .forEach((key, item) -> versions.put(key.identifier(), item.version()));
    return versions;
  }

  @Test
  void aScanThatATransactionRanThroughIsNotTaken() {
    scan(item("a", 1), item("b", 2)); // the transaction that made a2 and b2 came between
    scan(item("a", 2), item("b", 2));
    answers.add("{\"Responses\":[{\"Item\":" + item("a", 2) + "}]}");
    scan(item("a", 2), item("b", 2));
    assertThat(read()).isEqualTo(Map.of("ns.a", "2", "ns.b", "2"));
    assertThat(server.seen()).containsExactly("Scan", "Scan", "TransactGetItems", "Scan");
    server.forget();
    scan(item("a", 2), item("b", 2));
    assertThat(read()).isEqualTo(Map.of("ns.a", "2", "ns.b", "2"));
    assertThat(server.seen()).containsExactly("Scan");
  }

  @Test
  void aTableThatNeverStandsStillIsReadBetweenTwoScans() {
    scan(item("a", 1), item("b", 1));
    scan(item("a", 2), item("b", 1));
    answers.add("{\"Responses\":[{\"Item\":" + item("a", 3) + "}]}");
    scan(item("a", 4), item("b", 2)); // now b moves, too
    answers.add(
        "{\"Responses\":[{\"Item\":" + item("a", 5) + "},{\"Item\":" + item("b", 3) + "}]}");
    scan(item("a", 6), item("b", 4));
    assertThat(read()).isEqualTo(Map.of("ns.a", "5", "ns.b", "3"));
  }

  @Test
  void pagesAreReadToTheEnd() {
    answers.add(
        "{\"Items\":["
            + item("a", 1)
            + "],\"LastEvaluatedKey\":{\"identifier\":{\"S\":\"ns.a\"}}}");
    scan(item("b", 1));
    scan(item("a", 1), item("b", 1));
    assertThat(read()).isEqualTo(Map.of("ns.a", "1", "ns.b", "1"));
  }
}
