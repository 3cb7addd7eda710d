package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is refused of views, and what SHOW, DESCRIBE and information_schema tell of them. */
class ViewStatementsTest {
  private final FastFolder folder = FastFolder.create();
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder.path());
    frazil.script(
        "CREATE SCHEMA sales",
        "CREATE TABLE orders (id bigint NOT NULL, region varchar, amount decimal(10,2))",
        "INSERT INTO orders VALUES (1, 'eu', 10), (2, 'us', 20), (3, 'eu', 30), (4, NULL, 40)",
        "CREATE TABLE sales.orders (id bigint)",
        "INSERT INTO sales.orders VALUES (100)");
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).lines();
  }

  private EngineException failure(String sql) {
    return catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
  }

  private void assertFails(String sql, String state, String... words) {
    EngineException e = failure(sql);
    assertThat(e).as(sql).isNotNull();
    assertThat(e).hasMessageContainingAll(words);
    assertThat(e.state().code()).as(e.getMessage()).isEqualTo(state);
  }

  private static final String REFUSED =
      """
          INSERT INTO v VALUES (1)                       | 42809 | is a view
          UPDATE v SET n = 2                             | 42809 | is a view
          DELETE FROM v                                  | 42809 | is a view
          TRUNCATE TABLE v                               | 42809 | is a view
          MERGE INTO v USING orders o ON v.n = o.id WHEN MATCHED THEN DELETE | 42809 | is a view
          COPY v FROM '/x.csv'                           | 42809 | is a view
          DROP TABLE v                                   | 42809 | is a view
          DROP TABLE IF EXISTS v                         | 42809 | is a view
          SHOW CREATE TABLE v                            | 42809 | is a view
          SHOW PARTITIONS v                              | 42809 | is a view
          DROP VIEW orders                               | 42809 | is a table
          DROP VIEW IF EXISTS orders                     | 42809 | is a table
          ALTER VIEW orders RENAME TO o                  | 42809 | is a table
          SHOW CREATE VIEW orders                        | 42809 | is a table
          COMMENT ON VIEW orders IS 'x'                  | 42809 | is a table
          CREATE OR REPLACE VIEW orders AS SELECT 1 AS n | 42P07 | table main.orders
          SELECT * FROM v FOR VERSION AS OF 1            | 0A000 | time travel of the view
          SELECT * FROM v FOR TIMESTAMP AS OF now()      | 0A000 | time travel of the view
          SELECT * FROM v @ main                         | 0A000 | time travel of the view
          SELECT * FROM "v$snapshots"                    | 0A000 | metadata table of the view
          SELECT _file FROM v                            | 42703 | _file
          DROP VIEW nowhere                              | 42P01 | nowhere
          ALTER VIEW nowhere AS SELECT 1 AS n            | 42P01 | nowhere
          CREATE VIEW w AS SELECT ? AS n                 | 0A000 | parameter
          CREATE VIEW w AS SELECT 1                      | 42601 | no name
          CREATE VIEW w (a, b) AS SELECT 1               | 42601 | 2 columns
          CREATE VIEW w (a, A) AS SELECT 1, 2            | 42701 | named twice
          CREATE VIEW w (a integer) AS SELECT 1          | 42601 | the query's type
          CREATE VIEW w AS SELECT NULL AS n              | 42804 | bare NULL
          CREATE VIEW w AS SELECT nope FROM orders       | 42703 | nope
          CREATE VIEW w AS SELECT 1 AS n FROM orderz     | 42P01 | orderz
          CREATE VIEW w AS                               | 42601 | a query
          CREATE VIEW w AS INSERT INTO orders VALUES (1) | 42601 | INSERT
          CREATE VIEW w AS SELECT id FROM orders WITH CHECK OPTION | 0A000 | CHECK OPTION
          CREATE VIEW nowhere.w AS SELECT 1 AS n         | 3F000 | nowhere
          CREATE OR REPLACE VIEW IF NOT EXISTS v AS SELECT 1 AS n | 42601 | exclude
          CREATE MATERIALIZED VIEW w AS SELECT 1 AS n    | 0A000 | MATERIALIZED
          DROP VIEW v CASCADE                            | 0A000 | CASCADE
          ALTER VIEW v SET AUTHORIZATION x               | 0A000 | SET
      """;

  @Test
  void whatCannotBeIsTold() {
    frazil.script("CREATE VIEW v AS SELECT 1 AS n");
    for (String line : REFUSED.strip().split("\n")) {
      String[] parts = line.split("\\|");
      assertFails(parts[0].strip(), parts[1].strip(), parts[2].strip());
    }
    assertThat(rows("SHOW VIEWS")).containsExactly("v");
    assertThat(rows("SELECT * FROM v")).containsExactly("1");
  }

  @Test
  void viewsShowBesideTables() {
    frazil.script(
        "CREATE VIEW eu (order_id COMMENT 'the key', paid) COMMENT 'of Europe' WITH (owner = 'ann')"
            + " AS SELECT id, amount FROM orders WHERE region = 'eu'");
    assertThat(rows("SHOW TABLES")).containsExactly("eu", "orders");
    assertThat(rows("SHOW VIEWS")).containsExactly("eu");
    assertThat(rows("SHOW VIEWS IN sales")).isEmpty();
    assertThat(rows("SHOW VIEWS IN main LIKE 'x%'")).isEmpty();
    assertThat(rows("SHOW COLUMNS FROM eu LIKE 'p%'"))
        .containsExactly("paid | decimal(10,2) | yes | NULL | NULL");
    assertThat(rows("DESCRIBE eu"))
        .hasSize(2)
        .first()
        .isEqualTo("order_id | bigint | yes | the key | NULL");
    assertThat(rows("DESCRIBE EXTENDED eu"))
        .contains(
            "# view | main.eu | NULL | NULL | NULL",
            "# query (frazil) | SELECT id, amount FROM orders WHERE region = 'eu' | NULL | NULL | NULL",
            "# default schema | main | NULL | NULL | NULL",
            "# property owner | ann | NULL | NULL | NULL");
    assertThat(
            rows(
                "SELECT table_schema, table_name, table_type FROM information_schema.tables"
                    + " WHERE table_type = 'VIEW'"))
        .containsExactly("main | eu | VIEW");
    assertThat(rows("SELECT table_name, view_definition FROM information_schema.views"))
        .containsExactly("eu | SELECT id, amount FROM orders WHERE region = 'eu'");
    assertThat(
            rows(
                "SELECT column_name, ordinal_position, data_type, numeric_scale, remarks"
                    + " FROM information_schema.columns WHERE table_name = 'eu' ORDER BY 2"))
        .containsExactly(
            "order_id | 1 | bigint | 0 | the key", "paid | 2 | decimal(10,2) | 2 | NULL");
    String create = rows("SHOW CREATE VIEW eu").get(0);
    frazil.script("DROP VIEW eu", create);
    assertThat(rows("SHOW CREATE VIEW eu")).containsExactly(create);
    assertThat(rows("SELECT * FROM eu WHERE paid > 10")).containsExactly("3 | 30");
    assertThat(rows("SHOW TBLPROPERTIES eu")).containsExactly("comment | of Europe", "owner | ann");
  }
}
