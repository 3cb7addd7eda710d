package dev.frazil.bridge;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.RootChange;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.UnprocessableEntityException;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.UpdateNamespacePropertiesRequest;
import org.apache.iceberg.rest.responses.CreateNamespaceResponse;
import org.apache.iceberg.rest.responses.GetNamespaceResponse;
import org.apache.iceberg.rest.responses.ListNamespacesResponse;
import org.apache.iceberg.rest.responses.UpdateNamespacePropertiesResponse;

/** Namespaces: the schemas of the database. Thread-safe. */
final class NamespaceEndpoints {
  private final DatabaseCatalog catalog;
  private final GuardedChange changes;

  NamespaceEndpoints(DatabaseCatalog catalog, GuardedChange changes) {
    this.catalog = catalog;
    this.changes = changes;
  }

  RestAnswer list(RestRequest request) {
    Namespace parent =
        request
            .parameter("parent")
            .filter(text -> !text.isEmpty())
            .map(RestNames::levels)
            .orElse(Namespace.empty());
    DatabaseRoot root = catalog.snapshot().root();
    if (!parent.isEmpty()) {
      required(root, parent);
    }
    List<Namespace> children =
        root.namespaces().keySet().stream()
            .filter(namespace -> namespace.length() == parent.length() + 1)
            .filter(namespace -> isWithin(parent, namespace))
            .toList();
    Page<Namespace> page =
        Page.of(children, namespace -> namespace.level(namespace.length() - 1), request);
    return RestAnswer.of(
        ListNamespacesResponse.builder()
            .addAll(page.items())
            .nextPageToken(page.nextToken())
            .build());
  }

  RestAnswer load(RestRequest request) {
    Namespace namespace = request.namespace();
    return RestAnswer.of(
        GetNamespaceResponse.builder()
            .withNamespace(namespace)
            .setProperties(new HashMap<>(required(catalog.snapshot().root(), namespace)))
            .build());
  }

  RestAnswer exists(RestRequest request) {
    required(catalog.snapshot().root(), request.namespace());
    return RestAnswer.done();
  }

  RestAnswer create(RestRequest request) {
    CreateNamespaceRequest body = request.read(CreateNamespaceRequest.class);
    Namespace namespace = RestNames.checked(body.namespace());
    RestAnswer answer =
        RestAnswer.of(
            CreateNamespaceResponse.builder()
                .withNamespace(namespace)
                .setProperties(new HashMap<>(body.properties()))
                .build());
    return changes.run(
        request.key(),
        List.of(),
        GuardedChange.Plan.of(
            now -> {
              if (now.root().namespaces().containsKey(namespace)) {
                throw new AlreadyExistsException("Namespace already exists: %s", namespace);
              }
              return GuardedChange.Planned.of(
                  List.of(new RootChange.CreateNamespace(namespace, body.properties())), answer);
            },
            now -> answer));
  }

  RestAnswer drop(RestRequest request) {
    Namespace namespace = request.namespace();
    return changes.run(
        request.key(),
        List.of(),
        GuardedChange.Plan.silent(
            now -> {
              DatabaseRoot root = now.root();
              required(root, namespace);
              boolean used =
                  root.relations().keySet().stream()
                          .anyMatch(identifier -> identifier.namespace().equals(namespace))
                      || root.namespaces().keySet().stream()
                          .anyMatch(
                              other ->
                                  other.length() > namespace.length()
                                      && isWithin(namespace, other));
              if (used) {
                throw new NamespaceNotEmptyException("Namespace is not empty: %s", namespace);
              }
              return List.of(new RootChange.DropNamespace(namespace));
            }));
  }

  RestAnswer update(RestRequest request) {
    UpdateNamespacePropertiesRequest body = request.read(UpdateNamespacePropertiesRequest.class);
    Namespace namespace = request.namespace();
    Set<String> removals = new HashSet<>(body.removals());
    removals.stream()
        .filter(body.updates()::containsKey)
        .findFirst()
        .ifPresent(
            name -> {
              throw new UnprocessableEntityException(
                  "The property %s is to be set and removed", name);
            });
    return changes.run(
        request.key(),
        List.of(),
        GuardedChange.Plan.of(
            now -> {
              Map<String, String> before = required(now.root(), namespace);
              Map<String, String> after = new HashMap<>(before);
              after.putAll(body.updates());
              after.keySet().removeAll(removals);
              return GuardedChange.Planned.of(
                  after.equals(before)
                      ? List.of()
                      : List.of(new RootChange.ReplaceProperties(namespace, before, after)),
                  updated(body, removals, before.keySet()));
            },
            now -> updated(body, removals, removals)));
  }

  private static RestAnswer updated(
      UpdateNamespacePropertiesRequest body, Set<String> removals, Set<String> before) {
    return RestAnswer.of(
        UpdateNamespacePropertiesResponse.builder()
            .addUpdated(body.updates().keySet())
            .addRemoved(removals.stream().filter(before::contains).toList())
            .addMissing(removals.stream().filter(name -> !before.contains(name)).toList())
            .build());
  }

  /** The properties of a namespace; 404 where there is none. */
  static Map<String, String> required(DatabaseRoot root, Namespace namespace) {
    Map<String, String> found = root.namespaces().get(namespace);
    if (found == null) {
      throw new NoSuchNamespaceException("Namespace does not exist: %s", namespace);
    }
    return found;
  }

  private static boolean isWithin(Namespace parent, Namespace namespace) {
    return Arrays.equals(parent.levels(), Arrays.copyOf(namespace.levels(), parent.length()));
  }
}
