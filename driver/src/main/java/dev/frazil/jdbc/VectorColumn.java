package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.StructVector;
import dev.frazil.vector.VectorGather;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A vector of the engine as programs see it. Thread-safe. */
final class VectorColumn implements ColumnBatches.Column {
  private final ColumnVector vector;

  private VectorColumn(ColumnVector vector) {
    this.vector = vector;
  }

  /** With texts that lie in a dictionary laid out one after the other. */
  static VectorColumn of(ColumnVector vector) {
    return new VectorColumn(
        vector instanceof DictionaryVector dictionary ? VectorGather.flatten(dictionary) : vector);
  }

  @Override
  public ColumnBatches.Kind kind() {
    return switch (vector.type().kind()) {
      case BOOLEAN -> ColumnBatches.Kind.BOOLEAN;
      case INT -> ColumnBatches.Kind.INT;
      case LONG -> ColumnBatches.Kind.LONG;
      case FLOAT -> ColumnBatches.Kind.FLOAT;
      case DOUBLE -> ColumnBatches.Kind.DOUBLE;
      case INT128 -> ColumnBatches.Kind.INT128;
      case BYTES -> ColumnBatches.Kind.BYTES;
      case LIST -> ColumnBatches.Kind.LIST;
      case MAP -> ColumnBatches.Kind.MAP;
      case STRUCT -> ColumnBatches.Kind.STRUCT;
    };
  }

  @Override
  public String typeName() {
    return vector.type().sqlName();
  }

  @Override
  public boolean @Nullable [] nulls() {
    return vector.nulls();
  }

  @Override
  public boolean[] booleans() throws SQLException {
    return as(BooleanVector.class, "booleans").values();
  }

  @Override
  public int[] ints() throws SQLException {
    return as(IntVector.class, "ints").values();
  }

  @Override
  public long[] longs() throws SQLException {
    return vector instanceof Int128Vector wide
        ? wide.low()
        : as(LongVector.class, "longs").values();
  }

  @Override
  public long[] highs() throws SQLException {
    return as(Int128Vector.class, "upper halves").high();
  }

  @Override
  public float[] floats() throws SQLException {
    return as(FloatVector.class, "floats").values();
  }

  @Override
  public double[] doubles() throws SQLException {
    return as(DoubleVector.class, "doubles").values();
  }

  @Override
  public byte[] bytes() throws SQLException {
    return as(BytesVector.class, "bytes").data();
  }

  @Override
  public int[] offsets() throws SQLException {
    if (vector instanceof ListVector list) {
      return list.offsets();
    }
    return vector instanceof MapVector map
        ? map.offsets()
        : as(BytesVector.class, "offsets").offsets();
  }

  @Override
  public List<ColumnBatches.Column> children() {
    if (vector instanceof ListVector list) {
      return List.of(of(list.elements()));
    } else if (vector instanceof MapVector map) {
      return List.of(of(map.keys()), of(map.mapValues()));
    } else if (vector instanceof StructVector struct) {
      return struct.fields().stream().<ColumnBatches.Column>map(VectorColumn::of).toList();
    }
    return List.of();
  }

  private <V extends ColumnVector> V as(Class<V> kind, String what) throws SQLException {
    if (!kind.isInstance(vector)) {
      throw SqlExceptions.of(
          SqlState.INVALID_CAST,
          "a column of type " + typeName() + ", of the kind " + kind() + ", has no " + what);
    }
    return kind.cast(vector);
  }
}
