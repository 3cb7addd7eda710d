package dev.frazil.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorGather;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HashAndCompareKernelsTest {
  private static final int ROWS = 120;

  private final long seed = Long.getLong("frazil.seed", System.nanoTime());
  private final Random random = new Random(seed);

  static List<SqlType> types() {
    return SampleVectors.TYPES;
  }

  private static ColumnVector vector(SqlType type, List<Object> values) {
    VectorBuilder builder = VectorBuilder.of(type);
    values.forEach(builder::appendValue);
    return builder.build();
  }

  /** The same rows behind ids, where the type allows it. */
  private static ColumnVector encoded(ColumnVector vector) {
    if (!(vector instanceof BytesVector bytes)) {
      return vector;
    }
    int rows = bytes.rowCount();
    BytesVector entries = new BytesVector(bytes.type(), rows, bytes.data(), bytes.offsets(), null);
    return new DictionaryVector(rows, VectorGather.range(0, rows), entries, bytes.nulls());
  }

  @ParameterizedTest
  @MethodSource("types")
  void equalityOrderAndHashAgree(SqlType type) {
    System.out.println("HashAndCompareKernelsTest -Dfrazil.seed=" + seed);
    for (int nullOneIn : new int[] {0, 4, 1}) {
      List<Object> values = SampleVectors.values(type, ROWS, nullOneIn, random);
      ColumnVector plain = vector(type, values);
      ColumnVector other = encoded(plain);
      long[] hashes = hashes(plain, null);
      assertThat(hashes(other, null)).isEqualTo(hashes);
      long[] prefixes = new long[ROWS];
      CompareKernels.orderPrefixes(plain, prefixes);
      for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < ROWS; j++) {
          checkPair(values, plain, other, i, j, hashes, prefixes);
        }
      }
    }
  }

  private void checkPair(
      List<Object> values,
      ColumnVector plain,
      ColumnVector other,
      int i,
      int j,
      long[] hashes,
      long[] prefixes) {
    boolean same = SampleVectors.same(values.get(i), values.get(j));
    String pair = values.get(i) + " and " + values.get(j) + ", seed " + seed;
    assertThat(CompareKernels.equal(plain, i, other, j)).as(pair).isEqualTo(same);
    boolean[] matches = {true, false};
    CompareKernels.retainEqual(plain, new int[] {i, i}, other, new int[] {j, j}, 2, matches);
    assertThat(matches).as(pair).containsExactly(same, false);
    if (same) {
      assertThat(hashes[i]).as(pair).isEqualTo(hashes[j]);
    }
    if (values.get(i) == null || values.get(j) == null) {
      int nullsFirst = CompareKernels.compare(plain, i, other, j, true, true);
      int nullsLast = CompareKernels.compare(plain, i, other, j, false, false);
      int first = Boolean.compare(values.get(j) == null, values.get(i) == null);
      assertThat(nullsFirst).as(pair).isEqualTo(first);
      assertThat(nullsLast).as(pair).isEqualTo(-first);
      return;
    }
    int order = CompareKernels.compare(plain, i, other, j);
    assertThat(Integer.signum(order)).isEqualTo(-Integer.signum(compare(other, plain, j, i)));
    assertThat(order == 0).as(pair).isEqualTo(same);
    assertThat(Integer.signum(CompareKernels.compare(plain, i, other, j, true, false)))
        .isEqualTo(-Integer.signum(order));
    Integer expected = reference(plain.type(), values.get(i), values.get(j));
    if (expected != null) {
      assertThat(Integer.signum(order)).as(pair).isEqualTo(Integer.signum(expected));
    }
    if (prefixes[i] < prefixes[j]) {
      assertThat(order).as("prefixes of %s", pair).isNegative();
    }
  }

  private static int compare(ColumnVector left, ColumnVector right, int i, int j) {
    return CompareKernels.compare(left, i, right, j);
  }

  private static Integer reference(SqlType type, Object left, Object right) {
    if (type == Primitive.VARCHAR) {
      return Arrays.compareUnsigned(
          ((String) left).getBytes(StandardCharsets.UTF_8),
          ((String) right).getBytes(StandardCharsets.UTF_8));
    } else if (left instanceof BigDecimal a) {
      return a.compareTo((BigDecimal) right);
    } else if (left instanceof Double a) {
      return Double.compare(a + 0.0, (Double) right + 0.0);
    } else if (left instanceof Long a) {
      return Long.compare(a, (Long) right);
    } else if (left instanceof Integer a && type.kind() == PhysicalKind.INT) {
      return Integer.compare(a, (Integer) right);
    }
    return null;
  }

  private static long[] hashes(ColumnVector vector, int[] positions) {
    int count = positions == null ? vector.rowCount() : positions.length;
    long[] hashes = new long[count];
    HashKernels.hash(
        List.of(ConstantVectors.of(1, Primitive.INTEGER, vector.rowCount()), vector),
        positions,
        count,
        hashes);
    return hashes;
  }

  @ParameterizedTest
  @MethodSource("types")
  void hashesChosenRows(SqlType type) {
    ColumnVector plain = vector(type, SampleVectors.values(type, ROWS, 4, random));
    int[] positions = random.ints(ROWS / 2, 0, ROWS).toArray();
    long[] all = hashes(plain, null);
    long[] chosen = hashes(encoded(plain), positions);
    for (int i = 0; i < positions.length; i++) {
      assertThat(chosen[i]).isEqualTo(all[positions[i]]);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void oneMoreKeyIsMixedIn(SqlType type) {
    for (int nullOneIn : new int[] {0, 4, 1}) {
      ColumnVector plain = vector(type, SampleVectors.values(type, ROWS, nullOneIn, random));
      ColumnVector key = ConstantVectors.of(1, Primitive.INTEGER, ROWS);
      long[] mixed = new long[ROWS];
      HashKernels.hash(List.of(key), null, ROWS, mixed);
      HashKernels.combine(encoded(plain), null, ROWS, mixed);
      // the number of keys is hashed first
      long[] both = new long[ROWS];
      Arrays.fill(both, 1);
      HashKernels.combine(key, null, ROWS, both);
      HashKernels.combine(plain, null, ROWS, both);
      assertThat(mixed).as("seed %s", seed).isEqualTo(both);
    }
  }

  @Test
  void bytesHashAndCompareByWhatTheyHold() {
    for (int length = 0; length < 40; length++) {
      byte[] data = new byte[length + 9];
      random.nextBytes(data);
      byte[] moved = new byte[data.length + 5];
      System.arraycopy(data, 0, moved, 5, data.length);
      long hash = HashKernels.hashBytes(data, 3, length);
      assertThat(HashKernels.hashBytes(moved, 8, length)).isEqualTo(hash);
      BytesVector left =
          new BytesVector(Primitive.VARBINARY, 1, data, new int[] {3, 3 + length}, null);
      BytesVector right =
          new BytesVector(Primitive.VARBINARY, 1, moved, new int[] {8, 8 + length}, null);
      assertThat(CompareKernels.compareBytes(left, 0, right, 0)).isZero();
      if (length > 0) {
        moved[8 + length - 1] ^= (byte) 0x80;
        boolean wasLow = data[3 + length - 1] >= 0;
        assertThat(CompareKernels.compareBytes(left, 0, right, 0) < 0).isEqualTo(wasLow);
        assertThat(HashKernels.hashBytes(moved, 8, length)).isNotEqualTo(hash);
      }
    }
  }

  @Test
  void doublesCompareWithNanAsTheGreatest() {
    double[] rising = {
      Double.NEGATIVE_INFINITY,
      -Double.MAX_VALUE,
      -1,
      0,
      Double.MIN_VALUE,
      1,
      Double.MAX_VALUE,
      Double.POSITIVE_INFINITY,
      Double.NaN
    };
    for (int i = 0; i < rising.length; i++) {
      for (int j = 0; j < rising.length; j++) {
        assertThat(CompareKernels.compareDoubles(rising[i], rising[j]))
            .isEqualTo(Integer.compare(i, j));
      }
    }
    assertThat(CompareKernels.compareDoubles(-0.0, 0.0)).isZero();
  }
}
