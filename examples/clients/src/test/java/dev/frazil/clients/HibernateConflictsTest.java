package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.clients.ShopEntities.Customer;
import dev.frazil.clients.ShopEntities.Purchase;
import dev.frazil.clients.ShopEntities.State;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import java.util.UUID;
import org.hibernate.TransactionException;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lost updates, locks and keys: what another transaction may not break. */
@Tag("slow")
class HibernateConflictsTest extends HibernateFixture {
  @Test
  void theVersionFindsALostUpdate() {
    UUID id = fill();
    Purchase stale = factory.fromSession(session -> session.find(Purchase.class, id));
    factory.inTransaction(session -> session.find(Purchase.class, id).state = State.PAID);
    stale.gift = true;
    assertThatThrownBy(() -> factory.inTransaction(session -> session.merge(stale)))
        .isInstanceOf(OptimisticLockException.class);
  }

  /** Without a version the database finds it: the transaction that commits second is 40001. */
  @Test
  void theDatabaseFindsALostUpdate() {
    fill();
    assertThatThrownBy(
            () ->
                factory.inTransaction(
                    session -> {
                      Customer mine = session.find(Customer.class, 1L);
                      factory.inTransaction(other -> other.find(Customer.class, 1L).name = "anne");
                      mine.name = "anna";
                    }))
        .isInstanceOf(TransactionException.class)
        .rootCause()
        .hasMessageContaining("customers");
    assertThat(list("select name from Customer where id = 1", String.class))
        .containsExactly("anne");
  }

  /** No row is locked: who reads with a lock and commits second is told, as without one. */
  @Test
  void aPessimisticLockIsOneThatShowsAtCommit() {
    fill();
    assertThatThrownBy(
            () ->
                factory.inTransaction(
                    session -> {
                      Customer mine =
                          session.find(Customer.class, 1L, LockModeType.PESSIMISTIC_WRITE);
                      factory.inTransaction(other -> other.find(Customer.class, 1L).name = "anne");
                      session.persist(new Customer(3, mine.name + " too"));
                    }))
        .isInstanceOf(TransactionException.class);
    assertThat(list("select name from Customer order by id", String.class))
        .containsExactly("anne", "bob");
  }

  @Test
  void keysAreKept() {
    fill();
    assertThatThrownBy(
            () -> factory.inTransaction(session -> session.persist(new Customer(1, "cy"))))
        .isInstanceOf(ConstraintViolationException.class);
    assertThatThrownBy(
            () -> factory.inTransaction(session -> session.persist(new Customer(3, "ann"))))
        .isInstanceOf(ConstraintViolationException.class);
  }
}
