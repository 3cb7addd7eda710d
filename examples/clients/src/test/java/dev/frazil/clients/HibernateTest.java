package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.clients.ShopEntities.Customer;
import dev.frazil.clients.ShopEntities.Purchase;
import dev.frazil.clients.ShopEntities.State;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** Hibernate over Frazil by the dialect of this module: docs/guides/hibernate.md. */
class HibernateTest extends HibernateFixture {
  @Test
  void everyTypeComesBack() {
    Instant at = Instant.parse("2026-01-31T11:00:00.123456Z");
    UUID id =
        factory.fromTransaction(
            session -> {
              Purchase purchase = new Purchase(null, "12.34", DAY);
              purchase.time = LocalTime.of(23, 59, 58);
              purchase.changed = LocalDateTime.of(2026, 3, 29, 2, 30, 0, 654_321_000);
              purchase.at = at;
              purchase.sent = OffsetDateTime.parse("2026-01-31T12:00:00+01:00");
              purchase.gift = true;
              purchase.weight = 1e-3;
              purchase.share = 0.25f;
              purchase.pieces = -3;
              purchase.content = new byte[] {0, 1, -1};
              purchase.tags = new String[] {"a", "it's b"};
              purchase.sizes = List.of(3, 5);
              purchase.note = "ä".repeat(10_000);
              session.persist(purchase);
              return purchase.id;
            });
    assertThat(id.version()).isEqualTo(7);
    factory.inSession(
        session -> {
          Purchase found = session.find(Purchase.class, id);
          assertThat(found.amount).isEqualByComparingTo("12.34");
          assertThat(found.state).isEqualTo(State.OPEN);
          assertThat(found.day).isEqualTo(DAY);
          assertThat(found.time).isEqualTo(LocalTime.of(23, 59, 58));
          assertThat(found.changed).isEqualTo(LocalDateTime.of(2026, 3, 29, 2, 30, 0, 654_321_000));
          assertThat(found.at).isEqualTo(at);
          assertThat(found.sent.toInstant()).isEqualTo("2026-01-31T11:00:00Z");
          assertThat(found.gift).isTrue();
          assertThat(found.weight).isEqualTo(1e-3);
          assertThat(found.share).isEqualTo(0.25f);
          assertThat(found.pieces).isEqualTo((short) -3);
          assertThat(found.content).containsExactly(0, 1, -1);
          assertThat(found.tags).containsExactly("a", "it's b");
          assertThat(found.sizes).containsExactly(3, 5);
          assertThat(found.note).hasSize(10_000);
        });
  }

  @Test
  void arraysInQueries() {
    factory.inTransaction(
        session -> {
          Purchase purchase = new Purchase(null, "1", DAY);
          purchase.tags = new String[] {"new", "blue"};
          session.persist(purchase);
        });
    assertThat(
            list(
                "select array_length(tags), tags[1] from Purchase where array_contains(tags, 'blue')",
                Object[].class))
        .containsExactly(new Object[] {2, "new"});
  }

  @Test
  void changesCascadeToWhatIsNew() {
    UUID id = fill();
    factory.inTransaction(
        session -> {
          Purchase purchase = session.find(Purchase.class, id);
          purchase.state = State.PAID;
          session.remove(session.find(Purchase.class, purchases(session).get(0)));
          Customer bob = Hibernate.unproxy(purchase.customer, Customer.class);
          assertThat(bob.phones).isEmpty();
          bob.phones.add("3");
        });
    assertThat(list("select version from Purchase where state = PAID", Integer.class))
        .containsExactly(1);
    assertThat(list("select count(*) from Purchase", Long.class)).containsExactly(9L);
    assertThat(list("select p from Customer c join c.phones p where c.name = 'bob'", String.class))
        .containsExactly("3");
  }

  private static List<UUID> purchases(Session session) {
    return session.createSelectionQuery("select id from Purchase order by day", UUID.class).list();
  }

