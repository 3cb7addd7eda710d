package dev.frazil.exec.aggregate;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorGather;
import java.util.Arrays;
import java.util.List;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.jspecify.annotations.Nullable;

/**
 * APPROX_PERCENTILE by KLL sketches of k = 200: the rank of the answer is off by 1.3 per cent of
 * the rows at a confidence of 99 per cent. The fraction is that of the group's first row. NaN does
 * not count.
 */
final class PercentileSketchAccumulator implements Accumulator {
  private static final long SMALL_BYTES = 400;
  private static final long FULL_BYTES = 6000;
  private static final long BYTES_PER_VALUE = 8;

  private @Nullable KllDoublesSketch[] sketches = new KllDoublesSketch[0];
  private double[] fractions = new double[0];
  private long sketchCount;
  private long valueCount;

  @Override
  public void grow(int groupCount) {
    if (sketches.length < groupCount) {
      int capacity = SeenGroups.capacity(sketches.length, groupCount);
      sketches = Arrays.copyOf(sketches, capacity);
      fractions = Arrays.copyOf(fractions, capacity);
    }
  }

  private KllDoublesSketch sketch(int group, double fraction) {
    KllDoublesSketch sketch = sketches[group];
    if (sketch == null) {
      sketch = KllDoublesSketch.newHeapInstance();
      sketches[group] = sketch;
      fractions[group] = Fractions.checked(fraction);
      sketchCount++;
    }
    return sketch;
  }

  @Override
  public void add(
      List<ColumnVector> arguments, int @Nullable [] rows, int count, int @Nullable [] groups) {
    DoubleVector values = (DoubleVector) arguments.get(0);
    DoubleVector wanted = (DoubleVector) arguments.get(1);
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (!values.isNull(row) && !wanted.isNull(row)) {
        int group = groups == null ? 0 : groups[k];
        sketch(group, wanted.values()[row]).update(values.values()[row]);
        valueCount++;
      }
    }
  }

  @Override
  public List<SqlType> stateTypes() {
    return List.of(Primitive.VARBINARY, Primitive.DOUBLE);
  }

  @Override
  public List<ColumnVector> states(int from, int count) {
    VectorBuilder builder = VectorBuilder.of(Primitive.VARBINARY);
    for (int group = from; group < from + count; group++) {
      KllDoublesSketch sketch = sketches[group];
      if (sketch == null) {
        builder.appendNull();
      } else {
        builder.appendBytes(sketch.toByteArray());
      }
    }
    double[] wanted = Arrays.copyOfRange(fractions, from, from + count);
    return List.of(builder.build(), new DoubleVector(Primitive.DOUBLE, count, wanted, null));
  }

  @Override
  public void merge(List<ColumnVector> states, int count, int[] groups) {
    BytesVector bytes = VectorGather.bytes(states.get(0));
    double[] wanted = ((DoubleVector) states.get(1)).values();
    for (int k = 0; k < count; k++) {
      if (!bytes.isNull(k)) {
        int from = bytes.offsets()[k];
        byte[] state = Arrays.copyOfRange(bytes.data(), from, from + bytes.lengthBytes(k));
        sketch(groups[k], wanted[k]).merge(KllDoublesSketch.heapify(Memory.wrap(state)));
        valueCount += state.length / BYTES_PER_VALUE;
      }
    }
  }

  @Override
  public ColumnVector results(int from, int count) {
    VectorBuilder builder = VectorBuilder.of(Primitive.DOUBLE);
    for (int group = from; group < from + count; group++) {
      KllDoublesSketch sketch = sketches[group];
      if (sketch == null || sketch.isEmpty()) {
        builder.appendNull();
      } else {
        builder.appendDouble(
            sketch.getQuantile(fractions[group], QuantileSearchCriteria.INCLUSIVE));
      }
    }
    return builder.build();
  }

  @Override
  public long sizeBytes() {
    long content = Math.min(sketchCount * FULL_BYTES, valueCount * BYTES_PER_VALUE);
    return sketches.length * 16L + sketchCount * SMALL_BYTES + content;
  }
}
