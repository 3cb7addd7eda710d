package dev.frazil.catalog.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.catalog.PointerChange;
import dev.frazil.catalog.StoredPointer;
import dev.frazil.catalog.SwapOutcome;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.AwsJsonService;
import dev.frazil.storage.ServiceAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * One attempt to change one thing in Glue. New metadata is set on condition of the version that was
 * looked at right before; what Glue has no condition for (to drop a table or a schema, to change a
 * schema's properties) is only looked at before. Thread-safe.
 */
final class GlueSwap {
  /** What an update would otherwise take away. */
  private static final List<String> KEPT =
      List.of("Description", "Owner", "Retention", "PartitionKeys", "StorageDescriptor");

  private static final String OUTSIDE = "EXTERNAL_TABLE";

  private final GlueRequests requests;
  private volatile Function<String, TableMetadata> files =
      location -> {
        throw EngineException.internal("metadata files for " + location);
      };

  GlueSwap(GlueRequests requests) {
    this.requests = requests;
  }

  void tellMetadata(Function<String, TableMetadata> metadataFiles) {
    files = metadataFiles;
  }

  SwapOutcome make(PointerChange change) {
    if (change instanceof PointerChange.Create create) {
      return create(create);
    } else if (change instanceof PointerChange.Replace replace) {
      return replace(replace);
    } else if (change instanceof PointerChange.Drop drop) {
      return drop(drop);
    } else if (change instanceof PointerChange.CreateNamespace create) {
      ObjectNode request = requests.request();
      request.set("DatabaseInput", GluePointers.database(create.namespace(), create.properties()));
      return send("CreateDatabase", request);
    } else if (change instanceof PointerChange.DropNamespace drop) {
      return drop(drop.namespace());
    } else if (change instanceof PointerChange.ReplaceProperties replace) {
      return replace(replace);
    }
    throw EngineException.internal("a change of a Glue catalog: " + change);
  }

  // ---- tables

  private SwapOutcome create(PointerChange.Create change) {
    TableIdentifier identifier = change.identifier();
    ObjectNode input = AwsJsonService.request().put("Name", GlueNames.table(identifier));
    fill(input, change.pointer());
    ObjectNode request =
        requests.request().put("DatabaseName", GlueNames.database(identifier.namespace()));
    request.set("TableInput", input);
    SwapOutcome outcome = send("CreateTable", request);
    if (outcome instanceof SwapOutcome.Refused) {
      boolean stranger =
          there(identifier).map(table -> GluePointers.pointer(table).isEmpty()).orElse(false);
      if (stranger) {
        throw new EngineException(
            SqlState.DUPLICATE_TABLE,
            requests.target()
                + " has a table "
                + identifier
                + " that is not Iceberg's: choose another name");
      }
    }
    return outcome;
  }

  private SwapOutcome replace(PointerChange.Replace change) {
    TableIdentifier identifier = change.identifier();
    JsonNode there = there(identifier).orElse(null);
    if (there == null || !location(there).equals(change.expected())) {
      return moved(identifier);
    }
    ObjectNode input = AwsJsonService.request().put("Name", identifier.name());
    for (String kept : KEPT) {
      if (there.hasNonNull(kept)) {
        input.set(kept, there.get(kept).deepCopy());
      }
    }
    ObjectNode parameters = input.putObject("Parameters");
    there
        .path("Parameters")
        .properties()
        .forEach(field -> parameters.set(field.getKey(), field.getValue()));
    parameters.put(GluePointers.PREVIOUS_METADATA_LOCATION, change.expected());
    fill(input, change.pointer());
    ObjectNode request =
        requests
            .request()
            .put("DatabaseName", identifier.namespace().level(0))
            .put("SkipArchive", true)
            .put("VersionId", there.path("VersionId").asText());
    request.set("TableInput", input);
    return send("UpdateTable", request);
  }

  private void fill(ObjectNode input, StoredPointer pointer) {
    TableMetadata metadata = files.apply(pointer.metadataLocation());
    input.put("TableType", OUTSIDE);
    String comment = metadata.properties().get("comment");
    if (comment != null) {
      input.put("Description", comment);
    }
    input
        .withObject("/Parameters")
        .put(GluePointers.TABLE_TYPE, "ICEBERG")
        .put(GluePointers.METADATA_LOCATION, pointer.metadataLocation());
    ObjectNode storage = input.withObject("/StorageDescriptor");
    storage.put("Location", metadata.location());
    storage.set("Columns", GlueColumns.of(metadata));
  }

  private SwapOutcome drop(PointerChange.Drop change) {
    TableIdentifier identifier = change.identifier();
    boolean same =
        there(identifier)
            .map(table -> location(table).equals(change.expected().metadataLocation()))
            .orElse(false);
    if (!same) {
      return moved(identifier);
    }
    return send(
        "DeleteTable",
        requests
            .request()
            .put("DatabaseName", identifier.namespace().level(0))
            .put("Name", identifier.name()));
  }

  private Optional<JsonNode> there(TableIdentifier identifier) {
    return requests.table(GlueNames.database(identifier.namespace()), identifier.name());
  }

  private static String location(JsonNode table) {
    return GluePointers.pointer(table).map(StoredPointer::metadataLocation).orElse("");
  }

  private static SwapOutcome moved(TableIdentifier identifier) {
    return new SwapOutcome.Refused("another commit changed or dropped " + identifier);
  }

  // ---- schemas

  /** Glue would take the tables away with their database, also those that are not Iceberg's. */
  private SwapOutcome drop(Namespace namespace) {
    String name = GlueNames.database(namespace);
    if (requests.hasTables(name)) {
      throw new EngineException(
          SqlState.DEPENDENT_OBJECTS_EXIST,
          "the schema "
              + namespace
              + " holds tables of "
              + requests.target()
              + ", perhaps some that are not Iceberg's: drop them first");
    }
    return send("DeleteDatabase", requests.request().put("Name", name));
  }

  private SwapOutcome replace(PointerChange.ReplaceProperties change) {
    String name = GlueNames.database(change.namespace());
    Map<String, String> there = requests.database(name).map(GluePointers::properties).orElse(null);
    if (there == null || !there.equals(change.expected())) {
      return new SwapOutcome.Refused("the schema " + name + " was changed or dropped");
    }
    ObjectNode request = requests.request().put("Name", name);
    request.set("DatabaseInput", GluePointers.database(change.namespace(), change.properties()));
    return send("UpdateDatabase", request);
  }

  // ---- answers

  private SwapOutcome send(String operation, ObjectNode request) {
    ServiceAnswer answer = requests.change(operation, request);
    if (answer instanceof ServiceAnswer.Done) {
      return new SwapOutcome.Landed();
    }
    if (answer instanceof ServiceAnswer.Unclear unclear) {
      return new SwapOutcome.Unsettled(unclear.cause());
    }
    ServiceAnswer.Refused refused = (ServiceAnswer.Refused) answer;
    RuntimeException failure = requests.failure(operation, refused);
    return switch (refused.code()) {
      case "ConcurrentModificationException",
          "VersionMismatchException",
          "AlreadyExistsException",
          GlueRequests.NOT_FOUND ->
          new SwapOutcome.Refused(refused.code() + ": " + refused.message());
      case "ResourceNotReadyException" -> new SwapOutcome.Busy(failure);
      case "OperationTimeoutException", "InternalServiceException" ->
          new SwapOutcome.Unsettled(failure);
      default -> {
        if (refused.isThrottled()) {
          yield new SwapOutcome.Busy(failure);
        }
        throw failure;
      }
    };
  }
}
