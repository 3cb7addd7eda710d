package dev.frazil.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.vector.RowBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every primitive type inside lists, maps and structs, three deep in every combination, optional
 * and required by turns, with nulls on every level and empty lists: written by us and read by us
 * and DuckDB, and DuckDB's copy read by us.
 */
class NestedTypesTest {
  private static final long SEED = Long.getLong("frazil.seed", 20261124L);
  private static final int ROWS = 120;

  @TempDir Path folder;

  /** The ways in which one type holds another. */
  private enum Shape {
    LIST,
    MAP,
    STRUCT
  }

  static Stream<Type.PrimitiveType> primitives() {
    return Stream.of(
        Types.BooleanType.get(),
        Types.IntegerType.get(),
        Types.LongType.get(),
        Types.FloatType.get(),
        Types.DoubleType.get(),
        Types.DateType.get(),
        Types.TimeType.get(),
        Types.TimestampType.withoutZone(),
        Types.TimestampType.withZone(),
        Types.TimestampNanoType.withoutZone(),
        Types.TimestampNanoType.withZone(),
        Types.StringType.get(),
        Types.BinaryType.get(),
        Types.FixedType.ofLength(5),
        Types.UUIDType.get(),
        Types.DecimalType.of(9, 2),
        Types.DecimalType.of(18, 6),
        Types.DecimalType.of(38, 10),
        Types.GeometryType.crs84());
  }

  /** Builds the columns; ids are counted up. */
  private static final class Columns {
    private int lastId;
    private boolean optional;
    private final List<Types.NestedField> fields = new ArrayList<>();

    private int next() {
      return ++lastId;
    }

    private boolean nextOptional() {
      optional = !optional;
      return optional;
    }

    void add(String name, Type.PrimitiveType leaf, Shape... shapes) {
      int id = next();
      fields.add(field(id, nextOptional() || shapes.length == 1, name, nested(leaf, shapes, 0)));
    }

    void addKey(Type.PrimitiveType key, Shape... values) {
      int id = next();
      int keyId = next();
      int valueId = next();
      Type value = nested(Types.IntegerType.get(), values, 0);
      fields.add(
          field(
              id,
              true,
              "key" + values.length,
              Types.MapType.ofOptional(keyId, valueId, key, value)));
    }

    private static Types.NestedField field(int id, boolean isOptional, String name, Type type) {
      return isOptional
          ? Types.NestedField.optional(id, name, type)
          : Types.NestedField.required(id, name, type);
    }

    private Type nested(Type.PrimitiveType leaf, Shape[] shapes, int depth) {
      if (depth == shapes.length) {
        return leaf;
      }
      int first = next();
      int second = next();
      Type inner = nested(leaf, shapes, depth + 1);
      boolean isOptional = nextOptional();
      return switch (shapes[depth]) {
        case LIST ->
            isOptional
                ? Types.ListType.ofOptional(first, inner)
                : Types.ListType.ofRequired(first, inner);
        case MAP ->
            isOptional
                ? Types.MapType.ofOptional(first, second, Types.IntegerType.get(), inner)
                : Types.MapType.ofRequired(first, second, Types.IntegerType.get(), inner);
        case STRUCT ->
            Types.StructType.of(
                field(first, isOptional, "a", inner),
                field(second, !isOptional, "b", Types.IntegerType.get()));
      };
    }

    Schema schema() {
      return new Schema(fields);
    }
  }

  /** One level, every combination of three, and, where it can be, a map's key. */
  private static Schema schema(Type.PrimitiveType leaf) {
    Columns columns = new Columns();
    for (Shape outer : Shape.values()) {
      columns.add("one" + outer, leaf, outer);
      for (Shape middle : Shape.values()) {
        for (Shape inner : Shape.values()) {
          columns.add("x" + outer + middle + inner, leaf, outer, middle, inner);
        }
      }
    }
    columns.addKey(leaf);
    columns.addKey(leaf, Shape.LIST);
    return columns.schema();
  }

  @ParameterizedTest
  @MethodSource("primitives")
  void everyPlaceOfATypeIsWrittenAndRead(Type.PrimitiveType leaf) throws Exception {
    Schema schema = schema(leaf);
    RandomRows random = new RandomRows(new Random(SEED + leaf.toString().hashCode()), 0.25, 500);
    List<RowBatch> batches = List.of(random.batch(schema, 1), random.batch(schema, ROWS));
    List<List<Object>> expected = new ArrayList<>();
    batches.forEach(batch -> ScanFixture.append(expected, batch.columns(), batch.rowCount()));
    MemoryStore store = new MemoryStore();
    ParquetBatchWriter writer =
        new ParquetBatchWriter(
            store.create("f"),
            schema,
            ParquetWriterOptions.of(Map.of("write.parquet.page-row-limit", "50"), schema));
    batches.forEach(writer::write);
    writer.close();
    assertThat(ScanFixture.rows(store, "f", schema)).as("seed %s", SEED).isEqualTo(expected);
    Path path = folder.resolve("ours.parquet");
    Files.write(path, store.objects.get("f"));
    readByDuckDb(leaf, schema, path, expected);
  }

  /** DuckDB has no fixed lengths and hands out no nanoseconds; maps lose keys that are bytes. */
  private void readByDuckDb(
      Type.PrimitiveType leaf, Schema schema, Path path, List<List<Object>> expected)
      throws Exception {
    List<String> columns = new ArrayList<>();
    for (Types.NestedField field : schema.columns()) {
      columns.add('"' + field.name() + '"');
    }
    boolean isKeyOfBytes =
        switch (leaf.typeId()) {
          case BINARY, FIXED, GEOMETRY, FLOAT, DOUBLE, UUID -> true;
          default -> false;
        };
    int width = columns.size() - (isKeyOfBytes ? 2 : 0);
    String wanted = String.join(", ", columns.subList(0, width));
    List<List<Object>> rows = expected.stream().map(row -> row.subList(0, width)).toList();
    try (Connection duckDb = DuckDbValues.connect()) {
      String ours = "SELECT " + wanted + " FROM read_parquet('" + path + "')";
      if (leaf.typeId() != Type.TypeID.TIMESTAMP_NANO && leaf.typeId() != Type.TypeID.GEOMETRY) {
        assertThat(DuckDbValues.query(duckDb, ours)).isEqualTo(rows);
      } else {
        assertThat(DuckDbValues.query(duckDb, ours)).hasSameSizeAs(rows);
      }
      if (leaf.typeId() == Type.TypeID.FIXED) {
        return;
      }
      Path theirs = folder.resolve("theirs.parquet");
      DuckDbValues.execute(duckDb, "COPY (" + ours + ") TO '" + theirs + "' (FORMAT parquet)");
      MemoryStore store = new MemoryStore();
      store.put("t", Files.readAllBytes(theirs));
      Schema projected = new Schema(schema.columns().subList(0, width));
      assertThat(
              ScanFixture.rows(
                  store, "t", projected, Expressions.alwaysTrue(), MappingUtil.create(schema)))
          .isEqualTo(rows);
    }
  }
}
