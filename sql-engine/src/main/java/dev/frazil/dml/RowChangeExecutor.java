package dev.frazil.dml;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.ExchangeOperator;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.scan.OwnPositionDeletes;
import dev.frazil.exec.scan.TableScanSource;
import dev.frazil.exec.scan.TargetFile;
import dev.frazil.exec.scan.WholeFiles;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PlannedStatement.RowAction;
import dev.frazil.plan.PlannedStatement.RowChange;
import dev.frazil.plan.RowChangeMode;
import dev.frazil.plan.ScanColumn;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.ObjectStore;
import dev.frazil.txn.ChangedFiles;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.SelectionVector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.DeleteWriteResult;

/**
 * Turns the rows of a {@link RowChange} into files: data files for the rows that come, and for
 * those that go, file by file, a {@link FileChange}. One thread.
 */
public final class RowChangeExecutor implements AutoCloseable {
  private static final RowAction[] ACTIONS = RowAction.values();

  /** The column of the row's id, in tables whose rows have one. */
  private static final int ROW_ID_COLUMN = 3;

  /** The first format version that deletes by deletion vectors only. */
  private static final int DELETION_VECTOR_VERSION = 3;

  private final TableHandle target;
  private final Table table;
  private final RowChangeMode.Kind mode;
  private final ObjectStore store;
  private final QueryContext context;
  private final boolean rejectDuplicates;

  /** Columns in front of the new row. */
  private final int leadingColumns;

  private int returnedColumns;
  private Consumer<RowBatch> returned = rows -> {};
  private Consumer<RowBatch> check = rows -> {};
  private final InsertWriter inserts;
  private final ChangedRows changedRows;
  private final RowPositions deleted = new RowPositions();
  private final Map<String, TargetFile> wholeFiles = new TreeMap<>();
  private final List<DeleteFile> completedDeletes = new ArrayList<>();
  private long rowCount;

  /** What a statement changes in a table: nothing if {@code rowCount} is 0. */
  public record RowChanges(long rowCount, ChangedFiles files) {}

  /** The executor of one statement, in the state of the tables that its plan reads. */
  public RowChangeExecutor(RowChange change, ObjectStore store, QueryContext context) {
    this.target = change.target();
    this.table = target.table();
    this.mode = RowChangeMode.of(table, change.command()).kind();
    this.store = store;
    this.context = context;
    this.rejectDuplicates = change.rejectDuplicates();
    this.leadingColumns = RowChange.leadingColumns(table);
    this.inserts = InsertWriter.ofRewrittenRows(table, store, context);
    boolean inPlace = mode != RowChangeMode.Kind.MERGE_ON_READ && !table.sortOrder().isSorted();
    this.changedRows = new ChangedRows(inserts, context, inPlace);
  }

  /** Has every new row looked at before it is written: batches begin with its columns. */
  public void checkRows(Consumer<RowBatch> consumer) {
    check = consumer;
  }

  /**
   * Hands on what the statement returns.
   *
   * @param columns how many columns behind the new row are only returned
   * @param consumer takes batches whose rows alive are those that were written or removed
   */
  public void returnRows(int columns, Consumer<RowBatch> consumer) {
    returnedColumns = columns;
    returned = consumer;
  }

  /**
   * Runs a DELETE whose rows one scan finds: files of which the partition or the bounds say that
   * all rows go are not opened.
   *
   * @return false for a source that has to be run as it is, or knows of no such file
   */
  public boolean deleteScanned(PhysicalNode source) {
    if (returnedColumns > 0
        || !(source instanceof PhysicalNode.Project project)
        || !(project.input() instanceof PhysicalNode.TableScan scan)
        || scan.limit() >= 0) {
      return false;
    }
    wholeFiles.putAll(WholeFiles.of(scan, context));
    if (wholeFiles.isEmpty()) {
      return false;
    }
    wholeFiles.values().forEach(file -> rowCount += WholeFiles.rows(file));
    TableScanSource others = new TableScanSource(scan, null, context);
    others.restrict(location -> !wholeFiles.containsKey(location));
    int file = place(scan, ScanColumn.FileLocation.class);
    int position = place(scan, ScanColumn.RowPosition.class);
    try (Operator rows = new ExchangeOperator(others, context)) {
      RowBatch batch = rows.next();
      while (batch != null) {
        context.cancellation().check();
        FileNames files = new FileNames(batch.column(file));
        LongVector positions = (LongVector) batch.column(position);
        int[] alive = RowBatches.positions(batch);
        for (int k = 0; k < batch.selectedCount(); k++) {
          delete(files, positions, alive[k]);
        }
        batch = rows.next();
      }
    }
    return true;
  }

  private static int place(PhysicalNode.TableScan scan, Class<? extends ScanColumn> kind) {
    for (int i = 0; i < scan.scanColumns().size(); i++) {
      if (kind.isInstance(scan.scanColumns().get(i))) {
        return i;
      }
    }
    throw EngineException.internal("a scan of rows to be deleted lacks their address");
  }

