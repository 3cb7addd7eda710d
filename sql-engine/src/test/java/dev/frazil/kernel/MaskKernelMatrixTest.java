package dev.frazil.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Masks of nulls and of equal pairs, for batches, as their rows one at a time give them. */
class MaskKernelMatrixTest {
  private static final int ROWS = 150;
  private static final Random RANDOM = new Random(Long.getLong("frazil.seed", 3));

  static List<SqlType> types() {
    return SampleVectors.TYPES;
  }

  @Test
  void aRowIsNullWhereEitherIs() {
    List<boolean @Nullable []> masks = new ArrayList<>();
    masks.add(null);
    for (int oneIn : new int[] {0, 3, 1}) {
      boolean[] mask = new boolean[ROWS];
      for (int row = 0; row < ROWS; row++) {
        mask[row] = oneIn > 0 && RANDOM.nextInt(oneIn) == 0;
      }
      masks.add(mask);
    }
    for (boolean[] first : masks) {
      for (boolean[] second : masks) {
        for (int count : new int[] {0, 1, ROWS}) {
          boolean[] union = NullMasks.union(first, second, count);
          for (int row = 0; row < count; row++) {
            boolean expected = (first != null && first[row]) || (second != null && second[row]);
            assertThat(union != null && union[row]).isEqualTo(expected);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void pairsThatAreEqualAreRetained(SqlType type) {
    for (int leftNulls : new int[] {0, 4, 1}) {
      for (int rightNulls : new int[] {0, 4, 1}) {
        ColumnVector left = vector(type, leftNulls);
        ColumnVector right = vector(type, rightNulls);
        check(left, right);
        check(left, left);
        if (left instanceof BytesVector texts) {
          check(encoded(texts, texts), right);
          check(encoded(texts, texts), encoded((BytesVector) right, (BytesVector) right));
          // one dictionary in common: ids are compared
          check(encoded(texts, texts), encoded(texts, (BytesVector) right));
        }
      }
    }
  }

  private static ColumnVector vector(SqlType type, int nullOneIn) {
    VectorBuilder builder = VectorBuilder.of(type);
    SampleVectors.values(type, ROWS, nullOneIn, RANDOM).forEach(builder::appendValue);
    return builder.build();
  }

  /** Ids at random into {@code entries}, with the nulls of {@code nulls}. */
  private static DictionaryVector encoded(BytesVector entries, BytesVector nulls) {
    BytesVector dictionary =
        DICTIONARIES.stream()
            .filter(known -> Arrays.equals(known.offsets(), entries.offsets()))
            .filter(known -> known.data() == entries.data())
            .findFirst()
            .orElseGet(
                () -> {
                  BytesVector made =
                      new BytesVector(
                          entries.type(), ROWS, entries.data(), entries.offsets(), null);
                  DICTIONARIES.add(made);
                  return made;
                });
    int[] ids = RANDOM.ints(ROWS, 0, ROWS).toArray();
    return new DictionaryVector(ROWS, ids, dictionary, nulls.nulls());
  }

  private static final List<BytesVector> DICTIONARIES = new ArrayList<>();

  private static void check(ColumnVector left, ColumnVector right) {
    for (boolean selected : new boolean[] {false, true}) {
      int count = selected ? ROWS / 2 : ROWS;
      int[] leftRows = selected ? RANDOM.ints(count, 0, ROWS).toArray() : all();
      int[] rightRows = selected ? RANDOM.ints(count, 0, ROWS).toArray() : all();
      boolean[] matches = new boolean[count];
      boolean[] expected = new boolean[count];
      for (int i = 0; i < count; i++) {
        matches[i] = RANDOM.nextInt(5) > 0;
        expected[i] = matches[i] && CompareKernels.equal(left, leftRows[i], right, rightRows[i]);
      }
      CompareKernels.retainEqual(left, leftRows, right, rightRows, count, matches);
      assertThat(matches).as("%s", left.type()).isEqualTo(expected);
    }
  }

  private static int[] all() {
    return VectorGather.range(0, ROWS);
  }
}
