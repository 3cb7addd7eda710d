package dev.frazil.engine.semantics;

import org.junit.jupiter.api.Test;

/** JSON_ARRAYAGG and JSON_OBJECTAGG as ISO 9075 has them. */
class JsonAggregatesTest extends SqlExpressions {
  private static final String ROWS =
      " FROM (VALUES (1, 'a', 2), (2, 'b\"', NULL), (3, '', 1)) t(id, w, n)";
  private static final String NONE = ROWS + " WHERE id > 9";

  @Test
  void arraysLeaveNullsOutUnlessTold() {
    gives(
        "(SELECT json_arrayagg(n)" + ROWS + ")", "[2,1]",
        "(SELECT json_arrayagg(n NULL ON NULL)" + ROWS + ")", "[2,null,1]",
        "(SELECT json_arrayagg(n ORDER BY id DESC)" + ROWS + ")", "[1,2]",
        "(SELECT json_arrayagg(w ORDER BY w)" + ROWS + ")", "[\"\",\"a\",\"b\\\"\"]",
        "(SELECT json_arrayagg(n)" + ROWS + " WHERE n IS NULL)", "[]",
        "(SELECT json_arrayagg(n)" + NONE + ")", "NULL");
  }

  @Test
  void objectsKeepNullsUnlessTold() {
    gives(
        "(SELECT json_objectagg(KEY w VALUE n)" + ROWS + ")", "{\"a\":2,\"b\\\"\":null,\"\":1}",
        "(SELECT json_objectagg(w VALUE n ABSENT ON NULL)" + ROWS + ")", "{\"a\":2,\"\":1}",
        "(SELECT json_objectagg(KEY w VALUE n)" + NONE + ")", "NULL");
    fails("22023", "(SELECT json_objectagg(KEY nullif(w, '') VALUE n)" + ROWS + ")");
  }

  /** PostgreSQL's keep nulls in both. */
  @Test
  void thoseOfPostgreSqlAreTheSameButForNulls() {
    gives(
        "(SELECT json_agg(n)" + ROWS + ")", "[2,null,1]",
        "(SELECT jsonb_agg(n ORDER BY id DESC)" + ROWS + ")", "[1,null,2]",
        "(SELECT json_object_agg(coalesce(w, '?'), n)" + ROWS + ")",
            "{\"a\":2,\"b\\\"\":null,\"\":1}",
        "(SELECT json_agg(n)" + NONE + ")", "NULL");
  }

  @Test
  void theyNestWithTheConstructors() {
    gives(
        "(SELECT json_arrayagg(json_object(KEY 'n' VALUE n) ORDER BY id)" + ROWS + ")",
            "[{\"n\":2},{\"n\":null},{\"n\":1}]",
        "(SELECT json_object(KEY 'all' VALUE json_arrayagg(n))" + ROWS + ")", "{\"all\":[2,1]}");
    rows(
        "SELECT n IS NULL, json_arrayagg(id ORDER BY id)" + ROWS + " GROUP BY n IS NULL ORDER BY 1",
        "[[false, [1,3]], [true, [2]]]");
  }

  @Test
  void aFilterChoosesTheMembers() {
    gives(
        "(SELECT json_arrayagg(n) FILTER (WHERE id <> 1)" + ROWS + ")", "[1]",
        "(SELECT json_arrayagg(n NULL ON NULL) FILTER (WHERE id <> 1)" + ROWS + ")", "[null,1]",
        "(SELECT json_arrayagg(n) FILTER (WHERE id = 2)" + ROWS + ")", "[]",
        "(SELECT json_arrayagg(n) FILTER (WHERE id > 9)" + ROWS + ")", "NULL",
        "(SELECT json_arrayagg(id ORDER BY id DESC) FILTER (WHERE id < 3)" + ROWS + ")", "[2,1]",
        "(SELECT json_arrayagg(id) WITHIN GROUP (ORDER BY id DESC) FILTER (WHERE id < 3)"
                + ROWS
                + ")",
            "[2,1]",
        "(SELECT json_objectagg(KEY w VALUE n) FILTER (WHERE id > 1)" + ROWS + ")",
            "{\"b\\\"\":null,\"\":1}",
        "(SELECT json_objectagg(w : n ABSENT ON NULL) FILTER (WHERE id > 1)" + ROWS + ")",
            "{\"\":1}",
        "(SELECT json_objectagg(key VALUE value) FILTER (WHERE value > 0)"
                + " FROM (VALUES ('k', 1)) s (key, value))",
            "{\"k\":1}");
    gives(
        "(SELECT json_agg(n ORDER BY id DESC) FILTER (WHERE id > 1)" + ROWS + ")", "[1,null]",
        "(SELECT json_object_agg(w, n) FILTER (WHERE id < 2)" + ROWS + ")", "{\"a\":2}");
    fails("42883", "(SELECT json_objectagg(w) FILTER (WHERE true)" + ROWS + ")");
    fails("0A000", "(SELECT json_arrayagg(DISTINCT w) FILTER (WHERE true)" + ROWS + ")");
  }

  @Test
  void overAWindow() {
    rows(
        "SELECT id, json_arrayagg(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),"
            + " json_objectagg(KEY w VALUE n) FILTER (WHERE id > 1) OVER v"
            + ROWS
            + " WINDOW v AS (ORDER BY id) ORDER BY 1",
        "[[1, [1], NULL], [2, [1,2], {\"b\\\"\":null}], [3, [2,3], {\"b\\\"\":null,\"\":1}]]");
  }
}
