package dev.frazil.clients;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.UuidGenerator;

/** Entities of the tests of Hibernate. */
final class ShopEntities {
  private ShopEntities() {}

  /** Whether an order is paid. */
  enum State {
    OPEN,
    PAID
  }

  /** Key assigned by the program. */
  @Entity(name = "Customer")
  @Table(name = "customers", uniqueConstraints = @UniqueConstraint(columnNames = "email"))
  static class Customer {
    @Id long id;
    String name;
    String email;

    @OneToMany(mappedBy = "customer")
    List<Purchase> purchases = new ArrayList<>();

    @ElementCollection(fetch = FetchType.EAGER)
    Set<String> phones = new HashSet<>();

    Customer() {}

    Customer(long id, String name) {
      this.id = id;
      this.name = name;
      this.email = name + "@example.org";
    }
  }

  /** Key made by Hibernate, a UUID that ascends; a version against lost updates. */
  @Entity(name = "Purchase")
  @Table(name = "purchases")
  static class Purchase {
    @Id
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
    UUID id;

    @Version int version;

    @ManyToOne(fetch = FetchType.LAZY)
    Customer customer;

    @Enumerated(EnumType.STRING)
    State state = State.OPEN;

    BigDecimal amount;
    LocalDate day;
    LocalTime time;
    LocalDateTime changed;
    Instant at;
    OffsetDateTime sent;
    boolean gift;
    double weight;
    float share;
    short pieces;
    byte[] content;
    String[] tags;
    List<Integer> sizes;

    @jakarta.persistence.Lob String note;

    Purchase() {}

    Purchase(Customer customer, String amount, LocalDate day) {
      this.customer = customer;
      this.amount = new BigDecimal(amount);
      this.day = day;
    }
  }

  /** The parent of two tables. */
  @Entity(name = "Animal")
  @Inheritance(strategy = InheritanceType.JOINED)
  static class Animal {
    @Id long id;
    String name;
  }

  /** A table of its own beside that of its parent. */
  @Entity(name = "Dog")
  static class Dog extends Animal {
    boolean barks;
  }

  /** What a database without counters cannot have. */
  @Entity(name = "Counted")
  static class Counted {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;
  }

  /** The same by a sequence. */
  @Entity(name = "Numbered")
  static class Numbered {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    long id;
  }

  /** Not in the schema. */
  @Entity(name = "Missing")
  @Table(name = "missing")
  static class Missing {
    @Id long id;
    String name;
  }
}
