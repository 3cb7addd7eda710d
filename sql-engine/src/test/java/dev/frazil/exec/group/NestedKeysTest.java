package dev.frazil.exec.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Field;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.SqlType.RowType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorValues;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys of arrays and rows against Java's equality of the same values. */
class NestedKeysTest {
  private static final List<SqlType> LEAVES =
      List.of(
          Primitive.BOOLEAN,
          Primitive.INTEGER,
          Primitive.BIGINT,
          Primitive.REAL,
          Primitive.DOUBLE,
          Primitive.VARCHAR,
          Primitive.DATE,
          Primitive.TIMESTAMP,
          new DecimalType(9, 2),
          new DecimalType(38, 5));

  @Test
  void equalValuesAreOneGroupAndComeBackAsTheyWere() {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    System.out.println("NestedKeysTest: -Dfrazil.seed=" + seed);
    Random random = new Random(seed);
    for (SqlType leaf : LEAVES) {
      SqlType row = new RowType(List.of(new Field("a", leaf), new Field("b", Primitive.INTEGER)));
      for (SqlType type :
          List.of(
              new ArrayType(leaf), row, new ArrayType(row), new ArrayType(new ArrayType(leaf)))) {
        VectorBuilder builder = VectorBuilder.of(type);
        for (int i = 0; i < 300; i++) {
          builder.appendValue(value(type, random));
        }
        check(builder.build(), type);
      }
    }
  }

  private static void check(ColumnVector keys, SqlType type) {
    GroupTable table = GroupTable.create(List.of(type), GroupTable.Nulls.GROUP);
    int[] rows = new int[keys.rowCount() / 2];
    Arrays.setAll(rows, i -> 2 * i + 1);
    int[] groups = new int[rows.length];
    table.assign(List.of(keys), rows, rows.length, groups);
    Map<@Nullable Object, Integer> expected = new HashMap<>();
    ColumnVector stored = table.keys(0, table.groupCount()).get(0);
    for (int k = 0; k < rows.length; k++) {
      Object value = VectorValues.read(keys, rows[k]);
      Integer known = expected.putIfAbsent(value, groups[k]);
      assertThat(groups[k])
          .as("%s of %s", value, type)
          .isEqualTo(known == null ? groups[k] : known);
      assertThat(VectorValues.read(stored, groups[k])).isEqualTo(value);
    }
    assertThat(table.groupCount()).as(type.sqlName()).isEqualTo(expected.size());
  }

  /** Of few values, so that many are equal; without -0.0, which Java tells apart. */
  private static @Nullable Object value(SqlType type, Random random) {
    if (random.nextInt(5) == 0) {
      return null;
    }
    int small = random.nextInt(4) - 1;
    if (type instanceof ArrayType array) {
      List<@Nullable Object> elements = new ArrayList<>();
      for (int left = random.nextInt(3); left > 0; left--) {
        elements.add(value(array.element(), random));
      }
      return elements;
    } else if (type instanceof RowType row) {
      List<@Nullable Object> fields = new ArrayList<>();
      row.fields().forEach(field -> fields.add(value(field.type(), random)));
      return fields;
    } else if (type instanceof DecimalType decimal) {
      BigDecimal large = decimal.precision() == 38 ? BigDecimal.TEN.pow(25) : BigDecimal.ONE;
      return large.multiply(BigDecimal.valueOf(small)).setScale(decimal.scale());
    }
    return switch ((Primitive) type) {
      case BOOLEAN -> small > 0;
      case INTEGER, DATE -> small;
      case REAL -> small == 2 ? Float.NaN : (float) small + 0.5f;
      case DOUBLE -> small == 2 ? Double.NaN : small + 0.5;
      case VARCHAR -> small < 0 ? "" : "\uD83D\uDE00".repeat(small);
      default -> (long) small << 40;
    };
  }

  @Test
  void zerosAreEqualWhateverTheirSign() {
    SqlType type = new ArrayType(Primitive.DOUBLE);
    VectorBuilder builder = VectorBuilder.of(type);
    builder.appendValue(List.of(0.0, -0.0));
    builder.appendValue(List.of(-0.0, 0.0));
    GroupTable table = GroupTable.create(List.of(type), GroupTable.Nulls.GROUP);
    int[] groups = new int[2];
    table.assign(List.of(builder.build()), null, 2, groups);
    assertThat(groups).containsExactly(0, 0);
  }

  @Test
  void mapsAreNoKeys() {
    SqlType map = new MapType(Primitive.INTEGER, Primitive.INTEGER);
    for (SqlType type : List.of(map, new ArrayType(map))) {
      assertThatThrownBy(() -> GroupTable.create(List.of(type), GroupTable.Nulls.GROUP))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("a key of type map(integer, integer)");
    }
  }
}
