package dev.frazil.catalog.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.AwsJsonService;
import dev.frazil.storage.RetryPolicy;
import dev.frazil.storage.ServiceAnswer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of DynamoDB that holds a catalog, and the requests that it takes. Thread-safe. */
final class DynamoDbTable {
  /** What one transaction may be about. */
  static final int MAX_TOGETHER = 100;

  private static final String INDEX = "namespace-identifier";
  private static final String NO_TABLE = "ResourceNotFoundException";

  private final AwsJsonService service;
  private final String name;
  private final RetryPolicy creation;

  /**
   * @param creation how long a table that is being made is waited for
   */
  DynamoDbTable(AwsJsonService service, String name, RetryPolicy creation) {
    this.service = service;
    this.name = name;
    this.creation = creation;
  }

  String name() {
    return name;
  }

  String target() {
    return "the table " + name + " of " + service.target();
  }

  /** All items, each as it is while the scan passes it; empty if there is no such table. */
  Optional<Map<DynamoDbKey, DynamoDbItem>> scan() {
    Map<DynamoDbKey, DynamoDbItem> items = new HashMap<>();
    ObjectNode request = request().put("ConsistentRead", true);
    while (true) {
      ServiceAnswer answer = service.read("Scan", request);
      if (isMissing(answer)) {
        return Optional.empty();
      }
      JsonNode page = done("Scan", answer);
      for (JsonNode item : page.path("Items")) {
        DynamoDbItem read = DynamoDbItem.of(item);
        items.put(read.key(), read);
      }
      JsonNode last = page.path("LastEvaluatedKey");
      if (last.isMissingNode() || last.isEmpty()) {
        return Optional.of(items);
      }
      request.set("ExclusiveStartKey", last);
    }
  }

  /** Up to {@link #MAX_TOGETHER} items as they are at one moment; those that are there. */
  Map<DynamoDbKey, DynamoDbItem> together(Collection<DynamoDbKey> keys) {
    ObjectNode request = AwsJsonService.request();
    ArrayNode gets = request.putArray("TransactItems");
    for (DynamoDbKey key : keys) {
      gets.addObject().putObject("Get").put("TableName", name).set("Key", key.json());
    }
    for (int failures = 1; ; failures++) {
      ServiceAnswer answer = service.read("TransactGetItems", request);
      boolean disturbed =
          answer instanceof ServiceAnswer.Refused refused
              && refused.code().equals("TransactionCanceledException");
      if (!disturbed || !creation.pauseAfter(failures)) {
        Map<DynamoDbKey, DynamoDbItem> items = new HashMap<>();
        for (JsonNode response : done("TransactGetItems", answer).path("Responses")) {
          if (response.has("Item")) {
            DynamoDbItem item = DynamoDbItem.of(response.get("Item"));
            items.put(item.key(), item);
          }
        }
        return items;
      }
    }
  }

  /**
   * Writes all of the items or none, once.
   *
   * @param token sent again within ten minutes it has no second effect
   */
  ServiceAnswer transact(List<ObjectNode> items, String token) {
    ObjectNode request = AwsJsonService.request().put("ClientRequestToken", token);
    request.putArray("TransactItems").addAll(items);
    return service.send("TransactWriteItems", request);
  }

  EngineException failure(ServiceAnswer.Refused refused) {
    if (refused.code().equals(NO_TABLE)) {
      return new EngineException(
          SqlState.CONNECTION_FAILURE, target() + " does not exist any more", null);
    }
    return service.failure("TransactWriteItems", refused);
  }

  /** Makes the table as Iceberg's DynamoDbCatalog would, unless it is there; waits until it is. */
  void createIfAbsent() {
    ObjectNode describe = request();
    ServiceAnswer there = service.read("DescribeTable", describe);
    if (isMissing(there)) {
      ServiceAnswer made = service.send("CreateTable", definition());
      boolean another =
          made instanceof ServiceAnswer.Refused refused
              && refused.code().equals("ResourceInUseException");
      if (made instanceof ServiceAnswer.Refused refused && !another) {
        throw service.failure("CreateTable", refused);
      }
      there = service.read("DescribeTable", describe);
    }
    for (int failures = 1; !isActive(there); failures++) {
      if (!creation.pauseAfter(failures)) {
        throw new EngineException(
            SqlState.CONNECTION_FAILURE,
            target() + " is not ready yet: try again in a minute",
            null);
      }
      there = service.read("DescribeTable", describe);
    }
  }

  private boolean isActive(ServiceAnswer answer) {
    if (isMissing(answer)) {
      return false; // just made, and not known everywhere
    }
    JsonNode table = done("DescribeTable", answer).path("Table");
    requireLayout(table);
    String status = table.path("TableStatus").asText();
    return status.equals("ACTIVE") || status.equals("UPDATING");
  }

  private void requireLayout(JsonNode table) {
    Map<String, String> keys = new HashMap<>();
    for (JsonNode key : table.path("KeySchema")) {
      keys.put(key.path("KeyType").asText(), key.path("AttributeName").asText());
    }
    if (!keys.equals(Map.of("HASH", DynamoDbKey.IDENTIFIER, "RANGE", DynamoDbKey.NAMESPACE))) {
      throw new EngineException(
          SqlState.CONNECTION_FAILURE,
          target()
              + " is no Iceberg catalog: its keys are "
              + keys.values()
              + ", and those of a catalog "
              + List.of(DynamoDbKey.IDENTIFIER, DynamoDbKey.NAMESPACE)
              + ". Name another table, or one that is not there yet",
          null);
    }
  }

  private ObjectNode definition() {
    ObjectNode request = request().put("BillingMode", "PAY_PER_REQUEST");
    key(request.putArray("KeySchema"), DynamoDbKey.IDENTIFIER, DynamoDbKey.NAMESPACE);
    ArrayNode attributes = request.putArray("AttributeDefinitions");
    for (String attribute : List.of(DynamoDbKey.IDENTIFIER, DynamoDbKey.NAMESPACE)) {
      attributes.addObject().put("AttributeName", attribute).put("AttributeType", "S");
    }
    ObjectNode index = request.putArray("GlobalSecondaryIndexes").addObject();
    index.put("IndexName", INDEX);
    key(index.putArray("KeySchema"), DynamoDbKey.NAMESPACE, DynamoDbKey.IDENTIFIER);
    index.putObject("Projection").put("ProjectionType", "KEYS_ONLY");
    return request;
  }

  private static void key(ArrayNode schema, String hash, String range) {
    schema.addObject().put("AttributeName", hash).put("KeyType", "HASH");
    schema.addObject().put("AttributeName", range).put("KeyType", "RANGE");
  }

  private ObjectNode request() {
    return AwsJsonService.request().put("TableName", name);
  }

  private static boolean isMissing(ServiceAnswer answer) {
    return answer instanceof ServiceAnswer.Refused refused && refused.code().equals(NO_TABLE);
  }

  private JsonNode done(String operation, ServiceAnswer answer) {
    if (answer instanceof ServiceAnswer.Done done) {
      return done.body();
    }
    if (answer instanceof ServiceAnswer.Refused refused) {
      throw service.failure(operation, refused);
    }
    throw service.failure(operation, (ServiceAnswer.Unclear) answer);
  }
}
