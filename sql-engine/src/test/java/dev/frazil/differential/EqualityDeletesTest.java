package dev.frazil.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.differential.TableContents.Field;
import dev.frazil.differential.TableContents.Step;
import dev.frazil.differential.ValueType.Family;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables into which others wrote equality deletes. */
class EqualityDeletesTest {
  private static final Field KEY = new Field("id", ValueType.of(Family.INTEGER, 100), false);
  private static final Field TEXT = new Field("s", ValueType.VARCHAR, false);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"2, ''", "2, PARTITIONED BY (s)", "3, ''", "3, PARTITIONED BY (s)"})
  void rowsBesideEqualityDeletesAreReadAndChanged(int version, String partitioning) {
    try (EngineRunner frazil = EngineRunner.local(folder);
        DuckDbRunner duckDb = new DuckDbRunner()) {
      frazil.update(
          "CREATE TABLE t (id integer, s varchar) %s WITH (\"format-version\" = '%d', \"write.delete.mode\" = 'merge-on-read', \"write.update.mode\" = 'merge-on-read')"
              .formatted(partitioning, version));
      frazil.update(
          "INSERT INTO t VALUES (1, 'a'), (2, 'a'), (3, NULL), (4, 'b'), (NULL, 'a'), (6, 'a')");
      delete(frazil, duckDb, List.of(KEY), "2", "NULL");
      delete(frazil, duckDb, List.of(KEY, TEXT), "3", "NULL", "4", "'a'");
      frazil.update("INSERT INTO t VALUES (2, 'late')");
      assertThat(frazil.query("SELECT * FROM t").sorted())
          .containsExactly("1 | a", "2 | late", "4 | b", "6 | a");
      assertThat(frazil.query("SELECT count(*), min(id), max(s) FROM t").lines())
          .containsExactly("4 | 1 | late");
      assertThat(frazil.update("DELETE FROM t WHERE id IN (1, 2)")).isEqualTo(2);
      assertThat(frazil.update("UPDATE t SET s = 'c' WHERE s = 'a'")).isEqualTo(1);
      assertThat(frazil.update("DELETE FROM t WHERE id IS NULL OR id = 3")).isZero();
      assertThat(frazil.query("SELECT * FROM t").sorted()).containsExactly("4 | b", "6 | c");
      frazil.change(
          "t", table -> table.updateSchema().updateColumn("id", LONG).renameColumn("s", "r"));
      assertThat(frazil.query("SELECT id, r FROM t WHERE r >= 'a'").sorted())
          .containsExactly("4 | b", "6 | c");
    }
  }

  private static final Type.PrimitiveType LONG = Types.LongType.get();

  private static void delete(
      EngineRunner frazil, DuckDbRunner duckDb, List<Field> columns, String... values) {
    List<List<Fragment>> keys = new ArrayList<>();
    for (int i = 0; i < values.length; i += columns.size()) {
      keys.add(Arrays.stream(values, i, i + columns.size()).map(Fragment::of).toList());
    }
    frazil.change(
        "t",
        table -> new EqualityDeletes(table, duckDb).commit(new Step.EqualityDelete(columns, keys)));
  }
}
