package dev.frazil.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DatabaseMetaData;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sqlline.SqlLine;

/** The sqlline of Maven Central, without anything of Frazil's shell around it. */
class PlainSqlLineTest {
  @TempDir static Path folder;
  private static String url = "";

  @BeforeAll
  static void fill() throws Exception {
    url = "jdbc:iceberg:" + folder.resolve("shop");
    SalesDatabase.create(url, Sale.ofFirstQuarter());
  }

  /** What sqlline prints when these lines are typed, standard error included. */
  private static String type(String... lines) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      SqlLine shell = new SqlLine();
      shell.setOutputStream(out);
      shell.setErrorStream(out);
      shell.getOpts().setPropertiesFile(folder.resolve("none").toString());
      String text = String.join("\n", lines) + "\n!quit\n";
      SqlLine.Status status =
          shell.begin(
              new String[] {"-u", url, "-n", "", "-p", "", "--silent=true", "--maxWidth=400"},
              new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
              false);
      assertThat(status).isNotNull();
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static List<String> cells(String printed) {
    return printed
        .lines()
        .filter(line -> line.startsWith("|"))
        .map(line -> line.replaceAll(" +", " "))
        .toList();
  }

  @Test
  void commandsOfTheCatalogAnswer() throws IOException {
    assertThat(
            type(
                "!tables",
                "!columns",
                "!columns sales",
                "!primarykeys sales",
                "!indexes sales",
                "!exportedkeys sales",
                "!importedkeys sales",
                "!procedures",
                "!schemas",
                "!typeinfo",
                "!describe sales",
                "!describe tables",
                "!dbinfo",
                "!nativesql select {fn now()}",
                "!list",
                "!reconnect",
                "!closeall"))
        .contains("getDatabaseProductName", "Frazil", "TYPE_NAME")
        .doesNotContain("Error", "Exception", "not supported");
  }

  @Test
  void tablesColumnsAndKeysAreThere() throws IOException {
    assertThat(cells(type("!tables")))
        .anyMatch(row -> row.startsWith("| | main | regions | TABLE"));
    assertThat(cells(type("!columns sales")))
        .hasSize(13)
        .anyMatch(row -> row.contains("| sales | amount | 3 | decimal"))
        .anyMatch(row -> row.contains("in EUR, with tax"));
    assertThat(cells(type("!primarykeys sales")))
        .anyMatch(row -> row.startsWith("| | main | sales | id | 1 |"));
    assertThat(cells(type("!schemas"))).anyMatch(row -> row.startsWith("| main |"));
  }

  @Test
  void everyMethodOfTheMetaDataAnswers() throws IOException {
    List<String> methods =
        Stream.of(DatabaseMetaData.class.getMethods())
            .filter(method -> method.getParameterCount() == 0)
            .map(Method::getName)
            .filter(name -> !name.equals("getConnection"))
            .sorted()
            .toList();
    assertThat(methods).hasSizeGreaterThan(130);
    String commands =
        methods.stream().map(name -> "!metadata " + name).collect(Collectors.joining("\n"));
    assertThat(type(commands)).doesNotContain("Error", "Exception");
    assertThat(
            type(
                "!metadata getTables null main sal% null",
                "!metadata getColumns null main sales amou%",
                "!metadata getPrimaryKeys null main sales",
                "!metadata getSchemas null ma%",
                "!metadata getVersionColumns null main sales",
                "!metadata getFunctions null null abs",
                "!metadata getUDTs null null % null",
                "!metadata getTablePrivileges null main sales",
                "!metadata getColumnPrivileges null main sales %",
                "!metadata getCrossReference null main sales null main regions",
                "!metadata supportsTransactionIsolationLevel 8",
                "!metadata supportsResultSetConcurrency 1003 1007"))
        .doesNotContain("Error", "Exception")
        .contains("| sales", "| amount", "true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "table",
        "vertical",
        "csv",
        "tsv",
        "xmlattr",
        "xmlelements",
        "json",
        "ansiconsole"
      })
  void everyOutputFormatShowsEveryType(String format) throws IOException {
    assertThat(
            type(
                "!outputformat " + format,
                "select s.*, manager, opened, logo from sales s join regions r on r.name = region"
                    + " where id in (2, 3) order by id;"))
        .contains("Shaved ice", "2026-01-08", "32.61", "2026-01-08 10:30:01.123456", "09:45:00")
        .contains("2026-04-01 11:15:30.5", "5a1e0000-0000-4000-8000-000000000001", "Ms Souther")
        .contains("89504e47")
        .doesNotContain("Error");
  }

  @Test
  void rowsAreWrittenToACsvFile() throws IOException {
    Path file = folder.resolve("sales.csv");
    type(
        "!set csvQuoteCharacter '\"'",
        "!outputformat csv",
        "!record " + file,
        "select id, product, amount, shipped_at from sales where id in (1, 2) order by id;",
        "!record");
    assertThat(Files.readString(file))
        .contains("\"id\",\"product\",\"amount\",\"shipped_at\"")
        .contains("\"1\",\"Shaved ice\",\"10.50\",\"\"")
        .contains("\"2\",\"Shaved ice\",\"32.61\",\"2026-04-01 11:15:30.5+00:00\"");
  }

  @Test
  void batchesRunAtOnce() throws IOException {
    String printed =
        type(
            "create table counted (n integer primary key);",
            "!batch",
            "insert into counted values (1), (2);",
            "update counted set n = 3 where n = 2;",
            "!batch",
            "select sum(n) as total from counted;",
            "drop table counted;");
    assertThat(printed).doesNotContain("Error").containsPattern("2\\s+insert into counted");
    assertThat(cells(printed)).contains("| 4 |");
  }

  @Test
  void transactionsAreCommittedAndRolledBack() throws IOException {
    String printed =
        type(
            "create table kept (n integer);",
            "!isolation TRANSACTION_REPEATABLE_READ",
            "!isolation TRANSACTION_SERIALIZABLE",
            "!autocommit off",
            "insert into kept values (1);",
            "!commit",
            "insert into kept values (2);",
            "!rollback",
            "!autocommit on",
            "select count(*) as rows_left from kept;",
            "drop table kept;");
    assertThat(printed).doesNotContain("Error");
    assertThat(cells(printed)).contains("| 1 |");
  }

  @Test
  void limitsAndErrorsReachTheDriver() throws IOException {
    String printed =
        type(
            "!set incremental true",
            "!set timeout 10",
            "!set rowlimit 2",
            "select id from sales order by id;",
            "select * from nowhere;");
    assertThat(cells(printed)).containsExactly("| id |", "| 1 |", "| 2 |");
    assertThat(printed).contains("\"nowhere\" does not exist").contains("state=42P01");
  }
}
