package dev.frazil.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.plan.PlannedStatement.CreateTable;
import dev.frazil.plan.PlannedStatement.Insert;
import dev.frazil.plan.PlannedStatement.Query;
import dev.frazil.plan.PlannedStatement.RowChange;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.parser.TableMode;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import java.math.BigDecimal;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of every kind and what they are planned to. */
class StatementCorpusTest {
  private static final FakeTables TABLES = new FakeTables();

  @BeforeAll
  static void create() {
    TABLES.run(
        "create schema archive",
        "create table archive.\"Mixed\" (\"Id\" int, \"value\" varchar)",
        "create table t (id bigint not null, name varchar, amount decimal(15,2), day date,"
            + " ts timestamp, tz timestamp with time zone, i int, f double, tags array(varchar),"
            + " m map(varchar, int), r row(a int, b varchar), u uuid, fx fixed(4))",
        "create table s (id bigint, v int)");
    TABLES.rows("t", 1000);
    TABLES.rows("s", 10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1;",
        "select * from t -- comment",
        "select id::int, '5'::decimal(10,2)::varchar, (i + 1)::bigint from t",
        "select at, at at time zone 'UTC' from (values (timestamp '2026-01-01 00:00:00')) as v (at) order by at",
        "select \"ID\", T.Name, t.\"name\" from main.T",
        "select day, t.day, year(day), extract(year from day) as \"year\" from t where day > date '2020-01-01'",
        "select \"Id\", value from ARCHIVE.mixed",
        "select count(*), count(distinct i), sum(amount) filter (where i > 1) from t group by name having count(*) > 1",
        "select i, name, grouping(i) from t group by rollup(i, name)",
        "select * from t join s using (id)",
        "select * from t natural join s",
        "select * from t left join s on t.id = s.id and s.v > 3 where name ilike 'A%'",
        "select * from t full join s on t.id = s.id",
        "select * from t, s where t.id = s.id or t.i = s.v",
        "select * from t where id in (select id from s) and exists (select 1 from s where s.id = t.id)",
        "select * from t where id not in (select id from s where s.v = t.i)",
        "select * from t where i > all (select v from s) or i = any (select v from s)",
        "select id, (select max(v) from s where s.id = t.id) from t",
        "with a as (select id from t), b as (select id from s) select * from a union select * from b",
        "select id from t except all select id from s order by 1 limit 5 offset 2",
        "select id from t intersect select id from s fetch first 3 rows only",
        "values (1, 'a'), (2, null)",
        "select case i when 1 then 'one' else name end, coalesce(name, 'x'), nullif(i, 0) from t",
        "select tags[1], m['a'], t.r.a, cardinality(tags) from t",
        "select array[1, 2], map['a', 1], row(1, 'x')",
        "select trim(both 'x' from name), substring(name from 2 for 3), position('a' in name) from t",
        "select ts + interval '1' hour, day - interval '3' month, current_date, current_timestamp from t",
        "select try_cast(name as int), cast(null as varchar), round(amount, 1), floor(f) from t",
        "select date_trunc('month', ts), floor(ts to day) from t",
        "select distinct name from t order by name nulls first",
        "select 'é漢😀' as text, X'00ff', date '2020-02-29', timestamp '2020-01-01 00:00:00.123456'",
        "select 1 union all select 2.5",
        "select * from (select id, name from t limit 10) as q where id > 5",
        "select a.id from t as a cross join lateral (select max(v) as x from s where s.id = a.id) as b"
      })
  void queries(String sql) {
    assertThat(TABLES.plan(sql)).as(sql).isInstanceOf(Query.class);
  }

