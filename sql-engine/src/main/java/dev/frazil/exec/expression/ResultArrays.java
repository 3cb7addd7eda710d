package dev.frazil.exec.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * Where arithmetic gets the arrays for its results: each is handed out once a batch, so that no two
 * vectors of a batch share one, however often an expression is evaluated. They are new, unless
 * whoever takes the batches keeps nothing of those before. One thread.
 */
public final class ResultArrays {
  private final boolean reuses;
  private final List<long[]> longs = new ArrayList<>();
  private final List<double[]> doubles = new ArrayList<>();
  private int longsGiven;
  private int doublesGiven;

  /**
   * @param reuses whether a batch may take the arrays of the batch before
   */
  public ResultArrays(boolean reuses) {
    this.reuses = reuses;
  }

  /** Begins a batch. */
  public void nextBatch() {
    longsGiven = 0;
    doublesGiven = 0;
  }

  /** An array of at least that length, of any content. */
  long[] longs(int length) {
    if (!reuses) {
      return new long[length];
    }
    int place = longsGiven++;
    if (place == longs.size()) {
      longs.add(new long[length]);
    } else if (longs.get(place).length < length) {
      longs.set(place, new long[length]);
    }
    return longs.get(place);
  }

  /** As {@link #longs}. */
  double[] doubles(int length) {
    if (!reuses) {
      return new double[length];
    }
    int place = doublesGiven++;
    if (place == doubles.size()) {
      doubles.add(new double[length]);
    } else if (doubles.get(place).length < length) {
      doubles.set(place, new double[length]);
    }
    return doubles.get(place);
  }
}
