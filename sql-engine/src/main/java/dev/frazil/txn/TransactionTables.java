package dev.frazil.txn;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.catalog.FrozenTableOperations;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.SchemaName;
import dev.frazil.catalog.TableBranch;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.metrics.MetricsReporter;
import org.jspecify.annotations.Nullable;

/**
 * The schemas and tables that one transaction sees: those of its snapshot, with what it made,
 * changed and dropped. Errors: 3F000, 42P01, 42P06, 42P07, 2BP01. One thread at a time.
 */
final class TransactionTables {
  /** Iceberg's own reporter logs every scan and commit. */
  static final MetricsReporter SILENT = report -> {};

  static final Comparator<TableIdentifier> BY_NAME =
      Comparator.comparing((TableIdentifier table) -> SchemaName.text(table.namespace()))
          .thenComparing(TableIdentifier::name);

  private final DatabaseCatalog catalog;
  private final DatabaseSnapshot pinned;
  private final WrittenMetadata metadataFiles;
  private final Map<TableIdentifier, TableWork> works = new LinkedHashMap<>();
  private final Map<TableIdentifier, TablePointer> dropped = new LinkedHashMap<>();
  private final TransactionSchemas schemas;
  private final TransactionViews views;

  TransactionTables(
      DatabaseCatalog catalog,
      DatabaseSnapshot pinned,
      WrittenMetadata metadataFiles,
      ReadSet reads) {
    this.catalog = catalog;
    this.pinned = pinned;
    this.metadataFiles = metadataFiles;
    this.schemas = new TransactionSchemas(pinned.root());
    this.views = new TransactionViews(catalog, this, reads);
  }

  TransactionViews views() {
    return views;
  }

  private DatabaseRoot root() {
    return pinned.root();
  }

  // ---- schemas

  TransactionSchemas schemas() {
    return schemas;
  }

  void dropSchema(Namespace schema) {
    schemas.require(schema);
    List<TableIdentifier> tables = tables(table -> table.namespace().equals(schema));
    List<TableIdentifier> held = views.list(view -> view.namespace().equals(schema));
    if (!held.isEmpty() || !tables.isEmpty()) {
      throw new EngineException(
          SqlState.DEPENDENT_OBJECTS_EXIST,
          "the schema "
              + schema
              + " still holds "
              + (tables.isEmpty()
                  ? "the view " + held.get(0).name()
                  : "the table " + tables.get(0).name())
              + ": drop what it holds first");
    }
    schemas.drop(schema);
  }

  // ---- tables

  /** The tables that satisfy a test, sorted by schema and name. */
  List<TableIdentifier> tables(Predicate<TableIdentifier> wanted) {
    Set<TableIdentifier> tables = new LinkedHashSet<>();
    root().names(TablePointer.Kind.TABLE).stream()
        .filter(table -> wanted.test(table) && !dropped.containsKey(table))
        .forEach(tables::add);
    works.values().stream()
        .filter(work -> (work.isNew() || work.isRenamed()) && wanted.test(work.identifier()))
        .forEach(work -> tables.add(work.identifier()));
    return tables.stream().sorted(BY_NAME).toList();
  }

  /** The metadata of a table if it is in memory; never a request. */
  @Nullable TableMetadata knownMetadata(TableIdentifier identifier) {
    TableWork work = works.get(identifier);
    return work != null
        ? work.operations().current()
        : pointer(identifier).map(catalog::knownMetadata).orElse(null);
  }

  /** Reads, side by side, what tables are made of that are about to be loaded. */
  void readAhead(Collection<TableIdentifier> identifiers) {
    catalog.readMetadataAhead(
        identifiers.stream()
            .filter(identifier -> !works.containsKey(identifier) && !views.own(identifier))
            .flatMap(identifier -> pointer(identifier).or(() -> viewPointer(identifier)).stream())
            .toList());
  }

  /** The table, or the branch of one, as it is now within the transaction: never moves. */
  Optional<Table> load(TableIdentifier identifier) {
    TableIdentifier table = TableBranch.table(identifier);
    String branch = TableBranch.branch(identifier);
    return metadata(table)
        .map(metadata -> TableBranch.metadata(metadata, branch))
        .map(
            metadata ->
                new BaseTable(
                    new FrozenTableOperations(
                        catalog.io(), metadata, committedSequenceNumber(table)),
                    TableBranch.text(identifier),
                    SILENT));
  }

  /** Of what the table is to others; what follows is of this transaction and not yet final. */
  private long committedSequenceNumber(TableIdentifier identifier) {
    TableWork work = works.get(identifier);
    if (work == null) {
      return Long.MAX_VALUE;
    }
    TableMetadata base = work.baseMetadata();
    return base == null ? 0 : base.lastSequenceNumber();
  }

  private Optional<TableMetadata> metadata(TableIdentifier identifier) {
    TableWork work = works.get(identifier);
    if (work != null) {
      return Optional.of(work.operations().current());
    }
    return pointer(identifier).map(pointer -> catalog.metadata(identifier, pointer));
  }

  /** The table in the snapshot, unless the transaction dropped it. */
  Optional<TablePointer> pointer(TableIdentifier identifier) {
    return dropped.containsKey(identifier) ? Optional.empty() : root().table(identifier);
  }

  /** The view in the snapshot, unless the transaction dropped it. */
  Optional<TablePointer> viewPointer(TableIdentifier identifier) {
    return dropped.containsKey(identifier) ? Optional.empty() : root().view(identifier);
  }

  /** The views in the snapshot that satisfy a test, without those that were dropped. */
  List<TableIdentifier> committedViews(Predicate<TableIdentifier> wanted) {
    return root().names(TablePointer.Kind.VIEW).stream()
        .filter(view -> wanted.test(view) && !dropped.containsKey(view))
        .toList();
  }

