package dev.frazil.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The optimiser: what is pushed, pruned, joined how and built of which side. */
class PlanShapeTest {
  private static final FakeTables TABLES = new FakeTables();

  @BeforeAll
  static void createTpch() {
    TABLES.run(
        "create table lineitem (l_orderkey bigint, l_partkey bigint, l_suppkey bigint,"
            + " l_linenumber int, l_quantity decimal(15,2), l_extendedprice decimal(15,2),"
            + " l_discount decimal(15,2), l_tax decimal(15,2), l_returnflag varchar,"
            + " l_linestatus varchar, l_shipdate date, l_commitdate date, l_receiptdate date,"
            + " l_shipinstruct varchar, l_shipmode varchar, l_comment varchar)",
        "create table orders (o_orderkey bigint, o_custkey bigint, o_orderstatus varchar,"
            + " o_totalprice decimal(15,2), o_orderdate date, o_orderpriority varchar,"
            + " o_clerk varchar, o_shippriority int, o_comment varchar)",
        "create table customer (c_custkey bigint, c_name varchar, c_address varchar,"
            + " c_nationkey bigint, c_phone varchar, c_acctbal decimal(15,2), c_mktsegment varchar,"
            + " c_comment varchar)",
        "create table part (p_partkey bigint, p_name varchar, p_mfgr varchar, p_brand varchar,"
            + " p_type varchar, p_size int, p_container varchar, p_retailprice decimal(15,2),"
            + " p_comment varchar)",
        "create table supplier (s_suppkey bigint, s_name varchar, s_address varchar,"
            + " s_nationkey bigint, s_phone varchar, s_acctbal decimal(15,2), s_comment varchar)",
        "create table partsupp (ps_partkey bigint, ps_suppkey bigint, ps_availqty int,"
            + " ps_supplycost decimal(15,2), ps_comment varchar)",
        "create table nation (n_nationkey bigint, n_name varchar, n_regionkey bigint,"
            + " n_comment varchar)",
        "create table region (r_regionkey bigint, r_name varchar, r_comment varchar)");
    TABLES.rows("lineitem", 6_001_215);
    TABLES.rows("orders", 1_500_000);
    TABLES.rows("customer", 150_000);
    TABLES.rows("part", 200_000);
    TABLES.rows("supplier", 10_000);
    TABLES.rows("partsupp", 800_000);
    TABLES.rows("nation", 25);
    TABLES.rows("region", 5);
  }

  private static String explain(String sql) {
    return String.join("\n", PhysicalPlanText.lines(TABLES.plan(sql)));
  }

