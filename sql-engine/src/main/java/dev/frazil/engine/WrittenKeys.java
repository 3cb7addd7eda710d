package dev.frazil.engine;

import dev.frazil.plan.ColumnOrigin;
import dev.frazil.plan.PlannedStatement.RowAction;
import dev.frazil.plan.PlannedStatement.RowChange;
import dev.frazil.plan.UniqueKey;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.VectorValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the rows that a statement writes, as long as they are few; of more rows only that
 * there are many is known. One thread.
 */
final class WrittenKeys {
  private static final int MOST_ROWS = 2_000;
  private static final RowAction[] ACTIONS = RowAction.values();

  private final List<UniqueKey> keys;

  /** Columns in front of those of the table. */
  private final int leadingColumns;

  private final List<List<Integer>> columns = new ArrayList<>();

  /** For each key its values, a list a row. */
  private final List<List<List<Object>>> rows = new ArrayList<>();

  private final List<AscendingKeys> ascents = new ArrayList<>();
  private long written;

  private WrittenKeys(List<UniqueKey> keys, Schema schema, int leadingColumns) {
    this.keys = keys;
    this.leadingColumns = leadingColumns;
    for (UniqueKey key : keys) {
      List<Integer> positions = new ArrayList<>();
      key.columns().forEach(field -> positions.add(schema.columns().indexOf(field)));
      columns.add(positions);
      rows.add(new ArrayList<>());
      ascents.add(new AscendingKeys(positions));
    }
  }

  /** Of rows that are inserted into a table. */
  static WrittenKeys of(Table table) {
    return new WrittenKeys(UniqueKey.enforced(table), table.schema(), 0);
  }

  /** Of rows that stand in files already, too many to be told apart. */
  static WrittenKeys ofFiles(Table table) {
    WrittenKeys keys = of(table);
    keys.written = MOST_ROWS + 1;
    return keys;
  }

  /** Of a change of rows; an UPDATE that sets no column of a key writes no new one. */
  static WrittenKeys of(RowChange change) {
    Table table = change.target().table();
    int leading = RowChange.leadingColumns(table);
    List<UniqueKey> keys = UniqueKey.enforced(table);
    if (change.command() == RowChange.Command.UPDATE
        && !keys.isEmpty()
        && PlanTables.scansOfTarget(change).size() == 1) {
      keys = keys.stream().filter(key -> isSet(key, change, leading)).toList();
    }
    return new WrittenKeys(keys, table.schema(), leading);
  }

  private static boolean isSet(UniqueKey key, RowChange change, int leading) {
    List<Types.NestedField> fields = change.target().table().schema().columns();
    for (Types.NestedField field : key.columns()) {
      int column = leading + fields.indexOf(field);
      int origin = ColumnOrigin.of(change.source(), column, change.target().identifier());
      if (origin != field.fieldId()) {
        return true;
      }
    }
    return false;
  }

  /** Takes the rows of an INSERT: the columns of the table come first. */
  void insert(RowBatch batch) {
    if (!keys.isEmpty()) {
      add(batch, null);
    }
  }

  /** Takes the rows of a change of rows. */
  void change(RowBatch batch) {
    if (!keys.isEmpty()) {
      add(batch, (IntVector) batch.column(0));
    }
  }

  private void add(RowBatch batch, @Nullable IntVector actions) {
    int[] positions = RowBatches.positions(batch);
    int count = batch.selectedCount();
    if (actions != null) {
      positions = Arrays.copyOf(positions, count);
      count = keepWritten(actions.values(), positions);
    }
    written += count;
    for (int key = 0; key < keys.size(); key++) {
      ascents.get(key).add(batch, leadingColumns, positions, count);
      if (written > MOST_ROWS) {
        rows.get(key).clear();
        continue;
      }
      for (int i = 0; i < count; i++) {
        List<Object> values = values(batch, columns.get(key), positions[i]);
        if (values != null) {
          rows.get(key).add(values);
        }
      }
    }
  }

  @SuppressWarnings("EnumOrdinal") // the plan writes actions as their ordinals
  private static int keepWritten(int[] actions, int[] positions) {
    int count = 0;
    for (int row : positions) {
      RowAction action = ACTIONS[actions[row]];
      if (action == RowAction.INSERT || action == RowAction.UPDATE) {
        positions[count++] = row;
      }
    }
    return count;
  }

  /** Null for a row with a null in its key. */
  private @Nullable List<Object> values(RowBatch batch, List<Integer> columns, int row) {
    List<Object> values = new ArrayList<>();
    for (int column : columns) {
      ColumnVector vector = batch.column(leadingColumns + column);
      Object value = VectorValues.read(vector, row);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return values;
  }

  List<UniqueKey> keys() {
    return keys;
  }

  /** Whether anything was written that has keys. */
  boolean isEmpty() {
    return keys.isEmpty() || written == 0;
  }

  /** Whether no value of a key was written twice, as far as their order tells. */
  boolean areAscending(int key) {
    return ascents.get(key).hold();
  }

  /** The values of a key, a list a row; null where the rows are too many. */
  @Nullable List<List<Object>> values(int key) {
    return written > MOST_ROWS ? null : rows.get(key);
  }
}
