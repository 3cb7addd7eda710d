package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Columns and nested fields that another writer added with an initial default: rows from before
 * have it, and filters, counts and extremes know.
 */
class InitialDefaultsTest {
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

  private record Case(Type.PrimitiveType type, Literal<?> value) {}

  private static Case named(String name) {
    return switch (name) {
      case "boolean" -> new Case(Types.BooleanType.get(), Literal.of(true));
      case "integer" -> new Case(Types.IntegerType.get(), Literal.of(-7));
      case "bigint" -> new Case(Types.LongType.get(), Literal.of(5_000_000_000L));
      case "real" -> new Case(Types.FloatType.get(), Literal.of(1.5f));
      case "double" -> new Case(Types.DoubleType.get(), Literal.of(-2.25));
      case "date" ->
          new Case(Types.DateType.get(), Literal.of("1969-12-31").to(Types.DateType.get()));
      case "time" ->
          new Case(Types.TimeType.get(), Literal.of("23:59:59.000001").to(Types.TimeType.get()));
      case "timestamp" ->
          timestamp(Types.TimestampType.withoutZone(), "2024-02-29T01:02:03.000004");
      case "instant" ->
          timestamp(Types.TimestampType.withZone(), "2024-02-29T01:02:03.000004+00:00");
      case "nanos" ->
          new Case(Types.TimestampNanoType.withoutZone(), Expressions.nanos(1_000_000_001L));
      case "nano instant" -> new Case(Types.TimestampNanoType.withZone(), Expressions.nanos(-1L));
      case "varchar" -> new Case(Types.StringType.get(), Literal.of("Grüße"));
      case "uuid" ->
          new Case(
              Types.UUIDType.get(),
              Literal.of(UUID.fromString("f79c3e09-677c-4bbd-a479-3f349cb785e7")));
      case "varbinary" ->
          new Case(Types.BinaryType.get(), Literal.of(ByteBuffer.wrap(new byte[] {0, -1})));
      case "fixed" ->
          new Case(
              Types.FixedType.ofLength(2),
              Literal.of(ByteBuffer.wrap(new byte[] {0, -1})).to(Types.FixedType.ofLength(2)));
      case "decimal 9" -> new Case(Types.DecimalType.of(9, 2), Literal.of(new BigDecimal("-1.25")));
      case "decimal 38" ->
          new Case(
              Types.DecimalType.of(38, 2),
              Literal.of(new BigDecimal("123456789012345678901234567890123456.78")));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Case timestamp(Type.PrimitiveType type, String text) {
    return new Case(type, Literal.of(text).to(type));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "boolean; true; true",
        "integer; -7; -7",
        "bigint; 5000000000; 5000000000",
        "real; 1.5; 1.5",
        "double; -2.25; -2.25",
        "date; 1969-12-31; DATE '1969-12-31'",
        "time; 23:59:59.000001; TIME '23:59:59.000001'",
        "timestamp; 2024-02-29T01:02:03.000004; TIMESTAMP '2024-02-29 01:02:03.000004'",
        "instant; 2024-02-29T01:02:03.000004Z; TIMESTAMP '2024-02-29 01:02:03.000004+00:00'",
        "nanos; 1970-01-01T00:00:01.000000001; TIMESTAMP '1970-01-01 00:00:01.000000001'",
        "nano instant; 1969-12-31T23:59:59.999999999Z; TIMESTAMP '1969-12-31 23:59:59.999999999+00:00'",
        "varchar; Grüße; 'Grüße'",
        "uuid; f79c3e09-677c-4bbd-a479-3f349cb785e7; CAST('f79c3e09-677c-4bbd-a479-3f349cb785e7' AS uuid)",
        "varbinary; x'00ff'; X'00ff'",
        "fixed; x'00ff'; X'00ff'",
        "decimal 9; -1.25; -1.25",
        "decimal 38; 123456789012345678901234567890123456.78; 123456789012345678901234567890123456.78"
      })
  void rowsFromBeforeHaveTheDefault(String name, String shown, String literal) {
    Case field = named(name);
    frazil.script(
        "CREATE TABLE t (id integer, r row(x integer), l array(row(x integer)), m map(varchar, row(x"
            + " integer))) WITH (\"format-version\" = '3')",
        "INSERT INTO t VALUES (1, ROW(10), ARRAY[ROW(11), NULL], MAP['k', ROW(12)])",
        "INSERT INTO t VALUES (2, NULL, ARRAY[], NULL), (3, ROW(NULL), NULL, MAP['k', NULL])");
    frazil.change(
        "t",
        table ->
            table
                .updateSchema()
                .addColumn("v", field.type(), null, field.value())
                .addRequiredColumn("w", field.type(), null, field.value())
                .addColumn("r", "v", field.type(), null, field.value())
                .addColumn("l", "v", field.type(), null, field.value())
                .addColumn("m", "v", field.type(), null, field.value()));
    String s = shown;
    assertThat(rows("SELECT id, v, w, r, l, m FROM t ORDER BY id"))
        .containsExactly(
            "1 | S | S | [10, S] | [[11, S], NULL] | {k=[12, S]}".replace("S", s),
            "2 | S | S | NULL | [] | NULL".replace("S", s),
            "3 | S | S | [NULL, S] | NULL | {k=NULL}".replace("S", s));
    assertThat(rows("SELECT id, r.v FROM t WHERE r.v IS NOT NULL ORDER BY id"))
        .containsExactly("1 | " + s, "3 | " + s);
    assertThat(rows("SELECT id FROM t WHERE r.v = " + literal + " ORDER BY id"))
        .containsExactly("1", "3");
    assertThat(rows("SELECT count(*), count(v), count(w) FROM t WHERE v = " + literal))
        .containsExactly("3 | 3 | 3");
    assertThat(rows("SELECT count(*) FROM t WHERE v IS NULL")).containsExactly("0");
    assertThat(rows("SELECT count(*) FROM t WHERE v IS NOT NULL AND w = v")).containsExactly("3");
    assertThat(rows("SELECT count(*) FROM t WHERE v <> " + literal + " OR r.v <> " + literal))
        .containsExactly("0");
    assertThat(rows("SELECT count(*) FROM t WHERE v IN (" + literal + ")")).containsExactly("3");
    if (!name.equals("boolean")) {
      assertThat(rows("SELECT min(v), max(v), count(v) FROM t"))
          .containsExactly(s + " | " + s + " | 3");
      assertThat(rows("SELECT count(*) FROM t WHERE v >= " + literal + " AND v <= " + literal))
          .containsExactly("3");
      assertThat(rows("SELECT count(*) FROM t WHERE v < " + literal)).containsExactly("0");
    }
    // new rows have the write default, those that are written again keep what they have
    frazil.update("INSERT INTO t (id, v) VALUES (4, NULL)");
    frazil.update("UPDATE t SET id = 30 WHERE id = 3");
    assertThat(rows("SELECT id, v, w, r FROM t WHERE id > 3 ORDER BY id"))
        .containsExactly(
            "4 | NULL | " + s + " | NULL", "30 | " + s + " | " + s + " | [NULL, " + s + "]");
    assertThat(rows("SELECT id FROM t WHERE v IS NULL")).containsExactly("4");
    assertThat(frazil.update("DELETE FROM t WHERE v = " + literal + " AND id < 3")).isEqualTo(2);
    frazil.query("CALL system.rewrite_data_files('t')");
    assertThat(rows("SELECT id, v FROM t ORDER BY id")).containsExactly("4 | NULL", "30 | " + s);
  }

  /** A default that changes is one of new rows alone (Iceberg spec, Default values). */
  @Test
  void theWriteDefaultIsAnother() {
    frazil.script(
        "CREATE TABLE t (id integer) WITH (\"format-version\" = '3')", "INSERT INTO t VALUES (1)");
    frazil.change(
        "t",
        table ->
            table.updateSchema().addColumn("v", Types.StringType.get(), null, Literal.of("first")));
    frazil.change("t", table -> table.updateSchema().updateColumnDefault("v", Literal.of("now")));
    frazil.update("INSERT INTO t (id) VALUES (2)");
    frazil.change("t", table -> table.updateSchema().renameColumn("v", "z").moveFirst("v"));
    assertThat(rows("SELECT id, z FROM t ORDER BY id")).containsExactly("1 | first", "2 | now");
    assertThat(rows("SELECT id FROM t WHERE z = 'first'")).containsExactly("1");
    assertThat(rows("SELECT min(z), max(z) FROM t")).containsExactly("first | now");
    assertThat(
            rows(
                "SELECT id FROM t FOR VERSION AS OF "
                    + rows("SELECT snapshot_id FROM t$snapshots ORDER BY committed_at LIMIT 1")
                        .get(0)))
        .containsExactly("1");
  }
}
