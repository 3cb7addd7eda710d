package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.function.LambdaFunction;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every function of lambdas x {no nulls, some, all} x {all rows, some}: a table gives what its rows
 * give one by one. What they give at all is compared with DuckDB in {@code lambdas.sql}.
 */
@Tag("slow")
class LambdaFunctionMatrixTest {
  private static final Map<LambdaFunction, String> CALLS =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(LambdaFunction.TRANSFORM, "transform(a, x -> x * 2 + i)"),
              Map.entry(LambdaFunction.FILTER, "filter(a, x -> x % 2 = i % 2)"),
              Map.entry(LambdaFunction.ANY_MATCH, "any_match(a, x -> x > i)"),
              Map.entry(LambdaFunction.ALL_MATCH, "all_match(a, x -> x > i - 9)"),
              Map.entry(LambdaFunction.NONE_MATCH, "none_match(a, x -> x > i)"),
              Map.entry(
                  LambdaFunction.REDUCE,
                  "reduce(a, CAST(0 AS bigint), (s, x) -> s * 3 + coalesce(x, i), s -> s - i)"),
              Map.entry(LambdaFunction.ZIP_WITH, "zip_with(a, b, (x, y) -> coalesce(x, -1) * y)"),
              Map.entry(LambdaFunction.TRANSFORM_VALUES, "transform_values(m, (k, v) -> v + i)"),
              Map.entry(LambdaFunction.TRANSFORM_KEYS, "transform_keys(m, (k, v) -> k * 2 + i)"),
              Map.entry(LambdaFunction.MAP_FILTER, "map_filter(m, (k, v) -> v > 3)"),
              Map.entry(
                  LambdaFunction.ARRAY_SORT,
                  "array_sort(a, (x, y) -> CASE WHEN coalesce(x, i) > coalesce(y, i) THEN -1"
                      + " WHEN coalesce(x, i) = coalesce(y, i) THEN 0 ELSE 1 END)"),
              Map.entry(
                  LambdaFunction.MAP_ZIP_WITH,
                  "map_zip_with(m, n, (k, v, w) -> coalesce(v, 0) * 100 + coalesce(w, k))")));

  @TempDir Path folder;

  @Test
  void aTableGivesWhatItsRowsGive() {
    assertThat(CALLS).containsOnlyKeys(LambdaFunction.values());
    String calls = String.join(", ", CALLS.values());
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      for (int nullOneIn : new int[] {0, 3, 1}) {
        String maybe = nullOneIn == 0 ? "" : "CASE WHEN i % " + nullOneIn + " <> 0 THEN ";
        String end = nullOneIn == 0 ? "" : " END";
        String table = "lambdas" + nullOneIn;
        frazil.script(
            "CREATE TABLE "
                + table
                + " AS SELECT i, "
                + maybe
                + "transform(sequence(1, i % 5), x -> CASE WHEN (x + i) % 4 > 0 THEN x * 7 % 5 END)"
                + end
                + " AS a, "
                + maybe
                + "sequence(i, i + i % 3)"
                + end
                + " AS b, "
                + maybe
                + "map[i, i % 7, i + 1, NULLIF(i % 5, 2)]"
                + end
                + " AS m, "
                + maybe
                + "map[i + 1, i, 99, i % 4]"
                + end
                + " AS n FROM UNNEST(sequence(1, 12)) AS s(i)");
        String query = "SELECT i, " + calls + " FROM " + table;
        List<String> all = frazil.query(query + " ORDER BY i").lines();
        assertThat(all).hasSize(12);
        for (int i = 1; i <= 12; i++) {
          assertThat(frazil.query(query + " WHERE i = " + i).lines())
              .as(table + " row " + i)
              .containsExactly(all.get(i - 1));
        }
        assertThat(frazil.query(query + " WHERE i % 4 = 1 ORDER BY i").lines())
            .containsExactly(all.get(0), all.get(4), all.get(8));
        if (nullOneIn == 1) {
          assertThat(all).allMatch(line -> line.matches("\\d+( \\| NULL){12}"));
        }
      }
    }
  }
}
