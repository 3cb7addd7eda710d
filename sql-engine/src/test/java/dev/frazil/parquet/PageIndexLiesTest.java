package dev.frazil.parquet;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Page indexes that lie about where pages and rows are, that are cut off or belong to something
 * else: a filter gives all rows that match, as the file has them without indexes, or {@code XX001}.
 */
class PageIndexLiesTest {
  private static final Schema SCHEMA =
      new Schema(
          required(1, "id", Types.LongType.get()),
          optional(2, "i", Types.IntegerType.get()),
          optional(3, "s", Types.StringType.get()),
          optional(4, "d", Types.DoubleType.get()),
          optional(5, "l", Types.ListType.ofOptional(6, Types.IntegerType.get())));

  /** The indexes of one column chunk; either may be taken away. */
  private static final class Indexes {
    private final RowGroup group;
    private final ColumnChunk chunk;
    private OffsetIndex offsets;
    private ColumnIndex bounds;
    private int cutOffsets;
    private int cutBounds;

    private Indexes(RowGroup group, ColumnChunk chunk) {
      this.group = group;
      this.chunk = chunk;
    }

    private String column() {
      return chunk.getMeta_data().getPath_in_schema().get(0);
    }

    private PageLocation page(int page) {
      return offsets.getPage_locations().get(page);
    }

    private boolean hasPages(int count) {
      return offsets.getPage_locationsSize() >= count;
    }
  }

