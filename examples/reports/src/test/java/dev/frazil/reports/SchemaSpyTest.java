package dev.frazil.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** SchemaSpy, as {@code java -jar} runs it, describes a database of three schemas. */
@Tag("slow")
class SchemaSpyTest {
  @TempDir static Path folder;
  private static String log = "";

  @BeforeAll
  static void describe() throws Exception {
    Path driver = DriverJar.path();
    Path database = folder.resolve("shop");
    try (Connection connection = DriverManager.getConnection("jdbc:iceberg:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA crm");
      statement.execute("CREATE SCHEMA sales.emea");
      statement.execute(
          """
          CREATE TABLE customers (customer_id bigint PRIMARY KEY,
            name varchar NOT NULL COMMENT 'the full name', tags varchar array,
            address row(street varchar, zip varchar), balance decimal(18,4) DEFAULT 0)
          COMMENT 'Who buys'""");
      statement.execute(
          """
          CREATE TABLE crm.contacts (customer_id bigint, number integer,
            at timestamp with time zone NOT NULL, note varchar,
            PRIMARY KEY (customer_id, number)) PARTITIONED BY (month(at))""");
      statement.execute("CREATE TABLE sales.emea.\"Odd Name\" (a integer, \"b c\" date)");
      statement.execute("INSERT INTO sales.emea.\"Odd Name\" VALUES (1, NULL), (2, NULL)");
    }
    URL type = Objects.requireNonNull(SalesReport.class.getResource("schemaspy.properties"));
    List<String> command = new ArrayList<>(List.of(DriverJar.java(), "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-jar", DriverJar.library("schemaspy-.*-app\\.jar").toString()));
    command.addAll(List.of("-t", Path.of(type.toURI()).toString().replace(".properties", "")));
    command.addAll(List.of("-dp", driver.toString(), "-db", database.toString(), "-u", "nobody"));
    command.addAll(List.of("-all", "-cat", "%", "-nohtml", "-o", folder.resolve("out").toString()));
    log = DriverJar.run(folder.resolve("schemaspy.log"), 120, command);
  }

  private static Element table(String schema, String name) throws Exception {
    Path file = folder.resolve("out").resolve(schema).resolve("shop." + schema + ".xml");
    NodeList tables =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getElementsByTagName("table");
    for (int i = 0; i < tables.getLength(); i++) {
      if (tables.item(i) instanceof Element table && table.getAttribute("name").equals(name)) {
        return table;
      }
    }
    throw new AssertionError(name + " is not in " + Files.readString(file));
  }

  private static List<String> attributes(Element table, String tag, String... names) {
    List<String> rows = new ArrayList<>();
    NodeList elements = table.getElementsByTagName(tag);
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      if (element.getParentNode() == table) {
        List<String> row = new ArrayList<>();
        for (String name : names) {
          row.add(element.getAttribute(name));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }

  @Test
  void nothingIsWarnedOf() {
    assertThat(log).contains("'crm'", "'main'", "'sales.emea'");
    // SchemaSpy closes none of the connections that it opens for each schema; Frazil tells.
    assertThat(log.lines().filter(line -> !line.contains("a connection was never closed")))
        .noneMatch(line -> line.matches(".*(WARN|ERROR|Exception).*"));
  }

  @Test
  void columnsHaveTypesRemarksAndDefaults() throws Exception {
    Element customers = table("main", "customers");
    assertThat(customers.getAttribute("remarks")).isEqualTo("Who buys");
    assertThat(attributes(customers, "column", "name", "typeCode", "nullable", "remarks"))
        .containsExactly(
            "customer_id|-5|false|",
            "name|12|false|the full name",
            "tags|2003|true|",
            "address|2002|true|",
            "balance|3|true|");
    assertThat(attributes(customers, "column", "type", "size", "digits", "defaultValue"))
        .contains("bigint|19|0|null")
        .anyMatch(column -> column.matches("decimal.*\\|18\\|4\\|0.*"));
  }

  @Test
  void keysAreThere() throws Exception {
    assertThat(attributes(table("main", "customers"), "primaryKey", "column"))
        .containsExactly("customer_id");
    assertThat(attributes(table("crm", "contacts"), "primaryKey", "column", "sequenceNumberInPK"))
        .containsExactly("customer_id|1", "number|2");
  }

  @Test
  void oddNamesAndDottedSchemasAreCounted() throws Exception {
    Element odd = table("sales.emea", "Odd Name");
    assertThat(odd.getAttribute("numRows")).isEqualTo("2");
    assertThat(attributes(odd, "column", "name", "type")).containsExactly("a|integer", "b c|date");
  }
}
