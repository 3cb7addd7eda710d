package dev.frazil.parquet.write;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.StructVector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of the schema that is written; shreds vectors into the entries of its leaves. Immutable.
 *
 * @param kind what its vectors are
 * @param optional whether it may be null
 * @param repetition repetition level of its elements, for lists and maps
 * @param leaf ordinal of the leaf, for leaves
 */
record FieldNode(
    Kind kind, String name, boolean optional, int repetition, int leaf, List<FieldNode> children) {

  enum Kind {
    LEAF,
    STRUCT,
    LIST,
    MAP,
    /** Always null, and in no file. */
    ABSENT,
    /** Two leaves: the dictionary of names, the value. */
    VARIANT
  }

  /** Takes the entries of leaves. */
  interface EntrySink {
    void accept(int leaf, ColumnVector vector, Entries entries);
  }

  /**
   * Entries on their way down: entry {@code i} has levels {@code definition[i]} and {@code
   * repetition[i]} so far and goes on in row {@code index[i]} of the vector, or ended at a null or
   * empty list above when that is negative.
   */
  record Entries(int count, int[] definition, int[] repetition, int[] index) {

    /** One entry for each of the rows {@code positions[from..from + count)}. */
    static Entries ofRows(int @Nullable [] positions, int from, int count) {
      int[] index = new int[count];
      for (int i = 0; i < count; i++) {
        index[i] = positions == null ? from + i : positions[from + i];
      }
      return new Entries(count, new int[count], new int[count], index);
    }
  }

  /** Hands the entries of every leaf below to {@code sink}. */
  void shred(ColumnVector vector, Entries above, EntrySink sink) {
    if (kind == Kind.ABSENT) {
      return;
    }
    Entries entries = settleNulls(vector, above);
    switch (kind) {
      case ABSENT -> {}
      case LEAF -> sink.accept(leaf, vector, entries);
      case STRUCT -> {
        List<ColumnVector> fields = ((StructVector) vector).fields();
        for (int i = 0; i < children.size(); i++) {
          children.get(i).shred(fields.get(i), entries, sink);
        }
      }
      case VARIANT -> {
        VariantParts parts = VariantParts.of(vector);
        children.get(0).shred(parts.metadata(), entries, sink);
        children.get(1).shred(parts.values(), entries, sink);
      }
      case LIST -> {
        ListVector list = (ListVector) vector;
        children.get(0).shred(list.elements(), expand(list.offsets(), entries), sink);
      }
      case MAP -> {
        MapVector map = (MapVector) vector;
        Entries expanded = expand(map.offsets(), entries);
        children.get(0).shred(map.keys(), expanded, sink);
        children.get(1).shred(map.mapValues(), expanded, sink);
      }
    }
  }

  private Entries settleNulls(ColumnVector vector, Entries above) {
    boolean[] nulls = vector.nulls();
    int count = above.count();
    int[] aboveIndex = above.index();
    if (!optional) {
      if (nulls != null) {
        for (int i = 0; i < count; i++) {
          if (aboveIndex[i] >= 0 && nulls[aboveIndex[i]]) {
            throw new EngineException(
                SqlState.NOT_NULL_VIOLATION, "null in column " + name + ", which is NOT NULL");
          }
        }
      }
      return above;
    }
    int[] definition = new int[count];
    int[] aboveDefinition = above.definition();
    if (nulls == null) {
      for (int i = 0; i < count; i++) {
        // One more where the row is there: the shift makes -1 of a negative index.
        definition[i] = aboveDefinition[i] + 1 + (aboveIndex[i] >> 31);
      }
      return new Entries(count, definition, above.repetition(), aboveIndex);
    }
    int[] index = Arrays.copyOf(aboveIndex, count);
    for (int i = 0; i < count; i++) {
      boolean present = aboveIndex[i] >= 0;
      if (present && nulls[aboveIndex[i]]) {
        index[i] = -1;
        present = false;
      }
      definition[i] = aboveDefinition[i] + (present ? 1 : 0);
    }
    return new Entries(count, definition, above.repetition(), index);
  }

  private Entries expand(int[] offsets, Entries entries) {
    long total = 0;
    for (int i = 0; i < entries.count(); i++) {
      int row = entries.index()[i];
      total += row < 0 ? 1 : Math.max(1, offsets[row + 1] - offsets[row]);
    }
    if (total > Integer.MAX_VALUE - 8) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "the lists of column " + name + " in one batch have " + total + " elements");
    }
    int[] definition = new int[(int) total];
    int[] repetitions = new int[(int) total];
    int[] index = new int[(int) total];
    int out = 0;
    for (int i = 0; i < entries.count(); i++) {
      int row = entries.index()[i];
      int start = row < 0 ? 0 : offsets[row];
      int end = row < 0 ? 0 : offsets[row + 1];
      if (start == end) {
        definition[out] = entries.definition()[i];
        repetitions[out] = entries.repetition()[i];
        index[out++] = -1;
      }
      for (int k = start; k < end; k++) {
        definition[out] = entries.definition()[i] + 1;
        repetitions[out] = k == start ? entries.repetition()[i] : repetition;
        index[out++] = k;
      }
    }
    return new Entries(out, definition, repetitions, index);
  }
}
