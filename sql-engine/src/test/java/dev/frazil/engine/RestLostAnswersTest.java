package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.RestCatalogServer;
import dev.frazil.testing.RestFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.catalog.ViewCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A change is applied, its answer is lost, and another client changes the same thing before anybody
 * looks: what was applied is never called failed, and never applied again.
 */
class RestLostAnswersTest {
  private static final TableIdentifier T = TableIdentifier.of("main", "t");

  @TempDir Path folder;
  private RestCatalogServer server;
  private EngineRunner sql;

  @BeforeEach
  void open() {
    server = RestCatalogServer.start(folder.toString());
    sql = connect(Map.of(), Map.of());
    sql.execute("CREATE SCHEMA main");
  }

  private EngineRunner connect(
      Map<ConnectionProperty, String> values, Map<ConnectionProperty, Secret> secrets) {
    Map<ConnectionProperty, String> all = new EnumMap<>(ConnectionProperty.class);
    all.put(ConnectionProperty.TABLE_LOCATIONS, folder.toString());
    all.put(ConnectionProperty.SCHEMA, "main");
    all.putAll(values);
    return EngineRunner.open(
        new ConnectionConfig(new Warehouse.RestCatalog(server.uri()), all, secrets));
  }

  @AfterEach
  void close() {
    sql.close();
    server.close();
  }

  /** Loses the answer to the next change, and does something before the look that follows. */
  private void loseTheNextAnswer(Runnable meanwhile) {
    AtomicInteger step = new AtomicInteger();
    server.faults(
        (request, earlier) -> {
          boolean changes = !request.method().equals("GET") && !request.path().endsWith("tokens");
          boolean stages = request.method().equals("POST") && request.path().endsWith("/tables");
          if (changes && !stages && step.compareAndSet(0, 1)) {
            return RestFault.APPLIED_THEN_CLOSED;
          }
          if (!changes && step.compareAndSet(1, 2)) {
            meanwhile.run();
          }
          return null;
        });
  }

  /** The SQLState that a statement fails with; empty where it succeeds. */
  private String outcome(String statement) {
    return outcome(sql, statement);
  }

  private static String outcome(EngineRunner runner, String statement) {
    try {
      runner.execute(statement);
      return "";
    } catch (EngineException e) {
      return e.state().code();
    }
  }

  private void setProperty() {
    server.catalog().loadTable(T).updateProperties().set("other", "client").commit();
  }

  @Test
  void aColumnThatWasAddedBeforeAnotherChangeIsNotCalledFailed() {
    sql.execute("CREATE TABLE t (id BIGINT)");
    loseTheNextAnswer(this::setProperty);
    assertThat(outcome("ALTER TABLE t ADD COLUMN name VARCHAR")).isEmpty();
    assertThat(server.catalog().loadTable(T).schema().findField("name")).isNotNull();
  }

  @Test
  void aColumnThatWasAddedBeforeAnotherOneIsNotCalledFailed() {
    sql.execute("CREATE TABLE t (id BIGINT)");
    loseTheNextAnswer(this::addColumn);
    assertThat(outcome("ALTER TABLE t ADD COLUMN name VARCHAR")).isEqualTo("08007");
    assertThat(server.catalog().loadTable(T).schema().columns())
        .extracting(Types.NestedField::name)
        .containsExactly("id", "name", "other");
  }

  @Test
  void theMetadataFileTellsThatAColumnWasAddedBeforeAnotherOne() {
    sql.execute("CREATE TABLE t (id BIGINT)");
    loseTheNextAnswer(
        () -> {
          keepMetadataFile();
          addColumn();
        });
    assertThat(outcome("ALTER TABLE t ADD COLUMN name VARCHAR")).isEmpty();
  }

  private void addColumn() {
    server
        .catalog()
        .loadTable(T)
        .updateSchema()
        .addColumn("other", Types.IntegerType.get())
        .commit();
  }

