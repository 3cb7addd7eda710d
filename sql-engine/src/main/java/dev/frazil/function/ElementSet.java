package dev.frazil.function;

import dev.frazil.kernel.CompareKernels;
import dev.frazil.kernel.HashKernels;
import dev.frazil.vector.ColumnVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A set of elements of arrays; null is an element like any other. */
public final class ElementSet {
  private record Element(ColumnVector vector, int row) {}

  private final Map<Long, List<Element>> elements = new HashMap<>();

  /** Whether it was not in the set before. */
  public boolean add(ColumnVector vector, int row) {
    List<Element> candidates =
        elements.computeIfAbsent(hash(vector, row), key -> new ArrayList<>(1));
    if (isAmong(candidates, vector, row)) {
      return false;
    }
    candidates.add(new Element(vector, row));
    return true;
  }

  boolean contains(ColumnVector vector, int row) {
    List<Element> candidates = elements.get(hash(vector, row));
    return candidates != null && isAmong(candidates, vector, row);
  }

  /** The row of the element that is equal, in the vector it was added from; -1 if there is none. */
  public int rowOf(ColumnVector vector, int row) {
    for (Element candidate : elements.getOrDefault(hash(vector, row), List.of())) {
      if (CompareKernels.equal(candidate.vector(), candidate.row(), vector, row)) {
        return candidate.row();
      }
    }
    return -1;
  }

  private static boolean isAmong(List<Element> candidates, ColumnVector vector, int row) {
    for (Element candidate : candidates) {
      if (CompareKernels.equal(candidate.vector(), candidate.row(), vector, row)) {
        return true;
      }
    }
    return false;
  }

  private static long hash(ColumnVector vector, int row) {
    return vector.isNull(row) ? 0 : HashKernels.hash(vector, row);
  }
}
