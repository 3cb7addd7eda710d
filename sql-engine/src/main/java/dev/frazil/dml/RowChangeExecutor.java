package dev.frazil.dml;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.plan.PlannedStatement.RowAction;
import dev.frazil.plan.PlannedStatement.RowChange;
import dev.frazil.storage.ObjectStore;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.DeleteWriteResult;

/**
 * Turns the rows of a {@link dev.frazil.plan.PlannedStatement.RowChange} into files: position
 * deletes for the rows that go, data files for those that come. One thread.
 */
public final class RowChangeExecutor implements AutoCloseable {
  private static final RowAction[] ACTIONS = RowAction.values();

  /** The column of the row's id, in tables whose rows have one. */
  private static final int ROW_ID_COLUMN = 3;

  /** The first format version that deletes by deletion vectors only. */
  private static final int DELETION_VECTOR_VERSION = 3;

  private final Table table;
  private final ObjectStore store;
  private final boolean rejectDuplicates;

  /** Columns in front of the new row. */
  private final int leadingColumns;

  private int returnedColumns;
  private Consumer<RowBatch> returned = rows -> {};
  private final InsertWriter inserts;
  private final RowPositions deleted = new RowPositions();
  private final List<DeleteFile> completedDeletes = new ArrayList<>();
  private long rowCount;

  /**
   * What a statement changes in a table: nothing if {@code rowCount} is 0.
   *
   * @param removedDeletes delete files that those of {@code deletes} take the place of
   */
  public record RowChanges(
      long rowCount,
      List<DataFile> added,
      List<DeleteFile> deletes,
      List<DeleteFile> removedDeletes,
      Set<String> referencedDataFiles) {}

  /**
   * @param rejectDuplicates whether a target row that comes twice is 21000, or else counted once,
   *     the first time
   */
  public RowChangeExecutor(
      Table table, ObjectStore store, MemoryBudget memory, boolean rejectDuplicates) {
    this.table = table;
    this.store = store;
    this.rejectDuplicates = rejectDuplicates;
    this.leadingColumns = RowChange.leadingColumns(table);
    this.inserts = InsertWriter.ofRewrittenRows(table, store, memory);
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

  /** Takes the rows alive of a batch. */
  public void write(RowBatch batch) {
    IntVector actions = (IntVector) batch.column(0);
    ColumnVector files = batch.column(1);
    LongVector positions = (LongVector) batch.column(2);
    SelectionVector selection = batch.selection();
    int count = batch.selectedCount();
    int[] newRows = new int[count];
    int newCount = 0;
    int[] changedRows = new int[count];
    int changedCount = 0;
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
        changedRows[changedCount++] = row;
        if (action != RowAction.DELETE) {
          newRows[newCount++] = row;
        }
      }
    }
    if (returnedColumns > 0 && changedCount > 0) {
      SelectionVector changed = new SelectionVector(changedRows, changedCount);
      returned.accept(new RowBatch(batch.columns(), batch.rowCount(), changed));
    }
    if (newCount > 0) {
      List<ColumnVector> columns =
          batch.columns().subList(leadingColumns, batch.columns().size() - returnedColumns);
      inserts.write(
          new RowBatch(
              RowLineage.isKept(table)
                  ? RowLineage.ofChanged(columns, batch.column(ROW_ID_COLUMN))
                  : columns,
              batch.rowCount(),
              new SelectionVector(newRows, newCount)));
    }
  }

  private EngineException repeated() {
    return new EngineException(
        SqlState.CARDINALITY_VIOLATION,
        "ON CONFLICT DO UPDATE would change a row of table "
            + table.name()
            + " a second time: two rows that are to be inserted have the same key");
  }

  private boolean delete(ColumnVector files, LongVector positions, int row) {
    if (deleted.add(text(files, row), positions.values()[row])) {
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

  private static String text(ColumnVector vector, int row) {
    return vector instanceof DictionaryVector dictionary
        ? dictionary.dictionary().text(dictionary.ids()[row])
        : ((BytesVector) vector).text(row);
  }

  /**
   * Completes all files.
   *
   * @param filter which every target row that was read satisfies
   */
  public RowChanges finish(Expression filter) {
    List<DataFile> added = inserts.finish();
    List<DeleteFile> removed = List.of();
    if (!deleted.isEmpty()) {
      if (TableUtil.formatVersion(table) >= DELETION_VECTOR_VERSION) {
        DeleteWriteResult result = new DeletionVectorWriter(table, store).write(deleted, filter);
        completedDeletes.addAll(result.deleteFiles());
        removed = result.rewrittenDeleteFiles();
      } else {
        writePositionDeletes(filter);
      }
    }
    return new RowChanges(
        rowCount, added, List.copyOf(completedDeletes), removed, Set.copyOf(deleted.files()));
  }

  private void writePositionDeletes(Expression filter) {
    PositionDeleteWriter writer = new PositionDeleteWriter(table, store);
    try {
      writer.write(deleted, filter);
    } finally {
      completedDeletes.addAll(writer.completedFiles());
    }
  }

  /** The files completed so far: what a caller that gives up hands to {@code maintenance}. */
  public List<ContentFile<?>> completedFiles() {
    List<ContentFile<?>> files = new ArrayList<>(inserts.completedFiles());
    files.addAll(completedDeletes);
    return files;
  }

  @Override
  public void close() {
    inserts.close();
  }
}