  /** The server of the tests has its metadata files in memory. */
  private void keepMetadataFile() {
    TableMetadata metadata =
        ((HasTableOperations) server.catalog().loadTable(T)).operations().current();
    try {
      Path file = Path.of(metadata.metadataFileLocation());
      Files.createDirectories(file.getParent());
      Files.writeString(file, TableMetadataParser.toJson(metadata));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aColumnThatAnotherOneCameBeforeIsAddedOnTopOfIt() {
    sql.execute("CREATE TABLE t (id BIGINT)");
    AtomicBoolean first = new AtomicBoolean();
    server.faults(
        (request, earlier) -> {
          if (request.method().equals("POST") && first.compareAndSet(false, true)) {
            setProperty();
            addColumn();
            return RestFault.UNAVAILABLE;
          }
          return null;
        });
    assertThat(outcome("ALTER TABLE t ADD COLUMN name VARCHAR")).isIn("", "40001");
    assertThat(server.catalog().loadTable(T).schema().findField("other")).isNotNull();
  }

  @Test
  void aTokenThatIsRefusedBetweenTwoAttemptsLeavesTheOutcomeOpen() {
    sql.execute("CREATE TABLE t (id BIGINT)");
    AtomicInteger attempts = new AtomicInteger();
    server.faults(
        (request, earlier) -> {
          boolean asksForToken = request.path().endsWith("tokens");
          if (asksForToken || !request.path().endsWith("/t") || !request.method().equals("POST")) {
            return asksForToken && attempts.get() > 0 ? RestFault.UNAUTHENTICATED : null;
          }
          return attempts.getAndIncrement() == 0
              ? RestFault.CLOSED_APPLIED_LATE
              : RestFault.UNAUTHENTICATED;
        });
    try (EngineRunner client =
        connect(
            Map.of(ConnectionProperty.CLIENT_ID, "me"),
            Map.of(ConnectionProperty.CLIENT_SECRET, new Secret("secret-canary")))) {
      assertThat(outcome(client, "INSERT INTO t VALUES (1)")).isEqualTo("08007");
    }
    server.drain();
    server.faults((request, earlier) -> null);
    assertThat(sql.query("SELECT count(*) FROM t").lines()).containsExactly("1");
  }

  @Test
  void anAnswerOfSomethingOnTheWayIsNotTheServers() {
    sql.execute("CREATE TABLE t (id BIGINT)");
    AtomicBoolean first = new AtomicBoolean();
    server.faults(
        (request, earlier) ->
            request.method().equals("POST") && first.compareAndSet(false, true)
                ? RestFault.LOGIN_PAGE
                : null);
    sql.execute("INSERT INTO t VALUES (1)");
    assertThat(sql.query("SELECT count(*) FROM t").lines()).containsExactly("1");
  }

  @Test
  void aDropThatFollowsAChangeLeavesItsOutcomeOpen() {
    sql.execute("CREATE TABLE t (id BIGINT)");
    loseTheNextAnswer(() -> server.catalog().dropTable(T, false));
    assertThat(outcome("ALTER TABLE t ADD COLUMN name VARCHAR")).isEqualTo("08007");
    assertThat(server.catalog().tableExists(T)).isFalse();
  }

  @Test
  void aViewThatWasReplacedTwiceIsNotPutBack() {
    sql.execute("CREATE VIEW v AS SELECT 1 AS x");
    TableIdentifier v = TableIdentifier.of("main", "v");
    ViewCatalog views = (ViewCatalog) server.catalog();
    loseTheNextAnswer(
        () ->
            views
                .loadView(v)
                .replaceVersion()
                .withQuery("frazil", "SELECT 3 AS x")
                .withSchema(views.loadView(v).schema())
                .withDefaultNamespace(v.namespace())
                .commit());
    assertThat(outcome("CREATE OR REPLACE VIEW v AS SELECT 2 AS x")).isIn("", "08007");
    assertThat(views.loadView(v).currentVersion().representations().toString())
        .contains("SELECT 3");
  }
}
