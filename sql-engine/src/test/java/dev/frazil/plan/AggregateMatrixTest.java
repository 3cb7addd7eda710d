package dev.frazil.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every aggregate over every kind of frame, with FILTER, in grouping sets and in HAVING, gives what
 * the same aggregate gives in a sub-query over the rows that are meant.
 */
@Tag("slow")
class AggregateMatrixTest {
  private static final String TABLE =
      "(VALUES (1, 'a', 5, 2.5, 'p', true), (2, 'a', NULL, 1.5, 'q', false),"
          + " (3, 'a', 3, NULL, NULL, true), (4, 'b', NULL, 4.25, 'r', NULL),"
          + " (5, NULL, 9, 2.5, 's', true), (6, NULL, 9, 3.0, 't', false),"
          + " (7, 'c', 1, 7.0, 'p', true), (8, 'c', 4, 8.5, 'u', false))"
          + " AS %s (id, g, x, d, m, b)";

  /** Windows, and the condition on the rows s that are in the frame of the row t. */
  private static final Map<String, String> WINDOWS =
      Map.of(
          "()",
          "TRUE",
          "(PARTITION BY g)",
          "s.g IS NOT DISTINCT FROM t.g",
          "(ORDER BY id)",
          "s.id <= t.id",
          "(PARTITION BY g ORDER BY id DESC)",
          "s.g IS NOT DISTINCT FROM t.g AND s.id >= t.id",
          "(ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING)",
          "s.id BETWEEN t.id - 2 AND t.id + 1",
          "(ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT"
              + " ROW)",
          "s.id <> t.id");

  private static final List<String> STANDARD =
      List.of(
          "COUNT",
          "SUM",
          "AVG",
          "MIN",
          "MAX",
          "ANY_VALUE",
          "EVERY",
          "BOOL_AND",
          "BOOL_OR",
          "STDDEV",
          "STDDEV_POP",
          "STDDEV_SAMP",
          "VARIANCE",
          "VAR_POP",
          "VAR_SAMP");

  private static final Map<String, List<String>> CALLS = calls();

  @TempDir Path folder;

  private static Map<String, List<String>> calls() {
    Map<String, List<String>> calls = new TreeMap<>();
    for (String name : AggregateLibrary.names()) {
      calls.put(name, List.of(name + (isOfPairs(name) ? "(x, d)" : "(x)")));
    }
    for (String name : STANDARD) {
      calls.put(name, List.of(name + "(x)"));
    }
    for (String name : List.of("EVERY", "BOOL_AND", "BOOL_OR", "COUNT_IF", "COUNTIF")) {
      calls.put(name, List.of(name + "(b)"));
    }
    calls.put(
        "COUNT", List.of("COUNT(*)", "COUNT(x)", "COUNT(DISTINCT x)", "COUNT(DISTINCT (x, g))"));
    calls.put("SUM", List.of("SUM(x)", "SUM(d)", "SUM(DISTINCT x)"));
    calls.put("AVG", List.of("AVG(x)", "AVG(DISTINCT d)"));
    calls.put("MIN", List.of("MIN(m)", "MIN(x, 2)"));
    calls.put("MAX", List.of("MAX(d)", "MAX(m, 2)"));
    calls.put("ANY_VALUE", List.of("ANY_VALUE(x - x)"));
    calls.put("ARBITRARY", List.of("ARBITRARY(x - x)"));
    for (String name : List.of("MIN_BY", "MAX_BY", "ARG_MIN", "ARG_MAX")) {
      calls.put(name, List.of(name + "(x, id * 5 % 11)", name + "(m, id * 5 % 11, 2)"));
    }
    calls.put(
        "STRING_AGG",
        List.of("STRING_AGG(m, ',' ORDER BY x DESC, id)", "STRING_AGG(DISTINCT m, ',')"));
    calls.put("LISTAGG", List.of("LISTAGG(m, '-') WITHIN GROUP (ORDER BY m, id)"));
    calls.put(
        "ARRAY_AGG",
        List.of("ARRAY_AGG(x ORDER BY x NULLS FIRST, id)", "ARRAY_AGG(DISTINCT x ORDER BY x)"));
    calls.put("MAP_AGG", List.of("MAP_AGG(id, x)"));
    calls.put("MULTIMAP_AGG", List.of("MULTIMAP_AGG(id, x)"));
    calls.put("MAP_UNION", List.of("MAP_UNION(map[id, x])"));
    calls.put("APPROX_MOST_FREQUENT", List.of("APPROX_MOST_FREQUENT(2, x, 10)"));
    calls.put("MODE", List.of("MODE(x)", "MODE() WITHIN GROUP (ORDER BY x)"));
    for (String name : List.of("PERCENTILE_CONT", "PERCENTILE_DISC")) {
      calls.put(
          name,
          List.of(
              name + "(0.3) WITHIN GROUP (ORDER BY x DESC)",
              name + "(array[0.2, 0.9]) WITHIN GROUP (ORDER BY x)"));
    }
    for (String name : List.of("APPROX_PERCENTILE", "APPROX_QUANTILE")) {
      calls.put(name, List.of(name + "(x, 0.5)"));
    }
    calls.put("JSON", List.of("JSON_ARRAYAGG(x ORDER BY id)", "JSON_AGG(x ORDER BY x DESC)"));
    return calls;
  }

