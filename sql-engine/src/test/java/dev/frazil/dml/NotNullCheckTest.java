package dev.frazil.dml;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorBuilder;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NotNullCheckTest {
  @Test
  void aNullInARequiredColumnNamesTheColumn() {
    Types.NestedField id = Types.NestedField.required(1, "id", Types.LongType.get());
    assertPasses(id, 1L, 2L);
    assertViolates(id, "'id'", 1L, null);
  }

  @Test
  void rowsThatAreNotAliveDoNotCount() {
    Types.NestedField id = Types.NestedField.required(1, "id", Types.LongType.get());
    RowBatch all = batch(id, 1L, null, 3L);
    RowBatch alive = new RowBatch(all.columns(), 3, new SelectionVector(new int[] {0, 2}, 2));
    assertThatCode(() -> check(id).check(alive)).doesNotThrowAnyException();
  }

  @Test
  void aNullInARequiredFieldOfARowNamesThePath() {
    Types.NestedField place =
        Types.NestedField.optional(
            1,
            "place",
            Types.StructType.of(
                Types.NestedField.required(2, "x", Types.IntegerType.get()),
                Types.NestedField.optional(3, "y", Types.IntegerType.get())));
    assertPasses(place, Arrays.asList(1, null), null);
    assertViolates(place, "'place.x'", Arrays.asList(null, 2));
  }

  @Test
  void aNullInAListOfRequiredElementsIsFound() {
    Types.NestedField tags =
        Types.NestedField.optional(1, "tags", Types.ListType.ofRequired(2, Types.StringType.get()));
    assertPasses(tags, List.of("a"), List.of(), null);
    assertViolates(tags, "'tags.element'", Arrays.asList("a", null));
  }

  private static void assertPasses(Types.NestedField field, @Nullable Object... values) {
    assertThatCode(() -> check(field).check(batch(field, values))).doesNotThrowAnyException();
  }

  private static void assertViolates(
      Types.NestedField field, String named, @Nullable Object... values) {
    assertThatThrownBy(() -> check(field).check(batch(field, values)))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(named)
        .hasMessageContaining("db.t")
        .extracting(e -> ((EngineException) e).state())
        .isEqualTo(SqlState.NOT_NULL_VIOLATION);
  }

  private static NotNullCheck check(Types.NestedField field) {
    return new NotNullCheck("db.t", List.of(field));
  }

  private static RowBatch batch(Types.NestedField field, @Nullable Object... values) {
    VectorBuilder builder = VectorBuilder.of(TypeMapping.toSql(field.type()));
    for (Object value : values) {
      builder.appendValue(value);
    }
    return new RowBatch(List.of(builder.build()), values.length);
  }
}
