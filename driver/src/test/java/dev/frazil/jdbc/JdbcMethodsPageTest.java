package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.architecture.RepositoryRoot;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/reference/jdbc-methods.md is what a run of every method says; {@code
 * -Dfrazil.write.docs=true} writes it.
 */
@Tag("slow")
class JdbcMethodsPageTest {
  private static final String BEGIN = "<!-- written by JdbcMethodsPageTest -->";

  @TempDir private Path folder;

  @Test
  void thePageIsWhatEveryMethodDoes() throws Exception {
    Path page = RepositoryRoot.find().resolve("docs/reference/jdbc-methods.md");
    String text = Files.readString(page);
    int from = text.indexOf(BEGIN) + BEGIN.length() + 1;
    String expected = tables();
    if (Boolean.getBoolean("frazil.write.docs")) {
      Files.writeString(page, text.substring(0, from) + "\n" + expected);
      return;
    }
    assertThat(text.substring(from).strip())
        .as("docs/reference/jdbc-methods.md; write it with -Dfrazil.write.docs=true")
        .isEqualTo(expected.strip());
  }

  @Test
  void everyMethodWithoutEffectExists() {
    List<String> names = new ArrayList<>();
    for (Class<?> type : JdbcMethods.TYPES) {
      for (Method method : JdbcMethods.of(type)) {
        names.add(type.getSimpleName() + "." + method.getName());
      }
    }
    assertThat(names).hasSizeGreaterThan(750);
    assertThat(names).containsAll(MethodScenarios.WITHOUT_EFFECT.keySet());
  }

  @Test
  void thePageIsLinked() throws IOException {
    assertThat(Files.readString(RepositoryRoot.find().resolve("docs/reference/jdbc.md")))
        .contains("(jdbc-methods.md)");
  }

  private String tables() throws Exception {
    MethodScenarios scenarios = new MethodScenarios(folder);
    StringBuilder tables = new StringBuilder();
    StringBuilder summary =
        new StringBuilder(
            "| interface | methods | work | no effect | not supported |\n|---|---|---|---|---|\n");
    List<String> failed = new ArrayList<>();
    for (Class<?> type : JdbcMethods.TYPES) {
      Map<String, List<Method>> rows = new LinkedHashMap<>();
      for (Method method : JdbcMethods.of(type)) {
        try {
          String state = scenarios.state(type, method);
          rows.computeIfAbsent(state, key -> new ArrayList<>()).add(method);
        } catch (AssertionError e) {
          failed.add(e.getMessage() + ": " + e.getCause());
        }
      }
      summary.append(counts(type, rows));
      tables.append("\n## ").append(type.getName()).append("\n\n| state | methods |\n|---|---|\n");
      rows.keySet().stream()
          .sorted(JdbcMethodsPageTest::order)
          .forEach(
              state ->
                  tables
                      .append("| ")
                      .append(cell(state))
                      .append(" | ")
                      .append(names(rows.get(state)))
                      .append(" |\n"));
    }
    assertThat(tables.toString().lines().filter(line -> line.contains("$Proxy"))).isEmpty();
    assertThat(tables.toString().lines().filter(line -> line.contains("not implemented")))
        .as("what is not supported has a name")
        .isEmpty();
    assertThat(failed).as("methods that neither work nor say 0A000").isEmpty();
    return summary + tables.toString();
  }

  /** What works first. */
  private static int order(String one, String two) {
    boolean first = one.equals(MethodScenarios.WORKS);
    boolean second = two.equals(MethodScenarios.WORKS);
    return first == second ? one.compareTo(two) : first ? -1 : 1;
  }

  private static String counts(Class<?> type, Map<String, List<Method>> rows) {
    int works = 0;
    int nothing = 0;
    int refused = 0;
    for (Map.Entry<String, List<Method>> row : rows.entrySet()) {
      int size = row.getValue().size();
      works += row.getKey().equals(MethodScenarios.WORKS) ? size : 0;
      nothing += row.getKey().startsWith("no effect") ? size : 0;
      refused += row.getKey().startsWith("not supported") ? size : 0;
    }
    return "| `%s` | %d | %d | %d | %d |\n"
        .formatted(type.getSimpleName(), works + nothing + refused, works, nothing, refused);
  }

  private static String cell(String state) {
    return state.replace("|", "\\|");
  }

  private static String names(List<Method> methods) {
    StringBuilder names = new StringBuilder();
    for (Method method : methods) {
      names.append(names.isEmpty() ? "`" : ", `").append(JdbcMethods.signature(method)).append('`');
    }
    return names.toString();
  }
}