  @Test
  void queries() {
    fill();
    assertThat(
            list(
                """
                select c.name, count(p), sum(p.amount), max(p.day)
                from Customer c left join c.purchases p
                group by c.name having count(p) > 1 order by c.name desc""",
                Object[].class))
        .containsExactly(
            new Object[] {"bob", 5L, new BigDecimal("27.50"), DAY.plusDays(9)},
            new Object[] {"ann", 5L, new BigDecimal("22.50"), DAY.plusDays(8)});
    assertThat(
            list(
                "select c from Customer c join fetch c.purchases p where p.amount > 8 order by c.id",
                Customer.class))
        .hasSize(2)
        .allSatisfy(customer -> assertThat(customer.purchases).hasSize(1));
    assertThat(
            factory.<List<BigDecimal>>fromSession(
                session ->
                    session
                        .createSelectionQuery(
                            "select amount from Purchase where customer.name like :name"
                                + " and day in :days order by amount",
                            BigDecimal.class)
                        .setParameter("name", "a%")
                        .setParameter("days", List.of(DAY, DAY.plusDays(1), DAY.plusDays(2)))
                        .list()))
        .containsExactly(new BigDecimal("0.50"), new BigDecimal("2.50"));
    assertThat(
            factory.<List<BigDecimal>>fromSession(
                session ->
                    session
                        .createSelectionQuery(
                            "select amount from Purchase order by amount", BigDecimal.class)
                        .setFirstResult(3)
                        .setMaxResults(2)
                        .list()))
        .containsExactly(new BigDecimal("3.50"), new BigDecimal("4.50"));
    assertThat(
            list(
                """
                select p.amount, rank() over (partition by p.customer.id order by p.amount desc)
                from Purchase p order by p.amount desc limit 2""",
                Object[].class))
        .extracting(row -> row[1])
        .containsExactly(1L, 1L);
    assertThat(
            list(
                """
                with big as (select p.customer.id as customer from Purchase p where p.amount > 8)
                select c.name from Customer c where c.id in (select customer from big)
                and exists (select 1 from Purchase p where p.customer = c)
                order by c.name""",
                String.class))
        .containsExactly("ann", "bob");
  }

  @Test
  void functions() {
    fill();
    assertThat(
            list(
                    """
                select year(p.day), month(p.day), extract(day of week from p.day),
                  p.day + 1 day, (p.day - date 2026-01-01) by day, format(p.day as 'yyyy/MM'),
                  upper(c.name) || '!', length(c.name), substring(c.name, 2, 1),
                  coalesce(p.note, 'none'), cast(p.amount as Integer), round(p.amount, 0),
                  case when p.gift then 'gift' else 'bought' end, locate('n', c.name),
                  trunc(p.day, month), left(c.name, 1), replace(c.name, 'n', 'm')
                from Purchase p join p.customer c where p.day = date 2026-01-31""",
                    Object[].class)
                .get(0))
        .containsExactly(
            2026,
            1,
            7,
            DAY.plusDays(1),
            30L,
            "2026/01",
            "ANN!",
            3,
            "n",
            "none",
            1,
            new BigDecimal("1"),
            "bought",
            2,
            LocalDate.of(2026, 1, 1),
            "a",
            "amm");
    assertThat(
            list(
                    "select listagg(p.state, ',') within group (order by p.day), stddev(p.weight)"
                        + " from Purchase p where p.day < date 2026-02-02",
                    Object[].class)
                .get(0)[0])
        .isEqualTo("OPEN,OPEN");
    assertThat(list("select current_date, local datetime, instant", Object[].class)).hasSize(1);
  }

  @Test
  void statementsThatChangeManyRows() {
    fill();
    factory.inTransaction(
        session -> {
          assertThat(
                  session
                      .createMutationQuery(
                          "update Purchase set state = PAID, amount = amount + 1 where amount < 5")
                      .executeUpdate())
              .isEqualTo(5);
          assertThat(
                  session
                      .createMutationQuery("delete from Purchase where state = PAID")
                      .executeUpdate())
              .isEqualTo(5);
          assertThat(
                  session
                      .createMutationQuery(
                          "insert into Customer (id, name, email)"
                              + " select c.id + 10, c.name, c.email || '.new' from Customer c")
                      .executeUpdate())
              .isEqualTo(2);
        });
    assertThat(list("select id from Customer order by id", Long.class))
        .containsExactly(1L, 2L, 11L, 12L);
  }

  @Test
  void streamsAndNativeQueries() {
    fill();
    factory.inSession(
        session -> {
          try (var amounts =
              session
                  .createSelectionQuery(
                      "select amount from Purchase order by amount", BigDecimal.class)
                  .setFetchSize(2)
                  .getResultStream()) {
            assertThat(amounts.limit(2)).hasSize(2);
          }
          assertThat(
                  session
                      .createNativeQuery("SELECT * FROM customers WHERE id = :id", Customer.class)
                      .setParameter("id", 1)
                      .getSingleResult()
                      .name)
              .isEqualTo("ann");
        });
  }
}
