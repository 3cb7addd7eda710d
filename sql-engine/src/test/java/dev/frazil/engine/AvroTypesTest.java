package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.AvroFiles;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Avro data files of Iceberg's own writer: every type, codec and change of schema; damaged ones.
 */
class AvroTypesTest {
  private FastFolder folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    folder = FastFolder.create();
    frazil = EngineRunner.local(folder.path());
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  @Test
  void everyType() {
    frazil.update(
        "CREATE TABLE t (b boolean, i integer, l bigint, f real, d double, d9 decimal(9, 2),"
            + " d38 decimal(38, 10), day date, at time, clock timestamp,"
            + " instant timestamp with time zone, s varchar, u uuid, bytes varbinary)");
    frazil.change(
        "t",
        table ->
            table
                .newAppend()
                .appendFile(
                    AvroFiles.data(
                        table,
                        "gzip",
                        List.of(
                            AvroFiles.record(
                                table.schema(),
                                true,
                                -7,
                                Long.MIN_VALUE,
                                1.5f,
                                -2.25,
                                new BigDecimal("-1234567.89"),
                                new BigDecimal("-1234567890123456789012345678.0123456789"),
                                LocalDate.of(1969, 12, 31),
                                LocalTime.of(23, 59, 59, 999_999_000),
                                LocalDateTime.of(1600, 2, 29, 1, 2, 3, 4_000),
                                OffsetDateTime.parse("2024-02-29T12:00:00.000001Z"),
                                "Grüße 🚀",
                                UUID.fromString("f79c3e09-677c-4bbd-a479-3f349cb785e7"),
                                ByteBuffer.wrap(new byte[] {0, -1})),
                            AvroFiles.record(
                                table.schema(),
                                false,
                                Integer.MAX_VALUE,
                                Long.MAX_VALUE,
                                Float.NaN,
                                Double.NEGATIVE_INFINITY,
                                new BigDecimal("0.01"),
                                new BigDecimal("0.0000000001"),
                                LocalDate.of(9999, 12, 31),
                                LocalTime.MIDNIGHT,
                                LocalDateTime.of(1970, 1, 1, 0, 0),
                                OffsetDateTime.parse("1969-12-31T23:59:59.999999Z"),
                                "",
                                new UUID(0, 1),
                                ByteBuffer.allocate(0)),
                            AvroFiles.record(table.schema())))));
    assertThat(frazil.query("SELECT * FROM t").lines())
        .containsExactly(
            "true | -7 | -9223372036854775808 | 1.5 | -2.25 | -1234567.89"
                + " | -1234567890123456789012345678.0123456789 | 1969-12-31 | 23:59:59.999999"
                + " | 1600-02-29T01:02:03.000004 | 2024-02-29T12:00:00.000001Z | Grüße 🚀"
                + " | f79c3e09-677c-4bbd-a479-3f349cb785e7 | x'00ff'",
            "false | 2147483647 | 9223372036854775807 | NaN | -Infinity | 0.01"
                + " | 0.0000000001 | 9999-12-31 | 00:00"
                + " | 1970-01-01T00:00 | 1969-12-31T23:59:59.999999Z | "
                + " | 00000000-0000-0000-0000-000000000001 | x''",
            "NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL"
                + " | NULL | NULL");
    assertThat(frazil.query("SELECT count(*), count(s), max(l) FROM t WHERE i < 0").lines())
        .containsExactly("1 | 1 | -9223372036854775808");
    assertThat(frazil.query("SELECT _pos, i FROM t WHERE b IS NULL OR NOT b").lines())
        .containsExactly("1 | 2147483647", "2 | NULL");
  }

  @Test
  void nestedTypesAndTheirEvolution() {
    frazil.update(
        "CREATE TABLE t (id integer, s row(x integer, y varchar), l array(row(p integer)),"
            + " m map(varchar, array(integer)), k map(integer, varchar))");
    frazil.change("t", table -> table.newAppend().appendFile(nested(table)));
    List<String> before =
        List.of(
            "1 | [1, one] | [[1], [NULL], NULL] | {a=[1, NULL], b=NULL} | {7=seven}",
            "2 | NULL | NULL | NULL | NULL",
            "3 | [NULL, NULL] | [] | {} | {}");
    assertThat(frazil.query("SELECT * FROM t").lines()).containsExactlyElementsOf(before);
    frazil.change(
        "t",
        table ->
            table
                .updateSchema()
                .addColumn("s", "z", Types.LongType.get())
                .moveFirst("s.z")
                .renameColumn("s.y", "name")
                .updateColumn("s.x", Types.LongType.get())
                .addColumn("l.element", "q", Types.StringType.get())
                .deleteColumn("k")
                .updateColumn("id", Types.LongType.get())
                .addColumn("k", Types.DoubleType.get())
                .moveFirst("k"));
    assertThat(frazil.query("SELECT * FROM t").lines())
        .containsExactly(
            "NULL | 1 | [NULL, 1, one] | [[1, NULL], [NULL, NULL], NULL]"
                + " | {a=[1, NULL], b=NULL}",
            "NULL | 2 | NULL | NULL | NULL",
            "NULL | 3 | [NULL, NULL, NULL] | [] | {}");
  }

