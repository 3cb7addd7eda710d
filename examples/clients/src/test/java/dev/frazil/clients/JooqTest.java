package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.arrayAgg;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.jsonObject;
import static org.jooq.impl.DSL.key;
import static org.jooq.impl.DSL.lag;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.orderBy;
import static org.jooq.impl.DSL.partitionBy;
import static org.jooq.impl.DSL.rollup;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.trunc;
import static org.jooq.impl.DSL.values;
import static org.jooq.impl.DSL.year;

import dev.frazil.jdbc.FrazilDataSource;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.DatePart;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** jOOQ over Frazil: its dialect POSTGRES for statements, DEFAULT for metadata; see the guide. */
class JooqTest {
  private static final Table<Record> ORDERS = table(name("orders"));
  private static final Field<Long> ID = field(name("orders", "id"), SQLDataType.BIGINT);
  private static final Field<String> CUSTOMER =
      field(name("orders", "customer"), SQLDataType.VARCHAR);
  private static final Field<LocalDate> DAY = field(name("orders", "day"), SQLDataType.LOCALDATE);
  private static final Field<BigDecimal> AMOUNT =
      field(name("orders", "amount"), SQLDataType.DECIMAL(10, 2));
  private static final Field<LocalDateTime> CHANGED =
      field(name("orders", "changed"), SQLDataType.LOCALDATETIME);
  private static final Field<OffsetDateTime> AT =
      field(name("orders", "at"), SQLDataType.OFFSETDATETIME);
  private static final Field<UUID> CODE = field(name("orders", "code"), SQLDataType.UUID);
  private static final Field<byte[]> CONTENT = field(name("orders", "content"), SQLDataType.BLOB);
  private static final Field<Boolean> PAID = field(name("orders", "paid"), SQLDataType.BOOLEAN);
  private static final Field<Double> WEIGHT = field(name("orders", "weight"), SQLDataType.DOUBLE);
  private static final List<Field<?>> ALL =
      List.of(ID, CUSTOMER, DAY, AMOUNT, CHANGED, AT, CODE, CONTENT, PAID, WEIGHT);
  private static final LocalDate JANUARY = LocalDate.of(2026, 1, 31);
  private static final LocalDateTime NOON = JANUARY.atTime(12, 0, 0, 123_456_000);
  private static final OffsetDateTime POINT = OffsetDateTime.parse("2026-01-31T11:00:00Z");

  @TempDir Path folder;
  private String url = "";
  private DSLContext jooq = DSL.using(SQLDialect.POSTGRES);
  private DataSource database = new FrazilDataSource();

