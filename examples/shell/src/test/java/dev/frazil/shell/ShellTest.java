package dev.frazil.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell as {@code ./frazil} starts it, without a terminal. */
class ShellTest {
  private static final String CITIES =
      """
      CREATE TABLE city (id bigint, name varchar, area decimal(10, 2), seen timestamp);
      INSERT INTO city VALUES (1, 'Köln', 405.02, TIMESTAMP '2024-01-01 10:00:00.123456'),
        (22, NULL, NULL, NULL);
      """;

  @TempDir private Path folder;
  private final PrintStream standardOut = System.out;
  private final PrintStream standardError = System.err;
  private final InputStream standardIn = System.in;
  private final String home = System.getProperty("user.home");

  @BeforeEach
  void liveElsewhere() {
    System.setProperty("user.home", folder.resolve("home").toString());
  }

  @AfterEach
  void restore() {
    System.setProperty("user.home", home);
    System.setOut(standardOut);
    System.setErr(standardError);
    System.setIn(standardIn);
  }

  private record Run(int status, String out, String err) {}

  private Run shell(String input, String... arguments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      int status = Shell.run(List.of(arguments));
      return new Run(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(standardOut);
      System.setErr(standardError);
    }
  }

  private Run onDatabase(String input, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(folder.resolve("db").toString()));
    arguments.addAll(List.of(more));
    return shell(input, arguments.toArray(String[]::new));
  }

  @Test
  void runsAFile() throws IOException {
    Path script = folder.resolve("report.sql");
    Files.writeString(
        script,
        CITIES
            + """
            -- a comment; with a semicolon
            SELECT id, name -- another; one
            FROM city
            WHERE name <> 'a;b' /* and; a third */ ORDER BY id;

            UPDATE city SET area = 1 WHERE id = 22;
            SELECT sum(area) FROM city;
            """);
    Run run = onDatabase("", script.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            +----+------+
            | id | name |
            +----+------+
            |  1 | Köln |
            +----+------+
            +-----------+
            | sum(area) |
            +-----------+
            |    406.02 |
            +-----------+
            """);
  }

  @Test
  void runsWhatComesThroughAPipe() throws IOException {
    Run run = onDatabase(CITIES + "SELECT * FROM city ORDER BY id;\nSELECT 1 AS single");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            +----+------+--------+----------------------------+
            | id | name |  area  |            seen            |
            +----+------+--------+----------------------------+
            |  1 | Köln | 405.02 | 2024-01-01 10:00:00.123456 |
            | 22 | NULL |   NULL | NULL                       |
            +----+------+--------+----------------------------+
            +--------+
            | single |
            +--------+
            |      1 |
            +--------+
            """);
  }

  @Test
  void writesFilesForOtherPrograms() throws IOException {
    onDatabase(CITIES);
    String sql = "SELECT id, name, area, id > 1 AS big FROM city ORDER BY id";
    assertThat(onDatabase("", "--format", "csv", "-e", sql).out())
        .isEqualToNormalizingNewlines(
            """
            "id","name","area","big"
            "1","Köln","405.02","false"
            "22","","","true"
            """);
    assertThat(onDatabase("", "--format", "json", "-e", sql).out())
        .isEqualToNormalizingNewlines(
            """
            {"resultset":[
            {"id":1,"name":"Köln","area":405.02,"big":false},
            {"id":22,"name":null,"area":null,"big":true}
            ]}
            """);
    assertThat(onDatabase("", "--format", "vertical", "-e", "SELECT NULL AS a, 2 AS bb").out())
        .isEqualToNormalizingNewlines("a   NULL\nbb  2\n\n");
  }

  @Test
  void stopsAtTheFirstFailure() throws IOException {
    Run run = onDatabase("CREATE TABLE a (n int);\nINSERT INTO b VALUES (1);\nDROP TABLE a;\n");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("Error: table \"b\" does not exist")
        .contains("(SQLState 42P01)")
        .contains("Stopped at: INSERT INTO b VALUES (1);")
        .doesNotContain("Exception");
    assertThat(onDatabase("", "-e", "SHOW TABLES").out()).contains("| a");
    assertThat(onDatabase("", "-e", "SELECT 1; SELEC 2").status()).isEqualTo(1);
  }

  @Test
  void aDatabaseThatCannotBeOpenedIsAMessage() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Run run = shell("", file.toString(), "-e", "SHOW TABLES");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Error: ", "SQLState").doesNotContain("at dev.frazil");
    Run unknown = shell("", "jdbc:iceberg:/x?nonsense=1", "-e", "SHOW TABLES");
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.err()).contains("nonsense");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws IOException {
    for (String[] arguments :
        new String[][] {
          {"--nonsense"}, {"/a", "/b"}, {"-f"}, {"--format", "yaml"}, {folder + "/absent.sql"}
        }) {
      Run run = shell("", arguments);
      assertThat(run.status()).as("%s", List.of(arguments)).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).startsWith("frazil: ");
    }
  }

  @Test
  void saysWhatItIs() throws IOException {
    assertThat(shell("", "version")).isEqualTo(new Run(0, version(), ""));
    Run help = shell("", "--help");
    assertThat(help.status()).isZero();
    assertThat(help.out()).startsWith("Usage: ./frazil [url]");
  }

  private static String version() {
    String version = dev.frazil.jdbc.FrazilDriver.class.getPackage().getImplementationVersion();
    return "Frazil " + (version == null ? "(unpacked)" : version) + System.lineSeparator();
  }

  @Test
  void tellsOfKeysIndexesProceduresAndTypes() throws IOException {
    Run run =
        onDatabase(
            """
            CREATE TABLE pair (a bigint, b varchar UNIQUE, PRIMARY KEY (a));
            !primarykeys pair
            !indexes pair
            !procedures
            !typeinfo
            """);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("KEY_SEQ", "NON_UNIQUE", "rewrite_data_files", "LITERAL_PREFIX");
  }

  @Test
  void commandsDescribeTheDatabase() throws IOException {
    onDatabase(CITIES);
    Run run = onDatabase("!tables\n!columns city\n!outputformat csv\nSELECT 1 AS a;\n");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("| TABLE_SCHEM | TABLE_NAME | TABLE_TYPE | REMARKS |")
        .contains("| main        | city       | TABLE      |")
        .contains(
            "| main        | city       | area        | decimal   |          10 |              2 |")
        .endsWith("\"a\"\n\"1\"\n".replace("\n", System.lineSeparator()));
    Run help = onDatabase("!help\n");
    assertThat(help.out()).contains("!tables", "!quit", "!outputformat").doesNotContain("!dropall");
    Run dropAll = onDatabase("!dropall\n");
    assertThat(dropAll.status()).isEqualTo(1);
    assertThat(dropAll.err()).contains("Unknown command: dropall");
  }

  @Test
  void transactionsSpanStatements() throws IOException {
    Run run =
        onDatabase(
            CITIES
                + """
                START TRANSACTION;
                DELETE FROM city;
                ROLLBACK;
                SELECT count(*) AS n FROM city;
                """,
            "--format",
            "csv");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualToNormalizingNewlines("\"n\"\n\"2\"\n");
  }
}