  void dropView(TableIdentifier identifier, TablePointer pointer) {
    dropped.put(identifier, pointer);
  }

  /** The name by which others know a table; empty for a new one. */
  Optional<TableIdentifier> committedName(TableIdentifier identifier) {
    TableWork work = works.get(identifier);
    return work == null
        ? pointer(identifier).map(pointer -> identifier)
        : Optional.of(work.committedName()).filter(name -> !work.isNew());
  }

  /** Whether columns of a table have names here that others may not know. */
  boolean altersSchema(TableIdentifier identifier) {
    TableWork work = works.get(identifier);
    return work != null && work.altersSchema();
  }

  /** Whether this transaction made, changed or dropped what has or had the name. */
  boolean own(TableIdentifier identifier) {
    return works.containsKey(identifier)
        || views.own(identifier)
        || dropped.containsKey(identifier);
  }

  private TableWork newWork(
      TableIdentifier identifier, TableMetadata metadata, @Nullable TableMetadata known) {
    return new TableWork(
        identifier, new TransactionTableOperations(metadataFiles, metadata), null, known);
  }

  void create(TableIdentifier identifier, TableMetadata metadata) {
    works.put(identifier, newWork(identifier, metadata, null));
  }

  /** Its snapshots are those of whoever wrote them. */
  void register(TableIdentifier identifier, String metadataLocation) {
    TableMetadata metadata =
        catalog.metadata(
            identifier, new TablePointer(TablePointer.Kind.TABLE, metadataLocation, ""));
    RegisteredFiles.requireNobodyElse(metadata, root(), works);
    adopt(identifier, metadata);
  }

  /** A new table whose snapshots are those of whoever wrote them. */
  void adopt(TableIdentifier identifier, TableMetadata metadata) {
    works.put(identifier, newWork(identifier, metadata, metadata));
  }

  /** 3F000 without the schema, 42P07 where the name is taken. */
  void requireFree(TableIdentifier identifier) {
    schemas.require(identifier.namespace());
    boolean isView = views.own(identifier) || viewPointer(identifier).isPresent();
    if (isView || works.containsKey(identifier) || pointer(identifier).isPresent()) {
      throw new EngineException(
          SqlState.DUPLICATE_TABLE,
          "the " + (isView ? "view " : "table ") + identifier + " exists already");
    }
  }

  void drop(TableIdentifier identifier) {
    if (metadata(identifier).isEmpty()) {
      throw missing(identifier);
    }
    TableWork work = works.remove(identifier);
    if (work == null || !work.isNew()) {
      TableIdentifier committed = work == null ? identifier : work.committedName();
      dropped.put(committed, root().table(committed).orElseThrow());
    }
  }

  /** Takes a drop back; false where there was none. 3F000, 42P07. */
  boolean undrop(TableIdentifier committedName, TableIdentifier name) {
    TableIdentifier committed = OwnDrops.find(committedName, dropped, works);
    if (committed != null) {
      requireFree(name);
      place(begin(committed, root().table(committed).orElseThrow()), name);
    }
    return committed != null;
  }

  /** Gives a table another name; 42P01, 3F000, 42P07. */
  void rename(TableIdentifier from, TableIdentifier to) {
    TableWork work = work(from);
    requireFree(to);
    works.remove(from);
    place(work, to);
  }

  private void place(TableWork work, TableIdentifier name) {
    work.rename(name);
    works.put(name, work);
    if (work.isRenamed()) {
      dropped.put(work.committedName(), root().table(work.committedName()).orElseThrow());
    } else if (!work.isNew()) {
      dropped.remove(work.committedName());
    }
  }

  // ---- changes

  /** The work on a table, begun now if it has not been; 42P01. */
  TableWork work(TableIdentifier identifier) {
    TableWork work = works.get(identifier);
    if (work == null) {
      TablePointer base = pointer(identifier).orElseThrow(() -> missing(identifier));
      work = begin(identifier, base);
      works.put(identifier, work);
    }
    return work;
  }

  private TableWork begin(TableIdentifier committed, TablePointer base) {
    TableMetadata metadata = catalog.metadata(committed, base);
    return new TableWork(
        committed, new TransactionTableOperations(metadataFiles, metadata), base, metadata);
  }

  static EngineException missing(TableIdentifier identifier) {
    return new EngineException(
        SqlState.UNDEFINED_TABLE, "the table " + identifier + " does not exist");
  }

  /** Whether a commit would change the database. */
  boolean changed() {
    return !dropped.isEmpty()
        || schemas.changed()
        || views.changed()
        || changedWorks().findAny().isPresent();
  }

  private Stream<TableWork> changedWorks() {
    return works.values().stream().filter(TableWork::changed);
  }

  /** The tables that a commit has to bring into the root. */
  List<TableWork> changedTables() {
    return changedWorks().toList();
  }

  /** The changes of schemas and dropped tables; those that free names come first. */
  List<RootChange> definitionChanges() {
    List<RootChange> changes = new ArrayList<>(views.conditions());
    dropped.forEach(
        (identifier, pointer) ->
            changes.add(new RootChange.DropRelation(identifier, pointer.uuid())));
    changes.addAll(schemas.changes());
    return changes;
  }

  void forgetChanges() {
    works.clear();
    views.forgetChanges();
  }

  Savepoint savepoint() {
    return new Savepoint(works, dropped, schemas.mark(), views.mark(), metadataFiles.count());
  }

  void rollbackTo(Savepoint savepoint) {
    savepoint.restore(works, dropped);
    schemas.returnTo(savepoint.schemas());
    views.returnTo(savepoint.views());
  }
}
