package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the database tells about itself. */
class InformationSchemaTest {
  private static final String CREATE =
      "CREATE TABLE main.t (\n"
          + "  id integer NOT NULL,\n"
          + "  x decimal(9,2) COMMENT 'it''s',\n"
          + "  \"When\" timestamp,\n"
          + "  PRIMARY KEY (id) NOT ENFORCED)\n"
          + "PARTITIONED BY (bucket(4, id), day(\"When\"))";

  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script(CREATE, "CREATE SCHEMA s", "CREATE TABLE s.u (a varchar)");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).sorted();
  }

  @Test
  void tablesAndSchemas() {
    String sql = "SELECT table_schema, table_name, table_type FROM information_schema.tables";
    assertThat(rows(sql)).containsExactly("main | t | BASE TABLE", "s | u | BASE TABLE");
    frazil.update("DROP TABLE s.u");
    assertThat(rows(sql)).containsExactly("main | t | BASE TABLE");
    assertThat(rows("SELECT schema_name FROM INFORMATION_SCHEMA.schemata"))
        .containsExactly("information_schema", "main", "s");
  }

  @Test
  void columnsAndKeys() {
    assertThat(
            rows(
                "SELECT column_name, ordinal_position, is_nullable, data_type, numeric_precision,"
                    + " numeric_scale, datetime_precision, remarks FROM information_schema.columns"
                    + " WHERE table_name = 't'"))
        .containsExactly(
            "When | 3 | YES | timestamp | NULL | NULL | 6 | NULL",
            "id | 1 | NO | integer | 32 | 0 | NULL | NULL",
            "x | 2 | YES | decimal(9,2) | 9 | 2 | NULL | it's");
    assertThat(
            rows(
                "SELECT k.column_name, c.constraint_type FROM information_schema.table_constraints"
                    + " c JOIN information_schema.key_column_usage k ON k.constraint_name ="
                    + " c.constraint_name AND k.table_name = c.table_name"))
        .containsExactly("id | PRIMARY KEY");
  }

  @Test
  void showCreateTableMakesTheSameTableAgain() {
    String text = rows("SHOW CREATE TABLE t").get(0);
    assertThat(text).startsWith(CREATE);
    frazil.update("DROP TABLE t");
    frazil.update(text);
    assertThat(rows("SHOW CREATE TABLE t")).containsExactly(text);
  }
}
