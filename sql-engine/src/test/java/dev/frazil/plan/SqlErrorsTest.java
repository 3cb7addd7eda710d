package dev.frazil.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a statement is told by SQLState, position and a hint. */
class SqlErrorsTest {
  private static final FakeTables TABLES = new FakeTables();

  @BeforeAll
  static void create() {
    TABLES.run(
        "create table customer (id bigint not null, name varchar, balance decimal(15,2), born date)",
        "create table orders (id bigint, customer_id bigint, total decimal(15,2), ts timestamp)",
        "create schema archive");
    TABLES.rows("customer", 10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          selec 1 | 42601 | line 1, column 1: expected a statement
          select * fro customer | 42601 | line 1, column 14
          select 1 + from customer | 42601 | line 1, column 10
          select 'open | 42601 | this string is not closed
          select 1 /* open | 42601 | this comment is not closed
          select (1 from customer | 42601 | line 1, column 11
          values (sum(1) over ()) | 42P20 | VALUES
          select 1 from customer order by 5 | 42P10 | Ordinal
          select sum(id) over nosuch from customer | 42704 | nosuch
          select (1, 2) = (select null) | 42804 | a row of 2 values
          select id from customer qualify id > 1 | 42P20 | QUALIFY
          select count(*), unnest(array[1]) | 0A000 | unnest in a SELECT list
          select 1e400 | 22003 | out of range
          select 1 where row(true) | 42804 | must be a condition
          select * from customer a join customer b on row(true) | 42804 | must be a condition
          select * from unnest(null) u (x) | 42804 | not NULL: CAST it
          select row(1, 'a')[null] | 42703 | a row has no such field
          select row(1, 'a')[3] | 42000 | legal range is 1 to 2
          select * from customer a join customer b on grouping(a.id) = 1 | 42000 | GROUPING
          select floor(interval '1' day) | 0A000 | FLOOR of an interval
          select '' between uuid '123e4567-e89b-12d3-a456-426614174000' and cast(1 as real) | 42804 | BETWEEN
          select single_value(id) from customer | 42883 | single_value
          select 1 from customer a asof join orders b using (id) | 42601 | MATCH_CONDITION and ON
          select 1; select 2 | 42601 | only one statement
          insert into customer | 42601 | expected VALUES, SELECT or TABLE
          insert into customer values (1, 2) | 42601 | 4 columns but 2 values
          insert into customer (id) values (1) on duplicate key update id = 2 | 0A000 | write ON CONFLICT
          create table x | 42601 | expected "(" and columns, or AS and a query
          create table x (a intt) | 42601 | there is no type "intt"
          create table x (a decimal(39)) | 42601 | must be 1 to 38
          create table x (a int) partitioned by (weeks(a)) | 42601 | no partition transform
          merge into customer using orders on true | 42601 | expected WHEN
          update customer balance = 1 | 42601 | expected SET
          select * from custmer | 42P01 | did you mean customer?
          select * from archive.customer | 42P01 | archive.customer
          select * from nowhere.customer | 42P01 | "nowhere" does not exist
          delete from custmer where id = 1 | 42P01 | did you mean customer?
          select nam from customer | 42703 | did you mean name?
          select c.nam from customer c | 42703 | did you mean name?
          insert into customer (idd) values (1) | 42703 | did you mean id?
          update customer set nam = 'x' | 42703 | did you mean name?
          create table x (a int) partitioned by (day(b)) | 42703 | PARTITIONED BY
          select id from customer, orders | 42702 | ambiguous
          select 1 from customer c join orders o on c.id = o.id join orders p using (id) | 42702 | column "id" is ambiguous
          select 1 from customer c join orders o on c.id = o.id natural join orders p | 42702 | column "id" is ambiguous
          select id from customer c full join orders o using (id), orders p | 42702 | column "id" is ambiguous
          select 1 from orders p join (customer c cross join orders o) using (id) | 42702 | column "id" is ambiguous
          select 1 from customer c join (select id, ID from orders) o using (id) | 42702 | not unique on one side
          select nofunction(id) from customer | 42883 | there is no function nofunction
          select uper(name) from customer | 42883 | did you mean upper?
          select name + born from customer | 42804 | +
          insert into customer (born) select id from orders | 42804 | "born" is date
          create table x (a varchar) partitioned by (day(a)) | 42804 | cannot partition by day
          select name, count(*) from customer | 42803 | name is neither in GROUP BY
          select name from customer group by id | 42803 | (line 1, column 8)
          select * from customer having count(*) > 1 | 42803 | GROUP BY
          select sum(count(id)) from customer | 42803 | nested
          select id from customer where sum(id) > 1 | 42803 | WHERE
          create table x (a int, A int) | 42701 | named twice
          insert into customer (id, ID) values (1, 2) | 42701 | named twice
          update customer set id = 1, id = 2 | 42701 | set twice
          drop schema nowhere | 3F000 | nowhere
          create table nowhere.x (a int) | 3F000 | CREATE SCHEMA
          select date '2026-13-01' | 22007 | is not a date
          select timestamp '2026-01-01 25:00:00' | 22007 | is not a timestamp
          select * from customer for version as of 5 | 22023 | no snapshot 5
          select * from customer for version as of 'nobranch' | 22023 | no branch or tag
          select * from customer for timestamp as of '1999-01-01' | 22023 | no snapshot as old as
          update customer for version as of 5 set id = 1 | 0A000 | earlier time
          create or replace schema x | 0A000 | CREATE OR
          create table x (a int) clustered by (a) into 4 buckets | 0A000 | CLUSTERED
          create table x (like customer including indexes) | 0A000 | INCLUDING INDEXES
          create table x (a int) with (sorted_by = array['b']) | 42703 | WRITE ORDERED BY
          replace into customer values (1) | 0A000 | REPLACE
          create materialized view v as select 1 | 0A000 | CREATE MATERIALIZED
          create table x (a int unique not enforced) | 0A000 | NOT ENFORCED
          create table x (a timestamp(9)) | 0A000 | format version 2
          create table x (a variant) | 0A000 | type variant
          create table x (a int generated always as identity) | 0A000 | GENERATED AS IDENTITY
          select distinct id from customer order by id fetch first 3 rows with ties | 0A000 | WITH TIES
          select id from customer fetch first 10 percent rows only | 0A000 | PERCENT
          select * from customer group by all | 0A000 | GROUP BY ALL
          select * from customer order by all | 0A000 | ORDER BY ALL
          select distinct on (name) id from customer qualify rank() over (order by id) = 1 | 0A000 | DISTINCT ON
          select cast('01.02.2024' as date format 'DD.MM.YYYY') | 0A000 | FORMAT
          select (date '2024-01-01', date '2024-02-01') contains date '2024-02-01' | 0A000 | CONTAINS
          select 7 // 2 | 0A000 | //
          select true xor false | 0A000 | XOR
          select 7 div 2 | 0A000 | DIV
          select name regexp 'a' from customer | 0A000 | REGEXP
          select name rlike 'a' from customer | 0A000 | RLIKE
          select name glob 'a*' from customer | 0A000 | GLOB
          select name collate "de_DE" from customer | 0A000 | COLLATE "de_DE"
          select name collate pg_catalog."C" from customer | 0A000 | COLLATE "pg_catalog"
          select top 2 id from customer | 0A000 | TOP
          select id into x from customer | 0A000 | INTO
          select @x | 0A000 | @
          select id from customer limit 1, 2 | 0A000 | LIMIT offset, count
          select id from customer limit (select 1) | 0A000 | a sub-query in LIMIT
          select substring(name similar 'a#"b#"c' escape '#') from customer | 0A000 | SIMILAR
          select * from (select id, name from customer) pivot (count(*) for name in (?)) | 42601 | wants a name
          select (select sum(c.id) from orders) from customer c | 0A000 | an aggregate of columns of an outer query
          select * exclude (nope) from customer | 42703 | "nope"
          select 10x | 42601 | follow a number
          select id as a from customer union corresponding select id as b from customer | 42601 | CORRESPONDING needs a column
          select id from customer except corresponding by (id, nope) select id from customer | 42703 | "nope"
          select id, name as id from customer union all by name select id from customer | 42702 | "id"
          select id + 1 from customer union all by name select id from customer | 0A000 | BY NAME
          select id from customer except by name select id from customer | 0A000 | BY NAME
          select id from customer where name like any () | 42601 | needs patterns
          select id from customer where name !~ any ('a', 'b') | 42601 | any
          select id from customer where count(*) like any (select name from customer) | 0A000 | an aggregate in a lambda
          select * from customer match_recognize (order by id measures a.id as i pattern (a) define a as a.id > 1) | 0A000 | MATCH_RECOGNIZE
          with recursive r (n) as (select 1 union all select n + 1 from r) search depth first by n set o select n from r | 0A000 | SEARCH
          with recursive r (n) as (select 1 union all select n + 1 from r) cycle n set c using p select n from r | 0A000 | CYCLE
          select name is json with unique keys from customer | 0A000 | UNIQUE KEYS
          select nth_value(id, 2) from last over (order by id) from customer | 0A000 | FROM LAST
          select id from customer tablesample reservoir (5) | 0A000 | RESERVOIR
          select cast('1' as interval day) | 0A000 | INTERVAL
          select id from customer for update | 0A000 | FOR UPDATE
          select 1 from orders o right join lateral (select o.id as n) l on true | 42P10 | other side of RIGHT JOIN
          select 1 from orders o full join lateral (select o.id as n) l on true | 42P10 | other side of FULL JOIN
          select 1 from orders o, customer c right join lateral (select c.id as n) l on l.n = c.id | 42P10 | cannot read the other side of RIGHT JOIN
          """)
  void tellsWhatIsWrong(String sql, String state, String fragment) {
    EngineException error = catchThrowableOfType(EngineException.class, () -> TABLES.plan(sql));
    assertThat(error).as(sql).isNotNull();
    assertThat(error.state().code()).as(error.getMessage()).isEqualTo(state);
    assertThat(error.getMessage()).contains(fragment);
  }

  @Test
  void positionsAreThoseOfTheStatementNotOfWhatCalciteSaw() {
    String sql =
        "-- a comment\nupdate customer\n  set name = 'x'::varchar,\n      balance = nonsense\nwhere id = 1";
    EngineException error = catchThrowableOfType(EngineException.class, () -> TABLES.plan(sql));
    assertThat(error.state()).isEqualTo(SqlState.UNDEFINED_COLUMN);
    assertThat(error.getMessage()).contains("line 4, column 17");
  }

  @Test
  void dangerousFunctionsAndSchemasOfCalciteAreUnknown() {
    for (String call :
        new String[] {
          "extractvalue('<a/>', '/a')",
          "xmltransform('<a/>', '<b/>')",
          "existsnode('<a/>', '/a')",
          "json_storage_size('{}')",
          "session_user()",
          "user()",
          "load_file('/etc/passwd')",
          "system('ls')"
        }) {
      EngineException error =
          catchThrowableOfType(EngineException.class, () -> TABLES.plan("select " + call));
      assertThat(error).as(call).isNotNull();
      assertThat(error.state())
          .as(call + ": " + error.getMessage())
          .isIn(
              SqlState.UNDEFINED_FUNCTION,
              SqlState.UNDEFINED_COLUMN,
              SqlState.SYNTAX_ERROR,
              SqlState.FEATURE_NOT_SUPPORTED);
    }
    EngineException metadata =
        catchThrowableOfType(
            EngineException.class, () -> TABLES.plan("select * from metadata.\"TABLES\""));
    assertThat(metadata.state()).isEqualTo(SqlState.UNDEFINED_TABLE);
  }

  @Test
  void statementsThatWouldTakeForeverAreRefused() {
    String deep = "select " + "(".repeat(300) + "1" + ")".repeat(300);
    EngineException nested = catchThrowableOfType(EngineException.class, () -> TABLES.plan(deep));
    assertThat(nested.state()).isEqualTo(SqlState.LIMIT_EXCEEDED);
    StringBuilder chain = new StringBuilder("select 1 from customer where id = 0");
    for (int i = 0; i < 200_000; i++) {
      chain.append(" or name = 'x' and id <> ").append(i);
    }
    EngineException chained =
        catchThrowableOfType(EngineException.class, () -> TABLES.plan(chain.toString()));
    assertThat(chained.state()).isEqualTo(SqlState.LIMIT_EXCEEDED);
    // The planner is as good as before.
    assertThat(TABLES.plan("select id from customer")).isInstanceOf(PlannedStatement.Query.class);
  }
}
