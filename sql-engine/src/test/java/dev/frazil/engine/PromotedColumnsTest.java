package dev.frazil.engine;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that were written before a column got a wider type, each promotion of the Iceberg spec's
 * versions 1 to 3. Those of version 3 are made as another writer would: Iceberg's library of today
 * does not offer them.
 */
class PromotedColumnsTest {
  private static final String V3 = " WITH (\"format-version\" = '3')";

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

  private List<String> rows(String sql) {
    return frazil.query(sql).lines();
  }

  /** Gives the table a schema whatever Iceberg's library thinks of the way there. */
  private void replaceSchema(UnaryOperator<Schema> change) {
    frazil.change("t", table -> new SchemaSwap(table, change));
  }

  private record SchemaSwap(Table table, UnaryOperator<Schema> change)
      implements PendingUpdate<Schema> {
    @Override
    public Schema apply() {
      return change.apply(table.schema());
    }

    @Override
    public void commit() {
      TableOperations operations = ((HasTableOperations) table).operations();
      TableMetadata base = operations.current();
      operations.commit(
          base,
          TableMetadata.buildFrom(base).setCurrentSchema(apply(), base.lastColumnId()).build());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "timestamp(9)"})
  void datesBecomeTimestamps(String type) {
    frazil.script(
        "CREATE TABLE t (id integer, d date, r row(d date), l array(date))" + V3,
        "INSERT INTO t VALUES (1, DATE '2024-02-29', ROW(DATE '2024-02-29'), ARRAY[DATE '2024-02-29']),"
            + " (2, DATE '2026-01-01', ROW(DATE '1969-12-31'), ARRAY[NULL])",
        "INSERT INTO t VALUES (3, NULL, NULL, NULL), (4, DATE '1969-12-31', ROW(NULL), ARRAY[])");
    Type.PrimitiveType wide =
        type.equals("timestamp")
            ? Types.TimestampType.withoutZone()
            : Types.TimestampNanoType.withoutZone();
    replaceSchema(
        schema ->
            new Schema(
                optional(1, "id", Types.IntegerType.get()),
                optional(2, "d", wide),
                optional(3, "r", Types.StructType.of(optional(5, "d", wide))),
                optional(4, "l", Types.ListType.ofOptional(6, wide))));
    frazil.update(
        "INSERT INTO t VALUES (5, TIMESTAMP '2024-02-29 12:00:00', ROW(TIMESTAMP '2024-02-29"
            + " 12:00:00'), ARRAY[])");
    assertThat(rows("SELECT id, d, r, l FROM t ORDER BY id"))
        .containsExactly(
            "1 | 2024-02-29T00:00 | [2024-02-29T00:00] | [2024-02-29T00:00]",
            "2 | 2026-01-01T00:00 | [1969-12-31T00:00] | [NULL]",
            "3 | NULL | NULL | NULL",
            "4 | 1969-12-31T00:00 | [NULL] | []",
            "5 | 2024-02-29T12:00 | [2024-02-29T12:00] | []");
    String[][] answers = {
      {"d = TIMESTAMP '2024-02-29 00:00:00'", "1"},
      {"d = DATE '2024-02-29'", "1"},
      {"d >= TIMESTAMP '2024-02-29 00:00:00'", "1 2 5"},
      {"d > TIMESTAMP '2024-02-29 00:00:00'", "2 5"},
      {"d < TIMESTAMP '2024-02-29 00:00:00'", "4"},
      {"d < TIMESTAMP '1970-01-02 00:00:00'", "4"},
      {"d <= TIMESTAMP '2026-01-01 00:00:00'", "1 2 4 5"},
      {"NOT (d < TIMESTAMP '2000-01-01 00:00:00')", "1 2 5"},
      {"d IN (TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '1969-12-31 00:00:00')", "2 4"},
      {"d IS NULL", "3"},
      {"d IS NOT NULL", "1 2 4 5"},
      {"d BETWEEN TIMESTAMP '2024-01-01 00:00:00' AND TIMESTAMP '2024-12-31 00:00:00'", "1 5"},
      {"r.d = TIMESTAMP '2024-02-29 00:00:00'", "1"},
      {"r.d < TIMESTAMP '2024-02-29 00:00:00'", "2"},
      {"d <> TIMESTAMP '2024-02-29 00:00:00'", "2 4 5"},
    };
    for (String[] answer : answers) {
      String where = " FROM t WHERE " + answer[0];
      assertThat(String.join(" ", rows("SELECT id" + where + " ORDER BY id")))
          .as(answer[0])
          .isEqualTo(answer[1]);
      assertThat(rows("SELECT count(*)" + where))
          .as(answer[0])
          .containsExactly("" + answer[1].split(" ").length);
    }
    assertThat(rows("SELECT min(d), max(d), count(d), count(*) FROM t"))
        .containsExactly("1969-12-31T00:00 | 2026-01-01T00:00 | 4 | 5");
    assertThat(rows("SELECT id FROM t ORDER BY d DESC NULLS LAST LIMIT 2"))
        .containsExactly("2", "5");
    assertThat(
            rows(
                "SELECT x.id FROM t AS x JOIN (VALUES (TIMESTAMP '2026-01-01 00:00:00')) AS k (d)"
                    + " ON x.d = k.d"))
        .containsExactly("2");
    assertThat(frazil.update("DELETE FROM t WHERE d < TIMESTAMP '2000-01-01 00:00:00'"))
        .isEqualTo(1);
    assertThat(
            frazil.update("UPDATE t SET id = id + 10 WHERE d >= TIMESTAMP '2026-01-01 00:00:00'"))
        .isEqualTo(1);
    assertThat(rows("SELECT id, d FROM t ORDER BY id"))
        .containsExactly(
            "1 | 2024-02-29T00:00", "3 | NULL", "5 | 2024-02-29T12:00", "12 | 2026-01-01T00:00");
    frazil.query("CALL system.rewrite_data_files('t')");
    assertThat(rows("SELECT id FROM t WHERE d >= TIMESTAMP '2024-02-29 12:00:00' ORDER BY id"))
        .containsExactly("5", "12");
  }