  private static org.apache.iceberg.DataFile nested(Table table) {
    Schema schema = table.schema();
    Schema struct = new Schema(schema.findType("s").asStructType().fields());
    Schema element =
        new Schema(schema.findType("l").asListType().elementType().asStructType().fields());
    Map<String, List<Integer>> map = new java.util.TreeMap<>();
    map.put("a", java.util.Arrays.asList(1, null));
    map.put("b", null);
    return AvroFiles.data(
        table,
        "zstd",
        List.of(
            AvroFiles.record(
                schema,
                1,
                AvroFiles.record(struct, 1, "one"),
                java.util.Arrays.asList(
                    AvroFiles.record(element, 1), AvroFiles.record(element), null),
                map,
                Map.of(7, "seven")),
            AvroFiles.record(schema, 2),
            AvroFiles.record(schema, 3, AvroFiles.record(struct), List.of(), Map.of(), Map.of())));
  }

  @Test
  void promotedTypes() {
    frazil.update("CREATE TABLE t (i integer, f real, d decimal(5, 2), e decimal(12, 2))");
    frazil.change(
        "t",
        table ->
            table
                .newAppend()
                .appendFile(
                    AvroFiles.data(
                        table,
                        "uncompressed",
                        List.of(
                            AvroFiles.record(
                                table.schema(),
                                -7,
                                1.5f,
                                new BigDecimal("-123.45"),
                                new BigDecimal("1.25"))))));
    frazil.change(
        "t",
        table ->
            table
                .updateSchema()
                .updateColumn("i", Types.LongType.get())
                .updateColumn("f", Types.DoubleType.get())
                .updateColumn("d", Types.DecimalType.of(15, 2))
                .updateColumn("e", Types.DecimalType.of(30, 2)));
    assertThat(frazil.query("SELECT * FROM t").lines())
        .containsExactly("-7 | 1.5 | -123.45 | 1.25");
  }

  /** Several blocks, each batch with its position; by an independent sum. */
  @ParameterizedTest
  @ValueSource(strings = {"uncompressed", "gzip", "snappy", "zstd"})
  void manyRowsOfEveryCodec(String codec) {
    frazil.update("CREATE TABLE t (id bigint, s varchar)");
    int rows = 30_000;
    frazil.change(
        "t",
        table -> {
          List<Record> records = new ArrayList<>();
          for (int i = 0; i < rows; i++) {
            records.add(AvroFiles.record(table.schema(), (long) i, "text of row " + i));
          }
          return table.newAppend().appendFile(AvroFiles.data(table, codec, records));
        });
    assertThat(
            frazil
                .query(
                    "SELECT count(*), sum(id), count(DISTINCT s), bool_and(_pos = id),"
                        + " bool_and(s = 'text of row ' || id) FROM t")
                .lines())
        .containsExactly("30000 | 449985000 | 30000 | true | true");
    assertThat(frazil.query("SELECT s FROM t WHERE id = 29999").lines())
        .containsExactly("text of row 29999");
    assertThat(frazil.query("SELECT id FROM t LIMIT 2").lines()).containsExactly("0", "1");
  }

  @Test
  void emptyFilesAndDamagedOnes() throws Exception {
    frazil.update("CREATE TABLE t (id integer)");
    List<String> locations = new ArrayList<>();
    frazil.change(
        "t",
        table -> {
          org.apache.iceberg.DataFile one =
              AvroFiles.data(table, "gzip", List.of(AvroFiles.record(table.schema(), 1)));
          locations.add(one.location());
          return table
              .newAppend()
              .appendFile(AvroFiles.data(table, "gzip", List.of()))
              .appendFile(one);
        });
    assertThat(frazil.query("SELECT id FROM t").lines()).containsExactly("1");
    java.nio.file.Path file =
        java.nio.file.Path.of(java.net.URI.create(locations.get(0)).getPath());
    byte[] good = java.nio.file.Files.readAllBytes(file);
    for (int position : new int[] {0, good.length - 1}) {
      byte[] bad = good.clone();
      bad[position] ^= 0x55;
      java.nio.file.Files.write(file, bad);
      assertThatThrownBy(() -> frazil.query("SELECT id FROM t"))
          .hasMessageContaining("Avro file")
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED));
    }
  }

  /** Whatever bytes are wrong: an error with an SQLState, or rows. */
  @Test
  void mutatedFiles() throws Exception {
    frazil.update("CREATE TABLE t (id integer, s varchar, l array(integer), d decimal(20, 2))");
    List<String> locations = new ArrayList<>();
    frazil.change(
        "t",
        table -> {
          List<Record> records = new ArrayList<>();
          for (int i = 0; i < 50; i++) {
            records.add(
                AvroFiles.record(
                    table.schema(), i, "row " + i, List.of(i, i), new BigDecimal(i + ".25")));
          }
          org.apache.iceberg.DataFile file = AvroFiles.data(table, "uncompressed", records);
          locations.add(file.location());
          return table.newAppend().appendFile(file);
        });
    java.nio.file.Path file =
        java.nio.file.Path.of(java.net.URI.create(locations.get(0)).getPath());
    byte[] good = java.nio.file.Files.readAllBytes(file);
    java.util.Random random = new java.util.Random(20261123);
    int errors = 0;
    for (int round = 0; round < 400; round++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      java.nio.file.Files.write(file, bad);
      try {
        frazil.query("SELECT * FROM t");
      } catch (EngineException e) {
        assertThat(e.state()).isIn(SqlState.DATA_CORRUPTED, SqlState.FEATURE_NOT_SUPPORTED);
        errors++;
      }
    }
    assertThat(errors).isGreaterThan(100);
  }
}
