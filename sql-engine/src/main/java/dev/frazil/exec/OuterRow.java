package dev.frazil.exec;

import dev.frazil.error.EngineException;
import dev.frazil.vector.ColumnVector;
import java.util.HashMap;
import java.util.Map;

/** Values of outer rows by slot, each a vector of one row. Immutable. */
public final class OuterRow {
  /** Outside of any sub-plan. */
  public static final OuterRow NONE = new OuterRow(Map.of());

  private final Map<Integer, ColumnVector> values;

  private OuterRow(Map<Integer, ColumnVector> values) {
    this.values = Map.copyOf(values);
  }

  /** This row and further values, of a row nearer to the sub-plan. */
  OuterRow with(Map<Integer, ColumnVector> more) {
    Map<Integer, ColumnVector> all = new HashMap<>(values);
    all.putAll(more);
    return new OuterRow(all);
  }

  /** The value of a slot: one row. */
  public ColumnVector value(int slot) {
    ColumnVector value = values.get(slot);
    if (value == null) {
      throw EngineException.internal("no outer row gives slot " + slot);
    }
    return value;
  }
}
