package dev.frazil.engine.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Aggregates that are written as others: hypothetical sets of ISO 9075, entropy, checksum,
 * reduce_agg.
 */
class DerivedAggregateSemanticsTest extends SqlExpressions {
  private static final String ROWS =
      "(VALUES (1, 10), (2, 20), (3, 20), (4, 30), (5, NULL)) t(id, x)";

  /**
   * By hand, after PostgreSQL's definitions (chapter 9.21): the value beside the rows of the group.
   */
  @Test
  void placesOfRowsThatAreNotThere() {
    rows(
        "SELECT rank(20) WITHIN GROUP (ORDER BY x), dense_rank(25) WITHIN GROUP (ORDER BY x),"
            + " percent_rank(20) WITHIN GROUP (ORDER BY x), cume_dist(20) WITHIN GROUP (ORDER BY x)"
            + " FROM "
            + ROWS,
        "[[2, 3, 0.2, 0.6666666667]]",
        "SELECT rank(20) WITHIN GROUP (ORDER BY x DESC), rank(NULL) WITHIN GROUP (ORDER BY x),"
            + " rank(20) WITHIN GROUP (ORDER BY x NULLS FIRST), dense_rank(100) WITHIN GROUP (ORDER BY x)"
            + " FROM "
            + ROWS,
        "[[2, 5, 3, 4]]",
        "SELECT rank(20, 3) WITHIN GROUP (ORDER BY x, id), rank(20, 3) WITHIN GROUP (ORDER BY x DESC, id DESC),"
            + " cume_dist(20, 3) WITHIN GROUP (ORDER BY x, id) FROM "
            + ROWS,
        "[[3, 2, 0.6666666667]]",
        "SELECT rank(1) WITHIN GROUP (ORDER BY x), percent_rank(1) WITHIN GROUP (ORDER BY x),"
            + " cume_dist(1) WITHIN GROUP (ORDER BY x) FROM "
            + ROWS
            + " WHERE false",
        "[[1, 0, 1]]",
        "SELECT id % 2, rank(20) WITHIN GROUP (ORDER BY x) FILTER (WHERE id < 4) FROM "
            + ROWS
            + " GROUP BY id % 2 ORDER BY 1",
        "[[0, 1], [1, 2]]",
        "SELECT rank(1.5) WITHIN GROUP (ORDER BY id) + 1 FROM " + ROWS,
        "[[3]]");
    fails("42883", "(SELECT rank(1, 2) WITHIN GROUP (ORDER BY x) FROM " + ROWS + ")");
    fails("0A000", "(SELECT rank(id) WITHIN GROUP (ORDER BY x) FROM " + ROWS + ")");
    rows(
        "SELECT id, rank(20) WITHIN GROUP (ORDER BY x) OVER (PARTITION BY id % 2),"
            + " dense_rank(25) WITHIN GROUP (ORDER BY x) FILTER (WHERE id > 1) OVER (ORDER BY id),"
            + " percent_rank(20) WITHIN GROUP (ORDER BY x) OVER () FROM "
            + ROWS
            + " ORDER BY id",
        "[[1, 2, 1, 0.2], [2, 1, 2, 0.2], [3, 2, 2, 0.2], [4, 1, 2, 0.2], [5, 2, 2, 0.2]]",
        "SELECT entropy(id) OVER (PARTITION BY id % 2) FROM (VALUES (1), (3), (2)) t(id) ORDER BY 1",
        "[[0], [0.8112781245], [0.8112781245]]");
  }

  /** A parameter takes the type of its key, however often it is read. */
  @Test
  void placesOfParameters() {
    String rows = " FROM (VALUES (1, DATE '2024-01-31'), (9, NULL), (11, NULL)) AS v (x, d)";
    assertThat(
            frazil()
                .query(
                    "SELECT rank(?) WITHIN GROUP (ORDER BY x),"
                        + " rank(?) WITHIN GROUP (ORDER BY x NULLS FIRST),"
                        + " dense_rank(?, ?) WITHIN GROUP (ORDER BY d NULLS FIRST, x),"
                        + " cume_dist(?) WITHIN GROUP (ORDER BY d)"
                        + rows,
                    10,
                    null,
                    null,
                    11,
                    19_700)
                .lines())
        .containsExactly("3 | 1 | 2 | 0.25");
  }

