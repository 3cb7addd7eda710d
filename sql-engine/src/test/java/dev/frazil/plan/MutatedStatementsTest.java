package dev.frazil.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Statements with words swapped, dropped and doubled: planned, or refused with an SQLState. */
class MutatedStatementsTest {
  private static final int STATEMENTS = Rounds.of(1_500);

  private static final List<String> SEEDS =
      List.of(
          "select id , name , amount * 2 as x from t where id = 5 and name like 'a%' order by x limit 3",
          "select name , count ( * ) , sum ( amount ) from t group by name having count ( * ) > 1",
          "select t . id , s . v from t left join s on t . id = s . id where s . v is null or t . i in ( 1 , 2 )",
          "select * from t where id in ( select id from s where v > ? ) and not exists ( select 1 from s where s . id = t . id )",
          "select case when i > 1 then 'a' else name end , coalesce ( i , 0 ) , cast ( name as int ) from t",
          "select id from t union all select v from s order by 1",
          "select ( select max ( v ) from s where s . id = t . id ) from t",
          "with a as ( select id , i from t ) select * from a , s where a . id = s . id",
          "insert into s ( id , v ) values ( 1 , 2 ) , ( ? , default )",
          "insert into s select id , i from t where day > date '2020-01-01'",
          "update t set amount = amount + ? , name = upper ( name ) where id = 1",
          "delete from t where i between 1 and 5",
          "merge into t using s on t . id = s . id when matched and s . v > 1 then update set i = s . v when not matched then insert ( id , i ) values ( s . id , s . v )",
          "create table x ( a int not null , b decimal ( 10 , 2 ) ) partitioned by ( bucket ( 4 , a ) )",
          "select extract ( year from day ) , day + interval '1' month , ts :: date , tags [ 1 ] , t . r . a from t");

  @Test
  void noStatementBreaksThePlanner() {
    FakeTables tables =
        new FakeTables()
            .run(
                "create table t (id bigint not null, name varchar, amount decimal(15,2), day date,"
                    + " ts timestamp, i int, tags array(varchar), r row(a int, b varchar))",
                "create table s (id bigint, v int)");
    tables.rows("t", 100);
    long seed = Long.getLong("frazil.seed", 20261122L);
    System.out.println("MutatedStatementsTest: -Dfrazil.seed=" + seed);
    Random random = new Random(seed);
    List<String> words = new ArrayList<>();
    SEEDS.forEach(sql -> words.addAll(List.of(sql.split(" "))));
    SEEDS.forEach(tables::plan);
    int planned = 0;
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < STATEMENTS; i++) {
      String sql = mutate(SEEDS.get(i % SEEDS.size()), words, random);
      try {
        PhysicalPlanText.lines(tables.plan(sql));
        planned++;
      } catch (EngineException e) {
        if (e.state() == SqlState.INTERNAL_ERROR) {
          broken.add(sql + " => " + e.getMessage());
        }
      } catch (RuntimeException | AssertionError e) {
        broken.add(sql + " => " + e);
      }
    }
    System.out.println(
        "MutatedStatementsTest: " + STATEMENTS + " statements, " + planned + " planned");
    assertThat(broken).isEmpty();
    assertThat(planned).isBetween(STATEMENTS / 150, STATEMENTS - 1);
  }

  private static String mutate(String sql, List<String> words, Random random) {
    List<String> tokens = new ArrayList<>(List.of(sql.split(" ")));
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(tokens.size());
      switch (random.nextInt(4)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, tokens.get(at));
        case 2 -> tokens.set(at, words.get(random.nextInt(words.size())));
        default -> tokens.add(at, words.get(random.nextInt(words.size())));
      }
      if (tokens.isEmpty()) {
        return ";";
      }
    }
    return String.join(" ", tokens);
  }
}
