package dev.frazil.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Field;
import dev.frazil.type.SqlType.FixedType;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.SqlType.RowType;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TypeMappingTest {

  static Stream<SqlType> storedTypes() {
    Stream<SqlType> primitives = Stream.of(Primitive.values()).map(type -> type);
    Stream<SqlType> others =
        Stream.of(
            new DecimalType(9, 2),
            new DecimalType(38, 38),
            new FixedType(7),
            new ArrayType(Primitive.VARCHAR),
            new MapType(Primitive.VARCHAR, new ArrayType(new DecimalType(20, 3))),
            new RowType(
                List.of(
                    new Field("a", Primitive.INTEGER),
                    new Field("b", new RowType(List.of(new Field("c", Primitive.UUID)))))));
    return Stream.concat(primitives, others);
  }

  @ParameterizedTest
  @MethodSource("storedTypes")
  void mapsThereAndBack(SqlType type) {
    assertThat(TypeMapping.toSql(TypeMapping.toIceberg(type))).isEqualTo(type);
  }

  @Test
  void keepsTheZoneOfTimestamps() {
    assertThat(TypeMapping.toSql(Types.TimestampType.withZone()))
        .isEqualTo(Primitive.TIMESTAMP_WITH_TIME_ZONE);
    assertThat(TypeMapping.toIceberg(Primitive.TIMESTAMP))
        .isEqualTo(Types.TimestampType.withoutZone());
  }

  @Test
  void numbersNestedFieldsWithoutRepetition() {
    Type type =
        TypeMapping.toIceberg(new MapType(Primitive.VARCHAR, new ArrayType(Primitive.BIGINT)));
    assertThat(type.asMapType().keyId()).isEqualTo(1);
    assertThat(type.asMapType().valueId()).isEqualTo(2);
    assertThat(type.asMapType().valueType().asListType().elementId()).isEqualTo(3);
  }

  static Stream<Type> typesOfFormatVersion3() {
    return Stream.of(
        Types.VariantType.get(),
        Types.GeometryType.crs84(),
        Types.GeographyType.crs84(),
        Types.TimestampNanoType.withZone(),
        Types.UnknownType.get(),
        Types.ListType.ofOptional(1, Types.VariantType.get()));
  }

  @ParameterizedTest
  @MethodSource("typesOfFormatVersion3")
  void mapsTypesOfFormatVersion3BackAndThere(Type type) {
    assertThat(TypeMapping.toIceberg(TypeMapping.toSql(type))).isEqualTo(type);
  }
}
