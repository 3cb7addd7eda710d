package dev.frazil.txn;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.TableBranch;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.TimeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.ReplacePartitions;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * One SQL transaction, pinned to one snapshot of the whole database. What it changes is written to
 * the store at once but becomes visible, over all tables together, by {@link #commit} only. One
 * thread at a time; ended by {@link #commit} or {@link #rollback}, after which every call is 25000.
 *
 * <p>Errors: 25006 a write although read-only, 40001 another commit came first, 08007 the outcome
 * of a commit is unknown, 3F000, 42P01, 42P06, 42P07, 2BP01 for schemas and tables.
 */
public final class Transaction {
  /** Less than the age at which the removal of orphans takes files of unknown writers. */
  private static final long MAX_AGE_MILLIS = TimeUnit.HOURS.toMillis(20);

  private final DatabaseCatalog catalog;
  private final boolean readOnly;
  private final @Nullable String applicationName;
  private final Set<ConflictRule> disabledRules;
  private final DatabaseSnapshot pinned;
  private final TransactionTables tables;
  private final ReadSet reads;
  private final WrittenMetadata metadataFiles;
  private final List<String> abandonedFiles = new ArrayList<>();
  private final long begunAtMillis = TimeSource.system().nowMillis();
  private final long begunAtNanos = TimeSource.system().monotonicNanos();
  private @Nullable String stagedAs;
  private final Set<TableIdentifier> maintenanceDue = new LinkedHashSet<>();
  private boolean isMaintenance;
  private boolean holdsTables;
  private long commitNanos;
  private long givesWayNanos = Long.MAX_VALUE;
  private boolean prepared;
  private boolean ended;
  private boolean sent;

  private Transaction(
      DatabaseCatalog catalog,
      IsolationLevel isolation,
      boolean readOnly,
      @Nullable String applicationName,
      Set<ConflictRule> disabledRules,
      DatabaseSnapshot pinned) {
    this.catalog = catalog;
    this.disabledRules = disabledRules;
    this.readOnly = readOnly;
    this.applicationName = applicationName;
    this.pinned = pinned;
    this.metadataFiles = new WrittenMetadata(catalog.io());
    this.reads = new ReadSet(isolation, disabledRules);
    this.tables = new TransactionTables(catalog, pinned, metadataFiles, reads);
  }

  /**
   * Begins a transaction at the newest snapshot of the database.
   *
   * @param applicationName written into the summary of every snapshot that it makes
   */
  public static Transaction begin(
      DatabaseCatalog catalog,
      IsolationLevel isolation,
      boolean readOnly,
      @Nullable String applicationName) {
    return begin(catalog, isolation, readOnly, applicationName, Set.of());
  }

  /** With rules that a test turned off to show that the suite notices. */
  static Transaction begin(
      DatabaseCatalog catalog,
      IsolationLevel isolation,
      boolean readOnly,
      @Nullable String applicationName,
      Set<ConflictRule> disabledRules) {
    return new Transaction(
        catalog,
        isolation,
        readOnly || catalog.readOnly(),
        applicationName,
        disabledRules,
        catalog.snapshot());
  }

  /** Begins a transaction that reads an earlier state of the database. */
  public static Transaction at(DatabaseCatalog catalog, DatabaseSnapshot earlier) {
    return new Transaction(catalog, IsolationLevel.SNAPSHOT, true, null, Set.of(), earlier);
  }

  /** The read point. */
  public DatabaseSnapshot snapshot() {
    return pinned;
  }

  /** All schemas, sorted by name; own changes included. */
  public List<Namespace> schemas() {
    open();
    return tables.schemas().list();
  }

  /** The tables of a schema, sorted by name; own changes included; empty without such a schema. */
  public List<TableIdentifier> tables(Namespace schema) {
    return tables(table -> table.namespace().equals(schema));
  }

  /** The tables that satisfy a test, sorted by schema and name; own changes included. */
  public List<TableIdentifier> tables(Predicate<TableIdentifier> wanted) {
    open();
    return tables.tables(wanted);
  }

  /** The metadata of a table, own changes included, if it is in memory; never a request. */
  public @Nullable TableMetadata knownMetadata(TableIdentifier identifier) {
    open();
    return tables.knownMetadata(identifier);
  }

  /** Reads, side by side, what tables are made of that are about to be loaded. */
  public void readAhead(Collection<TableIdentifier> identifiers) {
    open();
    tables.readAhead(identifiers);
  }

  /** The table as it is now within this transaction: never moves, and is changed here only. */
  public Optional<Table> load(TableIdentifier identifier) {
    open();
    Optional<Table> found = tables.load(identifier);
    if (found.isEmpty()) {
      recordName(TableBranch.table(identifier));
    } else if (holdsTables) {
      catalog.turns().openTables().read(this, TableBranch.table(identifier));
    }
    return found;
  }

  /** Creates a schema; 42P06 where it exists. */
  public void createSchema(Namespace schema) {
    createSchema(schema, Map.of());
  }

  /** As above, with properties. */
  public void createSchema(Namespace schema, Map<String, String> properties) {
    writable();
    SingleChange.require(catalog, tables, null);
    tables.schemas().create(schema, properties);
  }

  /** The properties of a schema, own changes included; none where it does not exist. */
  public Map<String, String> schemaProperties(Namespace schema) {
    open();
    return tables.schemas().properties(schema);
  }

  /** Gives a schema other properties; 3F000. Conflicts with every other change of these. */
  public void changeSchema(Namespace schema, Map<String, String> properties) {
    writable();
    SingleChange.require(catalog, tables, null);
    tables.schemas().change(schema, properties);
  }

  /** Drops an empty schema; 3F000 where there is none, 2BP01 where it holds tables. */
  public void dropSchema(Namespace schema) {
    writable();
    SingleChange.require(catalog, tables, null);
    tables.dropSchema(schema);
  }

  /** Creates a table, visible to others with the commit; 3F000, 42P07. */
  public Table createTable(
      TableIdentifier identifier,
      Schema schema,
      PartitionSpec spec,
      SortOrder sortOrder,
      Map<String, String> properties) {
    return createTable(identifier, schema, spec, sortOrder, properties, null);
  }

  /**
   * As above, in a folder that the caller chose.
   *
   * @param location null for a folder of the database's choice
   */
  public Table createTable(
      TableIdentifier identifier,
      Schema schema,
      PartitionSpec spec,
      SortOrder sortOrder,
      Map<String, String> properties,
      @Nullable String location) {
    writable();
    tables.requireFree(identifier);
    SingleChange.require(catalog, tables, null);
    String folder =
        location == null
            ? catalog.newTableLocation(identifier)
            : catalog.chosenTableLocation(location);
    tables.create(
        identifier,
        TableMetadata.newTableMetadata(
            schema, spec, sortOrder, folder, MaintenanceSettings.withDefault(properties)));
    return load(identifier).orElseThrow();
  }

  /**
   * Makes a table anew: its identity and its snapshots stay, its rows go. Conflicts with every
   * concurrent change of its rows or of its definition.
   *
   * @param replacement what becomes of its metadata
   */
  public Table replaceTable(TableIdentifier identifier, UnaryOperator<TableMetadata> replacement) {
    TableWork work = work(identifier);
    BranchWork rows = rows(work, identifier);
    rows.makeExclusive();
    rows.relyOnPartitioning();
    work.run(catalog, () -> new TableReplacement(work.operations(), replacement));
    return load(identifier).orElseThrow();
  }

  /**
   * Takes a table that stands already, given by its metadata file, into the database under a new
   * name; 3F000, 42P07, XX001 for a file that is not metadata, 55000 for a table that the database
   * has.
   */
  public Table registerTable(TableIdentifier identifier, String metadataLocation) {
    writable();
    tables.requireFree(identifier);
    SingleChange.require(catalog, tables, null);
    tables.register(identifier, metadataLocation);
    return load(identifier).orElseThrow();
  }

  /** Drops a table; its files stay until maintenance finds that nothing points to them. */
  public void dropTable(TableIdentifier identifier) {
    requireChangeable(identifier);
    tables.drop(identifier);
  }

  /** The views as they are now within this transaction. */
  public TransactionViews views() {
    open();
    return tables.views();
  }

  /** As {@link #views}, to change them. */
  public TransactionViews changedViews() {
    writable();
    return tables.views();
  }

  /** Gives a table another name, also in another schema; 42P01, 3F000, 42P07. */
  public void renameTable(TableIdentifier from, TableIdentifier to) {
    writable();
    SingleChange.requireNames(catalog);
    tables.rename(from, to);
  }

  /** The identities of the tables and views of others that a commit would drop. */
  public Set<String> droppedRelations() {
    Set<String> uuids = new HashSet<>();
    for (RootChange change : tables.definitionChanges()) {
      if (change instanceof RootChange.DropRelation drop) {
        uuids.add(drop.uuid());
      }
    }
    // What is only renamed is dropped under one name and made under another.
    changedTables().forEach(work -> uuids.remove(work.operations().current().uuid()));
    return uuids;
  }

  // ---- changes of rows: each name may be that of a table or of one of its branches

  /** Adds data files, already written, to a table. */
  public void append(TableIdentifier identifier, List<DataFile> files) {
    TableWork work = work(identifier);
    if (files.isEmpty()) {
      return;
    }
    SnapshotTarget target = target(work, identifier);
    work.run(
        catalog,
        () -> {
          AppendFiles append = target.direct(work.table().newAppend());
          files.forEach(append::appendFile);
          return append;
        });
  }

  /**
   * Changes rows of a table by files that are already written.
   *
   * @param filter the rows that the statement looked for, true for all: no other commit may have
   *     changed rows among them
   */
  public void changeRows(TableIdentifier identifier, ChangedFiles files, Expression filter) {
    TableWork work = work(identifier);
    recordRead(identifier, filter);
    if (files.isEmpty()) {
      return;
    }
    BranchWork rows = rows(work, identifier);
    rows.referencedDataFiles().addAll(files.referencedDataFiles());
    rows.replacedDeleteFiles().addAll(files.replacedDeleteFiles());
    rows.changedRows().add(work.altersSchema() ? Expressions.alwaysTrue() : filter);
    SnapshotTarget target = target(work, identifier);
    work.run(catalog, () -> files.update(work.table(), target));
  }

  /** Puts data files, already written, in the place of others that hold the same rows. */
  public void rewrite(TableIdentifier identifier, RewrittenFiles files) {
    TableWork work = work(identifier);
    rows(work, identifier).rewrites().add(files);
    boolean validated = !disabledRules.contains(ConflictRule.REWRITTEN_FILES);
    work.run(catalog, () -> files.update(work.table(), validated));
  }

  /** Takes all rows away; conflicts with every concurrent change of the table's rows. */
  public void truncate(TableIdentifier identifier) {
    TableWork work = work(identifier);
    rows(work, identifier).makeExclusive();
    SnapshotTarget target = target(work, identifier);
    work.run(
        catalog,
        () ->
            target.direct(work.table().newDelete()).deleteFromRowFilter(Expressions.alwaysTrue()));
  }

  /**
   * Puts data files, already written, in the place of the rows that satisfy a filter. Conflicts, at
   * every level, with every concurrent change of such rows: what others add must not vanish unseen.
   *
   * @param filter in terms of the values that the table is partitioned by, true or false for all
   *     rows of a file: see {@link #holdsEarlierPartitioning}
   */
  public void overwrite(TableIdentifier identifier, Expression filter, List<DataFile> files) {
    TableWork work = work(identifier);
    BranchWork rows = rows(work, identifier);
    if (filter.op() == Expression.Operation.TRUE) {
      rows.makeExclusive();
    } else {
      recordKeys(identifier, filter);
    }
    rows.relyOnPartitioning();
    SnapshotTarget target = target(work, identifier);
    work.run(
        catalog,
        () -> {
          OverwriteFiles overwrite =
              target.direct(work.table().newOverwrite()).overwriteByRowFilter(filter);
          files.forEach(overwrite::addFile);
          return overwrite;
        });
  }

  /** Whether data files of a table were written under another partitioning than that of today. */
  public boolean holdsEarlierPartitioning(TableIdentifier identifier) {
    Table table = load(identifier).orElseThrow(() -> TransactionTables.missing(identifier));
    Snapshot current = table.currentSnapshot();
    return current != null
        && current.dataManifests(table.io()).stream()
            .filter(manifest -> manifest.hasAddedFiles() || manifest.hasExistingFiles())
            .anyMatch(manifest -> manifest.partitionSpecId() != table.spec().specId());
  }

  /**
   * Puts data files, already written, in the place of all rows of their partitions; conflicts as
   * above. Only files of today's partitioning go: see {@link #holdsEarlierPartitioning}.
   */
  public void overwritePartitions(TableIdentifier identifier, List<DataFile> files) {
    TableWork work = work(identifier);
    Table table = work.table();
    BranchWork rows = rows(work, identifier);
    rows.relyOnPartitioning();
    if (table.spec().isUnpartitioned()) {
      rows.makeExclusive();
    } else {
      recordKeys(identifier, PartitionFilters.of(table.spec(), files));
    }
    SnapshotTarget target = target(work, identifier);
    work.run(
        catalog,
        () -> {
          ReplacePartitions replace = target.direct(work.table().newReplacePartitions());
          files.forEach(replace::addFile);
          return replace;
        });
  }

  /** Lets one of Iceberg's updates start no threads. */
  public static <U extends SnapshotUpdate<U>> U inCallerThread(U update) {
    return update
        .scanManifestsWith(CallerThread.INSTANCE)
        .writeManifestsWith(CallerThread.INSTANCE, 1);
  }

  /** Runs any of Iceberg's updates as part of this transaction, such as a change of the schema. */
  public void update(TableIdentifier identifier, Function<Table, PendingUpdate<?>> update) {
    TableWork work = work(identifier);
    work.run(catalog, () -> update.apply(work.table()));
  }

  /**
   * Says that a statement relied on the rows of a table that match a filter. Under SERIALIZABLE the
   * commit of a transaction that wrote fails when another one changed any of them meanwhile.
   */
  public void recordRead(TableIdentifier identifier, Expression filter) {
    open();
    committedName(identifier).ifPresent(name -> reads.rows(name, asOthersKnow(identifier, filter)));
  }

  /**
   * As {@link #recordRead}, but at every level: for statements that are wrong where two of them do
   * not see each other.
   */
  public void recordKeys(TableIdentifier identifier, Expression filter) {
    open();
    committedName(identifier).ifPresent(name -> reads.keys(name, asOthersKnow(identifier, filter)));
  }

  /**
   * What others know as the table, or as the branch: one that is not there yet begins as the table.
   * Rows of a table that this transaction made are nobody else's, whatever had its name before.
   */
  private Optional<TableIdentifier> committedName(TableIdentifier identifier) {
    TableIdentifier table = TableBranch.table(identifier);
    String branch =
        tables.load(identifier).isPresent()
            ? TableBranch.branch(identifier)
            : SnapshotRef.MAIN_BRANCH;
    return tables.committedName(table).map(name -> TableBranch.of(name, branch));
  }

  /** A condition by names of columns, which may mean others since this transaction gave them. */
  private Expression asOthersKnow(TableIdentifier identifier, Expression filter) {
    return tables.altersSchema(TableBranch.table(identifier)) ? Expressions.alwaysTrue() : filter;
  }

  /**
   * Says that a statement relied on a name: on the table that has it, or on there being none. Under
   * SERIALIZABLE a commit that changes something fails when that is no longer so.
   */
  public void recordName(TableIdentifier identifier) {
    open();
    if (!tables.own(identifier)) {
      reads.name(identifier);
    }
  }

  /** As {@link #recordName(TableIdentifier)}, of the name of a schema. */
  public void recordName(Namespace schema) {
    open();
    if (!tables.schemas().own(schema)) {
      reads.name(schema);
    }
  }

  /** As {@link #recordName(TableIdentifier)}, of all schemas and tables of the database. */
  public void recordListing() {
    open();
    reads.listing();
  }

  /** Says that a statement wrote keys: at every level, nobody else may have written one of them. */
  public void keepKeys(TableIdentifier identifier, KeyRows keys) {
    TableIdentifier table = TableBranch.table(identifier);
    if (tables.altersSchema(table)) {
      recordKeys(identifier, Expressions.alwaysTrue());
    } else if (tables.committedName(table).isPresent()) {
      rows(work(identifier), identifier).keys().add(keys);
    }
  }

  /** Says that it moves rows only: what is due next counts from what it leaves. */
  public void maintain() {
    isMaintenance = true;
  }

  boolean isMaintenance() {
    return isMaintenance;
  }

  /**
   * Lets every other writer go first: the commit is 40001 where another one is under way, and when
   * the time is over before it was sent.
   *
   * @param monotonicNanos on the clock of {@link TimeSource#monotonicNanos}
   */
  public void giveWay(long monotonicNanos) {
    givesWayNanos = monotonicNanos;
  }

  /**
   * Keeps maintenance that gives way off the tables that this transaction looks at, as no one can
   * run it again; for transactions of several statements.
   */
  public void holdTables() {
    holdsTables = !readOnly;
  }

  boolean givesWay() {
    return givesWayNanos != Long.MAX_VALUE;
  }

  /** Its commit was not sent after all: a rollback drops everything. */
  void keptBack() {
    sent = false;
  }

  /** Whether a commit was sent, so that what it wrote may be in the database. */
  public boolean wasSent() {
    return sent;
  }

  boolean isOver() {
    return givesWay() && TimeSource.system().monotonicNanos() - givesWayNanos > 0;
  }

  /** Whether a commit, as it is written now, takes the maintenance of a table upon itself. */
  void claimMaintenance(TableIdentifier identifier, boolean isDue) {
    if (isDue) {
      maintenanceDue.add(identifier);
    } else {
      maintenanceDue.remove(identifier);
    }
  }

  /** The tables whose maintenance the commit of this transaction has claimed. */
  public Set<TableIdentifier> maintenanceDue() {
    return maintenanceDue;
  }

  /** How long its commit took. */
  public long commitNanos() {
    return commitNanos;
  }

  /** Whether a commit would change the database. */
  public boolean changed() {
    return tables.changed();
  }

  /**
   * Makes all changes visible at once. When this returns, they are durable.
   *
   * @param idempotencyToken a transaction whose token was committed before changes nothing
   */
  public CommitResult commit(@Nullable String idempotencyToken) {
    open();
    ended = true;
    if (!changed()) {
      catalog.turns().openTables().ended(this);
      return new CommitResult(null, false);
    }
    long sinceNanos = TimeSource.system().monotonicNanos() - begunAtNanos;
    requireYoung(
        Math.max(
            TimeSource.system().nowMillis() - begunAtMillis,
            TimeUnit.NANOSECONDS.toMillis(sinceNanos)));
    sent = true;
    long sentAtNanos = TimeSource.system().monotonicNanos();
    try {
      return new CommitCoordinator(catalog, this, idempotencyToken, disabledRules).commit();
    } finally {
      commitNanos = TimeSource.system().monotonicNanos() - sentAtNanos;
      catalog.turns().openTables().ended(this);
    }
  }

  /** After a day the files of a transaction may count as orphans. */
  static void requireYoung(long ageMillis) {
    if (ageMillis > MAX_AGE_MILLIS) {
      throw new EngineException(
          SqlState.SERIALIZATION_FAILURE,
          "the transaction has been open for more than "
              + TimeUnit.MILLISECONDS.toHours(MAX_AGE_MILLIS)
              + " hours, and the files that it wrote may have been removed as orphans. Nothing of it"
              + " was applied; run it again");
    }
  }

  /**
   * Drops all changes; what they wrote is {@link #takeAbandonedFiles() abandoned}. After a commit
   * that was sent it drops nothing, whatever came of it: the commit may be in the database.
   */
  public void rollback() {
    ended = true;
    catalog.turns().openTables().ended(this);
    if (!sent) {
      tables.forgetChanges();
      abandonedFiles.addAll(metadataFiles.removeAfter(0));
    }
  }

  /**
   * Manifests and manifest lists that were written and then rolled back, each named once. Files of
   * a commit that was lost, or whose outcome is unknown, are not among them.
   */
  public List<String> takeAbandonedFiles() {
    List<String> taken = List.copyOf(abandonedFiles);
    abandonedFiles.clear();
    return taken;
  }

  /** The changes so far, to return to. */
  public Savepoint savepoint() {
    open();
    return tables.savepoint();
  }

  /** Drops the changes since a savepoint of this transaction, of its tables and of their rows. */
  public void rollbackTo(Savepoint savepoint) {
    open();
    tables.rollbackTo(savepoint);
    abandonedFiles.addAll(metadataFiles.removeAfter(savepoint.metadataFiles()));
  }

  /** The tables that the commit has to bring into the root. */
  List<TableWork> changedTables() {
    return tables.changedTables();
  }

  /** Conditions on the rows of each table that was read. */
  Map<TableIdentifier, List<Expression>> readRows() {
    return reads.rows();
  }

  @Nullable String applicationName() {
    return applicationName;
  }

  /** The names that must be as they were, and the changes of schemas and dropped tables. */
  List<RootChange> definitionChanges() {
    List<RootChange> changes = new ArrayList<>(reads.names(pinned.root()));
    changes.addAll(tables.definitionChanges());
    return changes;
  }

  /** The views that the commit has to bring into the root, written. */
  List<RootChange> viewChanges() {
    return tables.views().changes();
  }

  /** The work on a table, or on the table of a branch. */
  private TableWork work(TableIdentifier identifier) {
    requireChangeable(identifier);
    TableIdentifier table = TableBranch.table(identifier);
    if (holdsTables) {
      catalog.turns().openTables().changed(this, table);
    }
    return tables.work(table);
  }

  private static BranchWork rows(TableWork work, TableIdentifier identifier) {
    return work.branch(TableBranch.branch(identifier));
  }

  /** Where the snapshot of a change goes: a branch that others must neither drop nor make. */
  private SnapshotTarget target(TableWork work, TableIdentifier identifier) {
    rows(work, identifier);
    String branch = TableBranch.branch(identifier);
    TableMetadata table = work.operations().current();
    boolean audited =
        table.propertyAsBoolean(
            TableProperties.WRITE_AUDIT_PUBLISH_ENABLED,
            Boolean.parseBoolean(TableProperties.WRITE_AUDIT_PUBLISH_ENABLED_DEFAULT));
    if (audited && stagedAs != null && TableBranch.isBranch(identifier)) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "a change of "
              + TableBranch.text(identifier)
              + " beside wapId = '"
              + stagedAs
              + "': it goes either to a branch or to a staged snapshot; SET wapId = DEFAULT takes"
              + " that back");
    }
    Snapshot current = table.currentSnapshot();
    if (TableBranch.head(table, branch) == null && current != null) {
      // Only the branch under audit is made by the first change that goes to it.
      SnapshotRef made = SnapshotRef.branchBuilder(current.snapshotId()).build();
      Function<Table, PendingUpdate<?>> update = ReferenceUpdate.of(work.table(), branch, made);
      work.run(catalog, () -> update.apply(work.table()));
    }
    return new SnapshotTarget(branch, audited ? stagedAs : null);
  }

  /**
   * Lets the changes that follow of tables with {@code write.wap.enabled} become snapshots that
   * nobody sees until they are published.
   *
   * @param id which the snapshots carry; null for changes that are seen
   */
  public void stageChanges(@Nullable String id) {
    stagedAs = id;
  }

  /**
   * To be asked before the first file of a change of a table is written; 0A000 where the database
   * commits one table at a time and this transaction has changed another one.
   */
  public void requireChangeable(TableIdentifier identifier) {
    writable();
    SingleChange.require(catalog, tables, TableBranch.table(identifier));
  }

  private void writable() {
    open();
    if (readOnly) {
      throw new EngineException(
          SqlState.READ_ONLY_TRANSACTION,
          catalog.readOnly()
              ? "the warehouse is opened read-only"
              : "the transaction is read-only; setReadOnly(false) allows writes");
    }
    if (!prepared) {
      catalog.prepareWrite();
      prepared = true;
    }
  }

  private void open() {
    if (ended) {
      throw new EngineException(
          SqlState.INVALID_TRANSACTION_STATE, "the transaction has ended: begin another one");
    }
  }
}
