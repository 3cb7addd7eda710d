package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** COPY, checked against what DuckDB writes and reads. */
class CopyTest {
  private static final String SCALARS =
      "CREATE TABLE scalars (b boolean, i integer, l bigint, d decimal(12, 2), w decimal(38, 4),"
          + " r real, f double, day date, t time, ts timestamp, tz timestamp with time zone,"
          + " v varchar, u uuid)";
  private static final String SCALAR_ROWS =
      "INSERT INTO scalars VALUES (true, -5, 9000000000000000001, -0.05, 12345678901234567890.1234,"
          + " 1.5, 1e-300, DATE '1969-12-31', TIME '23:59:59.123456',"
          + " TIMESTAMP '2020-02-29 01:02:03.000004',"
          + " TIMESTAMP WITH TIME ZONE '2020-02-29 01:02:03.000004+02:00', 'a\"b,c',"
          + " CAST('123e4567-e89b-12d3-a456-426614174000' AS uuid)), (false, 2147483647, -1, 1e9, 0,"
          + " CAST('NaN' AS real), CAST('-Infinity' AS double), DATE '9999-12-31',"
          + " TIME '00:00:00', TIMESTAMP '1582-10-15 00:00:00',"
          + " TIMESTAMP WITH TIME ZONE '1969-12-31 23:59:59.999999Z', '', NULL),"
          + " (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
          + " (NULL, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL,"
          + " '\u65e5\u672c\n\u8a9e \ud83d\ude00', NULL)";

  @TempDir private Path folder;
  private Path files;
  private EngineRunner frazil;
  private DuckDbRunner duckDb;

  @BeforeEach
  void open() throws IOException {
    files = Files.createDirectories(folder.resolve("files"));
    frazil = EngineRunner.open(config(files.toString()));
    duckDb = new DuckDbRunner();
  }

  @AfterEach
  void close() {
    frazil.close();
    duckDb.close();
  }

  private ConnectionConfig config(String locations) {
    return new ConnectionConfig(
        new Warehouse.LocalFolder(folder.resolve("db").toString()),
        Map.of(ConnectionProperty.COPY_LOCATIONS, locations),
        Map.of());
  }

  private String file(String name) {
    return "'" + files.resolve(name) + "'";
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(files.resolve(name), text);
  }

