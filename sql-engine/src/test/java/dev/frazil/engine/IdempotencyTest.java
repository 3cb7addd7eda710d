package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionProperty;
import dev.frazil.error.CommitOutcomeUnknownException;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RequestCounter.Kind;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.ServerFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Promises 2 and 3 by SQL: a token has one effect, and tells what became of it. */
@Tag("slow")
class IdempotencyTest {
  private ConditionalS3Server server;
  private EngineRunner frazil;

  @BeforeEach
  void start() {
    server = ConditionalS3Server.start();
    frazil = EngineRunner.open(server.config("db"));
    frazil.update("CREATE TABLE t (n integer)");
  }

  @AfterEach
  void stop() {
    frazil.close();
    server.close();
  }

  /** Engines that differ in a setting of the store share nothing but the bucket. */
  private EngineRunner process(int number, String... token) {
    Map<ConnectionProperty, String> properties =
        token.length == 0
            ? Map.of(ConnectionProperty.REQUEST_TIMEOUT_MILLIS, "" + (20_000 + number))
            : Map.of(
                ConnectionProperty.REQUEST_TIMEOUT_MILLIS,
                "" + (20_000 + number),
                ConnectionProperty.IDEMPOTENCY_TOKEN,
                token[0]);
    return EngineRunner.open(server.config(ConditionalS3Server.BUCKET, "db", properties));
  }

  @Test
  void twoHundredDeliveriesFromFourProcessesHaveOneEffect() throws Exception {
    frazil.update("CREATE TABLE u (n integer)");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Callable<Integer>> work = new ArrayList<>();
    for (int process = 0; process < 4; process++) {
      int number = process;
      work.add(() -> deliver(number));
    }
    int applied = 0;
    for (Future<Integer> future : threads.invokeAll(work)) {
      applied += future.get();
    }
    threads.shutdown();
    assertThat(applied).as("statements that said that they inserted a row").isEqualTo(1);
    assertThat(frazil.query("SELECT n FROM t").sorted()).containsExactly("1", "2");
    assertThat(frazil.query("SELECT n FROM u").lines()).containsExactly("3");
  }

  /** 25 times a statement, 25 times a transaction over two tables; answers the rows. */
  private int deliver(int number) {
    int applied = 0;
    try (EngineRunner one = process(number)) {
      for (int i = 0; i < 25; i++) {
        one.update("SET idempotency_token = 'statement'");
        applied += (int) one.update("INSERT INTO t VALUES (1)");
        one.script(
            "SET IDEMPOTENCY_TOKEN TO 'transaction'",
            "START TRANSACTION",
            "INSERT INTO t VALUES (2)",
            "INSERT INTO u VALUES (3)",
            "COMMIT",
            "SET IDEMPOTENCY_TOKEN = NULL");
      }
    }
    return applied;
  }

  @Test
  void theTokenOfTheConfigurationComesBackWithDefault() {
    try (EngineRunner one = process(1, "configured")) {
      assertThat(one.update("INSERT INTO t VALUES (1)")).isEqualTo(1);
      assertThatThrownBy(() -> one.update("INSERT INTO t VALUES (2)"))
          .as("another change under the same token is a mistake, not a repetition")
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.INVALID_TRANSACTION_STATE));
      one.update("SET idempotency_token = null");
      assertThat(one.update("INSERT INTO t VALUES (2)")).isEqualTo(1);
      one.update("SET idempotency_token = DEFAULT");
      assertThat(one.update("INSERT INTO t VALUES (3)")).isZero();
    }
    assertThat(frazil.query("SELECT n FROM t").sorted()).containsExactly("1", "2");
  }

  @Test
  void anUnknownOutcomeThatLandedIsFoundByItsToken() {
    CommitOutcomeUnknownException unknown = loseTheAnswer(ServerFault.LOST_ANSWER);
    assertThat(frazil.query("SHOW COMMIT STATE OF 'order-1'").lines())
        .containsExactly("COMMITTED | " + unknown.commitId());
    assertThat(frazil.session().commitState("order-1").commitId()).isEqualTo(unknown.commitId());
    assertThat(frazil.update("INSERT INTO t VALUES (1)")).as("run again").isZero();
    assertThat(frazil.query("SELECT n FROM t").lines()).containsExactly("1");
  }

  /** The put may arrive at any time later; after the question it cannot. */
  @Test
  void anUnknownOutcomeThatIsNotThereCannotLandLater() throws InterruptedException {
    server.faults().holdLate();
    loseTheAnswer(ServerFault.ARRIVES_LATE);
    assertThat(frazil.query("SHOW COMMIT STATE 'order-1'").lines())
        .containsExactly("NOT COMMITTED | NULL");
    server.faults().letArrive();
    assertThat(frazil.query("SELECT n FROM t").rows()).isEmpty();
    assertThat(frazil.update("INSERT INTO t VALUES (1)")).as("run again").isEqualTo(1);
    assertThat(frazil.query("SELECT n FROM t").lines()).containsExactly("1");
  }

  private CommitOutcomeUnknownException loseTheAnswer(ServerFault fault) {
    frazil.update("SET IDEMPOTENCY_TOKEN = 'order-1'");
    server.faults().nextConditionalPut(fault);
    server
        .faults()
        .deny(
            request ->
                request.method().equals("GET") && request.key().endsWith("root.json") && sent());
    List<CommitOutcomeUnknownException> thrown = new ArrayList<>();
    assertThatThrownBy(() -> frazil.update("INSERT INTO t VALUES (1)"))
        .isInstanceOfSatisfying(CommitOutcomeUnknownException.class, thrown::add)
        .hasMessageContaining("order-1")
        .hasMessageContaining("SHOW COMMIT STATE");
    assertThat(thrown.get(0).token()).isEqualTo("order-1");
    server.faults().calm();
    frazil.update("SET IDEMPOTENCY_TOKEN = 'order-1'");
    return thrown.get(0);
  }

  private boolean sent() {
    return server.faults().injected().keySet().stream()
        .anyMatch(fault -> fault != ServerFault.ACCESS_DENIED);
  }

  @Test
  void anEarlierTokenIsFoundWithoutAWrite() {
    frazil.script("SET idempotency_token = 'old'", "INSERT INTO t VALUES (1)");
    String commitId = frazil.session().commitState("old").commitId();
    for (int i = 0; i < 20; i++) {
      frazil.script("SET idempotency_token = 'filler-" + i + "'", "INSERT INTO t VALUES (2)");
    }
    server.resetCounts();
    assertThat(frazil.session().commitState("old").commitId()).isEqualTo(commitId);
    assertThat(server.count(Kind.PUT, Kind.CONDITIONAL_PUT)).isZero();
  }

  @Test
  void readOnlyConnectionsFindButCannotMakeSure() {
    frazil.script("SET idempotency_token = 'there'", "INSERT INTO t VALUES (1)");
    Map<ConnectionProperty, String> readOnly = Map.of(ConnectionProperty.READ_ONLY, "true");
    try (EngineRunner reader =
        EngineRunner.open(server.config(ConditionalS3Server.BUCKET, "db", readOnly))) {
      assertThat(reader.session().commitState("there").committed()).isTrue();
      assertThatThrownBy(() -> reader.session().commitState("nowhere"))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.READ_ONLY_TRANSACTION));
    }
  }
}
