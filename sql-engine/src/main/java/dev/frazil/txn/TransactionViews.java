package dev.frazil.txn;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.ViewMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The views that one transaction sees: those of its snapshot, with what it made, changed, renamed
 * and dropped. What is changed is written by the commit. Errors: 0A000 where the catalog holds no
 * views, 3F000, 42P01, 42P07. One thread at a time.
 */
public final class TransactionViews {
  private final DatabaseCatalog catalog;
  private final TransactionTables tables;
  private final ReadSet reads;

  /** Views that were made or changed. */
  private final Map<TableIdentifier, Work> works = new LinkedHashMap<>();

  /** Names that were taken from views, and the metadata file that the view must still have. */
  private final Map<TableIdentifier, String> renamed = new LinkedHashMap<>();

  private final IdentityHashMap<Work, TablePointer> written = new IdentityHashMap<>();

  TransactionViews(DatabaseCatalog catalog, TransactionTables tables, ReadSet reads) {
    this.catalog = catalog;
    this.tables = tables;
    this.reads = reads;
  }

  /**
   * A view that was made or changed.
   *
   * @param base what has the name in the snapshot; null for a new name
   * @param previous the metadata file that the new one comes after, or null
   * @param metadata knows its location where it is that of another name, unchanged
   */
  private record Work(
      @Nullable TablePointer base, @Nullable String previous, ViewMetadata metadata) {}

  /** Changes so far, to return to. */
  record Mark(Map<TableIdentifier, Work> works, Map<TableIdentifier, String> renamed) {}

  /** The view of that name; under SERIALIZABLE its definition counts as read. */
  public Optional<ViewMetadata> find(TableIdentifier identifier) {
    Work work = works.get(identifier);
    if (work != null) {
      return Optional.of(work.metadata());
    }
    Optional<TablePointer> pointer = tables.viewPointer(identifier);
    pointer.ifPresent(found -> reads.view(identifier, found.metadataLocation()));
    return pointer.map(found -> catalog.viewMetadata(identifier, found));
  }

  /** Whether there is a view of that name; what it holds is not read. */
  public boolean exists(TableIdentifier identifier) {
    return works.containsKey(identifier) || tables.viewPointer(identifier).isPresent();
  }

  /** The metadata of a view, own changes included, if it is in memory; never a request. */
  public @Nullable ViewMetadata known(TableIdentifier identifier) {
    Work work = works.get(identifier);
    return work != null
        ? work.metadata()
        : tables.viewPointer(identifier).map(catalog::knownViewMetadata).orElse(null);
  }

  /** The views that satisfy a test, sorted by schema and name; own changes included. */
  public List<TableIdentifier> list(Predicate<TableIdentifier> wanted) {
    Set<TableIdentifier> views = new LinkedHashSet<>(tables.committedViews(wanted));
    works.keySet().stream().filter(wanted).forEach(views::add);
    return views.stream().sorted(TransactionTables.BY_NAME).toList();
  }

  /** A folder for a new view. */
  public String newLocation(TableIdentifier identifier) {
    requireViews();
    return catalog.newTableLocation(identifier);
  }

  /** Makes a view under a free name; 3F000, 42P07. */
  public void create(TableIdentifier identifier, ViewMetadata metadata) {
    requireViews();
    SingleChange.require(catalog, tables, null);
    tables.requireFree(identifier);
    works.put(identifier, new Work(null, null, metadata));
  }

  /** Gives a view that exists other metadata; 42P01. */
  public void replace(TableIdentifier identifier, ViewMetadata metadata) {
    SingleChange.require(catalog, tables, null);
    Work work = works.get(identifier);
    if (work != null) {
      String file = work.metadata().metadataFileLocation();
      works.put(identifier, new Work(work.base(), file == null ? work.previous() : file, metadata));
    } else {
      TablePointer base = tables.viewPointer(identifier).orElseThrow(() -> missing(identifier));
      works.put(identifier, new Work(base, base.metadataLocation(), metadata));
    }
  }

  /** Takes a view away; 42P01. */
  public void drop(TableIdentifier identifier) {
    SingleChange.require(catalog, tables, null);
    Work work = works.remove(identifier);
    if (work == null) {
      tables.dropView(
          identifier, tables.viewPointer(identifier).orElseThrow(() -> missing(identifier)));
    } else if (work.base() != null) {
      tables.dropView(identifier, work.base());
    }
  }

  /** Gives a view another name; 42P01, 3F000, 42P07. */
  public void rename(TableIdentifier from, TableIdentifier to) {
    ViewMetadata metadata = find(from).orElseThrow(() -> missing(from));
    tables.requireFree(to);
    Work work = works.get(from);
    TablePointer base =
        work == null ? tables.viewPointer(from).orElseThrow(() -> missing(from)) : work.base();
    String previous = work == null ? null : work.previous();
    drop(from);
    if (base != null) {
      // A definition that another transaction gave it meanwhile must not be renamed away.
      renamed.put(from, base.metadataLocation());
    }
    works.put(to, new Work(null, previous, metadata));
  }

  private void requireViews() {
    if (!catalog.holdsViews()) {
      throw EngineException.unsupported("a view in this kind of warehouse");
    }
  }

  static EngineException missing(TableIdentifier identifier) {
    return new EngineException(
        SqlState.UNDEFINED_TABLE, "the view " + identifier + " does not exist");
  }

  /** Whether this transaction made or changed the view of that name. */
  boolean own(TableIdentifier identifier) {
    return works.containsKey(identifier);
  }

  boolean changed() {
    return !works.isEmpty();
  }

  /** What must hold of views whose name is taken away. */
  List<RootChange> conditions() {
    List<RootChange> conditions = new ArrayList<>();
    renamed.forEach(
        (identifier, location) -> conditions.add(new RootChange.Unmoved(identifier, location)));
    return conditions;
  }

  /** Writes what is not written yet, and lists the changes of the root. */
  List<RootChange> changes() {
    List<RootChange> changes = new ArrayList<>();
    works.forEach(
        (identifier, work) -> {
          TablePointer pointer = written.computeIfAbsent(work, this::write);
          TablePointer base = work.base();
          changes.add(
              base == null
                  ? new RootChange.CreateRelation(identifier, pointer)
                  : new RootChange.ReplaceRelation(identifier, base.metadataLocation(), pointer));
        });
    return changes;
  }

  private TablePointer write(Work work) {
    ViewMetadata metadata = work.metadata();
    ViewMetadata file =
        metadata.metadataFileLocation() != null
            ? metadata
            : catalog.writeViewMetadata(metadata, work.previous());
    return new TablePointer(
        TablePointer.Kind.VIEW, Objects.requireNonNull(file.metadataFileLocation()), file.uuid());
  }

  void forgetChanges() {
    works.clear();
    renamed.clear();
  }

  Mark mark() {
    return new Mark(new LinkedHashMap<>(works), new LinkedHashMap<>(renamed));
  }

  void returnTo(Mark mark) {
    forgetChanges();
    works.putAll(mark.works());
    renamed.putAll(mark.renamed());
  }
}
