package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code jdbc:iceberg:table:} on each table that Spark wrote, by its folder alone: all of Spark's
 * answers that are about one table.
 */
class SparkSingleTableTest {
  private static final Pattern TABLE = Pattern.compile("\\b(db|sales|empty)\\.(\\w+|\")");

  private static List<String> tables(SparkAnswer answer) {
    return TABLE.matcher(answer.query()).results().map(found -> found.group(0)).distinct().toList();
  }

  @Test
  void answersAsSparkDoes() throws IOException {
    Map<String, List<SparkAnswer>> byTable =
        SparkAnswer.read("answers").stream()
            .filter(answer -> tables(answer).size() == 1)
            .filter(answer -> tables(answer).get(0).startsWith("db."))
            .collect(Collectors.groupingBy(answer -> tables(answer).get(0).substring(3)));
    assertThat(byTable).hasSizeGreaterThan(10);
    try (SparkWarehouse warehouse = SparkWarehouse.unpack()) {
      byTable.forEach(
          (table, answers) -> {
            String folder = warehouse.folder().resolve("db/" + table).toString();
            Warehouse place = new Warehouse.SingleTable(new Warehouse.LocalFolder(folder), null);
            try (EngineRunner frazil = EngineRunner.open(ConnectionConfig.of(place))) {
              for (SparkAnswer answer : answers) {
                assertThat(frazil.query(answer.query().replace("db." + table, table)).lines())
                    .as(answer.query())
                    .containsExactlyInAnyOrderElementsOf(answer.rows());
              }
            }
          });
    }
  }
}
