package dev.frazil.engine;

import dev.frazil.catalog.TableBranch;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.Operator;
import dev.frazil.exec.OperatorFactory;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.TableFiles;
import dev.frazil.exec.scan.SnapshotFiles;
import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.AggregateFunction;
import dev.frazil.plan.CopyFormat;
import dev.frazil.plan.FileRows;
import dev.frazil.plan.JoinKind;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScanColumn;
import dev.frazil.plan.SetOperator;
import dev.frazil.plan.TableHandle;
import dev.frazil.plan.UniqueKey;
import dev.frazil.storage.ObjectStore;
import dev.frazil.txn.KeyRows;
import dev.frazil.txn.PromotedDates;
import dev.frazil.txn.TruncatedPartitions;
import dev.frazil.txn.UuidFilters;
import dev.frazil.type.SqlType;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.VectorValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/**
 * Keeps keys unique: among the rows of a table with the keys that a statement wrote, none may be
 * there twice (23505). Only files that can hold one of the keys are read. What was looked for is
 * noted at every level of isolation, so that of two transactions that write the same key at the
 * same time one fails (40001), and finds the key when it is run again.
 */
final class UniqueKeyCheck {
  private final SessionTransaction transaction;
  private final QueryContext context;

  UniqueKeyCheck(SessionTransaction transaction, ObjectStore store, QueryContext context) {
    this.transaction = transaction;
    this.context = context.reading(new OwnFiles(store, context.files()));
  }

  /**
   * Looks at the table after a statement.
   *
   * @param files what the statement added
   * @param carries whether these hold rows of rewritten files as well, beside those that were
   *     written
   */
  void check(
      TableIdentifier identifier, WrittenKeys written, List<DataFile> files, boolean carries) {
    if (written.isEmpty()) {
      return;
    }
    Table table = transaction.transaction().load(identifier).orElseThrow();
    for (int i = 0; i < written.keys().size(); i++) {
      UniqueKey key = written.keys().get(i);
      List<List<Object>> values = written.values(i);
      if (values == null || !values.isEmpty()) {
        Expression where =
            values == null ? KeyFilters.bounds(key, files) : KeyFilters.of(key, values);
        transaction
            .transaction()
            .rows()
            .keepKeys(
                identifier, new KeyRows(key.columns(), where, values, files, context.memory()));
        PhysicalNode rows = null;
        if (values != null) {
          rows = among(identifier, table, key, where, given(values, key));
        } else if (othersMayHold(table, files, where)) {
          rows = among(identifier, table, key, where, written(files, key));
        } else if (carries || !written.areAscending(i)) {
          rows = written(files, key);
        }
        if (rows != null) {
          requireOnce(identifier, key, where, rows);
        }
      }
    }
  }

