package dev.frazil.bridge;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.TablePointer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.rest.requests.CreateViewRequest;
import org.apache.iceberg.rest.requests.RegisterViewRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ImmutableLoadViewResponse;
import org.apache.iceberg.view.SQLViewRepresentation;
import org.apache.iceberg.view.ViewMetadata;

/** Views. Thread-safe. */
final class ViewEndpoints {
  private static final TablePointer.Kind VIEW = TablePointer.Kind.VIEW;

  private final DatabaseCatalog catalog;
  private final GuardedChange changes;
  private final Relations relations;
  private final Places places;

  ViewEndpoints(DatabaseCatalog catalog, GuardedChange changes, Places places) {
    this.catalog = catalog;
    this.changes = changes;
    this.relations = new Relations(VIEW, changes);
    this.places = places;
  }

  RestAnswer list(RestRequest request) {
    return relations.list(catalog.snapshot(), request);
  }

  RestAnswer exists(RestRequest request) {
    relations.required(catalog.snapshot(), request.identifier());
    return RestAnswer.done();
  }

  RestAnswer drop(RestRequest request) {
    return relations.drop(request);
  }

  RestAnswer rename(RestRequest request) {
    return relations.rename(request);
  }

  RestAnswer load(RestRequest request) {
    return loaded(current(catalog.snapshot(), request.identifier()));
  }

  private ViewMetadata current(DatabaseSnapshot now, TableIdentifier identifier) {
    return catalog.viewMetadata(identifier, relations.required(now, identifier));
  }

  private static RestAnswer loaded(ViewMetadata metadata) {
    return RestAnswer.of(
        ImmutableLoadViewResponse.builder()
            .metadata(metadata)
            .metadataLocation(metadata.metadataFileLocation())
            .build());
  }

  RestAnswer create(RestRequest request) {
    CreateViewRequest body = request.read(CreateViewRequest.class);
    TableIdentifier identifier = RestNames.identifier(request.namespace(), body.name());
    if (!body.viewVersion().representations().stream()
        .allMatch(SQLViewRepresentation.class::isInstance)) {
      throw new BadRequestException("A view needs representations in SQL, and no others");
    }
    return changes.run(
        request.key(),
        List.of(),
        GuardedChange.Plan.of(
            now -> {
              relations.requireFree(now, identifier);
              ViewMetadata metadata = created(identifier, body);
              catalog.prepareWrite();
              ViewMetadata written = catalog.writeViewMetadata(metadata, null);
              return GuardedChange.Planned.of(
                  List.of(new RootChange.CreateRelation(identifier, pointer(written))),
                  loaded(written));
            },
            now -> loaded(current(now, identifier))));
  }

  private ViewMetadata created(TableIdentifier identifier, CreateViewRequest body) {
    String location = body.location();
    String place =
        location == null ? catalog.newTableLocation(identifier) : places.forView(location);
    try {
      ViewMetadata metadata =
          ViewMetadata.builder()
              .setLocation(place)
              .setProperties(body.properties() == null ? Map.of() : body.properties())
              .setCurrentVersion(body.viewVersion(), body.schema())
              .build();
      places.check(metadata);
      return metadata;
    } catch (IllegalArgumentException | IllegalStateException | NullPointerException e) {
      throw RefusedRequest.unfit(e);
    }
  }

  RestAnswer register(RestRequest request) {
    RegisterViewRequest body = request.read(RegisterViewRequest.class);
    TableIdentifier identifier = RestNames.identifier(request.namespace(), body.name());
    return changes.run(
        request.key(),
        List.of(),
        GuardedChange.Plan.of(
            now -> {
              relations.requireFree(now, identifier);
              ViewMetadata metadata =
                  catalog.viewMetadata(
                      identifier, new TablePointer(VIEW, body.metadataLocation(), ""));
              places.check(metadata);
              return GuardedChange.Planned.of(
                  List.of(
                      new RootChange.Unnamed(metadata.uuid()),
                      new RootChange.CreateRelation(identifier, pointer(metadata))),
                  loaded(metadata));
            },
            now -> loaded(current(now, identifier))));
  }

  RestAnswer update(RestRequest request) {
    UpdateTableRequest body = request.read(UpdateTableRequest.class);
    TableIdentifier identifier = request.identifier();
    return changes.run(
        request.key(),
        List.of(),
        GuardedChange.Plan.of(
            now -> updated(now, identifier, body), now -> loaded(current(now, identifier))));
  }

  private GuardedChange.Planned<RestAnswer> updated(
      DatabaseSnapshot now, TableIdentifier identifier, UpdateTableRequest body) {
    ViewMetadata base = current(now, identifier);
    for (UpdateRequirement requirement : body.requirements()) {
      requirement.validate(base);
    }
    ViewMetadata updated;
    try {
      ViewMetadata.Builder builder = ViewMetadata.buildFrom(base);
      body.updates().forEach(update -> update.applyTo(builder));
      updated = builder.build();
    } catch (ValidationException e) {
      throw e;
    } catch (RuntimeException e) {
      throw RefusedRequest.unfit(e);
    }
    if (updated.changes().isEmpty()) {
      return GuardedChange.Planned.nothing(loaded(base));
    }
    places.check(updated);
    catalog.prepareWrite();
    ViewMetadata written = catalog.writeViewMetadata(updated, base.metadataFileLocation());
    return GuardedChange.Planned.of(
        List.of(
            new RootChange.ReplaceRelation(
                identifier, Objects.requireNonNull(base.metadataFileLocation()), pointer(written))),
        loaded(written));
  }

  private static TablePointer pointer(ViewMetadata metadata) {
    return new TablePointer(
        VIEW, Objects.requireNonNull(metadata.metadataFileLocation()), metadata.uuid());
  }
}