  private static boolean isOfPairs(String name) {
    return name.startsWith("REGR_") || name.startsWith("COVAR_") || name.equals("CORR");
  }

  private static String table(String alias) {
    return String.format(Locale.ROOT, TABLE, alias);
  }

  @Test
  void frameGivesWhatASubQueryOverItsRowsGives() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      for (List<String> calls : CALLS.values()) {
        for (String call : calls) {
          List<String> windowed = new ArrayList<>();
          List<String> nested = new ArrayList<>();
          for (Map.Entry<String, String> window : WINDOWS.entrySet()) {
            String from = " FROM " + table("s") + " WHERE " + window.getValue();
            windowed.add(call + " OVER " + window.getKey());
            windowed.add(call + " FILTER (WHERE id <> 3) OVER " + window.getKey());
            nested.add("(SELECT " + call + from + ")");
            nested.add("(SELECT " + call + from + " AND s.id <> 3)");
          }
          assertThat(
                  frazil
                      .query("SELECT id, " + String.join(", ", windowed) + " FROM " + table("t"))
                      .sorted())
              .as(call)
              .isEqualTo(
                  frazil
                      .query("SELECT id, " + String.join(", ", nested) + " FROM " + table("t"))
                      .sorted());
        }
      }
    }
  }

  @Test
  void groupingSetsGiveWhatTheirGroupsGiveAlone() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      for (List<String> calls : CALLS.values()) {
        for (String call : calls) {
          String from = " FROM " + table("t");
          assertThat(
                  frazil
                      .query(
                          "SELECT g, "
                              + call
                              + ", "
                              + call
                              + " FILTER (WHERE id > 2)"
                              + from
                              + " GROUP BY GROUPING SETS ((g), ())")
                      .sorted())
              .as(call)
              .isEqualTo(
                  frazil
                      .query(
                          "SELECT g, "
                              + call
                              + ", "
                              + call
                              + " FILTER (WHERE id > 2)"
                              + from
                              + " GROUP BY g UNION ALL SELECT NULL, "
                              + call
                              + ", "
                              + call
                              + " FILTER (WHERE id > 2)"
                              + from)
                      .sorted());
          assertThat(
                  frazil
                      .query("SELECT g" + from + " GROUP BY g HAVING " + call + " IS NOT NULL")
                      .sorted())
              .as(call)
              .isEqualTo(
                  frazil
                      .query(
                          "SELECT g FROM (SELECT g, "
                              + call
                              + " AS a"
                              + from
                              + " GROUP BY g) AS q WHERE a IS NOT NULL")
                      .sorted());
        }
      }
    }
  }
}