  /** Whether files that the statement did not write can hold the keys, by their bounds. */
  private boolean othersMayHold(Table table, List<DataFile> files, Expression where) {
    Set<String> own = new HashSet<>();
    files.forEach(file -> own.add(file.location()));
    Expression widened =
        TruncatedPartitions.widened(PromotedDates.without(where, table), table.specs().values());
    UuidFilters uuids = UuidFilters.of(where, table.schema());
    TableScan scan = table.newScan().filter(widened);
    try (CloseableIterable<FileScanTask> found =
        (uuids == null ? scan : scan.includeColumnStats(uuids.columns())).planFiles()) {
      for (FileScanTask task : found) {
        context.cancellation().check();
        if (!own.contains(task.file().location())
            && (uuids == null || uuids.mayMatch(task.file(), task.spec()))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of the table that hold one of the keys. */
  private static PhysicalNode among(
      TableIdentifier identifier, Table table, UniqueKey key, Expression where, PhysicalNode keys) {
    List<ScanColumn> scanned = new ArrayList<>();
    for (int i = 0; i < key.columns().size(); i++) {
      int fieldId = key.columns().get(i).fieldId();
      scanned.add(new ScanColumn.TableColumn(fieldId, columns(key).get(i)));
    }
    Snapshot snapshot = table.currentSnapshot();
    TableHandle handle =
        new TableHandle(identifier, table, snapshot == null ? null : snapshot.snapshotId(), false);
    List<Integer> all = positions(key);
    return new PhysicalNode.HashJoin(
        new PhysicalNode.TableScan(handle, scanned, where, null, -1, Double.NaN),
        keys,
        JoinKind.SEMI,
        all,
        all,
        null,
        Double.NaN);
  }

  private static List<Column> columns(UniqueKey key) {
    return key.columns().stream()
        .map(field -> new Column(field.name(), TypeMapping.toSql(field.type()), field.isOptional()))
        .toList();
  }

  private static List<Integer> positions(UniqueKey key) {
    return IntStream.range(0, key.columns().size()).boxed().toList();
  }

  private void requireOnce(
      TableIdentifier identifier, UniqueKey key, Expression where, PhysicalNode rows) {
    List<Column> counted = new ArrayList<>(columns(key));
    counted.add(new Column("rows", SqlType.Primitive.BIGINT, false));
    PhysicalNode groups =
        new PhysicalNode.Aggregate(
            rows,
            positions(key),
            List.of(positions(key)),
            List.of(
                new AggregateCall(
                    AggregateFunction.COUNT, List.of(), false, -1, SqlType.Primitive.BIGINT)),
            counted,
            Double.NaN);
    try (Operator operator = OperatorFactory.create(groups, context)) {
      RowBatch batch = operator.next();
      while (batch != null) {
        context.cancellation().check();
        requireOnce(identifier, key, where, RowBatches.compact(batch));
        batch = operator.next();
      }
    }
  }

  private void requireOnce(
      TableIdentifier identifier, UniqueKey key, Expression where, RowBatch groups) {
    int width = key.columns().size();
    LongVector counts = (LongVector) groups.column(width);
    for (int row = 0; row < groups.rowCount(); row++) {
      if (counts.values()[row] > 1 && !hasNull(groups, width, row)) {
        // Whoever goes on after this error has learnt that the key is there.
        transaction.transaction().reads().rows(identifier, where);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < width; i++) {
          Object value = Objects.requireNonNull(VectorValues.read(groups.column(i), row));
          values.add(KeyFilters.text(value, key.columns().get(i).type()));
        }
        throw new EngineException(
            SqlState.UNIQUE_VIOLATION,
            "table "
                + TableBranch.text(identifier)
                + " would hold "
                + key.name()
                + " "
                + key.names()
                + " = "
                + values
                + " "
                + counts.values()[row]
                + " times");
      }
    }
  }

  private static boolean hasNull(RowBatch groups, int width, int row) {
    for (int i = 0; i < width; i++) {
      if (groups.column(i).isNull(row)) {
        return true;
      }
    }
    return false;
  }

  private static PhysicalNode given(List<List<Object>> values, UniqueKey key) {
    List<Column> columns = columns(key);
    List<List<ScalarExpression>> rows = new ArrayList<>();
    for (List<Object> value : values) {
      List<ScalarExpression> row = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        row.add(new ScalarExpression.Literal(value.get(i), columns.get(i).type()));
      }
      rows.add(row);
    }
    return new PhysicalNode.Values(columns, rows);
  }

  /** The keys of many rows are read back from the files that hold them. */
  private static PhysicalNode written(List<DataFile> files, UniqueKey key) {
    List<Column> columns = columns(key);
    List<PhysicalNode> rows = new ArrayList<>();
    for (DataFile file : files) {
      rows.add(new FileRows(file.location(), new CopyFormat.Parquet(null), columns, true));
    }
    return rows.size() == 1
        ? rows.get(0)
        : new PhysicalNode.SetOperation(SetOperator.UNION, true, rows, columns);
  }

  /** Lets files of the table be read by their locations. */
  private record OwnFiles(ObjectStore store, TableFiles files) implements TableFiles {
    @Override
    public ObjectStore store(Table table) {
      return files.store(table);
    }

    @Override
    public ObjectStore outside(String location) {
      return store;
    }

    @Override
    public @Nullable SnapshotFiles snapshots() {
      return files.snapshots();
    }
  }
}
