package dev.frazil.exec.expression;

import dev.frazil.kernel.NullMasks;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorGather;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of one text column that cannot fail and gives null for null. Where the column comes as
 * a dictionary it is computed once an entry instead of once a row, as soon as the rows seen are as
 * many as the entries.
 */
// dictionaries are shared by identity; a loop without branches can be vectorised
@SuppressWarnings({"ReferenceEquality", "ShortCircuitBoolean"})
final class EntryEvaluator implements Evaluator {
  private final Evaluator function;
  private final int column;
  private @Nullable BytesVector dictionary;
  private @Nullable ColumnVector entries;
  private long rowsSeen;

  /**
   * @param function over a batch of which column 0 is the text
   */
  EntryEvaluator(Evaluator function, int column) {
    this.function = function;
    this.column = column;
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    ColumnVector text = batch.column(column);
    ColumnVector computed = computedEntries(batch, text);
    if (computed == null) {
      return function.evaluate(textOnly(batch, text));
    }
    DictionaryVector ids = (DictionaryVector) text;
    int rows = batch.rowCount();
    if (computed instanceof BytesVector bytes && bytes.nulls() == null) {
      return new DictionaryVector(rows, ids.ids(), bytes, ids.nulls());
    }
    ColumnVector gathered = VectorGather.gather(computed, ids.ids(), rows);
    return VectorMasks.withNulls(gathered, NullMasks.union(gathered.nulls(), ids.nulls(), rows));
  }

  @Override
  public SelectionVector select(RowBatch batch) {
    ColumnVector text = batch.column(column);
    ColumnVector computed = computedEntries(batch, text);
    if (computed == null) {
      return function.select(textOnly(batch, text));
    }
    BooleanVector truth = VectorEvaluator.truth(computed);
    boolean[] accepted = truth.values();
    if (truth.nulls() != null) {
      accepted = new boolean[truth.rowCount()];
      for (int i = 0; i < accepted.length; i++) {
        accepted[i] = truth.values()[i] && !truth.isNull(i);
      }
    }
    DictionaryVector vector = (DictionaryVector) text;
    int[] ids = vector.ids();
    boolean[] nulls = vector.nulls();
    int[] positions = PredicateSelection.positions(batch);
    int count = batch.selectedCount();
    int[] chosen = new int[count];
    int next = 0;
    for (int i = 0; i < count; i++) {
      int row = positions == null ? i : positions[i];
      chosen[next] = row;
      next += accepted[ids[row]] & (nulls == null || !nulls[row]) ? 1 : 0;
    }
    return new SelectionVector(chosen, next);
  }

  /**
   * The function of every entry, or null if the column is no dictionary or one too large so far.
   */
  private @Nullable ColumnVector computedEntries(RowBatch batch, ColumnVector text) {
    if (!(text instanceof DictionaryVector vector) || vector.dictionary().rowCount() == 0) {
      return null;
    }
    BytesVector current = vector.dictionary();
    if (dictionary != current) {
      dictionary = current;
      entries = null;
      rowsSeen = 0;
    }
    rowsSeen += batch.selectedCount();
    if (entries == null && rowsSeen >= current.rowCount()) {
      entries = function.evaluate(new RowBatch(List.of(current), current.rowCount()));
    }
    return entries;
  }

  private static RowBatch textOnly(RowBatch batch, ColumnVector text) {
    return new RowBatch(List.of(text), batch.rowCount(), batch.selection());
  }
}
