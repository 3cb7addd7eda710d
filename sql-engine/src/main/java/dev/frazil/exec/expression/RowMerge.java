package dev.frazil.exec.expression;

import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the rows of several vectors, each with its own rows, together into one. */
final class RowMerge {
  private final SqlType type;
  private final int rowCount;
  private final List<ColumnVector> sources = new ArrayList<>();
  private final List<SelectionVector> rows = new ArrayList<>();

  RowMerge(SqlType type, int rowCount) {
    this.type = type;
    this.rowCount = rowCount;
  }

  /** Takes rows {@code chosen}, disjoint from those added before, from {@code source}. */
  void add(ColumnVector source, SelectionVector chosen) {
    if (chosen.count() > 0) {
      sources.add(source);
      rows.add(chosen);
    }
  }

  /** The merged vector; rows that no source gave are null. */
  ColumnVector finish() {
    if (sources.isEmpty()) {
      return ConstantVectors.nulls(type, rowCount);
    }
    if (sources.size() == 1 && rows.get(0).count() == rowCount) {
      return sources.get(0);
    }
    return switch (type.kind()) {
      case LONG -> mergeLongs();
      case INT -> mergeInts();
      case DOUBLE -> mergeDoubles();
      case INT128 -> mergeInt128s();
      case BOOLEAN -> mergeBooleans();
      case FLOAT, BYTES, LIST, MAP, STRUCT -> mergeByRow();
    };
  }

  private ColumnVector mergeLongs() {
    long[] values = new long[rowCount];
    for (int source = 0; source < sources.size(); source++) {
      if (sources.get(source) instanceof LongVector vector) {
        SelectionVector chosen = rows.get(source);
        for (int i = 0; i < chosen.count(); i++) {
          int row = chosen.positions()[i];
          values[row] = vector.values()[row];
        }
      }
    }
    return new LongVector(type, rowCount, values, mergeNulls());
  }

  private ColumnVector mergeInts() {
    int[] values = new int[rowCount];
    for (int source = 0; source < sources.size(); source++) {
      if (sources.get(source) instanceof IntVector vector) {
        SelectionVector chosen = rows.get(source);
        for (int i = 0; i < chosen.count(); i++) {
          int row = chosen.positions()[i];
          values[row] = vector.values()[row];
        }
      }
    }
    return new IntVector(type, rowCount, values, mergeNulls());
  }

  private ColumnVector mergeDoubles() {
    double[] values = new double[rowCount];
    for (int source = 0; source < sources.size(); source++) {
      if (sources.get(source) instanceof DoubleVector vector) {
        SelectionVector chosen = rows.get(source);
        for (int i = 0; i < chosen.count(); i++) {
          int row = chosen.positions()[i];
          values[row] = vector.values()[row];
        }
      }
    }
    return new DoubleVector(type, rowCount, values, mergeNulls());
  }

  private ColumnVector mergeInt128s() {
    long[] high = new long[rowCount];
    long[] low = new long[rowCount];
    for (int source = 0; source < sources.size(); source++) {
      if (sources.get(source) instanceof Int128Vector vector) {
        SelectionVector chosen = rows.get(source);
        for (int i = 0; i < chosen.count(); i++) {
          int row = chosen.positions()[i];
          high[row] = vector.high()[row];
          low[row] = vector.low()[row];
        }
      }
    }
    return new Int128Vector(type, rowCount, high, low, mergeNulls());
  }

  private ColumnVector mergeBooleans() {
    boolean[] values = new boolean[rowCount];
    for (int source = 0; source < sources.size(); source++) {
      if (sources.get(source) instanceof BooleanVector vector) {
        SelectionVector chosen = rows.get(source);
        for (int i = 0; i < chosen.count(); i++) {
          int row = chosen.positions()[i];
          values[row] = vector.values()[row];
        }
      }
    }
    return new BooleanVector(type, rowCount, values, mergeNulls());
  }

  private ColumnVector mergeByRow() {
    int[] owner = new int[rowCount];
    Arrays.fill(owner, -1);
    for (int source = 0; source < sources.size(); source++) {
      SelectionVector chosen = rows.get(source);
      for (int i = 0; i < chosen.count(); i++) {
        owner[chosen.positions()[i]] = source;
      }
    }
    VectorBuilder builder = VectorBuilder.of(type);
    for (int row = 0; row < rowCount; row++) {
      if (owner[row] < 0) {
        builder.appendNull();
      } else {
        builder.appendFrom(sources.get(owner[row]), row);
      }
    }
    return builder.build();
  }

  private boolean @Nullable [] mergeNulls() {
    int covered = 0;
    boolean anyNulls = false;
    for (int source = 0; source < sources.size(); source++) {
      covered += rows.get(source).count();
      anyNulls |= sources.get(source).nulls() != null;
    }
    if (!anyNulls && covered == rowCount) {
      return null;
    }
    boolean[] merged = new boolean[rowCount];
    Arrays.fill(merged, covered < rowCount);
    for (int source = 0; source < sources.size(); source++) {
      boolean[] nulls = sources.get(source).nulls();
      SelectionVector chosen = rows.get(source);
      for (int i = 0; i < chosen.count(); i++) {
        int row = chosen.positions()[i];
        merged[row] = nulls != null && nulls[row];
      }
    }
    return merged;
  }
}
