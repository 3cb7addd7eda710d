package dev.frazil.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.testing.JsonServiceServer.Reply;
import java.io.IOException;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of AWS Glue's Data Catalog that catalogs of Iceberg use, in memory, by its API reference
 * (AWS Glue Web API, {@code CreateTable} and so on): refusals by their names, versions of tables,
 * pages. A member of a request that the API does not know is refused, as the service does. It is
 * our model of Glue; Iceberg's own GlueCatalog runs on it beside ours. Thread-safe.
 */
public final class FakeGlue implements JsonServiceServer.Operations {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 2;
  private static final Set<String> TABLE_INPUT =
      Set.of(
          "Name",
          "Description",
          "Owner",
          "LastAccessTime",
          "LastAnalyzedTime",
          "Retention",
          "StorageDescriptor",
          "PartitionKeys",
          "ViewOriginalText",
          "ViewExpandedText",
          "TableType",
          "Parameters",
          "TargetTable");
  private static final Set<String> DATABASE_INPUT =
      Set.of("Name", "Description", "LocationUri", "Parameters");
  private static final Set<String> REQUEST =
      Set.of(
          "CatalogId",
          "DatabaseName",
          "Name",
          "TableInput",
          "DatabaseInput",
          "SkipArchive",
          "VersionId",
          "NextToken",
          "MaxResults",
          "Expression",
          "ResourceShareType",
          "AttributesToGet");

  private final TreeMap<String, ObjectNode> databases = new TreeMap<>();
  private final TreeMap<String, ObjectNode> tables = new TreeMap<>();
  private int archived;

  /** A server in front of a new one. */
  public JsonServiceServer serve() {
    return JsonServiceServer.start("glue", this);
  }

  /** Versions that an update kept. */
  public synchronized int archived() {
    return archived;
  }

  /** What it knows of a table. */
  public synchronized JsonNode table(String database, String name) {
    return tables.get(database + "/" + name).deepCopy();
  }

  @Override
  public synchronized Reply answer(String operation, byte[] body) throws IOException {
    JsonNode request = JSON.readTree(body);
    Reply unknown = unknown(request, REQUEST);
    if (unknown == null) {
      unknown = unknown(request.path("TableInput"), TABLE_INPUT);
    }
    if (unknown == null) {
      unknown = unknown(request.path("DatabaseInput"), DATABASE_INPUT);
    }
    return unknown != null ? unknown : known(operation, request);
  }

  private Reply known(String operation, JsonNode request) {
    String name = request.path("Name").asText();
    String key = request.path("DatabaseName").asText() + "/" + name;
    return switch (operation) {
      case "GetDatabase" ->
          databases.containsKey(name) ? found("Database", databases.get(name)) : missing();
      case "GetDatabases" -> page(databases, "DatabaseList", request);
      case "CreateDatabase" -> createDatabase(request.path("DatabaseInput"));
      case "UpdateDatabase" -> {
        if (!databases.containsKey(name)) {
          yield missing();
        }
        databases.put(name, request.path("DatabaseInput").deepCopy());
        yield done();
      }
      case "DeleteDatabase" -> {
        tables.keySet().removeIf(table -> table.startsWith(name + "/"));
        yield databases.remove(name) == null ? missing() : done();
      }
      case "GetTable" -> tables.containsKey(key) ? found("Table", tables.get(key)) : missing();
      case "GetTables" -> {
        String database = request.path("DatabaseName").asText();
        yield databases.containsKey(database)
            ? page(
                new TreeMap<>(tables.subMap(database + "/", database + "0")), "TableList", request)
            : missing();
      }
      case "CreateTable" -> createTable(request);
      case "UpdateTable" -> updateTable(request);
      case "DeleteTable" -> tables.remove(key) == null ? missing() : done();
      default -> Reply.error(400, "UnknownOperationException", operation);
    };
  }

  private Reply createDatabase(JsonNode input) {
    boolean there = databases.putIfAbsent(input.path("Name").asText(), input.deepCopy()) != null;
    return there ? alreadyThere() : done();
  }

  private Reply createTable(JsonNode request) {
    String database = request.path("DatabaseName").asText();
    JsonNode input = request.path("TableInput");
    if (!databases.containsKey(database)) {
      return missing();
    }
    ObjectNode table = input.deepCopy();
    table.put("DatabaseName", database).put("VersionId", "0").put("CreatedBy", "somebody");
    String key = database + "/" + input.path("Name").asText();
    return tables.putIfAbsent(key, table) == null ? done() : alreadyThere();
  }

  private Reply updateTable(JsonNode request) {
    String database = request.path("DatabaseName").asText();
    JsonNode input = request.path("TableInput");
    String key = database + "/" + input.path("Name").asText();
    ObjectNode there = tables.get(key);
    if (there == null) {
      return missing();
    }
    String version = there.path("VersionId").asText();
    if (request.has("VersionId") && !request.path("VersionId").asText().equals(version)) {
      return Reply.error(
          400,
          "ConcurrentModificationException",
          "Update table failed due to concurrent modifications.");
    }
    archived += request.path("SkipArchive").asBoolean() ? 0 : 1;
    ObjectNode table = input.deepCopy();
    table.put("DatabaseName", database);
    table.put("VersionId", String.valueOf(Long.parseLong(version) + 1));
    tables.put(key, table);
    return done();
  }

  /** Pages of two entries; a token names the last entry of the page before. */
  private static Reply page(TreeMap<String, ObjectNode> all, String list, JsonNode request) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode entries = answer.putArray(list);
    String after = request.path("NextToken").asText("");
    for (String key : after.isEmpty() ? all.keySet() : all.tailMap(after, false).keySet()) {
      if (entries.size() == Math.min(PAGE, request.path("MaxResults").asInt(PAGE))) {
        answer.put("NextToken", after);
        break;
      }
      entries.add(all.get(key));
      after = key;
    }
    return Reply.of(200, answer);
  }

  private static @Nullable Reply unknown(JsonNode members, Set<String> known) {
    for (var names = members.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        return Reply.error(400, "ValidationException", "unknown member " + name);
      }
    }
    return null;
  }

  private static Reply found(String member, JsonNode value) {
    ObjectNode answer = JSON.createObjectNode();
    answer.set(member, value);
    return Reply.of(200, answer);
  }

  private static Reply done() {
    return Reply.of(200, JSON.createObjectNode());
  }

  private static Reply missing() {
    return Reply.error(400, "EntityNotFoundException", "Entity Not Found");
  }

  private static Reply alreadyThere() {
    return Reply.error(400, "AlreadyExistsException", "exists already");
  }
}
