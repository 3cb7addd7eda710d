package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import dev.frazil.testing.ValueText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataTableType;
import org.apache.iceberg.MetadataTableUtils;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Metadata tables of tables with evolved partitioning and columns, position deletes, deletion
 * vectors, branches and tags: every column and every value is Iceberg's own.
 */
@Tag("slow")
class MetadataTableCellsTest {
  private final FastFolder folder = FastFolder.create();
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder.path());
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private void make(int version) {
    frazil.script(
        "CREATE TABLE t (id bigint, day date, at timestamp, price decimal(9, 2), raw varbinary,"
            + " u uuid, f real, s row(a integer, b varchar), l array(integer),"
            + " m map(varchar, double)) PARTITIONED BY (day) WITH (\"format-version\" = '"
            + version
            + "', \"write.delete.mode\" = 'merge-on-read', \"write.update.mode\" ="
            + " 'merge-on-read')",
        "INSERT INTO t VALUES (1, DATE '2026-01-31', TIMESTAMP '2026-01-31 01:02:03.456789', 1.5,"
            + " X'00ff', UUID '12345678-1234-1234-1234-123456789abc', 1.5, ROW(1, 'x'), ARRAY[1],"
            + " MAP['k', 2.5]), (2, DATE '2026-01-31', NULL, NULL, NULL, NULL, 'NaN', NULL, NULL,"
            + " NULL), (3, NULL, TIMESTAMP '1969-12-31 23:59:59', -0.01, X'', NULL, -0.0,"
            + " ROW(NULL, ''), ARRAY[], NULL), (4, DATE '2026-01-31', NULL, 12, NULL, NULL, NULL,"
            + " NULL, NULL, NULL)",
        "ALTER TABLE t ADD PARTITION FIELD bucket(4, id)",
        "INSERT INTO t (id, day) VALUES (7, DATE '2026-02-01'), (8, DATE '2026-02-01')",
        "ALTER TABLE t CREATE BRANCH audit RETAIN 5 DAYS WITH SNAPSHOT RETENTION 2 SNAPSHOTS",
        "DELETE FROM t WHERE id = 1",
        "ALTER TABLE t ADD COLUMN extra varchar",
        "ALTER TABLE t RENAME COLUMN price TO cost",
        "ALTER TABLE t DROP PARTITION FIELD day",
        "INSERT INTO t (id, extra) VALUES (9, 'nine'), (10, NULL)",
        "UPDATE t SET extra = 'changed' WHERE id IN (2, 8)",
        "INSERT INTO t @ audit (id) VALUES (77)",
        "DELETE FROM t @ audit WHERE id = 2",
        "ALTER TABLE t CREATE TAG eom RETAIN 90 DAYS");
  }

  private Table table() {
    return frazil.session().describe(TableIdentifier.of("main", "t")).orElseThrow().table();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void everyCellIsIcebergs(int version) {
    make(version);
    for (MetadataTableType type : MetadataTableType.values()) {
      if (type != MetadataTableType.POSITION_DELETES) {
        assertSame(type);
      }
    }
    assertTablesOfOneSnapshot();
    assertPositions();
  }

  private void assertSame(MetadataTableType type) {
    Table base = table();
    Table expected = MetadataTableUtils.createMetadataTableInstance(base, type);
    String name = "t$" + type.name().toLowerCase(Locale.ROOT);
    assertColumns(expected.schema(), name);
    List<List<String>> cells = cells(expected.newScan());
    assertThat(cells).isNotEmpty();
    assertThat(frazil.query("SELECT * FROM " + name).sorted()).isEqualTo(rows(cells));
    // Every other column, the last first: what is projected is what is asked for.
    StringBuilder some = new StringBuilder();
    List<List<String>> projected =
        cells.stream().map(row -> new ArrayList<String>()).collect(Collectors.toList());
    for (int i = expected.schema().columns().size() - 1; i >= 0; i -= 2) {
      some.append(some.isEmpty() ? "" : ", ")
          .append('"')
          .append(expected.schema().columns().get(i).name())
          .append('"');
      for (int row = 0; row < cells.size(); row++) {
        projected.get(row).add(cells.get(row).get(i));
      }
    }
    assertThat(frazil.query("SELECT " + some + " FROM " + name).sorted())
        .isEqualTo(rows(projected));
  }

  private void assertColumns(Schema expected, String name) {
    List<String> shown =
        frazil.session().prepare("SELECT * FROM " + name).columns().stream()
            .map(column -> column.label() + " " + column.type().sqlName())
            .toList();
    assertThat(shown)
        .isEqualTo(
            expected.columns().stream()
                .map(field -> field.name() + " " + sql(field.type()))
                .toList());
  }

  /** Those that are of one snapshot, by its branch, its tag and its id. */
  private void assertTablesOfOneSnapshot() {
    Table base = table();
    for (MetadataTableType type :
        List.of(
            MetadataTableType.FILES,
            MetadataTableType.DATA_FILES,
            MetadataTableType.DELETE_FILES,
            MetadataTableType.ENTRIES,
            MetadataTableType.MANIFESTS,
            MetadataTableType.PARTITIONS)) {
      Table expected = MetadataTableUtils.createMetadataTableInstance(base, type);
      String name = "t$" + type.name().toLowerCase(Locale.ROOT);
      for (String ref : List.of("audit", "eom")) {
        long id = Objects.requireNonNull(base.refs().get(ref)).snapshotId();
        List<String> rows = rows(cells(expected.newScan().useSnapshot(id)));
        assertThat(frazil.query("SELECT * FROM " + name + " @ " + ref).sorted()).isEqualTo(rows);
        assertThat(
                frazil.query("SELECT * FROM " + name + " FOR VERSION AS OF '" + ref + "'").sorted())
            .isEqualTo(rows);
        assertThat(frazil.query("SELECT * FROM " + name + " FOR VERSION AS OF " + id).sorted())
            .isEqualTo(rows);
      }
      long audited = Objects.requireNonNull(base.refs().get("audit")).snapshotId();
      assertThat(rows(cells(expected.newScan().useSnapshot(audited))))
          .isNotEqualTo(rows(cells(expected.newScan())));
    }
  }

  /** Which rows went is told by the statements of {@link #make}: 1, 2 and 8, on the branch 2. */
  private void assertPositions() {
    Table expected =
        MetadataTableUtils.createMetadataTableInstance(table(), MetadataTableType.POSITION_DELETES);
    assertColumns(expected.schema(), "t$position_deletes");
    String partitions = "partition.day, partition.id_bucket_4, spec_id";
    List<String> eights =
        frazil
            .query(
                "SELECT partition.id_bucket_4, record_count FROM t$files WHERE spec_id = 1"
                    + " AND content = 0")
            .sorted();
    assertThat(eights).hasSize(1);
    int bucket = Integer.parseInt(eights.get(0).substring(0, 1));
    assertThat(frazil.query("SELECT pos, " + partitions + " FROM t$position_deletes").sorted())
        .containsExactly(
            "0 | 2026-01-31 | NULL | 0",
            "1 | 2026-01-31 | NULL | 0",
            "1 | 2026-02-01 | " + bucket + " | 1");
    assertThat(
            frazil.query("SELECT pos, " + partitions + " FROM t$position_deletes @ audit").sorted())
        .containsExactly("1 | 2026-01-31 | NULL | 0");
    assertThat(
            frazil
                .query(
                    "SELECT count(*) FROM t$position_deletes p JOIN t$delete_files f ON"
                        + " p.delete_file_path = f.file_path AND p.spec_id = f.spec_id JOIN"
                        + " t$data_files d ON p.file_path = d.file_path AND d.spec_id = f.spec_id")
                .sorted())
        .containsExactly("3");
  }

  private static List<String> rows(List<List<String>> cells) {
    return cells.stream().map(row -> String.join(" | ", row)).sorted().toList();
  }

  /** Read as they come: Iceberg uses the objects of a row again for the next one. */
  private static List<List<String>> cells(TableScan scan) {
    List<Types.NestedField> columns = scan.schema().columns();
    List<List<String>> cells = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      for (FileScanTask task : tasks) {
        try (CloseableIterable<StructLike> rows = task.asDataTask().rows()) {
          for (StructLike row : rows) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
              values.add(ValueText.of(value(row.get(i, Object.class), columns.get(i).type())));
            }
            cells.add(values);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cells;
  }

  /** A value as the specification defines it. */
  private static @Nullable Object value(@Nullable Object value, Type type) {
    if (value == null) {
      return null;
    }
    return switch (type.typeId()) {
      case DATE -> LocalDate.ofEpochDay((Integer) value);
      case TIMESTAMP -> {
        Instant instant = Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
        yield ((Types.TimestampType) type).shouldAdjustToUTC()
            ? instant
            : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
      }
      case BINARY -> {
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        yield bytes;
      }
      case STRUCT -> {
        List<@Nullable Object> fields = new ArrayList<>();
        List<Types.NestedField> types = type.asStructType().fields();
        for (int i = 0; i < types.size(); i++) {
          fields.add(value(((StructLike) value).get(i, Object.class), types.get(i).type()));
        }
        yield fields;
      }
      case LIST -> {
        List<@Nullable Object> elements = new ArrayList<>();
        ((List<?>) value)
            .forEach(element -> elements.add(value(element, type.asListType().elementType())));
        yield elements;
      }
      case MAP -> {
        Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
        ((Map<?, ?>) value)
            .forEach(
                (key, entry) ->
                    entries.put(
                        value(key, type.asMapType().keyType()),
                        value(entry, type.asMapType().valueType())));
        yield entries;
      }
      default -> value instanceof CharSequence ? value.toString() : value;
    };
  }

  /** The type of a column in SQL. */
  private static String sql(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> "boolean";
      case INTEGER -> "integer";
      case LONG -> "bigint";
      case FLOAT -> "real";
      case DOUBLE -> "double";
      case DATE -> "date";
      case STRING -> "varchar";
      case BINARY -> "varbinary";
      case UUID -> "uuid";
      case DECIMAL ->
          "decimal("
              + ((Types.DecimalType) type).precision()
              + ","
              + ((Types.DecimalType) type).scale()
              + ")";
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC()
              ? "timestamp with time zone"
              : "timestamp";
      case LIST -> "array(" + sql(type.asListType().elementType()) + ")";
      case MAP ->
          "map(" + sql(type.asMapType().keyType()) + ", " + sql(type.asMapType().valueType()) + ")";
      case STRUCT ->
          type.asStructType().fields().stream()
              .map(field -> field.name() + " " + sql(field.type()))
              .collect(Collectors.joining(", ", "row(", ")"));
      default -> throw new AssertionError(type);
    };
  }
}