  @Test
  void aKeyThatWasADateStaysUnique() {
    frazil.script(
        "CREATE TABLE t (d date PRIMARY KEY, n integer)" + V3,
        "INSERT INTO t VALUES (DATE '2024-02-29', 1)");
    replaceSchema(
        schema ->
            new Schema(
                List.of(
                    Types.NestedField.required(1, "d", Types.TimestampType.withoutZone()),
                    optional(2, "n", Types.IntegerType.get())),
                schema.identifierFieldIds()));
    assertThat(
            frazil.update(
                "INSERT INTO t VALUES (TIMESTAMP '2024-02-29 00:00:00', 2), (TIMESTAMP '2024-02-29"
                    + " 00:00:01', 3) ON CONFLICT DO NOTHING"))
        .isEqualTo(1);
    assertThat(rows("SELECT d, n FROM t ORDER BY n"))
        .containsExactly("2024-02-29T00:00 | 1", "2024-02-29T00:00:01 | 3");
  }

  @Test
  void unknownBecomesAnything() {
    frazil.script(
        "CREATE TABLE t (id integer, a unknown, b unknown, r row(x integer, c unknown), d unknown)"
            + V3,
        "INSERT INTO t (id, r) VALUES (1, ROW(7, NULL))");
    replaceSchema(
        schema ->
            new Schema(
                optional(1, "id", Types.IntegerType.get()),
                optional(2, "a", Types.StringType.get()),
                optional(3, "b", Types.DecimalType.of(9, 2)),
                optional(
                    4,
                    "r",
                    Types.StructType.of(
                        optional(6, "x", Types.IntegerType.get()),
                        optional(7, "c", Types.DoubleType.get()))),
                optional(5, "d", Types.TimestampNanoType.withZone())));
    frazil.update(
        "INSERT INTO t VALUES (2, 'x', 1.5, ROW(8, 2.5), TIMESTAMP '2026-01-01"
            + " 00:00:00.000000001+00:00')");
    assertThat(rows("SELECT * FROM t ORDER BY id"))
        .containsExactly(
            "1 | NULL | NULL | [7, NULL] | NULL",
            "2 | x | 1.5 | [8, 2.5] | 2026-01-01T00:00:00.000000001Z");
    assertThat(rows("SELECT id FROM t WHERE a = 'x' AND b > 1 AND r.c > 2")).containsExactly("2");
    assertThat(rows("SELECT id FROM t WHERE a IS NULL")).containsExactly("1");
    assertThat(rows("SELECT count(a), max(b) FROM t")).containsExactly("1 | 1.5");
  }

  /** The promotions of versions 1 and 2, top-level and nested, with the bounds of old files. */
  @Test
  void numbersBecomeWider() {
    frazil.script(
        "CREATE TABLE t (i integer, f real, c decimal(5, 2), r row(i integer), m map(varchar,"
            + " decimal(5, 2)))",
        "INSERT INTO t VALUES (-7, 1.5, -123.45, ROW(2147483647), MAP['a', 1.25])");
    frazil.change(
        "t",
        table ->
            table
                .updateSchema()
                .updateColumn("i", Types.LongType.get())
                .updateColumn("f", Types.DoubleType.get())
                .updateColumn("c", Types.DecimalType.of(38, 2))
                .updateColumn("r.i", Types.LongType.get())
                .updateColumn("m.value", Types.DecimalType.of(20, 2)));
    frazil.update(
        "INSERT INTO t VALUES (9223372036854775807, 1e300, -999999999999.99, ROW(-5000000000),"
            + " MAP['b', 1234567890123456.78])");
    assertThat(rows("SELECT i, f, c, r, m FROM t ORDER BY i"))
        .containsExactly(
            "-7 | 1.5 | -123.45 | [2147483647] | {a=1.25}",
            "9223372036854775807 | 1"
                + "0".repeat(300)
                + " | -999999999999.99 | [-5000000000] | {b=1234567890123456.78}");
    assertThat(rows("SELECT min(i), max(i), min(f), max(c), min(c), min(r.i) FROM t"))
        .containsExactly(
            "-7 | 9223372036854775807 | 1.5 | -123.45 | -999999999999.99 | -5000000000");
    assertThat(rows("SELECT i FROM t WHERE f < 2 AND c = -123.45 AND r.i > 5"))
        .containsExactly("-7");
    assertThat(rows("SELECT i FROM t WHERE c < -200 AND f > 1e299")).hasSize(1);
  }
}
