package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables whose columns differ in case only, as others write them: an exact name means its column,
 * in every place where names stand.
 */
class ColumnCasesTest {
  @TempDir Path folder;
  private EngineRunner db;

  @BeforeEach
  void open() {
    db = EngineRunner.local(folder);
    db.script("CREATE TABLE c (id integer)", "CREATE TABLE d (id integer)");
    for (String table : new String[] {"c", "d"}) {
      db.change(
          table,
          t ->
              t.updateSchema()
                  .addColumn("ID", Types.StringType.get())
                  .addColumn(
                      "s",
                      Types.StructType.of(
                          Types.NestedField.optional(1, "a", Types.IntegerType.get()),
                          Types.NestedField.optional(2, "A", Types.IntegerType.get()))));
    }
    db.change("d", t -> t.updateSchema().deleteColumn("s"));
    db.change("d", t -> t.updateSchema().addColumn("Note", Types.StringType.get()));
    db.script(
        "INSERT INTO c VALUES (1, 'b', row(10, 30)), (2, 'a', row(20, 10)), (3, 'c', row(5, 20))",
        "INSERT INTO d VALUES (1, 'b', 'one'), (2, 'other', 'two'), (7, 'c', 'three')");
  }

  @AfterEach
  void close() {
    db.close();
  }

  private void answers(String query, String... lines) {
    assertThat(db.query(query).lines()).as(query).containsExactly(lines);
  }

  @Test
  void rowsAreOrderedByTheColumnOfTheExactName() {

    answers("SELECT * FROM d ORDER BY \"ID\"", "1 | b | one", "7 | c | three", "2 | other | two");
    answers("SELECT * FROM d ORDER BY id DESC LIMIT 1", "7 | c | three");
    answers("SELECT \"ID\", id FROM d ORDER BY \"ID\", id", "b | 1", "c | 7", "other | 2");
    answers("SELECT id AS x FROM c ORDER BY s.\"A\"", "2", "3", "1");
    answers("SELECT id FROM c ORDER BY \"ID\"", "2", "1", "3");
    answers("SELECT * FROM (SELECT * FROM d) ORDER BY \"ID\" LIMIT 1", "1 | b | one");
    answers("WITH w AS (SELECT * FROM d) SELECT * FROM w ORDER BY w.\"ID\" LIMIT 1", "1 | b | one");
    answers("SELECT DISTINCT \"ID\" FROM d ORDER BY \"ID\" DESC LIMIT 1", "other");
    answers(
        "SELECT id, \"ID\" FROM c UNION ALL SELECT id, \"ID\" FROM d ORDER BY \"ID\", id LIMIT 2",
        "2 | a",
        "1 | b");
  }

  @Test
  void fieldsOfARowAreThoseOfTheExactName() {
    answers("SELECT s.a, s.\"A\", c.s.\"A\" FROM c WHERE s.\"A\" = 30", "10 | 30 | 30");
    answers("SELECT s.a FROM c WHERE (s).\"A\" < 30 ORDER BY s.\"A\"", "20", "5");
    answers("SELECT max(s.\"A\"), max(s.a) FROM c", "30 | 20");
  }

  @Test
  void fieldsOfRowsInRows() {
    db.script("CREATE TABLE n (id integer)");
    db.change(
        "n",
        t ->
            t.updateSchema()
                .addColumn(
                    "s",
                    Types.StructType.of(
                        Types.NestedField.optional(
                            1,
                            "o",
                            Types.StructType.of(
                                Types.NestedField.optional(2, "a", Types.IntegerType.get()),
                                Types.NestedField.optional(3, "A", Types.IntegerType.get()))))));
    db.update("INSERT INTO n VALUES (1, row(row(3, 4)))");
    answers("SELECT s.o.\"A\", s.o.a, n.s.o.\"A\", (s).o.\"A\" FROM n", "4 | 3 | 4 | 4");
    db.update("UPDATE n SET s.o.\"A\" = 5 WHERE s.o.\"A\" = 4");
    answers("SELECT s.o.\"A\", s.o.a FROM n", "5 | 3");
  }

