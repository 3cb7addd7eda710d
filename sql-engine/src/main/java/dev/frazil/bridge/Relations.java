package dev.frazil.bridge;

import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.TablePointer;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.rest.requests.RenameTableRequest;
import org.apache.iceberg.rest.responses.ListTablesResponse;

/** What is the same for tables and views: both share one space of names. */
final class Relations {
  private final TablePointer.Kind kind;
  private final GuardedChange changes;

  Relations(TablePointer.Kind kind, GuardedChange changes) {
    this.kind = kind;
    this.changes = changes;
  }

  RestAnswer list(DatabaseSnapshot now, RestRequest request) {
    Namespace namespace = request.namespace();
    NamespaceEndpoints.required(now.root(), namespace);
    List<TableIdentifier> found =
        now.root().relations().entrySet().stream()
            .filter(entry -> entry.getValue().kind() == kind)
            .map(entry -> entry.getKey())
            .filter(identifier -> identifier.namespace().equals(namespace))
            .toList();
    Page<TableIdentifier> page = Page.of(found, TableIdentifier::name, request);
    return RestAnswer.of(
        ListTablesResponse.builder().addAll(page.items()).nextPageToken(page.nextToken()).build());
  }

  /** The pointer of a name; 404 where it has none of this kind. */
  TablePointer required(DatabaseSnapshot now, TableIdentifier identifier) {
    Optional<TablePointer> pointer = now.root().pointer(identifier);
    if (pointer.isEmpty() || pointer.get().kind() != kind) {
      throw kind == TablePointer.Kind.VIEW
          ? new NoSuchViewException("View does not exist: %s", identifier)
          : new NoSuchTableException("Table does not exist: %s", identifier);
    }
    return pointer.get();
  }

  /** 404 where the namespace is missing, 409 where a table or a view has the name. */
  void requireFree(DatabaseSnapshot now, TableIdentifier identifier) {
    if (!now.root().namespaces().containsKey(identifier.namespace())) {
      throw new NoSuchNamespaceException(
          "Cannot create %s %s. Namespace does not exist: %s",
          kind.label(), identifier, identifier.namespace());
    }
    now.root()
        .pointer(identifier)
        .ifPresent(
            taken -> {
              throw new AlreadyExistsException(
                  taken.kind() == kind
                      ? "%s already exists: %s"
                      : "%s with same name already exists: %s",
                  label(taken.kind()),
                  identifier);
            });
  }

  private static String label(TablePointer.Kind kind) {
    return kind == TablePointer.Kind.VIEW ? "View" : "Table";
  }

  RestAnswer drop(RestRequest request) {
    TableIdentifier identifier = request.identifier();
    return changes.run(
        request.key(),
        List.of(),
        GuardedChange.Plan.silent(
            now ->
                List.of(
                    new RootChange.DropRelation(identifier, required(now, identifier).uuid()))));
  }

  RestAnswer rename(RestRequest request) {
    RenameTableRequest body = request.read(RenameTableRequest.class);
    TableIdentifier from = RestNames.checked(body.source());
    TableIdentifier to = RestNames.checked(body.destination());
    return changes.run(
        request.key(), List.of(), GuardedChange.Plan.silent(now -> renamed(now, from, to)));
  }

  private List<RootChange> renamed(DatabaseSnapshot now, TableIdentifier from, TableIdentifier to) {
    DatabaseRoot root = now.root();
    if (!root.namespaces().containsKey(to.namespace())) {
      throw new NoSuchNamespaceException(
          "Cannot rename %s to %s. Namespace does not exist: %s", from, to, to.namespace());
    }
    Optional<TablePointer> pointer = root.pointer(from).filter(found -> found.kind() == kind);
    if (pointer.isEmpty()) {
      String message =
          String.format("Cannot rename %s to %s. %s does not exist", from, to, label(kind));
      throw kind == TablePointer.Kind.VIEW
          ? new NoSuchViewException("%s", message)
          : new NoSuchTableException("%s", message);
    }
    if (from.equals(to)) {
      return List.of();
    }
    root.pointer(to)
        .ifPresent(
            taken -> {
              throw new AlreadyExistsException(
                  "Cannot rename %s to %s. %s already exists", from, to, label(taken.kind()));
            });
    return List.of(
        // A commit to the table since must not be renamed away.
        new RootChange.Unmoved(from, pointer.get().metadataLocation()),
        new RootChange.DropRelation(from, pointer.get().uuid()),
        new RootChange.CreateRelation(to, pointer.get()));
  }
}
