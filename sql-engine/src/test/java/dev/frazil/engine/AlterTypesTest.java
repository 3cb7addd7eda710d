package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types that ALTER TABLE gives columns, over files that hold values of narrower ones. */
class AlterTypesTest {
  @TempDir Path folder;

  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  @Test
  void typesBecomeWider() {
    frazil.script(
        "CREATE TABLE w (i integer, r real, d decimal(5,2), k integer DEFAULT 7)",
        "INSERT INTO w VALUES (1, 1.5, 123.45, 1), (-2147483648, -0.5, -999.99, 2)",
        "ALTER TABLE w ALTER COLUMN i SET DATA TYPE bigint, ALTER COLUMN r TYPE double,"
            + " ALTER d SET DATA TYPE decimal(20,2), ALTER COLUMN k TYPE bigint",
        "INSERT INTO w (i, r, d) VALUES (5000000000, 1e30, 123456789012345678.90)");
    assertThat(rows("SELECT * FROM w"))
        .containsExactly(
            "-2147483648 | -0.5 | -999.99 | 2",
            "1 | 1.5 | 123.45 | 1",
            "5000000000 | 1000000000000000000000000000000 | 123456789012345678.9 | 7");
    assertThat(rows("SELECT i FROM w WHERE i < 2 AND d > 0")).containsExactly("1");
  }

  /** The promotions of the specification that Iceberg's library knows, and no other. */
  @Test
  void noOtherTypeBecomesAnother() {
    List<String> types =
        List.of(
            "boolean",
            "integer",
            "bigint",
            "real",
            "double",
            "decimal(9,2)",
            "decimal(10,2)",
            "decimal(10,3)",
            "date",
            "time",
            "timestamp",
            "timestamp with time zone",
            "timestamp(9)",
            "varchar",
            "varbinary",
            "uuid",
            "row(a integer)",
            "integer array");
    StringBuilder columns = new StringBuilder();
    for (int i = 0; i < types.size(); i++) {
      columns.append(i == 0 ? "" : ", ").append('c').append(i).append(' ').append(types.get(i));
    }
    frazil.update("CREATE TABLE p (" + columns + ") WITH (\"format-version\" = '3')");
    for (int i = 0; i < types.size(); i++) {
      for (String to : types) {
        String promotion = types.get(i) + " to " + to;
        boolean isLegal =
            types.get(i).equals(to)
                || promotion.equals("integer to bigint")
                || promotion.equals("real to double")
                || promotion.equals("decimal(9,2) to decimal(10,2)");
        frazil.update("START TRANSACTION");
        assertThat(state("ALTER TABLE p ALTER COLUMN c" + i + " SET DATA TYPE " + to))
            .as(promotion)
            .isEqualTo(isLegal ? "no failure" : "42804");
        frazil.update("ROLLBACK");
      }
    }
  }

  @Test
  void elementsAndValuesBecomeWider() {
    frazil.script(
        "CREATE TABLE n (l integer array, m map(varchar, real))",
        "INSERT INTO n VALUES (array[1, 2], map['k', CAST(0.5 AS real)])",
        "ALTER TABLE n ALTER COLUMN l.element TYPE bigint, ALTER COLUMN m.value TYPE double",
        "INSERT INTO n VALUES (array[5000000000], map['k', 1e300])");
    assertThat(rows("SELECT l[1], m['k'] < 1 FROM n"))
        .containsExactly("1 | true", "5000000000 | false");
    assertThat(state("ALTER TABLE n ALTER COLUMN m.key TYPE varbinary")).isEqualTo("42804");
    assertThat(state("ALTER TABLE n DROP COLUMN l.element")).isEqualTo("42804");
    assertThat(state("ALTER TABLE n RENAME COLUMN m.key TO k")).isEqualTo("42804");
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).sorted();
  }

  private String state(String sql) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    return failure == null ? "no failure" : failure.state().code();
  }
}
