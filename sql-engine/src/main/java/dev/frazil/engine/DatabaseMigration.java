package dev.frazil.engine;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.catalog.SchemaName;
import dev.frazil.catalog.TablePointer;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.Procedure;
import dev.frazil.txn.TableSnapshot;
import dev.frazil.txn.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.ViewMetadata;
import org.jspecify.annotations.Nullable;

/**
 * {@code CALL system.register_database} and {@code snapshot_database}: the tables and views of the
 * database that the connection names as its source, at one read point of it. One commit where the
 * catalog can, else one for each schema, table and view; what was taken by an earlier call is left
 * as it is, so that a call that was cut off is made again. One thread.
 */
final class DatabaseMigration {
  private final ProcedureCalls calls;
  private final boolean snapshots;

  /**
   * @param snapshots whether tables are made over the files of the source's; otherwise they are the
   *     source's own
   */
  DatabaseMigration(ProcedureCalls calls, boolean snapshots) {
    this.calls = calls;
    this.snapshots = snapshots;
  }

  private Procedure procedure() {
    return snapshots ? Procedure.SNAPSHOT_DATABASE : Procedure.REGISTER_DATABASE;
  }

  List<List<Object>> run(ProcedureArguments arguments) {
    ConnectionConfig config = calls.session().settings().initial().source();
    if (config == null) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "CALL system."
              + procedure().sqlName()
              + " takes tables from the database that the connection property '"
              + ConnectionProperty.SOURCE.propertyName()
              + "' names, and none is given");
    }
    @Nullable String schema = arguments.text("schema");
    try (DatabaseCatalog source = EngineFactory.openCatalog(config)) {
      return take(source, schema == null ? null : SchemaName.parse(schema));
    }
  }

  private List<List<Object>> take(DatabaseCatalog source, @Nullable Namespace only) {
    DatabaseSnapshot point = source.snapshot();
    List<Namespace> schemas =
        point.root().namespaces().keySet().stream()
            .filter(schema -> only == null || schema.equals(only))
            .sorted(Comparator.comparing(SchemaName::text))
            .toList();
    if (only != null && schemas.isEmpty()) {
      throw new EngineException(
          SqlState.SCHEMA_NOT_FOUND, "the source has no schema " + SchemaName.text(only));
    }
    List<Step> steps = new ArrayList<>();
    for (Namespace schema : schemas) {
      steps.add(transaction -> createSchema(transaction, schema, point));
      point.root().relations().entrySet().stream()
          .filter(entry -> entry.getKey().namespace().equals(schema))
          .sorted(Map.Entry.comparingByKey(Comparator.comparing(TableIdentifier::name)))
          .forEach(
              entry ->
                  steps.add(
                      transaction -> take(source, entry.getKey(), entry.getValue(), transaction)));
    }
    if (calls.session().catalog().commitsTogether()) {
      return commit(steps);
    }
    List<List<Object>> rows = new ArrayList<>();
    steps.forEach(step -> rows.addAll(commit(List.of(step))));
    return rows;
  }

  /** A part of the work; answers the row about it, none for a schema. */
  private interface Step {
    List<List<Object>> run(SessionTransaction transaction);
  }

  private List<List<Object>> commit(List<Step> steps) {
    List<List<Object>> rows =
        calls.committed(
            own -> {
              own.prepareWrite("CALL system." + procedure().sqlName());
              List<List<Object>> done = new ArrayList<>();
              steps.forEach(step -> done.addAll(step.run(own)));
              return done;
            });
    // Under a token that was committed before, nothing is known of the tables of then.
    return rows == null ? List.of() : rows;
  }

  private static List<List<Object>> createSchema(
      SessionTransaction own, Namespace schema, DatabaseSnapshot point) {
    if (!own.hasSchema(schema)) {
      own.transaction()
          .definitions()
          .createSchema(schema, point.root().namespaces().getOrDefault(schema, Map.of()));
    }
    return List.of();
  }

  private List<List<Object>> take(
      DatabaseCatalog source,
      TableIdentifier identifier,
      TablePointer pointer,
      SessionTransaction own) {
    calls.cancellation().check();
    return List.of(
        pointer.kind() == TablePointer.Kind.VIEW
            ? takeView(identifier, source.viewMetadata(identifier, pointer), own.transaction())
            : takeTable(identifier, source.metadata(identifier, pointer), own.transaction()));
  }

  private List<Object> takeTable(
      TableIdentifier identifier, TableMetadata metadata, Transaction transaction) {
    boolean there =
        transaction
            .load(identifier)
            .filter(
                table ->
                    snapshots
                        ? Objects.equals(
                            table.properties().get(TableSnapshot.SOURCE), metadata.uuid())
                        : Objects.equals(table.uuid().toString(), metadata.uuid()))
            .isPresent();
    if (!there) {
      requireReachable(metadata);
      if (snapshots) {
        transaction.definitions().snapshotTable(identifier, metadata);
      } else {
        transaction.definitions().registerTable(identifier, metadata.metadataFileLocation());
      }
    }
    List<Object> row = row(identifier, TablePointer.Kind.TABLE, !there);
    Snapshot current = metadata.currentSnapshot();
    if (current != null) {
      row.set(4, current.snapshotId());
      String records = current.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP);
      row.set(5, records == null ? null : Long.valueOf(records));
    }
    return row;
  }

  /** 58P02 now, not at the first query, for files that this connection may not open. */
  private void requireReachable(TableMetadata metadata) {
    Snapshot current = metadata.currentSnapshot();
    if (current != null && current.manifestListLocation() != null) {
      DatabaseCatalog own = calls.session().catalog();
      if (!own.io().newInputFile(current.manifestListLocation()).exists()) {
        throw new EngineException(
            SqlState.OBJECT_NOT_IN_STATE,
            "the file " + current.manifestListLocation() + " of the source is gone");
      }
    }
  }

  private static List<Object> takeView(
      TableIdentifier identifier, ViewMetadata metadata, Transaction transaction) {
    boolean there =
        transaction.definitions().views().exists(identifier)
            && transaction
                .definitions()
                .views()
                .find(identifier)
                .filter(view -> view.uuid().equals(metadata.uuid()))
                .isPresent();
    if (!there) {
      String folder = transaction.definitions().views().newLocation(identifier);
      transaction
          .definitions()
          .changedViews()
          .create(identifier, ViewMetadata.buildFrom(metadata).setLocation(folder).build());
    }
    return row(identifier, TablePointer.Kind.VIEW, !there);
  }

  private static List<Object> row(
      TableIdentifier identifier, TablePointer.Kind kind, boolean taken) {
    return Arrays.asList(
        SchemaName.text(identifier.namespace()),
        identifier.name(),
        kind.label(),
        taken,
        null,
        null);
  }
}
