package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the query of a view may hold, and where a view may stand; answers by hand. */
class ViewQueriesTest {
  private static final FastFolder FOLDER = FastFolder.create();
  private static EngineRunner frazil;
  private static int views;

  @BeforeAll
  static void open() {
    frazil = EngineRunner.local(FOLDER.path());
    frazil.script(
        "CREATE TABLE t (id bigint, region varchar, amount decimal(10,2), tags array(varchar))",
        "INSERT INTO t VALUES (1, 'eu', 10, ARRAY['x', 'y']), (2, 'us', 20, ARRAY['z'])",
        "INSERT INTO t VALUES (3, 'eu', 30, NULL), (4, NULL, 40, ARRAY[])",
        "CREATE TABLE empty (n integer)",
        "CREATE VIEW eu AS SELECT id, amount FROM t WHERE region = 'eu'");
  }

  @AfterAll
  static void close() {
    frazil.close();
    FOLDER.close();
  }

  private static List<String> rows(String sql) {
    return frazil.query(sql).lines();
  }

  /** Each query, by itself and as a view, gives the rows of the line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      textBlock =
          """
          SELECT id AS n FROM t ORDER BY id DESC LIMIT 2 @ 3;4
          SELECT count(*) AS n FROM t t1 JOIN t t2 USING (region) @ 5
          WITH x AS (SELECT id FROM t WHERE id > 2), y AS (SELECT id FROM x) SELECT id FROM y @ 3;4
          WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n FROM r @ 1;2;3
          SELECT id, region FROM t WHERE region IN (SELECT region FROM t WHERE id = 2) @ 2 | us
          SELECT id, (SELECT max(id) FROM t i WHERE i.region = o.region) AS m FROM t o @ 1 | 3;2 | 2;3 | 3;4 | NULL
          SELECT region, count(*) AS c FROM t GROUP BY ROLLUP (region) HAVING count(*) > 1 @ NULL | 4;eu | 2
          SELECT id FROM t QUALIFY row_number() OVER (PARTITION BY region ORDER BY id DESC) = 1 @ 2;3;4
          SELECT id, sum(amount) OVER (ORDER BY id ROWS 1 PRECEDING) AS s FROM t @ 1 | 10;2 | 30;3 | 50;4 | 70
          SELECT id, u.tag FROM t CROSS JOIN UNNEST(tags) AS u (tag) @ 1 | x;1 | y;2 | z
          SELECT o.id, l.d FROM t o, LATERAL (SELECT o.id * 2 AS d) l WHERE o.id < 3 @ 1 | 2;2 | 4
          SELECT id FROM t UNION SELECT n FROM empty EXCEPT SELECT 2 @ 1;3;4
          VALUES (1, 'a'), (2, 'b') @ 1 | a;2 | b
          TABLE eu @ 1 | 10;3 | 30
          (SELECT 1 AS n) @ 1
          SELECT tags, CAST(ROW(id, region) AS ROW(a bigint, b varchar)) AS r FROM t WHERE id = 2 @ [z] | [2, us]
          SELECT id::varchar || '!' AS n FROM t WHERE id = 1 @ 1!
          SELECT * EXCLUDE (tags, amount) FROM t WHERE id = 4 @ 4 | NULL
          SELECT count(DISTINCT region) FILTER (WHERE id < 4) AS n FROM t @ 2
          SELECT eu.id, t.region FROM eu JOIN t ON eu.id = t.id @ 1 | eu;3 | eu
          SELECT DATE '2026-01-31' + INTERVAL '1' DAY AS d, TIME '10:00:00' AS h, TIMESTAMP '2026-01-01 00:00:00.000001' AS ts @ 2026-02-01 | 10:00 | 2026-01-01T00:00:00.000001
          SELECT CAST(NULL AS integer) AS n @ NULL
          SELECT count(*) AS n FROM t$snapshots @ 2
          SELECT file_format, sum(record_count) AS n FROM "t$files" GROUP BY file_format @ PARQUET | 4
          SELECT count(*) AS n FROM information_schema.tables WHERE table_name IN ('t', 'empty') AND table_type <> 'VIEW' @ 2
          SELECT count(DISTINCT _file) AS n FROM t @ 2
          SELECT _pos AS place FROM t WHERE id = 4 @ 1
          """)
  void queries(String sql, String rows) {
    String name = "q" + views++;
    String columns = sql.startsWith("VALUES") ? " (a, b) AS " : " AS ";
    frazil.update("CREATE VIEW " + name + columns + sql);
    List<String> expected = List.of(rows.split(";"));
    assertThat(frazil.query(sql).sorted()).containsExactlyElementsOf(expected);
    assertThat(frazil.query("SELECT * FROM " + name).sorted()).containsExactlyElementsOf(expected);
    assertThat(
            frazil
                .query(
                    "SELECT y.* FROM (VALUES (1)) AS one JOIN (SELECT * FROM "
                        + name
                        + ") AS y ON true")
                .sorted())
        .containsExactlyElementsOf(expected);
    String create = rows("SHOW CREATE VIEW " + name).get(0);
    frazil.script("DROP VIEW " + name, create);
    assertThat(frazil.query("SELECT * FROM " + name).sorted()).containsExactlyElementsOf(expected);
  }

  @Test
  void timeTravelWithinAViewStaysWhereItPoints() {
    frazil.script("CREATE TABLE h (n integer)", "INSERT INTO h VALUES (1)");
    String first = rows("SELECT snapshot_id FROM h$snapshots").get(0);
    frazil.script(
        "CREATE VIEW old AS SELECT n FROM h FOR VERSION AS OF " + first,
        "CREATE VIEW grown AS SELECT count(*) AS n FROM h WHERE n NOT IN (SELECT n FROM old)",
        "INSERT INTO h VALUES (2)");
    PreparedQuery prepared = frazil.session().prepare("SELECT count(*) FROM old");
    assertThat(run(prepared)).containsExactly("1");
    frazil.update("INSERT INTO h VALUES (3)");
    assertThat(run(prepared)).containsExactly("1");
    assertThat(rows("SELECT n FROM old")).containsExactly("1");
    assertThat(rows("SELECT n FROM grown")).containsExactly("2");
    frazil.update("CREATE VIEW never AS SELECT n FROM h FOR TIMESTAMP AS OF now()");
    assertThat(rows("SELECT count(*) FROM never")).containsExactly("3");
  }

  private static List<String> run(PreparedQuery query) {
    StatementResult.Rows rows =
        (StatementResult.Rows)
            query.execute(ParameterValues.none(), new dev.frazil.exec.CancellationToken());
    return EngineRunner.read(rows.cursor()).lines();
  }

  @Test
  void viewsStandWhereverRowsAreRead() {
    frazil.script(
        "CREATE TABLE target (id bigint, amount decimal(10,2))",
        "INSERT INTO target SELECT * FROM eu",
        "UPDATE target SET amount = 0 WHERE id IN (SELECT id FROM eu WHERE amount > 20)",
        "DELETE FROM target WHERE EXISTS (SELECT 1 FROM eu WHERE eu.id = target.id AND eu.id = 1)");
    assertThat(rows("SELECT * FROM target")).containsExactly("3 | 0");
    frazil.update(
        "MERGE INTO target USING eu ON target.id = eu.id WHEN MATCHED THEN UPDATE SET amount ="
            + " eu.amount WHEN NOT MATCHED THEN INSERT VALUES (eu.id, eu.amount)");
    assertThat(frazil.query("SELECT * FROM target").sorted()).containsExactly("1 | 10", "3 | 30");
    frazil.update("CREATE TABLE copied AS SELECT * FROM eu");
    assertThat(rows("SELECT sum(amount) FROM copied")).containsExactly("40");
    assertThat(frazil.query("SELECT amount FROM eu WHERE id = ?", 3L).lines())
        .containsExactly("30");
    assertThat(rows("EXPLAIN SELECT * FROM eu WHERE id = 1").toString()).contains("main.t");
    assertThat(rows("DESCRIBE SELECT id FROM eu")).isNotEmpty();
    assertThat(rows("SELECT EU.ID, main.eu.amount FROM Main.Eu WHERE id = 1"))
        .containsExactly("1 | 10");
    assertThat(rows("SELECT count(*) FROM eu a JOIN eu b ON a.id < b.id")).containsExactly("1");
  }

  @Test
  void intervalsAreNoColumnsOfViews() {
    EngineException e =
        catchThrowableOfType(
            EngineException.class,
            () -> frazil.update("CREATE VIEW i AS SELECT INTERVAL '1' DAY AS d"));
    assertThat(e.state().code()).isEqualTo("0A000");
  }
}
