package dev.frazil.catalog;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.hadoop.Configurable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.ResolvingFileIO;
import org.apache.iceberg.view.BaseMetastoreViewCatalog;
import org.apache.iceberg.view.ViewOperations;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BucketDatabase} as a standard Iceberg catalog, so that other engines can load it by
 * {@code catalog-impl} with the property {@code warehouse}. Such an engine reads and writes the
 * files of tables by Iceberg's own {@link FileIO}. Thread-safe.
 *
 * <p>Dropping with purge takes the name away and leaves the files to maintenance, which alone
 * deletes.
 */
public final class BucketCatalog extends BaseMetastoreViewCatalog
    implements SupportsNamespaces, Configurable<Object> {
  private @Nullable DatabaseCatalog database;
  private boolean owned;
  private @Nullable FileIO files;
  private @Nullable Object configuration;
  private String name = "frazil";
  private Map<String, String> properties = Map.of();

  /** For {@code catalog-impl}; {@link #initialize} follows. */
  public BucketCatalog() {}

  BucketCatalog(DatabaseCatalog database, String name) {
    this(database, name, Map.of());
  }

  BucketCatalog(DatabaseCatalog database, String name, Map<String, String> properties) {
    this.database = database;
    this.name = name;
    this.properties = Map.copyOf(properties);
  }

  @Override
  public void initialize(String catalogName, Map<String, String> catalogProperties) {
    this.name = catalogName;
    this.properties = Map.copyOf(catalogProperties);
    this.database = CatalogFactory.open(EngineProperties.config(catalogProperties));
    this.owned = true;
    this.files =
        new UndeletingFileIO(
            CatalogUtil.loadFileIO(
                catalogProperties.getOrDefault(
                    CatalogProperties.FILE_IO_IMPL, ResolvingFileIO.class.getName()),
                catalogProperties,
                configuration));
  }

  /** What the engine knows of its file systems: a configuration of Hadoop, if anything. */
  @Override
  public void setConf(@Nullable Object engineConfiguration) {
    this.configuration = engineConfiguration;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  protected Map<String, String> properties() {
    return properties;
  }

  private DatabaseCatalog database() {
    if (database == null) {
      throw new IllegalStateException("the catalog is not initialized");
    }
    return database;
  }

  private DatabaseRoot root() {
    return database().snapshot().root();
  }

  @Override
  protected boolean isValidIdentifier(TableIdentifier identifier) {
    return !identifier.namespace().isEmpty();
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier identifier) {
    return new GuardedTableOperations(new BucketTableOperations(database(), identifier, files()));
  }

  private FileIO files() {
    return files == null ? database().io() : files;
  }

  @Override
  protected ViewOperations newViewOps(TableIdentifier identifier) {
    return new BucketViewOperations(database(), identifier);
  }

  @Override
  protected String defaultWarehouseLocation(TableIdentifier identifier) {
    // An engine writes the files of a staged table before it commits.
    database().prepareWrite();
    return database().newTableLocation(identifier);
  }

  @Override
  public List<TableIdentifier> listTables(Namespace namespace) {
    return list(namespace, TablePointer.Kind.TABLE);
  }

  @Override
  public List<TableIdentifier> listViews(Namespace namespace) {
    return list(namespace, TablePointer.Kind.VIEW);
  }

  private List<TableIdentifier> list(Namespace namespace, TablePointer.Kind kind) {
    DatabaseRoot root = root();
    requireNamespace(root, namespace);
    return root.relations().entrySet().stream()
        .filter(entry -> entry.getValue().kind() == kind)
        .map(Map.Entry::getKey)
        .filter(identifier -> identifier.namespace().equals(namespace))
        .sorted(Comparator.comparing(TableIdentifier::name))
        .toList();
  }

  @Override
  public boolean dropTable(TableIdentifier identifier, boolean purge) {
    return drop(identifier, TablePointer.Kind.TABLE);
  }

  @Override
  public boolean dropView(TableIdentifier identifier) {
    return drop(identifier, TablePointer.Kind.VIEW);
  }

  private boolean drop(TableIdentifier identifier, TablePointer.Kind kind) {
    return change(
        root -> {
          Optional<TablePointer> pointer =
              root.pointer(identifier).filter(found -> found.kind() == kind);
          return pointer
              .map(
                  found ->
                      List.<RootChange>of(new RootChange.DropRelation(identifier, found.uuid())))
              .orElse(List.of());
        });
  }

  @Override
  public void renameTable(TableIdentifier from, TableIdentifier to) {
    rename(from, to, TablePointer.Kind.TABLE);
  }

  @Override
  public void renameView(TableIdentifier from, TableIdentifier to) {
    rename(from, to, TablePointer.Kind.VIEW);
  }

  private void rename(TableIdentifier from, TableIdentifier to, TablePointer.Kind kind) {
    change(
        root -> {
          TablePointer pointer = renamed(root, from, to, kind);
          return from.equals(to)
              ? List.of()
              : List.of(
                  // A commit to the table since must not be renamed away.
                  new RootChange.Unmoved(from, pointer.metadataLocation()),
                  new RootChange.DropRelation(from, pointer.uuid()),
                  new RootChange.CreateRelation(to, pointer));
        });
  }

  private static TablePointer renamed(
      DatabaseRoot root, TableIdentifier from, TableIdentifier to, TablePointer.Kind kind) {
    if (!root.namespaces().containsKey(to.namespace())) {
      throw new NoSuchNamespaceException(
          "Cannot rename %s to %s. Namespace does not exist: %s", from, to, to.namespace());
    }
    Optional<TablePointer> pointer = root.pointer(from).filter(found -> found.kind() == kind);
    if (pointer.isEmpty()) {
      if (kind == TablePointer.Kind.VIEW) {
        throw new NoSuchViewException("Cannot rename %s to %s. View does not exist", from, to);
      }
      throw new NoSuchTableException("Cannot rename %s to %s. Table does not exist", from, to);
    }
    Optional<TablePointer> taken = from.equals(to) ? Optional.empty() : root.pointer(to);
    if (taken.isPresent()) {
      throw new AlreadyExistsException(
          "Cannot rename %s to %s. %s already exists",
          from, to, taken.get().kind() == TablePointer.Kind.VIEW ? "View" : "Table");
    }
    return pointer.get();
  }

  @Override
  public void createNamespace(Namespace namespace, Map<String, String> metadata) {
    change(
        root -> {
          if (root.namespaces().containsKey(namespace)) {
            throw new AlreadyExistsException("Namespace already exists: %s", namespace);
          }
          return List.of(new RootChange.CreateNamespace(namespace, metadata));
        });
  }

  @Override
  public List<Namespace> listNamespaces(Namespace parent) {
    DatabaseRoot root = root();
    int level = parent.length();
    if (!parent.isEmpty()) {
      requireNamespace(root, parent);
    }
    return root.namespaces().keySet().stream()
        .filter(namespace -> namespace.length() == level + 1)
        .filter(namespace -> isParent(parent, namespace))
        .sorted(Comparator.comparing(Namespace::toString))
        .toList();
  }

  private static boolean isParent(Namespace parent, Namespace namespace) {
    for (int i = 0; i < parent.length(); i++) {
      if (!parent.level(i).equals(namespace.level(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Map<String, String> loadNamespaceMetadata(Namespace namespace) {
    return requireNamespace(root(), namespace);
  }

  @Override
  public boolean dropNamespace(Namespace namespace) {
    return change(
        root -> {
          if (!root.namespaces().containsKey(namespace)) {
            return List.of();
          }
          boolean used =
              root.relations().keySet().stream()
                      .anyMatch(identifier -> identifier.namespace().equals(namespace))
                  || root.namespaces().keySet().stream()
                      .anyMatch(
                          other ->
                              other.length() > namespace.length() && isParent(namespace, other));
          if (used) {
            throw new NamespaceNotEmptyException("Namespace is not empty: %s", namespace);
          }
          return List.of(new RootChange.DropNamespace(namespace));
        });
  }

  @Override
  public boolean setProperties(Namespace namespace, Map<String, String> updates) {
    return changeProperties(
        namespace,
        before -> {
          Map<String, String> after = new HashMap<>(before);
          after.putAll(updates);
          return after;
        });
  }

  @Override
  public boolean removeProperties(Namespace namespace, Set<String> removals) {
    return changeProperties(
        namespace,
        before -> {
          Map<String, String> after = new HashMap<>(before);
          after.keySet().removeAll(removals);
          return after;
        });
  }

  private boolean changeProperties(
      Namespace namespace, Function<Map<String, String>, Map<String, String>> edit) {
    return change(
        root -> {
          Map<String, String> before = requireNamespace(root, namespace);
          return List.of(new RootChange.ReplaceProperties(namespace, before, edit.apply(before)));
        });
  }

  private static Map<String, String> requireNamespace(DatabaseRoot root, Namespace namespace) {
    Map<String, String> found = root.namespaces().get(namespace);
    if (found == null) {
      throw new NoSuchNamespaceException("Namespace does not exist: %s", namespace);
    }
    return found;
  }

  /** Plans a change on the newest root until it is applied; false where there is none to make. */
  private boolean change(Function<DatabaseRoot, List<RootChange>> plan) {
    String commitId = database().newCommitId();
    DatabaseRoot root = root();
    while (true) {
      List<RootChange> changes = plan.apply(root);
      if (changes.isEmpty()) {
        return false;
      }
      CommitOutcome outcome = database().commit(new RootEdit(commitId, null, changes));
      if (outcome instanceof CommitOutcome.Unknown unknown) {
        throw new CommitStateUnknownException(unknown.cause());
      }
      if (!(outcome instanceof CommitOutcome.Moved moved)) {
        return true;
      }
      root = moved.snapshot().root();
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    if (owned && database != null) {
      database.close();
    }
    if (files != null) {
      files.close();
    }
  }
}
