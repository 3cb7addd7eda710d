package dev.frazil.clients;

import dev.frazil.clients.ShopEntities.Animal;
import dev.frazil.clients.ShopEntities.Customer;
import dev.frazil.clients.ShopEntities.Dog;
import dev.frazil.clients.ShopEntities.Purchase;
import dev.frazil.clients.hibernate.FrazilDialect;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A session factory on a new local database with the tables of {@link ShopEntities}. */
abstract class HibernateFixture {
  static final LocalDate DAY = LocalDate.of(2026, 1, 31);

  @TempDir private Path folder;
  SessionFactory factory;

  @BeforeEach
  void open() {
    factory = configuration("create").buildSessionFactory();
  }

  @AfterEach
  void close() {
    factory.close();
  }

  Configuration configuration(String schemaAction, Class<?>... more) {
    Configuration configuration =
        new Configuration()
            .setProperty("hibernate.connection.url", "jdbc:iceberg:" + folder.resolve("shop"))
            .setProperty("hibernate.dialect", FrazilDialect.class.getName())
            .setProperty("hibernate.hbm2ddl.auto", schemaAction)
            .setProperty("hibernate.jdbc.batch_size", "50")
            .setProperty("hibernate.connection.pool_size", "4")
            .addAnnotatedClass(Customer.class)
            .addAnnotatedClass(Purchase.class)
            .addAnnotatedClass(Animal.class)
            .addAnnotatedClass(Dog.class);
    for (Class<?> entity : more) {
      configuration.addAnnotatedClass(entity);
    }
    return configuration;
  }

  UUID fill() {
    return factory.fromTransaction(
        session -> {
          Customer ann = new Customer(1, "ann");
          ann.phones.addAll(List.of("1", "2"));
          Customer bob = new Customer(2, "bob");
          session.persist(ann);
          session.persist(bob);
          Purchase last = null;
          for (int n = 0; n < 10; n++) {
            last = new Purchase(n % 2 == 0 ? ann : bob, n + ".50", DAY.plusDays(n));
            session.persist(last);
          }
          return last.id;
        });
  }

  <T> List<T> list(String hql, Class<T> type) {
    return factory.fromSession(session -> session.createSelectionQuery(hql, type).list());
  }
}
