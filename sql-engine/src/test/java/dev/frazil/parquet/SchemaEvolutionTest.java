package dev.frazil.parquet;

import static org.apache.iceberg.expressions.Expressions.alwaysTrue;
import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns that a table added, renamed, reordered or widened after a file was written. */
class SchemaEvolutionTest {
  @TempDir Path folder;

  private static MemoryStore written(Schema schema, Object[]... rows) {
    List<VectorBuilder> builders = new ArrayList<>();
    schema.columns().forEach(c -> builders.add(VectorBuilder.of(TypeMapping.toSql(c.type()))));
    for (Object[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        builders.get(i).appendValue(row[i]);
      }
    }
    List<ColumnVector> columns = builders.stream().map(VectorBuilder::build).toList();
    MemoryStore store = new MemoryStore();
    ParquetBatchWriter writer =
        new ParquetBatchWriter(
            store.create("f"), schema, ParquetWriterOptions.of(Map.of(), schema));
    writer.write(new RowBatch(columns, rows.length));
    writer.close();
    return store;
  }

  @Test
  void widensTypes() {
    Schema old =
        new Schema(
            optional(1, "i", Types.IntegerType.get()),
            optional(2, "f", Types.FloatType.get()),
            optional(3, "d", Types.DecimalType.of(5, 2)),
            optional(4, "e", Types.DecimalType.of(12, 2)));
    MemoryStore store =
        written(old, new Object[] {-7, 1.5f, new BigDecimal("-123.45"), new BigDecimal("1.25")});
    Schema wide =
        new Schema(
            optional(1, "i", Types.LongType.get()),
            optional(2, "f", Types.DoubleType.get()),
            optional(3, "d", Types.DecimalType.of(15, 2)),
            optional(4, "e", Types.DecimalType.of(30, 2)));
    assertThat(ScanFixture.rows(store, "f", wide))
        .containsExactly(List.of(-7L, 1.5, new BigDecimal("-123.45"), new BigDecimal("1.25")));
  }

  @Test
  void refusesTypesThatDoNotFit() {
    MemoryStore store =
        written(new Schema(optional(1, "i", Types.LongType.get())), new Object[] {5L});
    Schema wrong = new Schema(optional(1, "i", Types.StringType.get()));
    assertThatThrownBy(() -> ScanFixture.rows(store, "f", wrong))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED))
        .hasMessageContaining("column i");
  }

  @Test
  void findsColumnsByIdAndFillsMissingOnes() {
    Schema old =
        new Schema(
            optional(1, "a", Types.IntegerType.get()),
            optional(2, "s", Types.StructType.of(optional(3, "x", Types.IntegerType.get()))));
    MemoryStore store = written(old, new Object[] {1, List.of(10)}, new Object[] {null, null});
    Types.NestedField withDefault =
        Types.NestedField.optional("added")
            .withId(7)
            .ofType(Types.StringType.get())
            .withInitialDefault(Literal.of("new"))
            .build();
    Schema now =
        new Schema(
            optional(
                2,
                "renamed",
                Types.StructType.of(
                    optional(5, "y", Types.StringType.get()),
                    optional(3, "x", Types.LongType.get()))),
            withDefault,
            optional(8, "empty", Types.ListType.ofOptional(9, Types.DateType.get())),
            optional(1, "b", Types.IntegerType.get()));
    assertThat(ScanFixture.rows(store, "f", now))
        .containsExactly(
            Arrays.asList(Arrays.asList(null, 10L), "new", null, 1L),
            Arrays.asList(null, "new", null, null));
    Schema onlyNewInStruct =
        new Schema(optional(2, "s", Types.StructType.of(optional(5, "y", Types.StringType.get()))));
    assertThat(ScanFixture.rows(store, "f", onlyNewInStruct))
        .containsExactly(List.of(Arrays.asList((Object) null)), Arrays.asList((Object) null));
  }

  @Test
  void refusesFilesWithoutARequiredColumn() {
    MemoryStore store =
        written(new Schema(optional(1, "a", Types.IntegerType.get())), new Object[] {1});
    assertThatThrownBy(
            () ->
                ScanFixture.rows(store, "f", new Schema(required(2, "b", Types.IntegerType.get()))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("required column b");
  }

  @Test
  void mapsNamesWhereFilesHaveNoIds() throws Exception {
    Path path = folder.resolve("noids.parquet");
    try (Connection duckDb = DuckDbValues.connect()) {
      DuckDbValues.execute(
          duckDb, "COPY (SELECT 1 AS one, 'zwei' AS two) TO '" + path + "' (FORMAT parquet)");
    }
    MemoryStore store = new MemoryStore();
    store.put("f", Files.readAllBytes(path));
    Schema schema =
        new Schema(
            optional(20, "b", Types.StringType.get()), optional(10, "a", Types.IntegerType.get()));
    NameMapping mapping =
        NameMapping.of(MappedField.of(10, List.of("a", "one")), MappedField.of(20, "two"));
    assertThat(ScanFixture.rows(store, "f", schema, alwaysTrue(), mapping))
        .containsExactly(List.of("zwei", 1L));
  }

  @Test
  void readsRowsWithoutColumnsAndSharesDictionaries() {
    Schema schema = new Schema(required(1, "s", Types.StringType.get()));
    Object[][] rows = new Object[10_000][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new Object[] {"v" + i % 3};
    }
    MemoryStore store = written(schema, rows);
    ParquetFile file = ParquetFile.open(store, "f", store.objects.get("f").length);
    assertThat(
            ScanFixture.rows(
                new ParquetScanner(
                    file, List.of(), schema, alwaysTrue(), null, ScanFixture.budget())))
        .hasSize(10_000);
    ParquetScanner scanner =
        new ParquetScanner(
            file, ScanFixture.allColumns(schema), schema, alwaysTrue(), null, ScanFixture.budget());
    BatchReader reader = scanner.read(scanner.morsels().get(0));
    PositionedBatch first = reader.next();
    PositionedBatch second = reader.next();
    assertThat(((DictionaryVector) second.batch().column(0)).dictionary())
        .isSameAs(((DictionaryVector) first.batch().column(0)).dictionary());
    assertThat(second.firstRowPosition()).isEqualTo(first.batch().rowCount());
  }
}
