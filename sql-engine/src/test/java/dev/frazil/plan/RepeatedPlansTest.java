package dev.frazil.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which parts of a plan run once for several readers, as EXPLAIN tells it. */
class RepeatedPlansTest {
  private static final FakeTables TABLES = new FakeTables();
  private static final String PAID =
      "with p as (select i.kind, s.day, s.pieces * i.price as paid from sale s join item i on"
          + " s.item = i.id%s) ";

  @BeforeAll
  static void create() {
    TABLES.run(
        "create table sale (item integer, day integer, pieces integer)",
        "create table item (id integer, kind varchar, price integer)");
    TABLES.rows("sale", 100_000);
    TABLES.rows("item", 1_000);
  }

  private static String explain(String sql) {
    return String.join("\n", PhysicalPlanText.lines(TABLES.plan(sql)));
  }

  private static String paid(String where, String query) {
    return explain(String.format(PAID, where) + query);
  }

  @Test
  void aJoinThatIsReadTwiceRunsOnce() {
    assertThat(paid("", "select (select max(paid) from p), (select count(paid) from p) from item"))
        .contains("[kept: #1]")
        .contains("[rows of #1]")
        .containsOnlyOnce("TableScan main.sale");
    assertThat(paid("", "select count(paid) from p")).doesNotContain("[kept: #");
  }

  @Test
  void aWindowThatIsReadTwiceRunsOnce() {
    assertThat(
            explain(
                "with w as (select day, row_number() over (order by day, item) as n from sale)"
                    + " select a.day, b.day from w a join w b on a.n = b.n + 1"))
        .containsOnlyOnce("TableScan main.sale")
        .contains("[rows of #1]");
  }

  @Test
  void whatIsDrawnByChanceRunsForEachReader() {
    String twice = "select (select max(paid) from p), (select count(paid) from p) from item";
    assertThat(paid(" and random() < 0.5", twice)).doesNotContain("[kept: #");
    assertThat(explain("select (select max(random()) from sale), max(random()) from sale"))
        .doesNotContain("[kept: #");
  }

  @Test
  void readersThatStopEarlyReadForThemselves() {
    assertThat(paid("", "(select * from p limit 3) union all (select * from p limit 4)"))
        .doesNotContain("[kept: #");
    assertThat(paid("", "select * from p union all select * from p")).doesNotContain("[kept: #");
    assertThat(
            paid(
                "",
                "select count(*) from ((select * from p limit 3) union all (select * from p)) u"))
        .contains("[kept: #1]");
  }

  @Test
  void readersWhoseKeysNarrowTheScansReadForThemselves() {
    String narrowed = "select kind from p where day in (select id from item where price = %d)";
    assertThat(
            paid(
                "",
                "select count(*) from ("
                    + String.format(narrowed, 1)
                    + " union all "
                    + String.format(narrowed, 2)
                    + ") u"))
        .doesNotContain("[kept: #");
  }

  @Test
  void largeJoinsRunForEachReader() {
    assertThat(
            explain(
                "with p as (select a.day, b.item from sale a join sale b on a.pieces < b.pieces)"
                    + " select count(*) from (select * from p union all select * from p) u"))
        .doesNotContain("[kept: #");
  }

  @Test
  void correlatedPartsRunForEachRow() {
    assertThat(
            explain(
                "select (select count(*) from sale s, sale t where s.day < i.id and t.day > i.id),"
                    + " (select count(*) from sale s, sale t where s.day < i.id and t.day > i.id)"
                    + " from item i"))
        .doesNotContain("[kept: #");
  }
}
