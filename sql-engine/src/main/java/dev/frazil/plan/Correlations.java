package dev.frazil.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.core.CorrelationId;

/** The outer rows of a statement and the slots through which sub-queries read them. */
final class Correlations {
  private final Map<CorrelationId, Map<Integer, Integer>> slots = new HashMap<>();
  private int next;

  /** The slot of a field of Calcite's outer row. */
  int slot(CorrelationId id, int field) {
    return slots.computeIfAbsent(id, any -> new HashMap<>()).computeIfAbsent(field, any -> next++);
  }

  /** A row that sub-queries may read: {@code ids} is what Calcite calls it. */
  Scope scope(Collection<CorrelationId> ids) {
    return new Scope(Set.copyOf(ids), 0);
  }

  /** Of a row that is a part of what Calcite calls by its id: column 0 is its {@code offset}-th. */
  Scope scope(Collection<CorrelationId> ids, int offset) {
    return new Scope(Set.copyOf(ids), offset);
  }

  /** One outer row. */
  final class Scope {
    private final Set<CorrelationId> ids;
    private final int offset;
    private final Map<Integer, Integer> own = new HashMap<>();

    private Scope(Set<CorrelationId> ids, int offset) {
      this.ids = ids;
      this.offset = offset;
    }

    /** A slot for a column of the row. */
    int slot(int column) {
      return own.computeIfAbsent(column, any -> next++);
    }

    /** Those of the slots that are columns of this row. */
    List<Apply.Binding> bindings(BitSet wanted) {
      List<Apply.Binding> bindings = new ArrayList<>();
      own.forEach((column, slot) -> add(wanted, slot, column, bindings));
      for (CorrelationId id : ids) {
        slots
            .getOrDefault(id, Map.of())
            .forEach((field, slot) -> add(wanted, slot, field - offset, bindings));
      }
      return bindings;
    }

    private static void add(BitSet wanted, int slot, int column, List<Apply.Binding> bindings) {
      if (wanted.get(slot)) {
        bindings.add(new Apply.Binding(slot, column));
      }
    }
  }
}