  private static String tpch(int number) throws IOException {
    String name = String.format(java.util.Locale.ROOT, "tpch/q%02d.sql", number);
    try (InputStream in = Objects.requireNonNull(PlanShapeTest.class.getResourceAsStream(name))) {
      return explain(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
  void everyQueryOfTpchPlansWithHashJoins(int number) throws IOException {
    String plan = tpch(number);
    assertThat(plan).contains("TableScan");
    // 7 joins two nations by an OR; 11, 15 and 22 compare with the one row of a scalar sub-query.
    if (number != 7 && number != 11 && number != 15 && number != 22) {
      assertThat(plan).doesNotContain("NestedLoopJoin");
    }
    assertThat(plan).doesNotContain("l_comment");
  }

  @Test
  void theFirstRowsOfPartitionsAreKnownToTheWindow() {
    String numbered =
        "select * from (select o_orderkey, %s over (partition by o_custkey order by o_orderdate) as"
            + " n from orders) t where %s";
    assertThat(explain(String.format(numbered, "row_number()", "n <= 3")))
        .contains("[first of each partition: ROW_NUMBER <= 3]");
    assertThat(explain(String.format(numbered, "rank()", "2 > n and o_orderkey > 5")))
        .contains("[first of each partition: RANK <= 1]");
    assertThat(explain(String.format(numbered, "dense_rank()", "n = 4")))
        .contains("[first of each partition: DENSE_RANK <= 4]");
    assertThat(explain(String.format(numbered, "row_number()", "n >= 3")))
        .doesNotContain("first of each");
    assertThat(explain(String.format(numbered, "row_number()", "n <= 3 or o_orderkey = 1")))
        .doesNotContain("first of each");
    assertThat(explain(String.format(numbered, "ntile(4)", "n <= 3")))
        .doesNotContain("first of each");
    assertThat(
            explain(
                "select * from (select row_number() over w as n, lead(o_orderkey) over w as l from"
                    + " orders window w as (partition by o_custkey order by o_orderdate)) t"
                    + " where n <= 3"))
        .doesNotContain("first of each");
  }

  @Test
  void q1ReadsSevenColumnsUnderAFilterThatIcebergSees() throws IOException {
    assertThat(tpch(1))
        .contains(
            "[l_quantity, l_extendedprice, l_discount, l_tax, l_returnflag, l_linestatus,"
                + " l_shipdate] [filter: l_shipdate <= DATE '1998-09-02']"
                + " [prune: ref(name=\"l_shipdate\") <= 10471]");
  }

  @Test
  void q3BuildsTheSmallerSides() throws IOException {
    String plan = tpch(3);
    assertThat(plan).contains("TopN [revenue DESC, o_orderdate] limit 10");
    int lineitem = plan.indexOf("TableScan main.lineitem");
    int orders = plan.indexOf("TableScan main.orders");
    int customer = plan.indexOf("TableScan main.customer");
    assertThat(lineitem).isLessThan(orders);
    assertThat(orders).isLessThan(customer);
    assertThat(plan).contains("[prune: ref(name=\"c_mktsegment\") == \"BUILDING\"]");
  }

  @Test
  void q6ComparesDiscountsAsTheyAreStored() throws IOException {
    assertThat(tpch(6))
        .contains("l_discount >= 0.05 AND l_discount <= 0.07 AND l_quantity < 24.00")
        .doesNotContain("CAST");
  }

  @Test
  void q12BuildsTheFilteredLineitems() throws IOException {
    String plan = tpch(12);
    assertThat(plan.indexOf("TableScan main.orders"))
        .isLessThan(plan.indexOf("TableScan main.lineitem"));
    assertThat(plan).contains("ref(name=\"l_shipmode\") in (\"MAIL\", \"SHIP\")");
  }

  @Test
  void q14BuildsPart() throws IOException {
    String plan = tpch(14);
    assertThat(plan.indexOf("TableScan main.lineitem"))
        .isLessThan(plan.indexOf("TableScan main.part"));
  }

  @Test
  void q16And21And22HaveAntiJoins() throws IOException {
    assertThat(tpch(16)).contains("NULL_AWARE_ANTI [ps_suppkey = s_suppkey]");
    assertThat(tpch(21))
        .contains("HashJoin RIGHT_SEMI", "HashJoin RIGHT_ANTI", "residual: l_suppkey <> l_suppkey");
    assertThat(tpch(22)).contains("HashJoin RIGHT_ANTI [o_custkey = c_custkey]");
  }

  @Test
  void predicatesCrossJoinsAndGroups() {
    assertThat(
            explain(
                "select x from (select o_custkey as x, count(*) c from orders group by o_custkey) q"
                    + " where x = 5 and c > 1"))
        .contains("[filter: o_custkey = 5]", "Filter [c > 1]");
    assertThat(
            explain(
                "select * from orders join customer on o_custkey = c_custkey where c_custkey = 7"))
        .contains("[filter: o_custkey = 7]", "[filter: c_custkey = 7]");
  }

  @Test
  void outerJoinsBecomeInnerWhereTheirNullsAreRejected() {
    assertThat(
            explain(
                "select * from orders left join customer on o_custkey = c_custkey where c_acctbal >"
                    + " 0"))
        .contains("HashJoin INNER");
    assertThat(
            explain(
                "select * from orders left join customer on o_custkey = c_custkey"
                    + " where c_acctbal is null"))
        .contains("HashJoin LEFT", "Filter [c_acctbal IS NULL]");
  }

  @Test
  void limitsReachTheScan() {
    assertThat(explain("select o_orderkey from orders limit 10 offset 5")).contains("[limit: 15]");
    assertThat(explain("select o_orderkey from orders order by 1 limit 10")).contains("TopN");
  }

  @Test
  void likeWithAPrefixPrunes() {
    assertThat(explain("select 1 from part where p_type like 'PROMO%' and p_size is not null"))
        .contains("startsWith \"\"PROMO\"\"", "not_null(ref(name=\"p_size\"))");
    assertThat(explain("select 1 from part where p_type like '%BRASS'")).doesNotContain("prune");
  }

  @Test
  void theValueOfAScalarSubQueryIsRare() {
    assertThat(
            explain(
                "SELECT count(*) FROM lineitem, orders, customer WHERE l_orderkey = o_orderkey AND"
                    + " o_custkey = c_custkey AND o_orderdate ="
                    + " (SELECT max(o_orderdate) FROM orders WHERE o_totalprice < 100)"))
        .containsPattern("HashJoin INNER \\[o_orderdate = .*]  \\(~30000 rows\\)")
        .containsPattern("HashJoin INNER \\[l_orderkey = o_orderkey]  \\(~120024 rows\\)");
  }

  @Test
  void whatCannotBeTrueReadsNothing() {
    assertThat(explain("select o_orderkey from orders where 1 = 0")).contains("Values [0 rows");
  }

  @Test
  void branchesThatCannotGiveRowsVanish() {
    String kinds =
        "with kinds as (select o_custkey as k, sum(o_totalprice) as v, 'o' as kind from orders"
            + " group by o_custkey union all select c_custkey, sum(c_acctbal), 'c' from customer"
            + " group by c_custkey) ";
    assertThat(explain(kinds + "select k, v from kinds where kind = 'c'"))
        .contains("TableScan main.customer")
        .doesNotContain("UNION", "Values", "Filter", "orders");
    assertThat(
            explain(
                kinds
                    + "select a.v, b.v from kinds a join kinds b on a.k = b.k"
                    + " where a.kind = 'c' and b.kind = 'o'"))
        .contains("HashJoin INNER", "TableScan main.customer", "TableScan main.orders")
        .doesNotContain("UNION", "Values", "Filter");
    assertThat(explain(kinds + "select k from kinds where kind = 'x'"))
        .doesNotContain("UNION", "TableScan");
    assertThat(
            explain(
                "select n_name from nation intersect select r_name from region where 1 = 2"
                    + " except select c_name from customer"))
        .doesNotContain("TableScan");
    assertThat(
            explain(
                "select n_name from nation except (select r_name from region where 1 = 2)"
                    + " except select c_name from customer"))
        .contains("EXCEPT", "nation", "customer")
        .doesNotContain("region", "Values");
    assertThat(
            explain(
                "select n_name from nation left join (select * from region where 1 = 2) r"
                    + " on n_regionkey = r_regionkey"))
        .contains("Join LEFT");
    assertThat(
            explain(
                "select n_name from nation join (select * from region where 1 = 2) r"
                    + " on n_regionkey = r_regionkey"))
        .doesNotContain("Join", "TableScan");
  }

  @Test
  void setOperationsGiveNoMoreRowsThanTheirInputs() {
    assertThat(
            explain("select l_orderkey from lineitem intersect all select n_nationkey from nation"))
        .contains("INTERSECT ALL  (~25 rows)");
    assertThat(explain("select n_nationkey from nation except all select l_orderkey from lineitem"))
        .contains("EXCEPT ALL  (~25 rows)");
  }

  @Test
  void aComparisonOfLargeInputsIsNoReasonToJoinThem() {
    String orders =
        "(select o_custkey, o_clerk, sum(o_totalprice) as v from orders, region, nation"
            + " where r_comment = o_comment and n_comment = o_comment and n_name = 'CHINA'"
            + " and o_orderstatus = 'F' and o_shippriority = 1 group by o_custkey, o_clerk) o";
    assertThat(
            explain(
                "select c_name, v from "
                    + orders
                    + ", customer, supplier where c_custkey = o_custkey and s_nationkey ="
                    + " c_nationkey and s_name <> o_clerk"))
        .doesNotContain("NestedLoopJoin");
    assertThat(
            explain(
                "select c_name from customer, orders, (select max(o_totalprice) as most from"
                    + " orders) m where c_custkey = o_custkey and o_totalprice > most"))
        .containsSubsequence("HashJoin", "NestedLoopJoin");
  }
}
