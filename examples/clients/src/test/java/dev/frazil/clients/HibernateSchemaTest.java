package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.clients.ShopEntities.Counted;
import dev.frazil.clients.ShopEntities.Dog;
import dev.frazil.clients.ShopEntities.Missing;
import dev.frazil.clients.ShopEntities.Numbered;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tables that Hibernate makes, validates and numbers. */
@Tag("slow")
class HibernateSchemaTest extends HibernateFixture {
  @Test
  void theSchemaIsValidated() {
    configuration("validate").buildSessionFactory().close();
    assertThatThrownBy(() -> configuration("validate", Missing.class).buildSessionFactory())
        .isInstanceOf(SchemaManagementException.class)
        .hasMessageContaining("missing table");
    factory.inTransaction(
        session ->
            session
                .createNativeMutationQuery("CREATE TABLE missing (id varchar, name varchar)")
                .executeUpdate());
    assertThatThrownBy(() -> configuration("validate", Missing.class).buildSessionFactory())
        .isInstanceOf(SchemaManagementException.class)
        .hasMessageContaining("wrong column type");
  }

  @Test
  void identityColumnsAreRefused() {
    assertThatThrownBy(() -> configuration("create", Counted.class).buildSessionFactory())
        .hasMessageContaining("identity");
  }

  /** Hibernate keeps a table of counters where there are no sequences. */
  @Test
  void aSequenceBecomesATable() {
    try (SessionFactory numbered = configuration("create", Numbered.class).buildSessionFactory()) {
      List<Long> ids =
          numbered.fromTransaction(
              session -> {
                List<Long> persisted = new ArrayList<>();
                for (int n = 0; n < 60; n++) {
                  Numbered entity = new Numbered();
                  session.persist(entity);
                  persisted.add(entity.id);
                }
                return persisted;
              });
      assertThat(ids).doesNotHaveDuplicates().hasSize(60);
      assertThat(
              numbered.<Long>fromSession(
                  session ->
                      session
                          .createSelectionQuery("select count(*) from Numbered", Long.class)
                          .getSingleResult()))
          .isEqualTo(60);
    }
  }

  @Test
  void tablesOfAHierarchy() {
    factory.inTransaction(
        session -> {
          Dog dog = new Dog();
          dog.id = 1;
          dog.name = "rex";
          session.persist(dog);
          session.flush();
          assertThat(
                  session
                      .createMutationQuery("update Dog set barks = true, name = 'Rex' where id = 1")
                      .executeUpdate())
              .isEqualTo(1);
        });
    assertThat(list("select a.name from Animal a where treat(a as Dog).barks", String.class))
        .containsExactly("Rex");
    factory.inTransaction(
        session -> session.createMutationQuery("delete from Animal").executeUpdate());
    assertThat(list("select count(*) from Animal", Long.class)).containsExactly(0L);
  }
}
