package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CREATE TABLE with LIKE, LOCATION, a sort order, and in the words of Spark and Trino. */
class CreateTableStatementsTest {
  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder.resolve("db"));
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private static void fails(SqlState state, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.state()).isEqualTo(state);
              assertThat(e).hasMessageContaining(message);
            });
  }

  private Table table(String name) {
    return frazil.session().icebergCatalog().loadTable(TableIdentifier.of("main", name));
  }

  private static int formatVersion(Table table) {
    return ((HasTableOperations) table).operations().current().formatVersion();
  }

  private String shown(String name) {
    return frazil.query("SHOW CREATE TABLE " + name).lines().get(0);
  }

  private void makeModel() {
    frazil.update(
        "CREATE TABLE u (id integer, name varchar DEFAULT 'x' COMMENT 'a name', at timestamp"
            + " DEFAULT current_timestamp, r row(a integer, b varchar), PRIMARY KEY (name, id),"
            + " UNIQUE (at), CONSTRAINT positive CHECK (id > 0)) PARTITIONED BY (day(at))"
            + " WRITE ORDERED BY (name DESC, bucket(4, id)) COMMENT 'the model'"
            + " WITH ('write.parquet.compression-codec' = 'gzip', 'format-version' = '3')");
  }

  @Test
  void aTableLikeAnotherOneHasAllButItsProperties() {
    makeModel();
    frazil.update("CREATE TABLE t LIKE u");
    // Iceberg gives each new table a codec.
    assertThat(shown("t")).contains("'zstd'", "\"format-version\" = '3'");
    assertThat(shown("t").replace("main.t", "main.u").replace("zstd", "gzip"))
        .isEqualTo(shown("u"));
    assertThat(formatVersion(table("t"))).isEqualTo(3);
    assertThat(table("t").location()).isNotEqualTo(table("u").location());
    frazil.update("INSERT INTO t (id) VALUES (1)");
    assertThat(frazil.query("SELECT id, name, at IS NULL FROM t").lines())
        .containsExactly("1 | x | false");
    fails(
        SqlState.CHECK_VIOLATION,
        "positive",
        () -> frazil.update("INSERT INTO t (id) VALUES (-1)"));
    fails(
        SqlState.UNIQUE_VIOLATION, "primary", () -> frazil.update("INSERT INTO t (id) VALUES (1)"));
    frazil.update("CREATE TABLE IF NOT EXISTS t LIKE u");
    frazil.update("CREATE TABLE p LIKE u INCLUDING PROPERTIES EXCLUDING CONSTRAINTS");
    assertThat(shown("p"))
        .contains("gzip", "PARTITIONED BY (day(at))", "DEFAULT current_timestamp")
        .doesNotContain("PRIMARY", "UNIQUE", "CHECK", "positive");
    frazil.update("CREATE TABLE bare LIKE u EXCLUDING ALL");
    assertThat(shown("bare")).doesNotContain("DEFAULT", "COMMENT", "PRIMARY", "gzip");
  }

  @Test
  void amongColumnsOnlyTheColumnsOfTheOtherTableAreTaken() {
    makeModel();
    frazil.update("CREATE TABLE t (first bigint, LIKE u, last date NOT NULL)");
    assertThat(shown("t"))
        .contains("first bigint,\n  id integer NOT NULL,\n  name varchar NOT NULL COMMENT 'a name'")
        .contains("last date NOT NULL")
        .doesNotContain("PARTITIONED", "ORDERED", "DEFAULT", "PRIMARY", "gzip", "CHECK");
    assertThat(formatVersion(table("t"))).isEqualTo(2);
    frazil.update(
        "CREATE TABLE all_of (k integer, LIKE u INCLUDING ALL, CHECK (k < 10)) WITH (format_version"
            + " = 2, \"write.parquet.compression-codec\" = 'zstd')");
    assertThat(formatVersion(table("all_of"))).isEqualTo(2);
    assertThat(shown("all_of"))
        .contains("PRIMARY KEY (name, id)", "UNIQUE (at)", "zstd", "ORDERED BY")
        .contains("at timestamp DEFAULT current_timestamp");
    frazil.update("INSERT INTO all_of (id) VALUES (5)");
    assertThat(frazil.query("SELECT k, id, name FROM all_of").lines())
        .containsExactly("NULL | 5 | x");
    fails(
        SqlState.CHECK_VIOLATION,
        "positive",
        () -> frazil.update("INSERT INTO all_of (id) VALUES (-5)"));
    fails(
        SqlState.DUPLICATE_COLUMN,
        "named twice",
        () -> frazil.update("CREATE TABLE d (id integer, LIKE u)"));
    fails(
        SqlState.SYNTAX_ERROR,
        "one primary key",
        () -> frazil.update("CREATE TABLE d (x integer PRIMARY KEY, LIKE u INCLUDING ALL)"));
    fails(
        SqlState.FEATURE_NOT_SUPPORTED,
        "INDEXES",
        () -> frazil.update("CREATE TABLE d (LIKE u INCLUDING INDEXES)"));
    fails(SqlState.UNDEFINED_TABLE, "nowhere", () -> frazil.update("CREATE TABLE d LIKE nowhere"));
    fails(
        SqlState.FEATURE_NOT_SUPPORTED,
        "metadata table",
        () -> frazil.update("CREATE TABLE d LIKE \"u$files\""));
  }

  @Test
  void aConstraintThatNamesTheOtherTableIsRefused() {
    frazil.update("CREATE TABLE u (a integer, CHECK (u.a > 0))");
    fails(SqlState.UNDEFINED_TABLE, "u", () -> frazil.update("CREATE TABLE t LIKE u"));
    frazil.update("CREATE TABLE t LIKE u EXCLUDING CONSTRAINTS");
  }

  @Test
  void aPreparedLikeFollowsItsModel() {
    frazil.update("CREATE TABLE u (a integer)");
    PreparedQuery like = frazil.session().prepare("CREATE OR REPLACE TABLE t LIKE u");
    like.execute(ParameterValues.none(), new dev.frazil.exec.CancellationToken());
    frazil.update("CREATE OR REPLACE TABLE u (a integer, b integer)");
    like.execute(ParameterValues.none(), new dev.frazil.exec.CancellationToken());
    assertThat(table("t").schema().columns()).hasSize(2);
  }

  @Test
  void trinosPropertiesAreUnderstood() {
    frazil.update(
        "CREATE TABLE t (id integer, \"Day\" date, s varchar) WITH (format = 'PARQUET',"
            + " partitioning = ARRAY['month(\"Day\")', 'bucket(id, 16)', 'truncate(s, 4)'],"
            + " format_version = 3, sorted_by = ARRAY['id DESC NULLS LAST', 's'])");
    assertThat(table("t").spec().fields().stream().map(f -> f.transform().toString()))
        .containsExactly("month", "bucket[16]", "truncate[4]");
    assertThat(formatVersion(table("t"))).isEqualTo(3);
    assertThat(shown("t")).contains("WRITE ORDERED BY (id DESC, s)");
    frazil.update("INSERT INTO t VALUES (1, DATE '2026-01-02', 'a')");
    fails(
        SqlState.SYNTAX_ERROR,
        "munth",
        () -> frazil.update("CREATE TABLE x (d date) WITH (partitioning = ARRAY['munth(d)'])"));
    fails(
        SqlState.UNDEFINED_COLUMN,
        "WRITE ORDERED BY names a column that is not there: \"e\" (line 1, column 49)",
        () -> frazil.update("CREATE TABLE x (d date) WITH (sorted_by = ARRAY['e'])"));
    fails(
        SqlState.SYNTAX_ERROR,
        "one partitioning only",
        () ->
            frazil.update(
                "CREATE TABLE x (d date) PARTITIONED BY (d) WITH (partitioning = ARRAY['d'])"));
  }

  @Test
  void rowsAreWrittenInTheSortOrder() {
    frazil.update("CREATE TABLE t (id integer, s varchar) WRITE ORDERED BY s DESC, id");
    frazil.update("INSERT INTO t VALUES (1, 'a'), (3, 'c'), (2, 'c'), (4, 'b'), (5, NULL)");
    assertThat(frazil.query("SELECT id FROM t ORDER BY _file, _pos").lines())
        .containsExactly("2", "3", "4", "1", "5");
    assertThat(shown("t")).contains("\nWRITE ORDERED BY (s DESC, id)");
    // What is shown makes such a table again.
    String again = shown("t").replace("main.t", "again");
    frazil.update(again);
    assertThat(table("again").sortOrder().sameOrder(table("t").sortOrder())).isTrue();
  }

  @Test
  void constantsAreDefaultsOfTheFieldInVersion3() {
    frazil.update(
        "CREATE TABLE t (id integer, n integer DEFAULT 40 + 2) USING iceberg"
            + " TBLPROPERTIES ('format-version' = '3')");
    assertThat(table("t").schema().findField("n").writeDefault()).isEqualTo(42);
    frazil.update("CREATE OR REPLACE TABLE t (n integer DEFAULT 7, m integer DEFAULT 8)");
    assertThat(formatVersion(table("t"))).isEqualTo(3);
    frazil.update("INSERT INTO t DEFAULT VALUES");
    assertThat(frazil.query("SELECT n, m FROM t").lines()).containsExactly("7 | 8");
  }

  @Test
  void aLocationIsOneThatTheDatabaseMightHaveChosen() throws Exception {
    String db = folder.resolve("db").toAbsolutePath().toString();
    frazil.update("CREATE TABLE t (id integer) USING iceberg LOCATION '" + db + "/mine/t'");
    frazil.update("INSERT INTO t VALUES (1)");
    assertThat(table("t").location()).isEqualTo(db + "/mine/t");
    assertThat(Files.isDirectory(Path.of(db, "mine", "t", "data"))).isTrue();
    assertThat(frazil.query("SELECT id FROM t").lines()).containsExactly("1");
    frazil.update("CREATE TABLE w (id integer) WITH (location = 'file://" + db + "/mine/w')");
    assertThat(table("w").location()).isEqualTo(db + "/mine/w");

    fails(SqlState.LOCATION_REFUSED, "warehouse", () -> at(folder.resolve("other").toString()));
    fails(SqlState.LOCATION_REFUSED, "warehouse", () -> at("s3://bucket/t"));
    fails(SqlState.LOCATION_REFUSED, "", () -> at(db + "/../other"));
    fails(SqlState.LOCATION_REFUSED, "warehouse", () -> at(db));
    fails(SqlState.INVALID_PARAMETER_VALUE, "its own files", () -> at(db + "/_frazil/x"));
    fails(SqlState.OBJECT_NOT_IN_STATE, "holds files", () -> at(db + "/mine/t"));
    fails(SqlState.OBJECT_NOT_IN_STATE, "holds files", () -> at(db + "/mine"));
    fails(SqlState.OBJECT_NOT_IN_STATE, "another table", () -> at(db + "/mine/t/data/in/it"));
    frazil.update("CREATE OR REPLACE TABLE t (x integer) LOCATION '" + db + "/mine/t/'");
    fails(
        SqlState.FEATURE_NOT_SUPPORTED,
        "other than that",
        () -> frazil.update("REPLACE TABLE t (x integer) LOCATION '" + db + "/other'"));
    assertThat(frazil.query("SHOW TABLES").sorted()).containsExactly("t", "w");
  }

  private void at(String location) {
    frazil.update("CREATE TABLE x (id integer) LOCATION '" + location + "'");
  }
}
