package dev.frazil.jdbc.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The driver definition that {@code docs/guides/dbeaver} ships is one that DBeaver 24.2 reads, and
 * names what the driver has.
 */
class DBeaverDriverFileTest {
  /** What DriverDescriptorSerializerLegacy.DriversParser reads of a driver. */
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "id",
          "name",
          "category",
          "description",
          "class",
          "url",
          "custom",
          "anonymous",
          "allowsEmptyPassword",
          "embedded");

  /** Those of GenericConstants that the definition may set. */
  private static final Set<String> PARAMETERS =
      Set.of(
          "omit-catalog",
          "use-search-string-escape",
          "supports-scroll",
          "supports-multi-insert",
          "supports-ddl-transactions");

  @TempDir Path folder;

  private Element driver;

  @BeforeEach
  void read() throws Exception {
    Path file = Path.of(System.getProperty("frazil.documentation"), "guides/dbeaver/drivers.xml");
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("drivers");
    Element provider = (Element) document.getElementsByTagName("provider").item(0);
    assertThat(provider.getAttribute("id")).as("the plugin ext.generic").isEqualTo("generic");
    driver = (Element) provider.getElementsByTagName("driver").item(0);
  }

  private Map<String, String> values(String tag) {
    Map<String, String> values = new HashMap<>();
    NodeList elements = driver.getElementsByTagName(tag);
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      values.put(element.getAttribute("name"), element.getAttribute("value"));
    }
    return values;
  }

  @Test
  void itsClassOpensItsUrlWithItsProperties() throws Exception {
    Driver instance =
        (Driver) Class.forName(driver.getAttribute("class")).getDeclaredConstructor().newInstance();
    // DatabaseURL.generateUrlByTemplate
    String url = driver.getAttribute("url").replace("{database}", folder.resolve("db").toString());
    assertThat(url).doesNotContain("{");
    assertThat(instance.acceptsURL(url)).isTrue();
    Properties properties = new Properties();
    properties.putAll(values("property"));
    assertThat(properties).containsEntry("clientTypes", "basic");
    // AuthModelDatabaseNative with a user and a password left empty.
    properties.setProperty("user", "");
    properties.setProperty("password", "");
    try (Connection connection = instance.connect(url, properties);
        Statement statement = connection.createStatement();
        ResultSet shown = statement.executeQuery("SHOW applicationName")) {
      assertThat(shown.next()).isTrue();
      assertThat(shown.getString(1)).isEqualTo("DBeaver");
    }
    assertThat(
            instance.acceptsURL(
                driver.getAttribute("url").replace("{database}", "s3://bucket/prefix?region=x")))
        .isTrue();
  }

  @Test
  void dbeaverKnowsWhatItSets() {
    for (int i = 0; i < driver.getAttributes().getLength(); i++) {
      assertThat(ATTRIBUTES).contains(driver.getAttributes().item(i).getNodeName());
    }
    assertThat(PARAMETERS).containsExactlyInAnyOrderElementsOf(values("parameter").keySet());
    Element library = (Element) driver.getElementsByTagName("library").item(0);
    assertThat(library.getAttribute("type")).isEqualTo("jar");
    // A library that is not custom is skipped when the plugin does not bring it.
    assertThat(library.getAttribute("custom")).isEqualTo("true");
    assertThat(library.getAttribute("path")).isEqualTo("${home}/frazil-jdbc.jar");
  }
}
