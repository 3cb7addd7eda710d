package dev.frazil.engine.semantics;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Truth is true, false or unknown, and NULL in a list is a value that nobody knows. */
class ThreeValuedLogicTest extends SqlExpressions {
  private static final List<String> TRUTHS = List.of("TRUE", "FALSE", "CAST(NULL AS boolean)");

  @Test
  void connectivesOfLiterals() {
    List<String> queries = new ArrayList<>();
    for (String left : TRUTHS) {
      queries.add("SELECT NOT " + left);
      for (String test : List.of("TRUE", "FALSE", "NOT TRUE", "NOT FALSE", "NULL", "NOT NULL")) {
        queries.add("SELECT " + left + " IS " + test);
      }
      for (String right : TRUTHS) {
        queries.add("SELECT " + left + " AND " + right);
        queries.add("SELECT " + left + " OR " + right);
        queries.add("SELECT " + left + " = " + right);
        queries.add("SELECT " + left + " IS DISTINCT FROM " + right);
      }
    }
    asDuckDb(queries.toArray(String[]::new));
  }

  @Test
  void connectivesOfColumns() {
    String pairs =
        "(SELECT a, b FROM (VALUES (TRUE), (FALSE), (NULL)) s(a)"
            + " CROSS JOIN (VALUES (TRUE), (FALSE), (NULL)) t(b)) p";
    asDuckDb(
        "SELECT a, b, a AND b, a OR b, NOT a, a = b, a <> b, a IS DISTINCT FROM b FROM " + pairs,
        "SELECT a, b FROM " + pairs + " WHERE a AND b",
        "SELECT a, b FROM " + pairs + " WHERE NOT (a AND b)",
        "SELECT a, b FROM " + pairs + " WHERE a OR NOT b",
        "SELECT a, b FROM " + pairs + " WHERE (a = b) IS NOT TRUE",
        "SELECT a, b FROM " + pairs + " WHERE CASE WHEN a THEN b ELSE NOT b END");
  }

  @Test
  void nullInLists() {
    gives(
        "1 IN (1, NULL)", "true",
        "1 IN (2, NULL)", "NULL",
        "1 NOT IN (1, NULL)", "false",
        "1 NOT IN (2, NULL)", "NULL",
        "NULL IN (1, 2)", "NULL",
        "CAST(NULL AS integer) NOT IN (1, 2)", "NULL");
    String numbers = "(VALUES (1), (2), (NULL)) t(x)";
    asDuckDb(
        "SELECT x FROM " + numbers + " WHERE x NOT IN (1, NULL)",
        "SELECT x FROM " + numbers + " WHERE x NOT IN (1)",
        "SELECT x FROM " + numbers + " WHERE x IN (1, NULL)",
        "SELECT x FROM " + numbers + " WHERE NOT (x IN (2, NULL))");
  }

  @Test
  void nullInSubQueries() {
    String numbers = "(VALUES (1), (2), (NULL)) t(x)";
    for (String list : List.of("(VALUES (1), (NULL)) s(y)", "(VALUES (1)) s(y)")) {
      asDuckDb(
          "SELECT x FROM " + numbers + " WHERE x NOT IN (SELECT y FROM " + list + ")",
          "SELECT x FROM " + numbers + " WHERE x IN (SELECT y FROM " + list + ")",
          "SELECT x FROM " + numbers + " WHERE NOT EXISTS (SELECT 1 FROM " + list + " WHERE y = x)",
          "SELECT x FROM " + numbers + " WHERE x <> ALL (SELECT y FROM " + list + ")",
          "SELECT x FROM " + numbers + " WHERE x = ANY (SELECT y FROM " + list + ")",
          "SELECT x, x IN (SELECT y FROM " + list + ") FROM " + numbers);
    }
    asDuckDb(
        "SELECT x FROM "
            + numbers
            + " WHERE x NOT IN (SELECT y FROM (VALUES (1)) s(y) WHERE y > 5)");
  }

  @Test
  void nullsGroupTogetherAndJoinNothing() {
    String numbers = "(VALUES (1), (NULL), (NULL)) t(x)";
    asDuckDb(
        "SELECT x, count(*) FROM " + numbers + " GROUP BY x",
        "SELECT DISTINCT x FROM " + numbers,
        "SELECT count(x), count(*), sum(x), min(x) FROM " + numbers,
        "SELECT count(*) FROM " + numbers + " JOIN (VALUES (1), (NULL)) s(y) ON x = y",
        "SELECT x FROM " + numbers + " INTERSECT SELECT y FROM (VALUES (NULL), (2)) s(y)",
        "SELECT x FROM " + numbers + " ORDER BY x NULLS FIRST",
        "SELECT x FROM " + numbers + " ORDER BY x DESC NULLS LAST");
  }

  @Test
  void nullMakesCallsNull() {
    gives(
        "NULL + 1", "NULL",
        "'a' || NULL", "NULL",
        "upper(NULL)", "NULL",
        "CAST(NULL AS date) + INTERVAL '1' DAY", "NULL",
        "NULL BETWEEN 1 AND 2", "NULL",
        "1 BETWEEN 2 AND NULL", "false",
        "1 BETWEEN NULL AND 2", "NULL",
        "NULL LIKE 'a'", "NULL",
        "CASE NULL WHEN NULL THEN 1 ELSE 2 END", "2",
        "greatest(1, NULL)", "NULL",
        "left(CAST(NULL AS varchar), 1)", "NULL");
  }
}
