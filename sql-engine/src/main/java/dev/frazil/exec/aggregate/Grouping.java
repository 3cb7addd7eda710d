package dev.frazil.exec.aggregate;

import dev.frazil.error.EngineException;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.group.GroupTable;
import dev.frazil.kernel.GroupRuns;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.AggregateFunction;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The groups of one grouping set, with their accumulators. Takes rows of the input, or partial
 * groups of another grouping of the same plan. One thread.
 */
final class Grouping {
  /** To order the rows takes about as long as two sums by group. */
  private static final int CALLS_WORTH_AN_ORDER = 3;

  private final AggregatePlan plan;
  private final List<Integer> keys;
  private final @Nullable GroupTable table;
  private final List<AggregateCall> calls = new ArrayList<>();
  private final List<Accumulator> accumulators;
  private final Map<AggregateCall, DistinctRows> distinct = new HashMap<>();
  private final GroupRuns runs = new GroupRuns();
  private int[] groups = new int[RowBatch.TARGET_ROWS];

  /**
   * @param keys the input columns to group by; without any there is one group, even over no rows
   */
  Grouping(AggregatePlan plan, List<Integer> keys) {
    this.plan = plan;
    this.keys = keys;
    this.table =
        keys.isEmpty() ? null : GroupTable.create(plan.types(keys), GroupTable.Nulls.GROUP);
    this.accumulators = plan.accumulators();
    for (AggregateCall call : plan.calls()) {
      if (call.function() != AggregateFunction.GROUPING) {
        calls.add(call);
        if (AggregatePlan.needsDistinctSet(call)) {
          distinct.put(call, new DistinctRows(plan.types(call.arguments())));
        }
      }
    }
    grow();
  }

  int groupCount() {
    return table == null ? 1 : table.groupCount();
  }

  /** A hash of a group's key. */
  int hash(int group) {
    return table == null ? 0 : table.hash(group);
  }

  private void grow() {
    int count = groupCount();
    for (Accumulator accumulator : accumulators) {
      accumulator.grow(count);
    }
  }

  /** Adds the rows alive of a batch of the input. */
  void add(RowBatch batch) {
    SelectionVector selection = batch.selection();
    int[] rows = selection == null ? null : selection.positions();
    int count = batch.selectedCount();
    int[] groupOfRow = assign(columns(batch, keys), rows, count);
    boolean ordered =
        groupOfRow != null
            && calls.size() >= CALLS_WORTH_AN_ORDER
            && GroupRuns.suit(groupCount(), count);
    if (ordered && groupOfRow != null) {
      runs.order(groupOfRow, rows, count, groupCount());
    }
    for (int i = 0; i < calls.size(); i++) {
      AggregateCall call = calls.get(i);
      List<ColumnVector> arguments = columns(batch, call.inputs());
      if (call.filter() < 0 && !distinct.containsKey(call)) {
        if (ordered && accumulators.get(i).addRuns(arguments, runs)) {
          continue;
        }
        accumulators.get(i).add(arguments, rows, count, groupOfRow);
      } else {
        addSome(batch, call, accumulators.get(i), arguments, groupOfRow);
      }
    }
  }

  private static List<ColumnVector> columns(RowBatch batch, List<Integer> indexes) {
    List<ColumnVector> columns = new ArrayList<>(indexes.size());
    for (int index : indexes) {
      columns.add(batch.column(index));
    }
    return columns;
  }

  /** The group of each row, null when there is one group only. */
  private int @Nullable [] assign(List<ColumnVector> keyColumns, int @Nullable [] rows, int count) {
    if (table == null) {
      return null;
    }
    if (groups.length < count) {
      groups = new int[count];
    }
    table.assign(keyColumns, rows, count, groups);
    grow();
    return groups;
  }

  private void addSome(
      RowBatch batch,
      AggregateCall call,
      Accumulator accumulator,
      List<ColumnVector> arguments,
      int @Nullable [] groupOfRow) {
    int[] rows = RowBatches.positions(batch);
    int alive = batch.selectedCount();
    int[] someRows = new int[alive];
    int[] someGroups = new int[alive];
    int count = 0;
    BooleanVector filter = call.filter() < 0 ? null : (BooleanVector) batch.column(call.filter());
    for (int k = 0; k < alive; k++) {
      if (filter == null || (!filter.isNull(rows[k]) && filter.values()[rows[k]])) {
        someRows[count] = rows[k];
        someGroups[count++] = groupOfRow == null ? 0 : groupOfRow[k];
      }
    }
    DistinctRows once = distinct.get(call);
    if (once != null) {
      DistinctRows.Passed passed = once.pass(arguments, someRows, count, someGroups);
      accumulator.add(arguments, passed.rows(), passed.count(), passed.groups());
    } else {
      accumulator.add(arguments, someRows, count, someGroups);
    }
  }

  /** The types of the columns of {@link #partial}. */
  List<SqlType> partialTypes() {
    List<SqlType> types = new ArrayList<>(plan.types(keys));
    for (Accumulator accumulator : accumulators) {
      types.addAll(accumulator.stateTypes());
    }
    return types;
  }

  /** Keys and states of groups {@code from..from + count}. */
  RowBatch partial(int from, int count) {
    List<ColumnVector> columns = new ArrayList<>();
    if (table != null) {
      columns.addAll(table.keys(from, count));
    }
    for (Accumulator accumulator : accumulators) {
      columns.addAll(accumulator.states(from, count));
    }
    return new RowBatch(columns, count);
  }