  /** A change of the indexes of one column, among those of all columns of its row group. */
  record Lie(String name, BiConsumer<Indexes, List<Indexes>> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Lie> lies() {
    return Stream.of(
        new Lie("no offset index", (own, all) -> own.offsets = null),
        new Lie("no column index", (own, all) -> own.bounds = null),
        new Lie("a page less in both", (own, all) -> withoutPage(own, 1)),
        new Lie("the last page less in both", (own, all) -> withoutPage(own, last(own))),
        new Lie("the first page less in both", (own, all) -> withoutFirst(own)),
        new Lie(
            "a page less in the offsets", (own, all) -> own.offsets.getPage_locations().remove(1)),
        new Lie(
            "a page less in the bounds",
            (own, all) -> {
              own.bounds.getNull_pages().remove(0);
              own.bounds.getMin_values().remove(0);
              own.bounds.getMax_values().remove(0);
            }),
        new Lie("a page begins a row later", (own, all) -> moveRows(own, 1, 1)),
        new Lie("a page begins a row earlier", (own, all) -> moveRows(own, 1, -1)),
        new Lie(
            "all later pages begin ten rows later",
            (own, all) -> {
              for (int page = 1; page < own.offsets.getPage_locationsSize(); page++) {
                moveRows(own, page, 10);
              }
            }),
        new Lie("a page is a byte longer", (own, all) -> resize(own, 1)),
        new Lie("a page is a byte shorter", (own, all) -> resize(own, -1)),
        new Lie("a page without bytes", (own, all) -> own.page(1).setCompressed_page_size(0)),
        new Lie(
            "a page that begins a byte later",
            (own, all) -> {
              own.page(1).setOffset(own.page(1).getOffset() + 1);
              own.page(1).setCompressed_page_size(own.page(1).getCompressed_page_size() - 1);
            }),
        new Lie(
            "a page stands for another",
            (own, all) -> {
              own.page(1).setOffset(own.page(0).getOffset());
              own.page(1).setCompressed_page_size(own.page(0).getCompressed_page_size());
            }),
        new Lie(
            "pages change places",
            (own, all) -> {
              PageLocation first = own.page(0).deepCopy();
              own.page(0).setOffset(own.page(1).getOffset());
              own.page(0).setCompressed_page_size(own.page(1).getCompressed_page_size());
              own.page(1).setOffset(first.getOffset());
              own.page(1).setCompressed_page_size(first.getCompressed_page_size());
            }),
        new Lie(
            "a row number out of this world",
            (own, all) -> own.page(last(own)).setFirst_row_index(Long.MAX_VALUE)),
        new Lie("a negative row number", (own, all) -> own.page(0).setFirst_row_index(-1)),
        new Lie(
            "the offsets of another column", (own, all) -> own.offsets = other(own, all).offsets),
        new Lie("offsets cut off", (own, all) -> own.cutOffsets = 3),
        new Lie("bounds cut off", (own, all) -> own.cutBounds = 3),
        new Lie(
            "bounds without bytes",
            (own, all) -> {
              if (!own.column().equals("s")) { // of which these would be a lie about the values
                own.bounds.getMin_values().replaceAll(value -> ByteBuffer.allocate(0));
                own.bounds.getMax_values().replaceAll(value -> ByteBuffer.allocate(0));
              }
            }),
        new Lie(
            "bounds of one byte",
            (own, all) -> {
              if (!own.column().equals("s")) {
                own.bounds.getMin_values().replaceAll(value -> ByteBuffer.allocate(1));
                own.bounds.getMax_values().replaceAll(value -> ByteBuffer.allocate(1));
              }
            }),
        new Lie(
            "lower bounds above the upper ones",
            (own, all) -> {
              List<ByteBuffer> lower = own.bounds.getMin_values();
              own.bounds.setMin_values(own.bounds.getMax_values());
              own.bounds.setMax_values(lower);
            }),
        new Lie(
            "bounds that are not a number",
            (own, all) -> {
              if (own.column().equals("d")) {
                ByteBuffer nan = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
                nan.putDouble(Double.NaN).flip();
                own.bounds.getMin_values().replaceAll(value -> nan.duplicate());
                own.bounds.getMax_values().replaceAll(value -> nan.duplicate());
              }
            }),
        new Lie("no numbers of nulls", (own, all) -> own.bounds.unsetNull_counts()),
        new Lie("offsets at the end of the file", (own, all) -> own.cutOffsets = Integer.MIN_VALUE),
        new Lie("no pages at all", (own, all) -> own.offsets.setPage_locations(new ArrayList<>())));
  }

  private static int last(Indexes own) {
    return own.offsets.getPage_locationsSize() - 1;
  }

  private static void withoutPage(Indexes own, int page) {
    own.offsets.getPage_locations().remove(page);
    own.bounds.getNull_pages().remove(page);
    own.bounds.getMin_values().remove(page);
    own.bounds.getMax_values().remove(page);
    if (own.bounds.isSetNull_counts()) {
      own.bounds.getNull_counts().remove(page);
    }
  }

  private static void withoutFirst(Indexes own) {
    withoutPage(own, 0);
    own.page(0).setFirst_row_index(0);
  }

  private static void moveRows(Indexes own, int page, int rows) {
    own.page(page).setFirst_row_index(own.page(page).getFirst_row_index() + rows);
  }

  private static void resize(Indexes own, int bytes) {
    own.page(1).setCompressed_page_size(own.page(1).getCompressed_page_size() + bytes);
  }

  private static Indexes other(Indexes own, List<Indexes> all) {
    return all.get((all.indexOf(own) + 1) % all.size());
  }

  private final MemoryStore store = new MemoryStore();
  private List<List<Object>> rows;

  /** Rows whose values are not in any order, so that each page has bounds of its own. */
  @BeforeEach
  void write() {
    Map<String, String> properties =
        Map.of(
            "write.parquet.page-row-limit", "50",
            "write.parquet.compression-codec", "uncompressed");
    ParquetBatchWriter writer =
        new ParquetBatchWriter(
            store.create("true"), SCHEMA, ParquetWriterOptions.of(properties, SCHEMA));
    RandomRows random = new RandomRows(new Random(5), 0.2, 60);
    writer.write(random.batch(SCHEMA, 600));
    writer.close();
    rows = ScanFixture.rows(store, "true", SCHEMA);
    assertThat(rows).hasSize(600);
  }

  private byte[] operate(byte[] file, String column, Lie lie) throws IOException {
    ByteBuffer suffix = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int length = suffix.getInt(file.length - 8);
    int start = file.length - 8 - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(file, start, length));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, start);
    for (RowGroup group : footer.getRow_groups()) {
      List<Indexes> all = new ArrayList<>();
      for (ColumnChunk chunk : group.getColumns()) {
        Indexes indexes = new Indexes(group, chunk);
        indexes.offsets = Util.readOffsetIndex(at(file, chunk.getOffset_index_offset()));
        indexes.bounds =
            chunk.isSetColumn_index_offset()
                ? Util.readColumnIndex(at(file, chunk.getColumn_index_offset()))
                : null;
        all.add(indexes);
      }
      for (Indexes indexes : all) {
        if (column.equals("all") || indexes.column().equals(column)) {
          assertThat(indexes.hasPages(3)).as(indexes.column() + " " + indexes.group).isTrue();
          if (indexes.bounds != null) {
            lie.change().accept(indexes, all);
          }
        }
      }
      for (Indexes indexes : all) {
        put(indexes, out);
      }
    }
    int footerStart = out.size();
    Util.writeFileMetaData(footer, out);
    ByteBuffer end = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    end.putInt(out.size() - footerStart).put("PAR1".getBytes(StandardCharsets.US_ASCII));
    out.write(end.array());
    return out.toByteArray();
  }

  private static ByteArrayInputStream at(byte[] file, long offset) {
    return new ByteArrayInputStream(file, (int) offset, file.length - (int) offset);
  }

  private static void put(Indexes indexes, ByteArrayOutputStream out) throws IOException {
    ColumnChunk chunk = indexes.chunk;
    if (indexes.offsets == null) {
      chunk.unsetOffset_index_offset();
      chunk.unsetOffset_index_length();
    } else {
      int from = out.size();
      Util.writeOffsetIndex(indexes.offsets, out);
      chunk.setOffset_index_offset(indexes.cutOffsets < 0 ? Integer.MAX_VALUE : from);
      chunk.setOffset_index_length(out.size() - from - Math.max(0, indexes.cutOffsets));
    }
    if (indexes.bounds == null) {
      chunk.unsetColumn_index_offset();
      chunk.unsetColumn_index_length();
    } else {
      int from = out.size();
      Util.writeColumnIndex(indexes.bounds, out);
      chunk.setColumn_index_offset(from);
      chunk.setColumn_index_length(out.size() - from - indexes.cutBounds);
    }
  }

  @ParameterizedTest
  @MethodSource("lies")
  void noFilterLosesARow(Lie lie) throws IOException {
    for (String column : List.of("id", "i", "s", "d", "l", "all")) {
      store.put("lie", operate(store.objects.get("true"), column, lie));
      assertThat(ScanFixture.rows(store, "lie", SCHEMA)).as("all rows").isEqualTo(rows);
      for (int row = 0; row < rows.size(); row += 37) {
        for (int at = 0; at < 4; at++) {
          Object value = rows.get(row).get(at);
          if (!(value instanceof Double number && number.isNaN())) {
            filter(column, at, value);
          }
        }
      }
    }
  }

  private void filter(String column, int at, Object value) {
    String name = SCHEMA.columns().get(at).name();
    Expression filter = value == null ? Expressions.isNull(name) : Expressions.equal(name, value);
    try {
      List<List<Object>> found = ScanFixture.rows(store, "lie", SCHEMA, filter, null);
      assertThat(rows).as("%s of %s: rows of the file", filter, column).containsAll(found);
      assertThat(found)
          .as("%s of %s", filter, column)
          .containsAll(rows.stream().filter(row -> Objects.equals(row.get(at), value)).toList());
    } catch (EngineException e) {
      assertThat(e.state()).as(e.toString()).isEqualTo(SqlState.DATA_CORRUPTED);
    }
  }
}