  @Test
  void createTable() {
    CreateTable create =
        (CreateTable)
            TABLES.plan(
                "create table if not exists archive.events (id bigint, ts timestamp not null,"
                    + " region text comment 'where', price numeric(10, 2),"
                    + " primary key (id) not enforced)"
                    + " partitioned by (day(ts), bucket(16, id), truncate(4, region), region)"
                    + " with ('write.target-file-size-bytes' = '1000', format = 'PARQUET')");
    assertThat(create.identifier()).isEqualTo(TableIdentifier.of("archive", "events"));
    assertThat(create.mode()).isEqualTo(TableMode.IF_NOT_EXISTS);
    assertThat(create.schema().identifierFieldNames()).containsExactly("id");
    assertThat(create.schema().findField("id").isRequired()).isTrue();
    assertThat(create.schema().findField("region").doc()).isEqualTo("where");
    assertThat(create.schema().findField("price").type()).hasToString("decimal(10, 2)");
    assertThat(create.partitioning().fields())
        .extracting(field -> field.transform().toString())
        .containsExactly("day", "bucket[16]", "truncate[4]", "identity");
    assertThat(create.properties()).containsOnlyKeys("write.target-file-size-bytes");
  }

  @Test
  void createTableAs() {
    CreateTable create =
        (CreateTable)
            TABLES.plan("create table copy (a, b) as select id, sum(amount) from t group by id");
    assertThat(create.schema().findField("a").type()).hasToString("long");
    assertThat(create.schema().findField("b").type()).hasToString("decimal(38, 2)");
    assertThat(create.source()).isNotNull();
  }

  @Test
  void insertFillsAndCasts() {
    Insert insert =
        (Insert)
            TABLES.plan(
                "insert into t (amount, id, ts, day) values (5, 1, '2020-01-01 00:00:00.5', ?),"
                    + " (2.345, 2, default, date '2020-01-02')");
    PhysicalNode.Values values = (PhysicalNode.Values) insert.source();
    assertThat(values.columns()).hasSize(13);
    assertThat(values.rows().get(0).get(0)).isEqualTo(new Literal(1L, Primitive.BIGINT));
    assertThat(values.rows().get(0).get(2))
        .isEqualTo(new Literal(new BigDecimal("5.00"), new DecimalType(15, 2)));
    assertThat(values.rows().get(1).get(2))
        .isEqualTo(new Literal(new BigDecimal("2.35"), new DecimalType(15, 2)));
    assertThat(values.rows().get(0).get(4))
        .isEqualTo(new Literal(1_577_836_800_500_000L, Primitive.TIMESTAMP));
    assertThat(values.rows().get(0).get(1)).isEqualTo(new Literal(null, Primitive.VARCHAR));
    assertThat(insert.parameters()).containsExactly(Primitive.DATE);
  }

  @Test
  void rowChanges() {
    RowChange update =
        (RowChange)
            TABLES.plan(
                "update t as x set amount = x.amount * 2 where id = 5 and day > date '2020-01-01'");
    assertThat(update.rejectDuplicates()).isFalse();
    assertThat(update.filter().toString()).contains("id").contains("day");
    assertThat(update.source().columns()).hasSize(3 + 13);
    assertThat(update.source().columns().get(5).type()).isEqualTo(new DecimalType(15, 2));
    assertThat(TABLES.plan("delete from t")).isInstanceOf(PlannedStatement.Truncate.class);
    assertThat(TABLES.plan("delete from t where id in (select id from s)"))
        .isInstanceOf(RowChange.class);
    RowChange merge =
        (RowChange)
            TABLES.plan(
                "merge into t using (select * from s where v > 0) as src on t.id = src.id"
                    + " when matched and src.v > ? then update set i = src.v, name = 'hit'"
                    + " when matched then delete"
                    + " when not matched and src.v = 3 then do nothing"
                    + " when not matched then insert (id, i) values (src.id, src.v)");
    assertThat(merge.rejectDuplicates()).isTrue();
    assertThat(merge.parameters()).containsExactly(Primitive.INTEGER);
    assertThat(String.join("\n", PhysicalPlanText.lines(merge)))
        .contains("_pos IS NOT NULL AND v > ?1), 2", "RIGHT [id = id]");
  }

