package dev.frazil.bridge;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.TablePointer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.RegisterTableRequest;
import org.apache.iceberg.rest.requests.ReportMetricsRequest;
import org.apache.iceberg.rest.responses.LoadTableResponse;

/** Tables, but for the commits to them ({@link TableCommits}). Thread-safe. */
final class TableEndpoints {
  private static final TablePointer.Kind TABLE = TablePointer.Kind.TABLE;

  private final DatabaseCatalog catalog;
  private final GuardedChange changes;
  private final Relations relations;
  private final Places places;

  TableEndpoints(DatabaseCatalog catalog, GuardedChange changes, Places places) {
    this.catalog = catalog;
    this.changes = changes;
    this.relations = new Relations(TABLE, changes);
    this.places = places;
  }

  RestAnswer list(RestRequest request) {
    return relations.list(catalog.snapshot(), request);
  }

  RestAnswer exists(RestRequest request) {
    relations.required(catalog.snapshot(), request.identifier());
    return RestAnswer.done();
  }

  /** Whether files go as well is for maintenance to decide, so a purge is a drop. */
  RestAnswer drop(RestRequest request) {
    request.flag("purgeRequested");
    return relations.drop(request);
  }

  RestAnswer rename(RestRequest request) {
    return relations.rename(request);
  }

  /** Read, and not kept: how others' scans went is theirs to know. */
  RestAnswer metrics(RestRequest request) {
    request.read(ReportMetricsRequest.class);
    return RestAnswer.done();
  }

  RestAnswer load(RestRequest request) {
    SnapshotMode mode =
        request.parameter("snapshots").map(TableEndpoints::mode).orElse(SnapshotMode.ALL);
    TableIdentifier identifier = request.identifier();
    TablePointer pointer = relations.required(catalog.snapshot(), identifier);
    String tag = TableTag.of(pointer.metadataLocation(), mode);
    if (TableTag.matches(request.ifNoneMatch(), tag)) {
      return RestAnswer.notModified(tag);
    }
    TableMetadata metadata = catalog.metadata(identifier, pointer);
    if (mode == SnapshotMode.REFS) {
      metadata =
          TableMetadata.buildFrom(metadata)
              .withMetadataLocation(metadata.metadataFileLocation())
              .suppressHistoricalSnapshots()
              .build();
    }
    return RestAnswer.tagged(LoadTableResponse.builder().withTableMetadata(metadata).build(), tag);
  }

  private static SnapshotMode mode(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "all" -> SnapshotMode.ALL;
      case "refs" -> SnapshotMode.REFS;
      default -> throw new BadRequestException("The parameter snapshots must be all or refs");
    };
  }

  /** The answer that carries a table as it is now. */
  static RestAnswer loaded(TableMetadata metadata) {
    return RestAnswer.tagged(
        LoadTableResponse.builder().withTableMetadata(metadata).build(),
        TableTag.of(Objects.requireNonNull(metadata.metadataFileLocation()), SnapshotMode.ALL));
  }

  RestAnswer create(RestRequest request) {
    CreateTableRequest body = request.read(CreateTableRequest.class);
    TableIdentifier identifier = RestNames.identifier(request.namespace(), body.name());
    if (body.stageCreate()) {
      DatabaseSnapshot now = catalog.snapshot();
      relations.requireFree(now, identifier);
      TableMetadata staged = created(identifier, body);
      // The client writes files before it commits; the root of a new database goes before them.
      catalog.prepareWrite();
      return RestAnswer.of(LoadTableResponse.builder().withTableMetadata(staged).build());
    }
    return changes.run(
        request.key(),
        List.of(identifier),
        GuardedChange.Plan.of(
            now -> {
              relations.requireFree(now, identifier);
              TableMetadata created = created(identifier, body);
              catalog.prepareWrite();
              TableMetadata written = catalog.writeMetadata(created, Map.of(), Set.of());
              TablePointer pointer =
                  new TablePointer(TABLE, written.metadataFileLocation(), written.uuid());
              return new GuardedChange.Planned<>(
                  List.of(new RootChange.CreateRelation(identifier, pointer)),
                  Map.of(identifier, written),
                  loaded(written));
            },
            now -> loaded(current(now, identifier))));
  }

  private TableMetadata created(TableIdentifier identifier, CreateTableRequest body) {
    String location = body.location();
    String place =
        location == null ? catalog.newTableLocation(identifier) : places.forNewTable(location);
    Map<String, String> properties = new HashMap<>();
    if (body.properties() != null) {
      properties.putAll(body.properties());
    }
    try {
      TableMetadata metadata =
          TableMetadata.newTableMetadata(
              body.schema(),
              body.spec() != null ? body.spec() : PartitionSpec.unpartitioned(),
              body.writeOrder() != null ? body.writeOrder() : SortOrder.unsorted(),
              place,
              properties);
      places.check(metadata, null);
      return metadata;
    } catch (IllegalArgumentException e) {
      throw RefusedRequest.unfit(e);
    }
  }

  RestAnswer register(RestRequest request) {
    RegisterTableRequest body = request.read(RegisterTableRequest.class);
    TableIdentifier identifier = RestNames.identifier(request.namespace(), body.name());
    return changes.run(
        request.key(),
        List.of(identifier),
        GuardedChange.Plan.of(
            now -> registered(now, identifier, body), now -> loaded(current(now, identifier))));
  }

  /** A table has one name only: two would be written apart. */
  private GuardedChange.Planned<RestAnswer> registered(
      DatabaseSnapshot now, TableIdentifier identifier, RegisterTableRequest body) {
    boolean replaces = body.overwrite() && now.root().table(identifier).isPresent();
    if (!replaces) {
      relations.requireFree(now, identifier);
    }
    TableMetadata metadata =
        catalog.metadata(identifier, new TablePointer(TABLE, body.metadataLocation(), ""));
    places.check(metadata, null);
    TablePointer pointer =
        new TablePointer(TABLE, metadata.metadataFileLocation(), metadata.uuid());
    RootChange change;
    if (replaces) {
      TablePointer before = relations.required(now, identifier);
      change = new RootChange.ReplaceRelation(identifier, before.metadataLocation(), pointer);
      if (before.uuid().equals(pointer.uuid())) {
        return new GuardedChange.Planned<>(
            List.of(change), Map.of(identifier, metadata), loaded(metadata));
      }
    } else {
      change = new RootChange.CreateRelation(identifier, pointer);
    }
    now.root().relations().entrySet().stream()
        .filter(there -> there.getValue().uuid().equals(pointer.uuid()))
        .findFirst()
        .ifPresent(
            there -> {
              throw new AlreadyExistsException(
                  "The table at %s already exists: it has the name %s",
                  metadata.location(), there.getKey());
            });
    return new GuardedChange.Planned<>(
        List.of(new RootChange.Unnamed(pointer.uuid()), change),
        Map.of(identifier, metadata),
        loaded(metadata));
  }

  private TableMetadata current(DatabaseSnapshot now, TableIdentifier identifier) {
    return catalog.metadata(identifier, relations.required(now, identifier));
  }
}
