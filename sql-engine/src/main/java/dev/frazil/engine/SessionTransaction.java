package dev.frazil.engine;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.TableResolver;
import dev.frazil.storage.RequestScope;
import dev.frazil.txn.CommitResult;
import dev.frazil.txn.IsolationLevel;
import dev.frazil.txn.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.ViewMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as a session holds it: pinned to a snapshot of the database by the first statement
 * that looks at the database, so that a statement without tables costs no request. One thread.
 */
final class SessionTransaction implements TableResolver {
  private final DatabaseCatalog catalog;
  private final IsolationLevel isolation;
  private final boolean readOnly;
  private final @Nullable SessionMoment moment;
  private @Nullable String applicationName;
  private Namespace currentSchema;
  private final List<String> stagedFiles = new ArrayList<>();
  private final Savepoints savepoints = new Savepoints();
  private final TablePurges purges = new TablePurges();
  private @Nullable Transaction transaction;
  private boolean ofOneStatement;

  /**
   * @param moment of the earlier state of the database that it reads; null for the newest
   */
  SessionTransaction(
      DatabaseCatalog catalog,
      IsolationLevel isolation,
      boolean readOnly,
      @Nullable SessionMoment moment,
      @Nullable String applicationName,
      Namespace currentSchema) {
    this.moment = moment;
    this.catalog = catalog;
    this.isolation = isolation;
    this.readOnly = readOnly || catalog.readOnly() || moment != null;
    this.applicationName = applicationName;
    this.currentSchema = currentSchema;
  }

  /** The transaction itself, begun now if it has not been. */
  Transaction transaction() {
    Transaction begun = transaction;
    if (begun == null) {
      begun =
          moment == null
              ? Transaction.begin(catalog, isolation, readOnly, applicationName)
              : Transaction.at(catalog, moment.snapshot(catalog));
      if (!ofOneStatement) {
        begun.holdTables();
      }
      transaction = begun;
    }
    return begun;
  }

  /** The tables whose files go with them. */
  TablePurges purges() {
    return purges;
  }

  /** Those that the commit drops. */
  Set<String> purged() {
    Transaction begun = transaction;
    return begun == null ? Set.of() : purges.among(begun.definitions().droppedRelations());
  }

  DatabaseCatalog catalog() {
    return catalog;
  }

  boolean readOnly() {
    return readOnly;
  }

  boolean serializable() {
    return isolation == IsolationLevel.SERIALIZABLE;
  }

  /** The earlier state that it reads; null for the newest one. */
  @Nullable SessionMoment moment() {
    return moment;
  }

  /** Whether it ends with the statement, which is run again after a conflict. */
  boolean ofOneStatement() {
    return ofOneStatement;
  }

  void endWithStatement() {
    this.ofOneStatement = true;
  }

  /** Whether a statement has looked at the database. */
  boolean begun() {
    return transaction != null;
  }

  /** Refuses read-only transactions (25006), and stores that cannot commit safely. */
  void prepareWrite(String statement) {
    if (readOnly) {
      throw new EngineException(
          SqlState.READ_ONLY_TRANSACTION,
          statement
              + " is not possible here: "
              + (catalog.readOnly()
                  ? "the warehouse is read-only; connect without readOnly=true, or to a warehouse"
                      + " that Frazil may write"
                  : moment != null
                      ? "the database is shown as of "
                          + moment.text()
                          + ", which nothing changes; SET asOf = DEFAULT, or end the transaction, to"
                          + " write"
                      : "the transaction is read-only; turn that off first"));
    }
    transaction();
    // What it finds out about the store serves others too.
    RequestScope.runOutside(catalog::prepareWrite);
  }

  /** 0A000 where the warehouse cannot hold views; what is only read is {@link #prepareWrite}'s. */
  void requireViews() {
    if (!readOnly && !catalog.holdsViews()) {
      throw EngineException.unsupported(
          "a view in " + catalog.description() + ", which holds tables only,");
    }
  }

  /** Remembers files that this transaction wrote, to remove them if it is surely not committed. */
  void stage(Collection<? extends ContentFile<?>> files) {
    for (ContentFile<?> file : files) {
      stagedFiles.add(file.location());
    }
  }

  /** Manifests of statements that failed since this was asked last. */
  List<String> takeAbandonedFiles() {
    Transaction begun = transaction;
    return begun == null ? List.of() : begun.takeAbandonedFiles();
  }

  Savepoints savepoints() {
    return savepoints;
  }

  long setSavepoint(@Nullable String name) {
    return savepoints.add(name, transaction(), stagedFiles.size());
  }

  /** Answers the files that were written since, which nothing holds any more. */
  List<String> rollbackTo(long savepoint) {
    if (transaction == null) {
      throw Savepoints.missing("any longer");
    }
    int kept = savepoints.rollbackTo(savepoint, transaction);
    List<String> since = stagedFiles.subList(kept, stagedFiles.size());
    List<String> left = new ArrayList<>(since);
    left.addAll(transaction.takeAbandonedFiles());
    since.clear();
    return left;
  }

  CommitResult commit(@Nullable String idempotencyToken) {
    Transaction begun = transaction;
    // From here on they may be of a commit that is in the database, whatever is thrown.
    List<String> staged = List.copyOf(stagedFiles);
    stagedFiles.clear();
    if (begun == null) {
      return new CommitResult(null, false);
    }
    try {
      return begun.commit(idempotencyToken);
    } finally {
      if (begun.changed() && !begun.wasSent()) {
        stagedFiles.addAll(staged);
      }
    }
  }

  boolean changed() {
    Transaction begun = transaction;
    return begun != null && begun.changed();
  }

  /** Answers the files that were written, which nothing holds any more. */
  List<String> rollback() {
    Transaction begun = transaction;
    if (begun == null) {
      return List.of();
    }
    begun.rollback();
    List<String> left = new ArrayList<>(stagedFiles);
    left.addAll(begun.takeAbandonedFiles());
    return left;
  }

  /** Without effect on a transaction that has begun. */
  void setApplicationName(@Nullable String name) {
    applicationName = name;
  }

  void setCurrentSchema(Namespace schema) {
    currentSchema = schema;
  }

  @Override
  public Namespace currentSchema() {
    return currentSchema;
  }

  /** Whether a schema exists, which the caller relies on. */
  boolean hasSchema(Namespace schema) {
    transaction().reads().name(schema);
    return transaction().definitions().schemas().contains(schema);
  }

  @Override
  public List<Namespace> schemas() {
    return transaction().definitions().schemas();
  }

  @Override
  public Map<String, String> properties(Namespace schema) {
    return transaction().definitions().schemaProperties(schema);
  }

  @Override
  public List<TableIdentifier> tables(Namespace schema) {
    return transaction().definitions().tables(schema);
  }

  @Override
  public Optional<Table> load(TableIdentifier identifier) {
    return moment == null
        ? transaction().load(identifier)
        : moment.load(transaction(), identifier, catalog);
  }

  @Override
  public List<TableIdentifier> views(Namespace schema) {
    return transaction().definitions().views().list(view -> view.namespace().equals(schema));
  }

  @Override
  public Optional<ViewMetadata> view(TableIdentifier identifier) {
    return transaction().definitions().views().find(identifier);
  }
}
