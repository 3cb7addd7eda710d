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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
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
  private final ReadSet readSet;
  private final TransactionReads reads;
  private final RowChanges rows;
  private final TransactionDefinitions definitions;
  private final TransactionMaintenance maintenance = new TransactionMaintenance();
  private final WrittenMetadata metadataFiles;
  private final List<String> abandonedFiles = new ArrayList<>();
  private final long begunAtMillis = TimeSource.system().nowMillis();
  private final long begunAtNanos = TimeSource.system().monotonicNanos();
  private boolean holdsTables;
  private long commitNanos;
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
    this.readSet = new ReadSet(isolation, disabledRules);
    this.tables = new TransactionTables(catalog, pinned, metadataFiles, readSet);
    this.reads = new TransactionReads(tables, readSet);
    this.definitions = new TransactionDefinitions(this, catalog, tables);
    this.rows =
        new RowChanges(this, catalog, !disabledRules.contains(ConflictRule.REWRITTEN_FILES));
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
      reads.name(TableBranch.table(identifier));
    } else if (holdsTables) {
      catalog.turns().openTables().read(this, TableBranch.table(identifier));
    }
    return found;
  }

  /** Its schemas, tables and views, and what makes and drops them. */
  public TransactionDefinitions definitions() {
    return definitions;
  }

  /** Changes of the rows of tables, or of branches of them. */
  public RowChanges rows() {
    open();
    return rows;
  }

  /** What its statements rely on. */
  public TransactionReads reads() {
    open();
    return reads;
  }

  /** What it has to do with the maintenance of tables. */
  public TransactionMaintenance maintenance() {
    return maintenance;
  }

  /** Runs any of Iceberg's updates as part of this transaction, such as a change of the schema. */
  public void update(TableIdentifier identifier, Function<Table, PendingUpdate<?>> update) {
    TableWork work = work(identifier);
    work.run(catalog, () -> update.apply(work.table()));
  }

  /**
   * Keeps maintenance that gives way off the tables that this transaction looks at, as no one can
   * run it again; for transactions of several statements.
   */
  public void holdTables() {
    holdsTables = !readOnly;
  }

  /** Its commit was not sent after all: a rollback drops everything. */
  void keptBack() {
    sent = false;
  }

  /** Whether a commit was sent, so that what it wrote may be in the database. */
  public boolean wasSent() {
    return sent;
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

  ReadSet readSet() {
    return readSet;
  }

  /** Conditions on the rows of each table that was read. */
  Map<TableIdentifier, List<Expression>> readRows() {
    return readSet.rows();
  }

  @Nullable String applicationName() {
    return applicationName;
  }

  /** The names that must be as they were, and the changes of schemas and dropped tables. */
  List<RootChange> definitionChanges() {
    List<RootChange> changes = new ArrayList<>(readSet.names(pinned.root()));
    changes.addAll(tables.definitionChanges());
    return changes;
  }

  /** The views that the commit has to bring into the root, written. */
  List<RootChange> viewChanges() {
    return tables.views().changes();
  }

  /** The work on a table, or on the table of a branch. */
  TableWork work(TableIdentifier identifier) {
    requireChangeable(identifier);
    TableIdentifier table = TableBranch.table(identifier);
    if (holdsTables) {
      catalog.turns().openTables().changed(this, table);
    }
    return tables.work(table);
  }

  /**
   * To be asked before the first file of a change of a table is written; 0A000 where the database
   * commits one table at a time and this transaction has changed another one.
   */
  public void requireChangeable(TableIdentifier identifier) {
    writable();
    SingleChange.require(catalog, tables, TableBranch.table(identifier));
  }

  /** Before the first file of any change; 25000, 25006. */
  void writable() {
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

  void open() {
    if (ended) {
      throw new EngineException(
          SqlState.INVALID_TRANSACTION_STATE, "the transaction has ended: begin another one");
    }
  }
}
