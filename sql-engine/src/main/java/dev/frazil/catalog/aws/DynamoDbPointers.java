package dev.frazil.catalog.aws;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.frazil.storage.RetryPolicy;
import dev.frazil.storage.ServiceAnswer;
import dev.frazil.storage.TimeSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The catalog in a table of DynamoDB, laid out as Iceberg's DynamoDbCatalog has it, so that both
 * see and change the same tables: an item for each table and each namespace, whose attribute {@code
 * v} every writer changes and Iceberg's checks. All changes of a swap are one {@code
 * TransactWriteItems}, whose conditions are the expected metadata locations. Thread-safe.
 */
public final class DynamoDbPointers implements PointerStore {
  private static final int CREATION_ATTEMPTS = 60;

  private final AwsJsonService service;
  private final DynamoDbTable table;
  private final DynamoDbView view;
  private final TimeSource time;
  private final Ids ids;
  private boolean prepared;

  /**
   * @param name of the table of DynamoDB; made by the first write if it is not there
   */
  public DynamoDbPointers(AwsJsonService service, String name, TimeSource time, Ids ids) {
    this.service = service;
    this.time = time;
    this.ids = ids;
    this.table =
        new DynamoDbTable(service, name, new RetryPolicy(CREATION_ATTEMPTS, 50, 1_000, time, ids));
    this.view = new DynamoDbView(table);
  }

  /** The catalog of a connection; sends no request yet. */
  public static DynamoDbPointers open(
      ConnectionConfig config, String name, TimeSource time, Ids ids) {
    String endpoint = config.text(ConnectionProperty.CATALOG_ENDPOINT).orElse(null);
    return new DynamoDbPointers(
        new AwsJsonService(config, AwsJsonService.Protocol.DYNAMO_DB, endpoint, time, ids),
        name,
        time,
        ids);
  }

  @Override
  public String description() {
    return "the catalog in " + table.target();
  }

  @Override
  public PointerView view() {
    Map<Namespace, Map<String, String>> namespaces = new HashMap<>();
    Map<TableIdentifier, StoredPointer> relations = new HashMap<>();
    for (DynamoDbItem item : view.read().orElse(Map.of()).values()) {
      item.key().asNamespace().ifPresent(found -> namespaces.put(found, item.properties()));
      String location = item.metadataLocation();
      if (location != null) {
        item.key()
            .asTable()
            .ifPresent(
                found ->
                    relations.put(found, new StoredPointer(TablePointer.Kind.TABLE, location)));
      }
    }
    // Iceberg lets a namespace be dropped beside a table that is made in it.
    relations.keySet().forEach(found -> namespaces.putIfAbsent(found.namespace(), Map.of()));
    return new PointerView(namespaces, relations);
  }

  @Override
  public SwapOutcome swap(List<PointerChange> changes) {
    DynamoDbTransaction transaction =
        new DynamoDbTransaction(table, view, ids.uuid().toString(), time.nowMillis());
    for (PointerChange change : changes) {
      String refusal = transaction.add(change);
      if (refusal != null) {
        return new SwapOutcome.Refused(refusal);
      }
    }
    String incomplete = transaction.complete();
    if (incomplete != null) {
      return new SwapOutcome.Refused(incomplete);
    }
    ServiceAnswer answer;
    try {
      answer = table.transact(transaction.items(), ids.uuid().toString());
    } catch (EngineException e) {
      if (e.isPassing()) {
        return new SwapOutcome.Busy(e);
      }
      throw e;
    }
    if (answer instanceof ServiceAnswer.Done) {
      return new SwapOutcome.Landed();
    }
    return answer instanceof ServiceAnswer.Refused refused
        ? refusal(refused)
        : new SwapOutcome.Unsettled(((ServiceAnswer.Unclear) answer).cause());
  }

  private SwapOutcome refusal(ServiceAnswer.Refused refused) {
    if (refused.isThrottled()) {
      return new SwapOutcome.Busy(table.failure(refused));
    }
    switch (refused.code()) {
      case "TransactionInProgressException" -> {
        // The same request, which a proxy has sent before, is still at work.
        return new SwapOutcome.Unsettled(table.failure(refused));
      }
      case "TransactionCanceledException" -> {
        Set<String> reasons = new HashSet<>();
        for (JsonNode reason : refused.body().path("CancellationReasons")) {
          reasons.add(reason.path("Code").asText("None"));
        }
        reasons.remove("None");
        if (reasons.contains("ConditionalCheckFailed")) {
          return new SwapOutcome.Refused(refused.message());
        }
        boolean passes =
            !reasons.isEmpty()
                && Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded")
                    .containsAll(reasons);
        if (passes) {
          return new SwapOutcome.Busy(table.failure(refused));
        }
        throw table.failure(refused);
      }
      default -> throw table.failure(refused);
    }
  }

  @Override
  public int changesTogether() {
    return DynamoDbTable.MAX_TOGETHER;
  }

  @Override
  public boolean renames() {
    return true;
  }

  /** Iceberg's DynamoDbCatalog has no views, and would take one for a table. */
  @Override
  public boolean holdsViews() {
    return false;
  }

  @Override
  public void requireName(TableIdentifier identifier) {
    DynamoDbKey.of(identifier);
  }

  @Override
  public synchronized void prepareWrite() {
    if (!prepared) {
      table.createIfAbsent();
      prepared = true;
    }
  }

  @Override
  public void close() {
    service.close();
  }
}