  private void assertFails(String sql, String state, String... parts) {
    assertThatThrownBy(() -> frazil.update(sql))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.state().code()).as(e.getMessage()).isEqualTo(state);
              for (String part : parts) {
                assertThat(e.getMessage()).contains(part);
              }
            });
  }

  private static String reader(String format) {
    return switch (format) {
      case "csv" -> "read_csv(%s, header = true, all_varchar = true, allow_quoted_nulls = false)";
      case "json" -> "read_json(%s)";
      default -> "read_parquet(%s)";
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "csv.gz", "json", "jsonl.gz", "parquet"})
  void everyScalarComesBackFromAFileOfOurs(String ending) {
    frazil.script(SCALARS, SCALAR_ROWS, SCALARS.replace("scalars", "again"));
    assertThat(frazil.update("COPY scalars TO " + file("rows." + ending))).isEqualTo(4);
    assertThat(frazil.update("COPY again FROM " + file("rows." + ending))).isEqualTo(4);
    assertThat(frazil.query("SELECT * FROM again").sorted())
        .isEqualTo(frazil.query("SELECT * FROM scalars").sorted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet"})
  void duckDbReadsWhatIsWritten(String ending) {
    frazil.script(SCALARS, SCALAR_ROWS);
    frazil.update("COPY scalars TO " + file("rows." + ending));
    String columns =
        "CAST(i AS integer), CAST(l AS bigint), CAST(d AS decimal(12, 2)), CAST(day AS date),"
            + " CAST(ts AS timestamp), CAST(tz AS timestamp with time zone), v";
    String reader = reader(ending).formatted(file("rows." + ending));
    assertThat(duckDb.query("SELECT " + columns + " FROM " + reader).sorted())
        .isEqualTo(frazil.query("SELECT i, l, d, day, ts, tz, v FROM scalars").sorted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet"})
  void whatDuckDbWritesIsRead(String ending) {
    String query =
        "SELECT range AS id, CASE WHEN range % 7 = 0 THEN NULL ELSE 'n\"' || range || ',' END AS"
            + " name, CAST(range AS decimal(10, 2)) / 8 AS price, CAST(DATE '2020-01-01' +"
            + " CAST(range AS integer) AS date) AS day, TIMESTAMP '2020-01-01 00:00:00' +"
            + " to_seconds(range) AS at FROM range(10000)";
    duckDb.execute("COPY (" + query + ") TO " + file("rows." + ending));
    frazil.update("CREATE TABLE t (id bigint, name varchar, price double, day date, at timestamp)");
    assertThat(frazil.update("COPY t FROM " + file("rows." + ending))).isEqualTo(10_000);
    assertThat(frazil.query("SELECT * FROM t").sorted()).isEqualTo(duckDb.query(query).sorted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet"})
  void nestedValuesAndBytesComeBack(String ending) {
    String columns =
        " (a array(integer), m map(varchar, decimal(4, 1)), r row(x integer, y array(varchar)),"
            + " bytes varbinary)";
    frazil.script(
        "CREATE TABLE nested" + columns,
        "CREATE TABLE again" + columns,
        "INSERT INTO nested VALUES (array[1, NULL, 3], map['k\"', 1.5, 'z', NULL],"
            + " row(7, array['a,', NULL]), X'00FF'), (array[], map['', 0], row(NULL, NULL), X''),"
            + " (NULL, NULL, NULL, NULL)");
    frazil.update("COPY nested TO " + file("rows." + ending));
    frazil.update("COPY again FROM " + file("rows." + ending));
    assertThat(frazil.query("SELECT * FROM again").sorted())
        .isEqualTo(frazil.query("SELECT * FROM nested").sorted());
  }

  @Test
  void whatIsReadCountsInTheMemoryLimit() throws IOException {
    String line = "x".repeat(100_000) + "\n";
    write("wide.csv", "s\n" + line.repeat(60));
    write("wide.json", ("{\"s\": \"" + line.strip() + "\"}\n").repeat(60));
    write("huge.csv", "s\n" + "y".repeat(6_000_000) + "\n");
    ConnectionConfig little =
        new ConnectionConfig(
            new Warehouse.LocalFolder(folder.resolve("little").toString()),
            Map.of(
                ConnectionProperty.COPY_LOCATIONS,
                files.toString(),
                ConnectionProperty.MEMORY_LIMIT,
                "4MB"),
            Map.of());
    try (EngineRunner runner = EngineRunner.open(little)) {
      runner.update("CREATE TABLE w (s varchar)");
      for (String name : new String[] {"wide.csv", "wide.json"}) {
        assertThat(runner.update("COPY w FROM " + file(name))).isEqualTo(60);
      }
      assertThat(runner.update("COPY w TO " + file("wide.parquet"))).isEqualTo(120);
      assertThat(runner.update("COPY w FROM " + file("wide.parquet"))).isEqualTo(120);
      assertThat(runner.query("SELECT count(*), sum(length(s)) FROM w").lines())
          .containsExactly("240 | 24000000");
      assertThatThrownBy(() -> runner.update("COPY w FROM " + file("huge.csv")))
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.OUT_OF_MEMORY))
          .hasMessageContaining("COPY");
      assertThat(runner.query("SELECT count(*) FROM w").lines()).containsExactly("240");
    }
  }

  @Test
  void aSingleColumnKeepsItsNullsAndEmptyTexts() {
    frazil.script(
        "CREATE TABLE one (v varchar)", "INSERT INTO one VALUES (''), (NULL), ('x'), (NULL)");
    frazil.update("COPY one TO " + file("one.csv"));
    frazil.update("COPY one FROM " + file("one.csv"));
    assertThat(frazil.query("SELECT v, count(*) FROM one GROUP BY v ORDER BY v").lines())
        .containsExactly(" | 2", "x | 2", "NULL | 4");
  }

  @Test
  void columnsAreFoundByTheNamesOfTheHeader() throws IOException {
    frazil.update("CREATE TABLE t (id bigint, name varchar, rest double)");
    write("rows.csv", "\ufeffNAME,extra,id\r\n\"a \"\"b\"\"\",9,1\r\n,,2\r\n");
    frazil.update("COPY t (id, name) FROM " + file("rows.csv"));
    assertThat(frazil.query("SELECT * FROM t ORDER BY id").lines())
        .containsExactly("1 | a \"b\" | NULL", "2 | NULL | NULL");
    assertFails("COPY t FROM " + file("rows.csv"), "42703", "extra", "HEADER FALSE");
    assertFails("COPY t (rest) FROM " + file("rows.csv"), "42703", "rest");
  }

  @Test
  void aFileWithoutHeaderIsReadByPosition() throws IOException {
    frazil.update("CREATE TABLE t (id bigint, name varchar, rest double)");
    write("bare.csv", "5;N;'x'';'\n");
    frazil.update(
        "COPY t (id, rest, name) FROM "
            + file("bare.csv")
            + " WITH (HEADER false, DELIMITER ';', QUOTE '''', NULL 'N')");
    assertThat(frazil.query("SELECT * FROM t WHERE id = 5").lines())
        .containsExactly("5 | x'; | NULL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id,v~1,2~x,3 | 22018 | line 3",
        "id,v~1,2~1,2,3 | 22P04 | line 3",
        "id,v~1,2~~1 | 22P04 | line 4",
        "id,v~1,2~2,\"3~3,4 | 22P04 | begins in line 3 has no closing quote",
        "id,v~9223372036854775808,1 | 22003 | line 2",
        "id,id~1,2 | 42701 | id",
      })
  void aBadLineIsNamedAndNothingIsWritten(String text, String state, String part)
      throws IOException {
    frazil.update("CREATE TABLE t (id bigint, v integer)");
    write("bad.csv", text.replace('~', '\n') + "\n");
    assertFails("COPY t FROM " + file("bad.csv"), state, part);
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("0");
    try (Stream<Path> left = Files.walk(folder.resolve("db"))) {
      assertThat(left.filter(path -> path.toString().endsWith(".parquet"))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"id\": 1}~{\"id\": \"x\"} | 22018 | line 2",
        "{\"id\": 1}~[2] | 22P04 | line 2",
        "{\"id\": 1}~{\"id\": 2 | 22P04 | bad.json",
        "{\"id\": 1, \"ID\": 2} | 22P04 | twice",
        "{\"id\": 1, \"w\": 2} | 22P04 | \"w\"",
        "{\"id\": [1]} | 22P04 | array",
      })
  void badJsonIsNamed(String text, String state, String part) throws IOException {
    frazil.update("CREATE TABLE t (id bigint, v integer)");
    write("bad.json", text.replace('~', '\n'));
    assertFails("COPY t FROM " + file("bad.json"), state, part);
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("0");
  }

  @Test
  void filesThatAreNotWhatTheyShouldBeAreAnError() throws IOException {
    frazil.update("CREATE TABLE t (v varchar)");
    Files.write(files.resolve("latin.csv"), new byte[] {'v', '\n', (byte) 0xe4, '\n'});
    assertFails("COPY t FROM " + file("latin.csv"), "22P04", "latin.csv");
    write("text.parquet", "this is no Parquet file");
    assertFails("COPY t FROM " + file("text.parquet"), "XX001", "text.parquet");
    write("plain.csv.gz", "v\n1\n");
    assertFails("COPY t FROM " + file("plain.csv.gz"), "22P04", "plain.csv.gz");
    write("empty.csv", "");
    assertFails("COPY t FROM " + file("empty.csv"), "22P04", "empty");
    assertFails("COPY t FROM " + file("missing.csv"), "58030", "missing.csv");
  }

  @Test
  void anyCharacterMayStandBetweenValues() throws IOException {
    frazil.script("CREATE TABLE t (a varchar, b varchar)", "INSERT INTO t VALUES ('#x', NULL)");
    frazil.update("COPY t TO " + file("t.csv") + " (DELIMITER '#')");
    frazil.update("COPY t FROM " + file("t.csv") + " (DELIMITER '#')");
    frazil.update("COPY t FROM " + file("t.csv") + " (DELIMITER '#', QUOTE '\"')");
    assertThat(frazil.query("SELECT a, b, count(*) FROM t GROUP BY a, b").lines())
        .containsExactly("#x | NULL | 3");
    assertFails("COPY t TO " + file("u.csv") + " (NULL ',')", "22023", "DELIMITER");
  }

  @Test
  void aNameThatIsSpeltTheSameGoesBeforeOthers() {
    frazil.update("CREATE TABLE t (id bigint)");
    frazil.update("COPY (SELECT 1 AS \"ID\", 2 AS \"id\") TO " + file("two.parquet"));
    frazil.update("COPY t (id) FROM " + file("two.parquet"));
    assertThat(frazil.query("SELECT id FROM t").lines()).containsExactly("2");
  }

  @Test
  void filesAreFoundByAStar() throws IOException {
    frazil.update("CREATE TABLE t (id bigint)");
    write("part-1.csv", "id\n1\n");
    write("part-2.csv", "id\n2\n3\n");
    write("other.csv", "id\n9\n");
    assertThat(frazil.update("COPY t FROM " + file("part-*.csv"))).isEqualTo(3);
    assertThat(frazil.query("SELECT * FROM t").sorted()).containsExactly("1", "2", "3");
  }

  @Test
  void aCopyIsPartOfItsTransaction() throws IOException {
    frazil.update("CREATE TABLE t (id bigint)");
    write("rows.csv", "id\n1\n2\n");
    frazil.script("START TRANSACTION", "COPY t FROM " + file("rows.csv"));
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("2");
    frazil.update("ROLLBACK");
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("0");
  }

  @Test
  void aFileThatIsThereIsReplacedOnlyWhenAsked() throws IOException {
    write("rows.csv", "kept");
    String copy = "COPY (VALUES (1, 'a')) TO " + file("rows.csv");
    assertFails(copy, "58030", "OVERWRITE");
    assertThat(Files.readString(files.resolve("rows.csv"))).isEqualTo("kept");
    frazil.update(copy + " (OVERWRITE, HEADER false)");
    assertThat(Files.readString(files.resolve("rows.csv"))).isEqualTo("1,a\n");
  }

  @Test
  void aQueryThatFailsLeavesNoFile() throws IOException {
    frazil.script("CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1), (0)");
    assertFails("COPY (SELECT 1 / id AS x FROM t) TO " + file("x.csv"), "22012");
    assertFails("COPY (SELECT id, id FROM t) TO " + file("x.json"), "42701", "id");
    try (Stream<Path> left = Files.list(files)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void onlyNamedLocationsAreTouched() throws IOException {
    frazil.script("CREATE TABLE t (v varchar)", "INSERT INTO t VALUES ('x')");
    Files.writeString(folder.resolve("secret.csv"), "v\nsecret\n");
    Files.createSymbolicLink(files.resolve("link.csv"), folder.resolve("secret.csv"));
    for (String sql :
        new String[] {
          "COPY t FROM '" + folder.resolve("secret.csv") + "'",
          "COPY t FROM '" + files + "/../secret.csv'",
          "COPY t FROM 's3://elsewhere/secret.csv'",
          "COPY t TO '" + folder.resolve("out.csv") + "'",
          "COPY t FROM '" + files + "evil.csv'",
          "COPY t FROM " + file("link.csv"),
        }) {
      assertFails(sql, SqlState.LOCATION_REFUSED.code());
    }
    assertThat(frazil.query("SELECT v FROM t").lines()).containsExactly("x");
    assertThat(Files.exists(folder.resolve("out.csv"))).isFalse();
  }

  @Test
  void theWarehouseItselfIsNeverWritten() {
    try (EngineRunner everywhere = EngineRunner.open(config(folder.toString()))) {
      everywhere.script("CREATE TABLE t (v varchar)", "INSERT INTO t VALUES ('x')");
      assertThatThrownBy(() -> everywhere.update("COPY t TO '" + folder.resolve("db/x.csv") + "'"))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.READ_ONLY_TRANSACTION));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(FORMAT XML) | 22023",
        "(HEADER maybe) | 22023",
        "(DELIMITER \"ab\") | 22023",
        "(FORMAT JSON, HEADER) | 22023",
        "(OVERWRITE) | 22023",
        "(FORMT CSV) | 42601",
        "(HEADER, HEADER) | 42601",
        "WITH | 42601",
      })
  void wrongOptionsAreNamed(String options, String state) {
    frazil.update("CREATE TABLE t (v varchar)");
    assertFails("COPY t FROM " + file("x.csv") + " " + options.replace('"', '\''), state);
  }

  @Test
  void explainShowsTheFiles() {
    frazil.update("CREATE TABLE t (v varchar)");
    assertThat(frazil.query("EXPLAIN COPY t FROM " + file("x.csv")).lines())
        .anyMatch(line -> line.contains("FileRows CSV"));
    assertThat(frazil.query("EXPLAIN COPY t TO " + file("x.json")).lines())
        .anyMatch(line -> line.contains("Copy to JSON"));
  }

  @Test
  void anotherPrefixOfABucketIsReadAndWritten() {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      String place = "s3://" + ConditionalS3Server.BUCKET + "/exchange";
      ConnectionConfig config =
          server.config(
              ConditionalS3Server.BUCKET, "db", Map.of(ConnectionProperty.COPY_LOCATIONS, place));
      try (EngineRunner remote = EngineRunner.open(config)) {
        remote.script("CREATE TABLE t (id bigint)", "INSERT INTO t VALUES (1), (2)");
        for (String ending : new String[] {"parquet", "csv", "json.gz"}) {
          assertThat(remote.update("COPY t TO '" + place + "/t." + ending + "'")).isEqualTo(2);
          assertThat(remote.update("COPY t FROM '" + place + "/t." + ending + "'")).isEqualTo(2);
          remote.update("DELETE FROM t WHERE true");
          remote.update("INSERT INTO t VALUES (1), (2)");
        }
        assertThat(remote.query("SELECT * FROM t").sorted()).containsExactly("1", "2");
      }
    }
  }
}