  /** Calcite swaps the operands of GREATEST while it looks for an argument among the keys. */
  @Test
  void greatestBesideOtherCallsOfTwoOperands() {
    asDuckDb(
        "SELECT greatest(g, 1) AS k, bool_or(g = 2), count(*) FILTER (WHERE x > 1)"
            + " FROM (VALUES (1, 1), (2, 3), (2, 0)) AS v (g, x) GROUP BY greatest(g, 1)",
        "SELECT least(1, g) AS k, bool_or(g = x), max(least(g, 1))"
            + " FROM (VALUES (1, 1), (2, 3), (0, 0)) AS v (g, x) GROUP BY least(1, g)");
  }

  @Test
  void entropyOfCounts() {
    rows(
        "SELECT entropy(n) FROM (VALUES (1), (1), (1), (1)) t(n)",
        "[[2]]",
        "SELECT entropy(n) FROM (VALUES (5)) t(n)",
        "[[0]]",
        "SELECT entropy(n), entropy(n) FILTER (WHERE n = 1) FROM (VALUES (1), (1), (2), (NULL)) t(n)",
        "[[1.5, 1]]",
        "SELECT entropy(0)",
        "[[0]]");
    fails("22023", "(SELECT entropy(n) FROM (VALUES (-1)) t(n))");
  }

  @Test
  void checksums() {
    rows(
        "SELECT (SELECT checksum(x) FROM (VALUES ('a'), ('b'), (NULL)) t(x))"
            + " = (SELECT checksum(x) FROM (VALUES (NULL), ('b'), ('a')) t(x))",
        "[[true]]",
        "SELECT (SELECT checksum(x) FROM (VALUES ('a'), ('a')) t(x))"
            + " = (SELECT checksum(x) FROM (VALUES ('b'), ('b')) t(x))",
        "[[false]]",
        "SELECT octet_length(checksum(id)) FROM " + ROWS,
        "[[8]]",
        "SELECT checksum(id) FROM " + ROWS + " WHERE false",
        "[[NULL]]");
  }

  @Test
  void reduceAgg() {
    rows(
        "SELECT reduce_agg(x, 0, (s, e) -> s + e, (a, b) -> a + b) FROM " + ROWS,
        "[[80]]",
        "SELECT id % 2, reduce_agg(x, 1, (s, e) -> s * e, (a, b) -> a * b) FROM "
            + ROWS
            + " GROUP BY id % 2 ORDER BY 1",
        "[[0, 600], [1, 200]]",
        "SELECT reduce_agg(x, 0, (s, e) -> s + e, (a, b) -> a + b) FROM " + ROWS + " WHERE false",
        "[[NULL]]");
  }

  @Test
  void functionsMadeOfOthers() {
    gives(
        "any_keys_match(map['a', 1], k -> k = 'a')",
        "true",
        "all_keys_match(map['a', 1, 'b', 2], k -> k < 'b')",
        "false",
        "no_keys_match(map['a', 1], k -> k = 'b')",
        "true",
        "any_values_match(map['a', 1], v -> v > 1)",
        "false",
        "no_values_match(map['a', 1], v -> v > 1)",
        "true",
        "find_first(array[1, 5, 7], x -> x > 2)",
        "5",
        "find_first(array[1, 5, 7], x -> x > 9)",
        "NULL");
  }

  @Test
  void arraysAndElements() {
    gives(
        "array[1, 2] || 3",
        "[1, 2, 3]",
        "0 || array[1, 2]",
        "[0, 1, 2]",
        "array['a'] || 'b' || 'cd'",
        "[a, b, cd]",
        "array[1] || 2.5",
        "[1, 2.5]",
        "array[1] || CAST(NULL AS integer)",
        "[1, NULL]",
        "array[1] || NULL",
        "NULL",
        "CAST(NULL AS array(integer)) || 1",
        "NULL",
        "array[1] || array[2]",
        "[1, 2]",
        "concat_ws(',', array[1, 2, NULL])",
        "1,2");
    fails("42804", "array[1] || 'x'");
  }
}
