package dev.frazil.parquet;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.AesGcmV1;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.EncryptionAlgorithm;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What old and foreign writers leave out of a footer, or put there: the rows of {@link
 * ForeignFormsTest}, which DuckDB has read, come all the same, and no filter loses one.
 */
class ForeignFootersTest {
  private static final Schema SCHEMA =
      new Schema(
          required(1, "id", Types.LongType.get()),
          optional(9, "dec_int32", Types.DecimalType.of(9, 2)),
          optional(13, "dec_bytes", Types.DecimalType.of(18, 2)),
          optional(17, "unsigned", Types.LongType.get()),
          optional(18, "kind", Types.StringType.get()),
          optional(20, "two_level", Types.ListType.ofRequired(120, Types.IntegerType.get())),
          optional(
              25,
              "old_map",
              Types.MapType.ofOptional(125, 225, Types.StringType.get(), Types.IntegerType.get())));

  /** A change of a footer. */
  record Surgery(String name, Consumer<FileMetaData> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Surgery> surgeries() {
    return Stream.of(
        new Surgery("no statistics", columns(column -> column.unsetStatistics())),
        new Surgery(
            "old fields that lie about texts, unsigned and wide numbers",
            columns(
                column -> {
                  if (column.getType() == Type.BYTE_ARRAY
                      || column.getPath_in_schema().get(0).equals("unsigned")) {
                    byte[] zero = new byte[column.getType() == Type.BYTE_ARRAY ? 1 : 4];
                    column.setStatistics(new Statistics().setMin(zero).setMax(zero));
                  }
                })),
        new Surgery(
            "no null counts",
            columns(
                column -> {
                  if (column.isSetStatistics()) {
                    column.getStatistics().unsetNull_count();
                  }
                })),
        new Surgery(
            "a lower bound only",
            columns(
                column -> {
                  if (column.isSetStatistics()) {
                    column.getStatistics().unsetMax_value();
                    column.getStatistics().unsetMax();
                  }
                })),
        new Surgery(
            "an upper bound only",
            columns(
                column -> {
                  if (column.isSetStatistics()) {
                    column.getStatistics().unsetMin_value();
                    column.getStatistics().unsetMin();
                  }
                })),
        new Surgery(
            "dictionaries where data pages are said to begin",
            columns(
                column -> {
                  if (column.isSetDictionary_page_offset()) {
                    column.setData_page_offset(column.getDictionary_page_offset());
                    column.unsetDictionary_page_offset();
                  }
                })),
        new Surgery(
            "a dictionary at 0 where there is none",
            columns(
                column -> {
                  if (!column.isSetDictionary_page_offset()) {
                    column.setDictionary_page_offset(0);
                  }
                })),
        new Surgery("no encoding statistics", columns(column -> column.unsetEncoding_stats())),
        new Surgery(
            "no page indexes",
            footer -> {
              for (RowGroup group : footer.getRow_groups()) {
                for (ColumnChunk chunk : group.getColumns()) {
                  chunk.unsetColumn_index_offset();
                  chunk.unsetColumn_index_length();
                  chunk.unsetOffset_index_offset();
                  chunk.unsetOffset_index_length();
                }
              }
            }),
        new Surgery("no column orders", footer -> footer.unsetColumn_orders()),
        new Surgery(
            "converted types only",
            footer -> footer.getSchema().forEach(SchemaElement::unsetLogicalType)),
        new Surgery(
            "logical types only",
            footer ->
                footer
                    .getSchema()
                    .forEach(
                        element -> {
                          if (element.isSetLogicalType()) {
                            element.unsetConverted_type();
                            element.unsetScale();
                            element.unsetPrecision();
                          }
                        })),
        new Surgery(
            "texts without annotation",
            footer ->
                footer
                    .getSchema()
                    .forEach(
                        element -> {
                          if (element.getName().equals("kind") || element.getName().equals("key")) {
                            element.unsetConverted_type();
                            element.unsetLogicalType();
                          }
                        })),
        new Surgery(
            "row groups without rows, whose columns stand nowhere",
            footer -> {
              List<RowGroup> groups = new ArrayList<>();
              for (RowGroup group : footer.getRow_groups()) {
                groups.add(empty(group));
                groups.add(group);
              }
              groups.add(empty(groups.get(1)));
              footer.setRow_groups(groups);
            }),
        new Surgery(
            "no sizes, ordinals and offsets of row groups",
            footer -> {
              for (RowGroup group : footer.getRow_groups()) {
                group.setTotal_byte_size(0);
                group.unsetTotal_compressed_size();
                group.unsetFile_offset();
                group.unsetOrdinal();
                group.getColumns().forEach(chunk -> chunk.setFile_offset(0));
              }
            }),
        new Surgery("no word of the writer", footer -> footer.unsetCreated_by()));
  }

  private static RowGroup empty(RowGroup like) {
    RowGroup empty = like.deepCopy();
    empty.setNum_rows(0);
    for (ColumnChunk chunk : empty.getColumns()) {
      chunk.getMeta_data().setNum_values(0).setData_page_offset(0).setTotal_compressed_size(0);
      chunk.getMeta_data().unsetDictionary_page_offset();
      chunk.getMeta_data().unsetStatistics();
      chunk.unsetColumn_index_offset();
      chunk.unsetOffset_index_offset();
    }
    return empty;
  }

  private static Consumer<FileMetaData> columns(Consumer<ColumnMetaData> change) {
    return footer ->
        footer
            .getRow_groups()
            .forEach(
                group -> group.getColumns().forEach(chunk -> change.accept(chunk.getMeta_data())));
  }

  private static byte[] file(String name) throws IOException {
    try (InputStream in =
        ForeignFootersTest.class.getResourceAsStream("forms/" + name + ".parquet")) {
      return in.readAllBytes();
    }
  }

  private static byte[] operate(byte[] file, Surgery surgery) throws IOException {
    ByteBuffer suffix = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int length = suffix.getInt(file.length - 8);
    int start = file.length - 8 - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(file, start, length));
    surgery.change().accept(footer);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, start);
    Util.writeFileMetaData(footer, out);
    ByteBuffer end = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    out.write(end.putInt(out.size() - start).put("PAR1".getBytes()).array());
    return out.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("surgeries")
  void rowsComeAllTheSame(Surgery surgery) throws IOException {
    for (String name : List.of("v1-values", "v1-dictionary", "v2-dictionary")) {
      byte[] original = file(name);
      MemoryStore store = new MemoryStore();
      store.put("before", original);
      store.put("after", operate(original, surgery));
      List<List<Object>> rows = ScanFixture.rows(store, "before", SCHEMA);
      assertThat(rows).hasSize(300);
      assertThat(ScanFixture.rows(store, "after", SCHEMA)).as(name).isEqualTo(rows);
      for (int column = 0; column < 5; column++) {
        Types.NestedField field = SCHEMA.columns().get(column);
        for (int row = 0; row < rows.size(); row += 13) {
          Object value = rows.get(row).get(column);
          Expression pruning =
              value == null
                  ? Expressions.isNull(field.name())
                  : Expressions.equal(field.name(), value);
          int at = column;
          assertThat(ScanFixture.rows(store, "after", SCHEMA, pruning, null))
              .as("%s: %s = %s", name, field.name(), value)
              .containsAll(
                  rows.stream()
                      .filter(each -> java.util.Objects.equals(each.get(at), value))
                      .toList());
        }
      }
    }
  }

  /** With a footer that can be read, and with one that cannot. */
  @Test
  void anEncryptedFileIsNamedAsSuch() throws IOException {
    byte[] original = file("v1-values");
    Surgery plainFooter =
        new Surgery(
            "encrypted columns",
            footer ->
                footer.setEncryption_algorithm(EncryptionAlgorithm.AES_GCM_V1(new AesGcmV1())));
    byte[] encryptedFooter = original.clone();
    encryptedFooter[original.length - 1] = 'E';
    MemoryStore store = new MemoryStore();
    store.put("columns", operate(original, plainFooter));
    store.put("footer", encryptedFooter);
    for (String name : List.of("columns", "footer")) {
      assertThatThrownBy(() -> ScanFixture.rows(store, name, SCHEMA))
          .hasMessageContainingAll("encrypted", name)
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED));
    }
  }
}
