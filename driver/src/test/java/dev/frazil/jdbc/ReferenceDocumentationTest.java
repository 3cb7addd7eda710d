package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionProperty;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference pages name what there is, and nothing else. */
class ReferenceDocumentationTest {

  @Test
  void everyPropertyStandsInTheReferenceWithItsDefault() throws IOException {
    List<String> rows = rows("properties.md", "[a-zA-Z]+");
    for (ConnectionProperty property : ConnectionProperty.values()) {
      String row = row(rows, property.propertyName());
      assertThat(row).contains(property.description());
      property.defaultValue().ifPresent(value -> assertThat(row).contains("`" + value + "`"));
      property.choices().forEach(choice -> assertThat(row).contains(choice));
    }
    assertThat(rows).hasSize(ConnectionProperty.values().length);
  }

  @Test
  void everySqlStateStandsInTheReferenceWithItsClass() throws IOException {
    List<String> rows = rows("sqlstates.md", "[0-9A-Z]{5}");
    for (SqlState state : SqlState.values()) {
      String row = row(rows, state.code());
      assertThat(row).contains(state.meaning());
      Class<?> thrown = SqlExceptions.of(state, "").getClass();
      assertThat(row).contains(thrown.getSimpleName());
    }
    assertThat(rows).hasSize(SqlState.values().length);
  }

  private static String row(List<String> rows, String name) {
    List<String> found = rows.stream().filter(row -> row.startsWith("| `" + name + "` |")).toList();
    assertThat(found).as("rows of %s", name).hasSize(1);
    return found.get(0);
  }

  private static List<String> rows(String page, String name) throws IOException {
    Path file = Path.of(System.getProperty("frazil.documentation"), "reference", page);
    Pattern row = Pattern.compile("\\| `" + name + "` \\|.*\\|.*\\|.*");
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> row.matcher(line).matches()).toList();
    }
  }
}