  @BeforeAll
  static void beQuiet() {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  @BeforeEach
  void makeTables() {
    url = "jdbc:iceberg:" + folder.resolve("shop");
    FrazilDataSource source = new FrazilDataSource();
    source.setUrl(url);
    database = source;
    jooq = DSL.using(database, SQLDialect.POSTGRES);
    jooq.execute(
        """
        CREATE TABLE orders (
          id bigint PRIMARY KEY, customer varchar NOT NULL, day date, amount decimal(10,2),
          changed timestamp, at timestamp with time zone, code uuid, content varbinary,
          paid boolean, weight double)""");
    jooq.insertInto(ORDERS)
        .columns(ID, CUSTOMER, DAY, AMOUNT, CHANGED, AT, CODE, CONTENT, PAID, WEIGHT)
        .values(1L, "ann", JANUARY, amount(9), NOON, POINT, new UUID(0, 1), bytes(), true, 1.5)
        .values(2L, "bob", JANUARY, amount(3), NOON, POINT, new UUID(-1, 2), bytes(), false, -2e10)
        .execute();
    jooq.insertInto(ORDERS).set(ID, 3L).set(CUSTOMER, "ann").set(AMOUNT, amount(1)).execute();
  }

  private static byte[] bytes() {
    return new byte[] {0, 1, -1};
  }

  private static BigDecimal amount(long whole) {
    return BigDecimal.valueOf(whole * 100, 2);
  }

  @Test
  void everyTypeComesBack() {
    Record row = jooq.select(ALL).from(ORDERS).where(CODE.eq(new UUID(-1, 2))).fetchSingle();
    assertThat(row.get(ID)).isEqualTo(2);
    assertThat(row.get(DAY)).isEqualTo(JANUARY);
    assertThat(row.get(AMOUNT)).isEqualTo(amount(3));
    assertThat(row.get(CHANGED)).isEqualTo(NOON);
    assertThat(row.get(AT)).isEqualTo(POINT);
    assertThat(row.get(CODE)).isEqualTo(new UUID(-1, 2));
    assertThat(row.get(CONTENT)).isEqualTo(bytes());
    assertThat(row.get(PAID)).isFalse();
    assertThat(row.get(WEIGHT)).isEqualTo(-2e10);
    assertThat(jooq.select(CONTENT, PAID).from(ORDERS).where(ID.eq(3L)).fetchSingle().intoList())
        .containsOnlyNulls();
  }

  /** All but bytes: their PostgreSQL literal is a text to Frazil. */
  @Test
  void literalsInTheText() {
    DSLContext inlined =
        DSL.using(
            database,
            SQLDialect.POSTGRES,
            new Settings().withStatementType(StatementType.STATIC_STATEMENT));
    inlined
        .insertInto(ORDERS)
        .columns(ID, CUSTOMER, DAY, AMOUNT, CHANGED, AT, CODE, PAID, WEIGHT)
        .values(4L, "it's \\", JANUARY, amount(9), NOON, POINT, new UUID(0, 4), true, 1e9)
        .execute();
    Record row = inlined.select(ALL).from(ORDERS).where(CUSTOMER.eq("it's \\")).fetchSingle();
    assertThat(row.get(CHANGED)).isEqualTo(NOON);
    assertThat(row.get(AT)).isEqualTo(POINT);
    assertThat(row.get(WEIGHT)).isEqualTo(1e9);
  }

  @Test
  void queries() {
    assertThat(jooq.select(ID).from(ORDERS).orderBy(AMOUNT.desc().nullsLast()).limit(2).fetch(ID))
        .containsExactly(1L, 2L);
    assertThat(
            jooq.select(CUSTOMER, sum(AMOUNT), count())
                .from(ORDERS)
                .groupBy(rollup(CUSTOMER))
                .orderBy(CUSTOMER.nullsLast())
                .fetch(sum(AMOUNT)))
        .containsExactly(amount(10), amount(3), amount(13));
    assertThat(
            jooq.select(
                    rowNumber().over(partitionBy(CUSTOMER).orderBy(ID)),
                    lag(ID).over(orderBy(ID)),
                    sum(AMOUNT).over(orderBy(ID).rowsUnboundedPreceding()))
                .from(ORDERS)
                .orderBy(ID)
                .fetch()
                .intoArrays())
        .isDeepEqualTo(
            new Object[][] {{1, null, amount(9)}, {1, 1L, amount(12)}, {2, 2L, amount(13)}});
    assertThat(
            jooq.select(year(DAY), trunc(CHANGED, DatePart.MONTH), CUSTOMER.concat("!"))
                .from(ORDERS)
                .where(CUSTOMER.likeIgnoreCase("A%").and(DAY.isNotNull()))
                .fetchSingle()
                .intoList())
        .containsExactly(2026, LocalDateTime.of(2026, 1, 1, 0, 0), "ann!");
    assertThat(
            jooq.select(countDistinct(CUSTOMER), arrayAgg(CUSTOMER).orderBy(ID))
                .from(ORDERS)
                .fetchSingle()
                .value2())
        .containsExactly("ann", "bob", "ann");
    assertThat(
            jooq.fetchValues(
                select(ID)
                    .from(ORDERS)
                    .where(row(ID, CUSTOMER).in(List.of(row(1L, "ann"), row(2L, "x"))))))
        .containsExactly(1L);
    assertThat(jooq.fetchCount(ORDERS)).isEqualTo(3);
    assertThat(jooq.fetchExists(ORDERS, ID.eq(9L))).isFalse();
    assertThat(
            jooq.select(jsonObject(key("id").value(ID)))
                .from(ORDERS)
                .where(ID.eq(1L))
                .fetchSingle()
                .value1()
                .data())
        .isEqualToIgnoringWhitespace("{\"id\": 1}");
  }

  /**
   * A parameter that stands alone is text to Frazil: a recursion wants its first value in the text.
   */
  @Test
  void aRecursionBeginsWithAnInlineValue() {
    Field<Integer> n = field(name("n"), SQLDataType.INTEGER);
    assertThat(
            jooq.withRecursive("r", "n")
                .as(select(inline(1)).unionAll(select(n.plus(1)).from(name("r")).where(n.lt(5))))
                .selectFrom(name("r"))
                .fetch())
        .hasSize(5);
  }

  @Test
  void nestedCollections() {
    Table<Record> other = ORDERS.as("o");
    Field<Long> otherId = field(name("o", "id"), SQLDataType.BIGINT);
    Field<String> otherCustomer = field(name("o", "customer"), SQLDataType.VARCHAR);
    assertThat(
            jooq.select(
                    CUSTOMER,
                    multiset(select(otherId).from(other).where(otherCustomer.eq(CUSTOMER)))
                        .convertFrom(rows -> rows.map(Record1::value1)))
                .from(ORDERS)
                .where(ID.eq(1L))
                .fetchSingle()
                .value2())
        .containsExactlyInAnyOrder(1L, 3L);
  }

  @Test
  void changesAndWhatTheyReturn() {
    assertThat(
            jooq.insertInto(ORDERS)
                .set(ID, 4L)
                .set(CUSTOMER, "cy")
                .returning(CUSTOMER)
                .fetchSingle(CUSTOMER))
        .isEqualTo("cy");
    assertThat(
            jooq.update(ORDERS)
                .set(AMOUNT, AMOUNT.plus(1))
                .where(CUSTOMER.eq("ann"))
                .returningResult(AMOUNT)
                .fetchSet(AMOUNT))
        .containsExactlyInAnyOrder(amount(10), amount(2));
    assertThat(
            jooq.insertInto(ORDERS)
                .columns(ID, CUSTOMER)
                .values(1L, "dee")
                .onConflict(ID)
                .doUpdate()
                .set(CUSTOMER, excluded(CUSTOMER))
                .execute())
        .isEqualTo(1);
    Field<Long> newId = field(name("s", "id"), SQLDataType.BIGINT);
    Field<String> newCustomer = field(name("s", "customer"), SQLDataType.VARCHAR);
    assertThat(
            jooq.mergeInto(ORDERS)
                .using(values(row(1L, "eve"), row(9L, "flo")).as("s", "id", "customer"))
                .on(ID.eq(newId))
                .whenMatchedThenUpdate()
                .set(CUSTOMER, newCustomer)
                .whenNotMatchedThenInsert(ID, CUSTOMER)
                .values(newId, newCustomer)
                .execute())
        .isEqualTo(2);
    assertThat(jooq.select(CUSTOMER).from(ORDERS).orderBy(ID).fetch(CUSTOMER))
        .containsExactly("eve", "bob", "ann", "cy", "flo");
    assertThat(jooq.deleteFrom(ORDERS).where(ID.gt(3L)).execute()).isEqualTo(2);
    assertThatThrownBy(() -> jooq.insertInto(ORDERS).set(ID, 1L).set(CUSTOMER, "x").execute())
        .isInstanceOf(IntegrityConstraintViolationException.class)
        .isInstanceOfSatisfying(
            DataAccessException.class, e -> assertThat(e.sqlState()).isEqualTo("23505"));
  }

  @Test
  void batchesAndLoads() throws Exception {
    assertThat(
            jooq.batch(jooq.insertInto(ORDERS).columns(ID, CUSTOMER).values((Long) null, null))
                .bind(10L, "a")
                .bind(11L, "b")
                .execute())
        .containsExactly(1, 1);
    assertThat(
            jooq.loadInto(ORDERS)
                .bulkAfter(100)
                .loadArrays(
                    Stream.iterate(20L, id -> id + 1)
                        .limit(500)
                        .map(id -> new Object[] {id, "c" + id})
                        .toArray(Object[][]::new))
                .fields(ID, CUSTOMER)
                .execute()
                .stored())
        .isEqualTo(500);
    assertThat(jooq.fetchCount(ORDERS)).isEqualTo(505);
  }

  @Test
  void transactionsAndTheOnesWithinThem() {
    jooq.transaction(
        outer -> {
          outer.dsl().deleteFrom(ORDERS).where(ID.eq(1L)).execute();
          assertThatThrownBy(
                  () ->
                      outer
                          .dsl()
                          .transaction(
                              inner -> {
                                inner.dsl().deleteFrom(ORDERS).execute();
                                throw new IllegalStateException("no");
                              }))
              .isInstanceOf(IllegalStateException.class);
          assertThat(outer.dsl().fetchCount(ORDERS)).isEqualTo(2);
        });
    assertThat(jooq.fetchCount(ORDERS)).isEqualTo(2);
  }

  @Test
  void rowsStream() {
    try (Cursor<Record1<Integer>> rows =
        jooq.select(field("x", SQLDataType.INTEGER))
            .from("generate_series(1, 10000000) g(x)")
            .fetchSize(100)
            .fetchLazy()) {
      assertThat(rows.fetchNext(3).map(Record1::value1)).containsExactly(1, 2, 3);
    }
  }
}