  /** Takes the rows alive of a batch. */
  public void write(RowBatch batch) {
    IntVector actions = (IntVector) batch.column(0);
    FileNames files = new FileNames(batch.column(1));
    LongVector positions = (LongVector) batch.column(2);
    SelectionVector selection = batch.selection();
    int count = batch.selectedCount();
    int[] newRows = new int[count];
    int newCount = 0;
    int[] affected = new int[count];
    int affectedCount = 0;
    for (int k = 0; k < count; k++) {
      int row = selection == null ? k : selection.positions()[k];
      RowAction action = ACTIONS[actions.values()[row]];
      boolean changes =
          switch (action) {
            case NONE -> false;
            case INSERT -> {
              rowCount++;
              yield true;
            }
            case UPDATE, DELETE -> delete(files, positions, row);
            case REPEATED -> throw repeated();
          };
      if (changes) {
        affected[affectedCount++] = row;
        if (action == RowAction.UPDATE) {
          changedRows.replaces(newCount, files.at(row), positions.values()[row]);
        }
        if (action != RowAction.DELETE) {
          newRows[newCount++] = row;
        }
      }
    }
    if (returnedColumns > 0 && affectedCount > 0) {
      SelectionVector changed = new SelectionVector(affected, affectedCount);
      returned.accept(new RowBatch(batch.columns(), batch.rowCount(), changed));
    }
    if (newCount > 0) {
      List<ColumnVector> columns =
          batch.columns().subList(leadingColumns, batch.columns().size() - returnedColumns);
      RowBatch rows =
          new RowBatch(
              RowLineage.isKept(table)
                  ? RowLineage.ofChanged(columns, batch.column(ROW_ID_COLUMN))
                  : columns,
              batch.rowCount(),
              new SelectionVector(newRows, newCount));
      check.accept(rows);
      changedRows.add(rows);
    }
  }

  private EngineException repeated() {
    return new EngineException(
        SqlState.CARDINALITY_VIOLATION,
        "ON CONFLICT DO UPDATE would change a row of table "
            + table.name()
            + " a second time: two rows that are to be inserted have the same key");
  }

  private boolean delete(FileNames files, LongVector positions, int row) {
    if (deleted.add(files.at(row), positions.values()[row])) {
      rowCount++;
      return true;
    }
    if (rejectDuplicates) {
      throw new EngineException(
          SqlState.CARDINALITY_VIOLATION,
          "a row of table "
              + table.name()
              + " is matched by more than one source row, so what becomes of it is not defined;"
              + " make the source's join columns unique");
    }
    return false;
  }

  /**
   * Completes all files.
   *
   * @param filter which every target row that was read satisfies
   */
  public RowChanges finish(Expression filter) {
    Map<String, TargetFile> targets =
        TargetFile.find(target, deleted.files(), filter, context.files().snapshots());
    Map<String, TargetFile> rewritten = new TreeMap<>();
    Map<String, TargetFile> marked = new TreeMap<>();
    List<DataFile> removed = new ArrayList<>();
    wholeFiles.values().forEach(file -> removed.add(file.file()));
    targets.forEach(
        (location, file) -> {
          switch (change(file, deleted.count(location))) {
            case REMOVE -> removed.add(file.file());
            case REWRITE -> {
              rewritten.put(location, file);
              removed.add(file.file());
            }
            case MARK -> marked.put(location, file);
          }
        });
    if (!rewritten.isEmpty()) {
      CarriedRows.copy(target, rewritten.keySet(), deleted, false, changedRows, inserts, context);
    }
    changedRows.writeRest();
    Set<String> touched = new HashSet<>(deleted.files());
    touched.addAll(wholeFiles.keySet());
    List<DataFile> added = inserts.finish();
    List<DeleteFile> replaced = new ArrayList<>(mark(marked));
    targets.forEach(
        (location, file) -> {
          if (!marked.containsKey(location)) {
            replaced.addAll(OwnPositionDeletes.of(file));
          }
        });
    return new RowChanges(
        rowCount, new ChangedFiles(added, removed, completedDeletes, replaced, touched));
  }

  private FileChange change(TargetFile file, long rows) {
    int version = TableUtil.formatVersion(table);
    boolean canMark =
        version == 2
            || (version >= DELETION_VECTOR_VERSION
                && DeletionVectorWriter.canTakeIn(file.deletes()));
    return FileChange.of(mode, file, rows, canMark);
  }

  /** Writes delete files for the rows of these; answers those that they replace. */
  private List<DeleteFile> mark(Map<String, TargetFile> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    if (TableUtil.formatVersion(table) >= DELETION_VECTOR_VERSION) {
      DeleteWriteResult result = new DeletionVectorWriter(table, store).write(deleted, files);
      completedDeletes.addAll(result.deleteFiles());
      return result.rewrittenDeleteFiles();
    }
    PositionDeleteWriter writer = new PositionDeleteWriter(table, store, context);
    try {
      writer.write(deleted, files);
    } finally {
      completedDeletes.addAll(writer.completedFiles());
    }
    return writer.replacedFiles();
  }

  /** The files completed so far: what a caller that gives up hands to {@code maintenance}. */
  public List<ContentFile<?>> completedFiles() {
    List<ContentFile<?>> files = new ArrayList<>(inserts.completedFiles());
    files.addAll(completedDeletes);
    return files;
  }

  @Override
  public void close() {
    changedRows.close();
    inserts.close();
  }
}
