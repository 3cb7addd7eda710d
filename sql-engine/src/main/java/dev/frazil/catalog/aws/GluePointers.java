package dev.frazil.catalog.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.catalog.OnDemandMap;
import dev.frazil.catalog.PointerChange;
import dev.frazil.catalog.PointerStore;
import dev.frazil.catalog.PointerView;
import dev.frazil.catalog.StoredPointer;
import dev.frazil.catalog.SwapOutcome;
import dev.frazil.catalog.TablePointer;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.error.EngineException;
import dev.frazil.storage.AwsJsonService;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The tables of Iceberg in the Data Catalog of AWS Glue, as Iceberg's GlueCatalog keeps them:
 * databases are schemas, and the parameter {@code metadata_location} is the pointer, swapped on
 * condition of the version of the table ({@code UpdateTable} with {@code VersionId}). Glue changes
 * one table at a time, and gives it no other name. Thread-safe.
 */
public final class GluePointers implements PointerStore {
  static final String TABLE_TYPE = "table_type";
  static final String METADATA_LOCATION = "metadata_location";
  static final String PREVIOUS_METADATA_LOCATION = "previous_metadata_location";
  private static final String COMMENT = "comment";
  private static final String LOCATION = "location";

  private final GlueRequests requests;
  private final GlueSwap swap;

  GluePointers(AwsJsonService service, @Nullable String catalogId) {
    this.requests = new GlueRequests(service, catalogId);
    this.swap = new GlueSwap(requests);
  }

  /** The catalog of a connection; sends no request yet. */
  public static GluePointers open(
      ConnectionConfig config, @Nullable String catalogId, TimeSource time, Ids ids) {
    String endpoint = config.text(ConnectionProperty.CATALOG_ENDPOINT).orElse(null);
    return new GluePointers(
        new AwsJsonService(config, AwsJsonService.Protocol.GLUE, endpoint, time, ids), catalogId);
  }

  @Override
  public String description() {
    return "the catalog in " + requests.target();
  }

  @Override
  public void tellMetadata(Function<String, TableMetadata> files) {
    swap.tellMetadata(files);
  }

  /** Every name is asked for when it is needed: an account may hold ten thousand tables. */
  @Override
  public PointerView view() {
    return new PointerView(
        new OnDemandMap<>(this::namespace, this::namespaces),
        new OnDemandMap<>(this::relation, this::relations));
  }

  private Optional<Map<String, String>> namespace(Namespace namespace) {
    return GlueNames.isValid(namespace)
        ? requests.database(namespace.level(0)).map(GluePointers::properties)
        : Optional.empty();
  }

  private Map<Namespace, Map<String, String>> namespaces() {
    Map<Namespace, Map<String, String>> found = new HashMap<>();
    for (JsonNode database : requests.databases()) {
      found.put(Namespace.of(database.path("Name").asText()), properties(database));
    }
    return found;
  }

  private Optional<StoredPointer> relation(TableIdentifier identifier) {
    return GlueNames.isValid(identifier)
        ? requests
            .table(identifier.namespace().level(0), identifier.name())
            .flatMap(GluePointers::pointer)
        : Optional.empty();
  }

  private Map<TableIdentifier, StoredPointer> relations() {
    Map<TableIdentifier, StoredPointer> found = new HashMap<>();
    for (JsonNode database : requests.databases()) {
      String name = database.path("Name").asText();
      for (JsonNode table : requests.tables(name)) {
        pointer(table)
            .ifPresent(
                pointer ->
                    found.put(TableIdentifier.of(name, table.path("Name").asText()), pointer));
      }
    }
    return found;
  }

  /** Empty for a table of another kind than Iceberg's. */
  static Optional<StoredPointer> pointer(JsonNode table) {
    JsonNode parameters = table.path("Parameters");
    String location = parameters.path(METADATA_LOCATION).asText("");
    boolean iceberg = parameters.path(TABLE_TYPE).asText("").equalsIgnoreCase("iceberg");
    return iceberg && !location.isEmpty()
        ? Optional.of(new StoredPointer(TablePointer.Kind.TABLE, location))
        : Optional.empty();
  }

  /** The parameters of a database; its description and location by the names that Iceberg uses. */
  static Map<String, String> properties(JsonNode database) {
    Map<String, String> properties = new HashMap<>();
    database
        .path("Parameters")
        .properties()
        .forEach(field -> properties.put(field.getKey(), field.getValue().asText()));
    if (database.hasNonNull("Description")) {
      properties.put(COMMENT, database.path("Description").asText());
    }
    if (database.hasNonNull("LocationUri")) {
      properties.put(LOCATION, database.path("LocationUri").asText());
    }
    return Map.copyOf(properties);
  }

  /** The same back. */
  static ObjectNode database(Namespace namespace, Map<String, String> properties) {
    ObjectNode database = AwsJsonService.request().put("Name", GlueNames.database(namespace));
    ObjectNode parameters = database.putObject("Parameters");
    properties.forEach(
        (name, value) -> {
          if (name.equals(COMMENT)) {
            database.put("Description", value);
          } else if (name.equals(LOCATION)) {
            database.put("LocationUri", value);
          } else {
            parameters.put(name, value);
          }
        });
    return database;
  }

  @Override
  public SwapOutcome swap(List<PointerChange> changes) {
    if (changes.size() != 1) {
      throw EngineException.internal("several changes for " + description());
    }
    try {
      return swap.make(changes.get(0));
    } catch (EngineException e) {
      if (e.isPassing()) {
        return new SwapOutcome.Busy(e); // the look before the deed failed, or it never left
      }
      throw e;
    }
  }

  @Override
  public int changesTogether() {
    return 1;
  }

  /**
   * Iceberg's GlueCatalog makes a second name and drops the first: in between, two writers fork.
   */
  @Override
  public boolean renames() {
    return false;
  }

  /** Nor has Iceberg's GlueCatalog any. */
  @Override
  public boolean holdsViews() {
    return false;
  }

  @Override
  public void requireName(TableIdentifier identifier) {
    GlueNames.table(identifier);
  }

  @Override
  public void prepareWrite() {}

  @Override
  public void close() {
    requests.close();
  }
}