  @Test
  void parametersTakeTheTypeOfTheirContext() {
    assertThat(types("select id from t where amount + ? > 3"))
        .containsExactly(new DecimalType(15, 2));
    assertThat(
            types("select id from t where id = ? and name like ? and i in (?, ?) limit ? offset ?"))
        .containsExactly(
            Primitive.BIGINT,
            Primitive.VARCHAR,
            Primitive.INTEGER,
            Primitive.INTEGER,
            Primitive.BIGINT,
            Primitive.BIGINT);
    assertThat(
            types(
                "update t set amount = amount + ?, name = upper(?), i = coalesce(?, i) where ts >= ?"))
        .containsExactly(
            new DecimalType(15, 2), Primitive.VARCHAR, Primitive.INTEGER, Primitive.TIMESTAMP);
    assertThat(types("insert into s select ?, ?"))
        .containsExactly(Primitive.BIGINT, Primitive.INTEGER);
    assertThat(types("select 'a' || ?, ?, cast(? as date)"))
        .containsExactly(Primitive.VARCHAR, Primitive.VARCHAR, Primitive.DATE);
  }

  private static List<dev.frazil.type.SqlType> types(String sql) {
    return TABLES.plan(sql).parameters();
  }

  @Test
  void timeTravelReadsTheSnapshotAskedFor() {
    Table table = TABLES.rows("s", 5);
    long first = table.history().get(0).snapshotId();
    table.manageSnapshots().createTag("before", first).commit();
    for (String version : List.of("version as of " + first, "version as of 'before'")) {
      Query query = (Query) TABLES.plan("select s.v from s for " + version + " where s.id = 1");
      PhysicalNode.TableScan scan = scan(query.root());
      assertThat(scan.table().snapshotId()).isEqualTo(first);
      assertThat(scan.table().timeTravel()).isTrue();
      assertThat(query.results().get(0).origin()).isEqualTo(TableIdentifier.of("main", "s"));
    }
    Query now =
        (Query)
            TABLES.plan(
                "select * from s for system_time as of timestamp '2999-01-01 00:00:00' as x");
    assertThat(scan(now.root()).table().snapshotId())
        .isEqualTo(table.currentSnapshot().snapshotId());
  }

  private static PhysicalNode.TableScan scan(PhysicalNode node) {
    return node instanceof PhysicalNode.TableScan scan ? scan : scan(node.inputs().get(0));
  }

  @Test
  void sessionStatements() {
    assertThat(TABLES.plan("start transaction read only, isolation level serializable"))
        .isEqualTo(new PlannedStatement.StartTransaction(true, true, null));
    assertThat(TABLES.plan("begin"))
        .isEqualTo(new PlannedStatement.StartTransaction(null, null, null));
    assertThat(TABLES.plan("commit work;")).isEqualTo(new PlannedStatement.Commit());
    assertThat(TABLES.plan("rollback")).isEqualTo(new PlannedStatement.Rollback());
    assertThat(TABLES.plan("use ARCHIVE"))
        .isEqualTo(new PlannedStatement.UseSchema(Namespace.of("archive")));
    assertThat(TABLES.plan("set schema 'archive'"))
        .isEqualTo(new PlannedStatement.UseSchema(Namespace.of("archive")));
    assertThat(TABLES.plan("drop table if exists nothing"))
        .isEqualTo(
            new PlannedStatement.DropTable(TableIdentifier.of("main", "nothing"), true, false));
    Query tables = (Query) TABLES.plan("show tables in archive");
    assertThat(((PhysicalNode.Values) tables.root()).rows())
        .containsExactly(List.of(new Literal("Mixed", Primitive.VARCHAR)));
    Query columns = (Query) TABLES.plan("describe s");
    assertThat(((PhysicalNode.Values) columns.root()).rows()).hasSize(2);
    assertThat(TABLES.plan("explain select 1")).isInstanceOf(PlannedStatement.Explain.class);
  }
}
