package dev.frazil.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.kernel.SampleVectors;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VectorsTest {
  private static final int ROWS = 200;

  private final long seed = Long.getLong("frazil.seed", System.nanoTime());
  private final Random random = new Random(seed);

  static Stream<Arguments> shapes() {
    return SampleVectors.TYPES.stream()
        .flatMap(type -> Stream.of(0, 4, 1).map(nullOneIn -> Arguments.of(type, nullOneIn)));
  }

  private static ColumnVector vector(SqlType type, List<Object> values) {
    VectorBuilder builder = VectorBuilder.of(type);
    values.forEach(builder::appendValue);
    return builder.build();
  }

  private void assertSame(ColumnVector vector, List<Object> expected) {
    assertThat(vector.rowCount()).isEqualTo(expected.size());
    List<Object> actual = VectorValues.readAll(vector);
    assertThat(SampleVectors.same(actual, expected))
        .as("%s is %s, seed %s", actual, expected, seed)
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void buildsGathersAndJoins(SqlType type, int nullOneIn) {
    System.out.println("VectorsTest -Dfrazil.seed=" + seed);
    List<Object> values = SampleVectors.values(type, ROWS, nullOneIn, random);
    ColumnVector vector = vector(type, values);
    assertThat(vector.type()).isEqualTo(type);
    assertThat(vector.nulls() == null).isEqualTo(!values.contains(null));
    assertSame(vector, values);

    int[] positions = random.ints(ROWS, 0, ROWS).toArray();
    List<Object> picked = new ArrayList<>();
    for (int position : positions) {
      picked.add(values.get(position));
    }
    assertSame(VectorGather.gather(vector, positions, ROWS), picked);
    VectorBuilder copy = VectorBuilder.of(type);
    copy.appendFrom(vector, positions, ROWS);
    assertSame(copy.build(), picked);
    assertThat(copy.rowCount()).isZero();
    assertSame(copy.build(), List.of());

    for (int i = 0; i < ROWS; i += 3) {
      positions[i] = -1;
      picked.set(i, null);
    }
    assertSame(VectorGather.gatherOrNull(vector, positions, ROWS), picked);
    assertSame(VectorGather.slice(vector, 5, 17), values.subList(5, 22));
    assertSame(VectorGather.slice(vector, 0, 0), List.of());
    ColumnVector none = ConstantVectors.empty(type);
    assertSame(
        VectorGather.gatherOrNull(none, new int[] {-1, -1}, 2), Collections.nCopies(2, null));

    RowBatch all = new RowBatch(List.of(vector), ROWS);
    RowBatch slice = RowBatches.slice(all, 10, 50);
    RowBatch part = RowBatches.slice(slice, 5, 20);
    assertSame(RowBatches.compact(part).column(0), values.subList(15, 35));
    List<Object> joined = new ArrayList<>(values.subList(15, 35));
    joined.addAll(values);
    assertSame(RowBatches.concat(List.of(part, all)).column(0), joined);
    assertThat(RowBatches.memoryBytes(all)).isGreaterThan(ROWS);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void repeatsConstants(SqlType type, int nullOneIn) {
    Object value = nullOneIn == 1 ? null : SampleVectors.value(type, random);
    assertSame(ConstantVectors.of(value, type, 9), Collections.nCopies(9, value));
  }

  @Test
  void dictionariesStay() {
    BytesVector entries = (BytesVector) vector(Primitive.VARCHAR, List.of("x", "yy", "zzz"));
    DictionaryVector vector =
        new DictionaryVector(
            4, new int[] {2, 0, 1, 2}, entries, new boolean[] {false, true, false, false});
    DictionaryVector gathered =
        (DictionaryVector) VectorGather.gather(vector, new int[] {3, 2, 1}, 3);
    assertThat(gathered.dictionary()).isSameAs(entries);
    assertThat(VectorValues.readAll(gathered)).containsExactly("zzz", "yy", null);
    RowBatch batch = new RowBatch(List.of(vector), 4);
    ColumnVector joined = RowBatches.concat(List.of(batch, batch)).column(0);
    assertThat(((DictionaryVector) joined).dictionary()).isSameAs(entries);
    assertThat(VectorValues.readAll(joined))
        .containsExactly("zzz", null, "yy", "zzz", "zzz", null, "yy", "zzz");
    assertThat(VectorValues.readAll(VectorGather.flatten(vector)))
        .containsExactly("zzz", null, "yy", "zzz");
  }

  @Test
  void refusesValuesOfOtherKinds() {
    assertThatThrownBy(() -> VectorBuilder.of(Primitive.INTEGER).appendText("x"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("integer");
    SqlType narrow = new SqlType.DecimalType(3, 1);
    assertThatThrownBy(() -> VectorBuilder.of(narrow).appendDecimal(new BigDecimal("1.25")))
        .hasMessageContaining("decimal(3,1)");
    assertThatThrownBy(() -> VectorBuilder.of(narrow).appendDecimal(new BigDecimal("100")))
        .hasMessageContaining("decimal(3,1)");
  }
}
