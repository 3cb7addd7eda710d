package dev.frazil.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorBuilder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The comparisons of whole vectors, of every type, with no, some and all values null: for every row
 * that has both values they say what the comparison of the two rows says.
 */
class ComparisonKernelMatrixTest {
  private static final int ROWS = 400;

  static List<SqlType> types() {
    return SampleVectors.TYPES;
  }

  @ParameterizedTest
  @MethodSource("types")
  void aVectorIsComparedAsItsRowsAre(SqlType type) {
    Random random = new Random(Long.getLong("frazil.seed", type.sqlName().hashCode()));
    for (int nullOneIn : new int[] {0, 4, 1}) {
      ColumnVector left = vector(type, nullOneIn, random);
      ColumnVector right = vector(type, nullOneIn, random);
      for (boolean negate : new boolean[] {false, true}) {
        boolean[] equal = new boolean[ROWS];
        boolean[] less = new boolean[ROWS];
        ComparisonKernels.equal(left, right, ROWS, negate, equal);
        ComparisonKernels.less(left, right, ROWS, negate, less);
        for (int row = 0; row < ROWS; row++) {
          if (!left.isNull(row) && !right.isNull(row)) {
            int order = CompareKernels.compare(left, row, right, row);
            assertThat(equal[row]).as("%s = at %s", type, row).isEqualTo((order == 0) != negate);
            assertThat(less[row]).as("%s < at %s", type, row).isEqualTo((order < 0) != negate);
          }
        }
      }
    }
  }

  private static ColumnVector vector(SqlType type, int nullOneIn, Random random) {
    VectorBuilder builder = VectorBuilder.of(type);
    SampleVectors.values(type, ROWS, nullOneIn, random).forEach(builder::appendValue);
    return builder.build();
  }
}
