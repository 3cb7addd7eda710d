package dev.frazil.catalog.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.storage.AwsJsonService;
import dev.frazil.storage.ServiceAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of a Data Catalog of AWS Glue. Thread-safe. */
final class GlueRequests {
  static final String NOT_FOUND = "EntityNotFoundException";

  private final AwsJsonService service;
  private final @Nullable String catalogId;

  /**
   * @param catalogId the account whose catalog it is; null for that of the credentials
   */
  GlueRequests(AwsJsonService service, @Nullable String catalogId) {
    this.service = service;
    this.catalogId = catalogId;
  }

  String target() {
    return service.target() + (catalogId == null ? "" : " of the account " + catalogId);
  }

  /** An empty request to this catalog. */
  ObjectNode request() {
    ObjectNode request = AwsJsonService.request();
    return catalogId == null ? request : request.put("CatalogId", catalogId);
  }

  Optional<JsonNode> database(String name) {
    return find("GetDatabase", request().put("Name", name)).map(found -> found.path("Database"));
  }

  Optional<JsonNode> table(String database, String name) {
    return find("GetTable", request().put("DatabaseName", database).put("Name", name))
        .map(found -> found.path("Table"));
  }

  List<JsonNode> databases() {
    return pages("GetDatabases", request(), "DatabaseList");
  }

  /** All tables of a database, those that are not Iceberg's included. */
  List<JsonNode> tables(String database) {
    return pages("GetTables", request().put("DatabaseName", database), "TableList");
  }

  /** Whether any table at all is there. */
  boolean hasTables(String database) {
    ObjectNode request = request().put("DatabaseName", database).put("MaxResults", 1);
    // A page may be empty before the last one.
    return !pages("GetTables", request, "TableList").isEmpty();
  }

  /** Sends a change, once. */
  ServiceAnswer change(String operation, ObjectNode request) {
    return service.send(operation, request);
  }

  RuntimeException failure(String operation, ServiceAnswer.Refused refused) {
    return service.failure(operation, refused);
  }

  private Optional<JsonNode> find(String operation, ObjectNode request) {
    ServiceAnswer answer = service.read(operation, request);
    if (answer instanceof ServiceAnswer.Refused refused && refused.code().equals(NOT_FOUND)) {
      return Optional.empty();
    }
    return Optional.of(done(operation, answer));
  }

  private List<JsonNode> pages(String operation, ObjectNode request, String list) {
    List<JsonNode> entries = new ArrayList<>();
    while (true) {
      ServiceAnswer answer = service.read(operation, request);
      if (answer instanceof ServiceAnswer.Refused refused && refused.code().equals(NOT_FOUND)) {
        return entries; // dropped since it was listed
      }
      JsonNode page = done(operation, answer);
      page.path(list).forEach(entries::add);
      String next = page.path("NextToken").asText("");
      if (next.isEmpty()) {
        return entries;
      }
      request.put("NextToken", next);
    }
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

  void close() {
    service.close();
  }
}