  @Test
  void naturalJoinsAndUsingTakeEachOfThem() {
    answers("SELECT id, \"ID\", \"Note\" FROM c NATURAL JOIN d", "1 | b | one");
    answers("SELECT * FROM (SELECT id, \"ID\" FROM c) x NATURAL JOIN d", "1 | b | one");
    answers(
        "SELECT x.id, d.id FROM (SELECT id, \"ID\" FROM c) x JOIN d USING (\"ID\") ORDER BY 1",
        "1 | 1",
        "3 | 7");
    answers("SELECT * FROM (SELECT id, \"ID\" FROM c) x JOIN d USING (\"ID\", id)", "b | 1 | one");
    answers(
        "SELECT * FROM (SELECT id, \"ID\" FROM c) x JOIN d USING (id) ORDER BY id",
        "1 | b | b | one",
        "2 | a | other | two");
    answers(
        "SELECT * FROM (SELECT id, \"ID\" FROM c) x NATURAL FULL JOIN d ORDER BY id, \"ID\"",
        "1 | b | one",
        "2 | a | NULL",
        "2 | other | two",
        "3 | c | NULL",
        "7 | c | three");
    // Names that no table has twice are compared as ever.
    answers("SELECT \"note\", n FROM d NATURAL JOIN (VALUES ('two', 5)) AS v (note, n)", "two | 5");
    answers("SELECT id, \"ID\", n FROM d NATURAL JOIN (VALUES (7, 5)) AS v (id, n)", "7 | c | 5");
  }

  @Test
  void viewsHaveBothColumns() {
    db.update("CREATE VIEW v AS SELECT * FROM d");
    answers("SELECT \"ID\", id FROM v ORDER BY \"ID\"", "b | 1", "c | 7", "other | 2");
    answers("SELECT * FROM v WHERE \"ID\" = 'c'", "7 | c | three");
    db.update("CREATE VIEW w (a, b, c) AS SELECT * FROM v");
    answers("SELECT b, a FROM w WHERE a = 7", "c | 7");
  }

  /** What else is looked for among the columns by its name. */
  @Test
  void otherStatementsFindThem() {
    answers("SELECT count(\"_file\"), min(\"ID\") FROM d", "3 | b");
    db.script(
        "ALTER TABLE d SET TBLPROPERTIES ('format-version' = '3')",
        "UPDATE d SET \"ID\" = 'u' WHERE id = 7",
        "ALTER TABLE d ADD PARTITION FIELD bucket(2, \"ID\") AS shard",
        "ALTER TABLE d WRITE ORDERED BY \"ID\"",
        "INSERT INTO d VALUES (8, 'h', 'four')",
        "ALTER TABLE d ADD UNIQUE (\"ID\")");
    assertThat(
            db.query(
                    "CALL system.rewrite_data_files(table => 'd', strategy => 'sort',"
                        + " sort_order => '\"ID\" DESC', options => map['rewrite-all', 'true'])")
                .lines())
        .isNotEmpty();
    answers("SELECT id, \"ID\" FROM d ORDER BY 1", "1 | b", "2 | other", "7 | u", "8 | h");
    answers("SELECT partition.shard >= 0 FROM d$files LIMIT 1", "true");
    assertThat(db.query("SHOW CREATE TABLE d").lines().get(0)).contains("UNIQUE (\"ID\")");
    assertThat(db.query("DESCRIBE EXTENDED d").lines()).isNotEmpty();
    db.update("DELETE FROM d WHERE \"ID\" IN ('u', 'h')");
    answers("SELECT id FROM d ORDER BY 1", "1", "2");
  }

  @Test
  void tablesAreMadeLikeThem() {
    db.update("CREATE TABLE e AS SELECT id AS i, \"ID\" AS name FROM d");
    answers("SELECT name FROM e WHERE i = 7", "c");
    db.update(
        "MERGE INTO d USING c ON c.id = d.id AND c.\"ID\" = d.\"ID\" WHEN MATCHED THEN UPDATE SET \"ID\" = 'new'");
    answers("SELECT id, \"ID\" FROM d WHERE id = 1", "1 | new");
  }
}
