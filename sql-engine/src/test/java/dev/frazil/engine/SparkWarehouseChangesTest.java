package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code jdbc:iceberg:hadoop:/folder} changes tables that Spark wrote, in place. */
class SparkWarehouseChangesTest {
  @Test
  void changesTablesOfSpark() throws IOException {
    try (SparkWarehouse warehouse = SparkWarehouse.unpack();
        EngineRunner frazil =
            EngineRunner.open(
                ConnectionConfig.of(new Warehouse.HadoopFolder(warehouse.folder().toString())))) {
      List<String> before = frazil.query("SELECT id FROM db.history ORDER BY id").lines();
      int version = version(warehouse);
      assertThat(before).contains("11");
      frazil.update("DELETE FROM db.history WHERE id = 11");
      frazil.update("INSERT INTO db.history (id) VALUES (7)");
      assertThat(frazil.query("SELECT count(*), min(id) FROM db.history").lines())
          .containsExactly(before.size() + " | 7");
      List<String> expected = new ArrayList<>(before);
      expected.remove("11");
      expected.add(0, "7");
      assertThat(frazil.query("SELECT id FROM db.history ORDER BY id").lines()).isEqualTo(expected);
      assertThat(version(warehouse)).isEqualTo(version + 2);
      assertThat(
              frazil.query("SELECT count(*) FROM db.history FOR VERSION AS OF 'two_rows'").lines())
          .containsExactly("2");
      frazil.update("UPDATE db.vectors SET s = 'changed' WHERE s = 's1'");
      assertThat(frazil.query("SELECT count(*) FROM db.vectors WHERE s = 's1'").lines())
          .containsExactly("0");
    }
  }

  private static int version(SparkWarehouse warehouse) throws IOException {
    return Integer.parseInt(
        Files.readString(warehouse.folder().resolve("db/history/metadata/version-hint.text"))
            .strip());
  }
}
