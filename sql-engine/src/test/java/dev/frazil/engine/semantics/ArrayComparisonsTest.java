package dev.frazil.engine.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code x = ANY (array)} and its like, types of arrays in casts, arrays without elements. */
class ArrayComparisonsTest extends SqlExpressions {
  @Test
  void comparisonsWithElementsAreThreeValued() {
    gives(
        "2 = ANY (array[1, 2])", "true",
        "2 = ANY (array[1, NULL])", "NULL",
        "2 <> ALL (array[1, NULL])", "NULL",
        "1 <> ALL (array[1, NULL])", "false",
        "3 > ALL (array[1, 2])", "true",
        "3 > ALL (array[1, NULL])", "NULL",
        "3 >= SOME (array[5, 3])", "true",
        "NULL = ANY (array[1])", "NULL",
        "1 = ANY (array[])", "false",
        "1 = ALL (array[])", "true",
        "NULL <> ALL (array[])", "true",
        "1 = ANY (CAST(NULL AS array(integer)))", "NULL",
        "1.5 = ANY (CAST(array[1, 2] AS array(bigint)))", "false",
        "DATE '2024-01-01' = ANY (array['2024-01-01'])", "true",
        "5 = ANY (4, 5)", "true");
    fails("42883", "1 = ANY ('x' || 'y')", "1 = ANY (split('a', 'b'))");
  }

  @Test
  void anArrayThatIsWrittenOutPrunesAsInDoes() {
    frazil().script("CREATE TABLE pruned (id bigint)");
    String list = frazil().query("EXPLAIN SELECT * FROM pruned WHERE id IN (1, 2)").toString();
    String array =
        frazil().query("EXPLAIN SELECT * FROM pruned WHERE id = ANY (ARRAY[1, 2])").toString();
    assertThat(array).contains("prune").isEqualTo(list);
  }

  @Test
  void castsNameTypesOfArraysInEveryForm() {
    gives(
        "typeof(CAST(array[1] AS array(bigint)))", "array(bigint)",
        "typeof(CAST(array[1] AS bigint ARRAY))", "array(bigint)",
        "typeof(CAST(array[1] AS bigint[]))", "array(bigint)",
        "typeof(CAST(array[1] AS array<bigint>))", "array(bigint)",
        "typeof(array[1.5]::double precision[])", "array(double)",
        "typeof(array[array[1]]::decimal(5, 2)[][])", "array(array(decimal(5,2)))",
        "typeof(CAST(map['a', 1] AS map(varchar, bigint)))", "map(varchar, bigint)",
        "CAST(row(array['1'], 'a') AS row(x array(integer), y varchar))", "[[1], a]",
        "CAST(array['2024-01-01 00:00:00.000001'] AS array(timestamp))",
            "[2024-01-01T00:00:00.000001]",
        "TRY_CAST('x' AS integer)", "NULL");
    fails("42804", "1::array(bigint)");
    fails("42601", "CAST(array[1] AS array(nothing))", "CAST(array[1] AS array(integer)");
  }

  @Test
  void anArrayWithoutElementsTakesTheTypeBesideIt() {
    gives(
        "array[]", "[]",
        "cardinality(array[])", "0",
        "typeof(array[]::integer[])", "array(integer)",
        "typeof(coalesce(array[], array[1.5]))", "array(decimal(2,1))",
        "array[] || array[1]", "[1]");
    frazil()
        .script(
            "CREATE TABLE empties (id bigint, tags array(varchar))",
            "INSERT INTO empties VALUES (1, array[])",
            "INSERT INTO empties SELECT 2, array[]");
    rows("SELECT id, tags FROM empties ORDER BY id", "[[1, []], [2, []]]");
  }
}
