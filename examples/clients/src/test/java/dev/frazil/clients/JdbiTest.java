package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.jdbc.FrazilDataSource;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.transaction.SerializableTransactionRunner;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jdbi 3 over Frazil: queries, batches, keys, arrays, transactions that run again. */
class JdbiTest {
  /** A row. */
  public record Reading(UUID id, String sensor, Instant at, BigDecimal value) {}

  private static final UUID ID = UUID.fromString("00000000-0000-0000-8000-000000000001");
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123456Z");

  @TempDir Path folder;
  private final FrazilDataSource database = new FrazilDataSource();
  private Jdbi jdbi;

  @BeforeEach
  void connect() {
    database.setUrl("jdbc:iceberg:" + folder.resolve("shop"));
    jdbi = Jdbi.create(database);
    jdbi.registerRowMapper(ConstructorMapper.factory(Reading.class));
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                CREATE TABLE readings (
                  id uuid DEFAULT uuidv7() PRIMARY KEY, sensor varchar,
                  at timestamp with time zone, value decimal(9,3))"""));
  }

  /** On a connection of its own, whatever this thread has open. */
  private void insertBeside(String sensor, String value) {
    Jdbi.create(database)
        .useHandle(
            handle ->
                handle
                    .createUpdate("INSERT INTO readings (sensor, at, value) VALUES (:s, :at, :v)")
                    .bind("s", sensor)
                    .bind("at", NOON)
                    .bind("v", new BigDecimal(value))
                    .execute());
  }

  @Test
  void rowsBecomeRecords() {
    jdbi.useHandle(
        handle -> handle.execute("INSERT INTO readings VALUES (?, ?, ?, ?)", ID, "a", NOON, 1.5));
    assertThat(
            jdbi.<Reading, RuntimeException>withHandle(
                handle ->
                    handle
                        .createQuery("SELECT * FROM readings WHERE id = :id")
                        .bind("id", ID)
                        .mapTo(Reading.class)
                        .one()))
        .isEqualTo(new Reading(ID, "a", NOON, new BigDecimal("1.500")));
    assertThat(
            jdbi.<List<String>, RuntimeException>withHandle(
                handle ->
                    handle
                        .createQuery("SELECT sensor FROM readings WHERE sensor IN (<names>)")
                        .bindList("names", "a", "b")
                        .mapTo(String.class)
                        .list()))
        .containsExactly("a");
  }

  @Test
  void batchesAndGeneratedKeys() {
    List<UUID> ids =
        jdbi.withHandle(
            handle -> {
              PreparedBatch batch =
                  handle.prepareBatch("INSERT INTO readings (sensor, value) VALUES (:s, :v)");
              for (int n = 0; n < 100; n++) {
                batch.bind("s", "s" + n).bind("v", n).add();
              }
              return batch.executePreparedBatch("id").mapTo(UUID.class).list();
            });
    assertThat(ids).hasSize(100).doesNotHaveDuplicates();
    assertThat(
            jdbi.<Long, RuntimeException>withHandle(
                handle ->
                    handle.createQuery("SELECT count(*) FROM readings").mapTo(Long.class).one()))
        .isEqualTo(100);
  }

  @Test
  void arraysAreRead() {
    assertThat(
            jdbi.<List<Integer>, RuntimeException>withHandle(
                handle ->
                    handle
                        .createQuery("SELECT ARRAY[1, 2, 3]")
                        .mapTo(new org.jdbi.v3.core.generic.GenericType<List<Integer>>() {})
                        .one()))
        .containsExactly(1, 2, 3);
  }

  @Test
  void rowsStream() {
    jdbi.useHandle(
        handle -> {
          try (Stream<Long> numbers =
              handle
                  .createQuery("SELECT x FROM generate_series(1, 10000000) g(x)")
                  .setFetchSize(100)
                  .mapTo(Long.class)
                  .stream()) {
            assertThat(numbers.limit(3)).containsExactly(1L, 2L, 3L);
          }
        });
  }

  @Test
  void transactionsAndSavepoints() {
    jdbi.useTransaction(
        handle -> {
          handle.execute("INSERT INTO readings (sensor) VALUES ('kept')");
          handle.savepoint("before");
          handle.execute("DELETE FROM readings");
          handle.rollbackToSavepoint("before");
        });
    assertThatThrownBy(
            () ->
                jdbi.useTransaction(
                    handle -> {
                      handle.execute("DELETE FROM readings");
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(
            jdbi.<List<String>, RuntimeException>withHandle(
                handle ->
                    handle.createQuery("SELECT sensor FROM readings").mapTo(String.class).list()))
        .containsExactly("kept");
  }

  /** Jdbi's own runner knows 40001. */
  @Test
  void aLostConflictRunsAgain() {
    insertBeside("a", "1");
    jdbi.setTransactionHandler(new SerializableTransactionRunner());
    int[] runs = {0};
    jdbi.useTransaction(
        TransactionIsolationLevel.SERIALIZABLE,
        handle -> {
          BigDecimal value =
              handle.createQuery("SELECT max(value) FROM readings").mapTo(BigDecimal.class).one();
          if (runs[0]++ == 0) {
            insertBeside("b", "2");
          }
          handle.execute(
              "INSERT INTO readings (sensor, value) VALUES ('sum', ?)", value.add(BigDecimal.TEN));
        });
    assertThat(runs[0]).isEqualTo(2);
    assertThat(
            jdbi.<BigDecimal, RuntimeException>withHandle(
                handle ->
                    handle
                        .createQuery("SELECT value FROM readings WHERE sensor = 'sum'")
                        .mapTo(BigDecimal.class)
                        .one()))
        .isEqualByComparingTo("12");
  }
}