  /** Adds partial groups; the batch has no selection. */
  void merge(RowBatch partial) {
    int count = partial.rowCount();
    int[] assigned = assign(partial.columns().subList(0, keys.size()), null, count);
    int[] groupOfRow = assigned == null ? new int[count] : assigned;
    int column = keys.size();
    for (int i = 0; i < accumulators.size(); i++) {
      Accumulator accumulator = accumulators.get(i);
      int width = accumulator.stateTypes().size();
      // What is distinct in parts may not be in the whole: those states are made again.
      if (!distinct.containsKey(calls.get(i))) {
        accumulator.merge(partial.columns().subList(column, column + width), count, groupOfRow);
      }
      column += width;
    }
  }

  /** The calls that need a set of what they have seen. */
  List<AggregateCall> distinctCalls() {
    return calls.stream().filter(distinct::containsKey).toList();
  }

  /** The types of the batches of {@link #forEachDistinct}. */
  List<SqlType> distinctTypes(AggregateCall call) {
    List<SqlType> types = new ArrayList<>(plan.types(keys));
    types.addAll(plan.types(call.arguments()));
    return types;
  }

  /**
   * What a distinct call has seen, perhaps several times: keys, then arguments.
   *
   * @param consumer told the group of each row as well
   */
  void forEachDistinct(AggregateCall call, BiConsumer<int[], RowBatch> consumer) {
    DistinctRows seen = distinct.get(call);
    GroupTable known = table;
    if (seen == null || known == null) {
      throw EngineException.internal("a call without a set, or without keys, is split by key");
    }
    List<ColumnVector> allKeys = known.keys(0, known.groupCount());
    seen.forEach(
        batch -> {
          int[] groupOfRow = ((IntVector) batch.column(0)).values();
          List<ColumnVector> columns = new ArrayList<>();
          for (ColumnVector key : allKeys) {
            columns.add(VectorGather.gather(key, groupOfRow, batch.rowCount()));
          }
          columns.addAll(batch.columns().subList(1, batch.columns().size()));
          consumer.accept(groupOfRow, new RowBatch(columns, batch.rowCount()));
        });
  }

  /** Adds keys and arguments that another grouping has seen. */
  void mergeDistinct(AggregateCall call, RowBatch seen) {
    DistinctRows once = distinct.get(call);
    int count = seen.rowCount();
    int[] groupOfRow = assign(seen.columns().subList(0, keys.size()), null, count);
    if (once == null || groupOfRow == null) {
      throw EngineException.internal("a call without a set, or without keys, is split by key");
    }
    List<ColumnVector> arguments = seen.columns().subList(keys.size(), seen.columns().size());
    DistinctRows.Passed passed =
        once.pass(arguments, VectorGather.range(0, count), count, groupOfRow);
    accumulators
        .get(calls.indexOf(call))
        .add(arguments, passed.rows(), passed.count(), passed.groups());
  }

  /** Lets the sets grow no more: what they lack goes to files. False if all did so already. */
  boolean stopSets(QueryContext context) {
    boolean any = false;
    for (DistinctRows rows : distinct.values()) {
      any |= !rows.usesFiles();
      rows.stopGrowing(context, 0);
    }
    return any;
  }

  /** Drops the sets and accumulates what went to their files; nothing is added afterwards. */
  void finishSets(QueryContext context, MemoryReservation reservation) {
    for (DistinctRows rows : distinct.values()) {
      reservation.shrink(rows.wantedBytes());
      rows.giveUp();
    }
    for (int i = 0; i < calls.size(); i++) {
      DistinctRows rows = distinct.get(calls.get(i));
      Accumulator accumulator = accumulators.get(i);
      if (rows != null) {
        rows.passLater(
            context,
            (arguments, passed) ->
                accumulator.add(arguments, passed.rows(), passed.count(), passed.groups()));
      }
    }
  }

  /** Deletes the files of sets. */
  void closeSets() {
    distinct.values().forEach(DistinctRows::close);
  }

  /** The output rows of groups {@code from..from + count}. */
  RowBatch output(int from, int count) {
    List<ColumnVector> keyColumns = table == null ? List.of() : table.keys(from, count);
    List<ColumnVector> columns = new ArrayList<>();
    for (int key : plan.groupKeys()) {
      int place = keys.indexOf(key);
      columns.add(
          place >= 0
              ? keyColumns.get(place)
              : ConstantVectors.nulls(plan.inputTypes().get(key), count));
    }
    int next = 0;
    for (AggregateCall call : plan.calls()) {
      columns.add(
          call.function() == AggregateFunction.GROUPING
              ? ConstantVectors.of(rolledUp(call), Primitive.BIGINT, count)
              : accumulators.get(next++).results(from, count));
    }
    return new RowBatch(columns, count);
  }

  private long rolledUp(AggregateCall call) {
    long bits = 0;
    for (int argument : call.arguments()) {
      bits = bits << 1 | (keys.contains(argument) ? 0 : 1);
    }
    return bits;
  }

  /** Bytes to reserve: what is held, and as much again for the copies in which arrays grow. */
  long wantedBytes() {
    long bytes = table == null ? 0 : table.sizeBytes();
    for (Accumulator accumulator : accumulators) {
      bytes += accumulator.sizeBytes();
    }
    bytes *= 2;
    for (DistinctRows rows : distinct.values()) {
      bytes += rows.wantedBytes();
    }
    return bytes;
  }
}
