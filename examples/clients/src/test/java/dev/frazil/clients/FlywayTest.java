package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flyway over Frazil by the plug-in of this module: docs/guides/migrations.md. */
@Tag("slow")
class FlywayTest {
  @TempDir Path folder;
  private Path scripts = Path.of("");
  private String url = "";

  @BeforeEach
  void writeMigrations() throws Exception {
    url = "jdbc:iceberg:" + folder.resolve("shop");
    scripts = Files.createDirectory(folder.resolve("migrations"));
    migration(
        "V1__customers.sql",
        """
        -- the first
        CREATE TABLE customers (id bigint PRIMARY KEY, name varchar);
        INSERT INTO customers VALUES (1, 'it''s; ann');
        """);
    migration("V2__bob.sql", "INSERT INTO customers VALUES (2, '${second}');");
  }

  private void migration(String name, String sql) throws Exception {
    Files.writeString(scripts.resolve(name), sql);
  }

  private Flyway flyway(String... schemas) {
    FluentConfiguration configuration =
        Flyway.configure()
            .dataSource(url, null, null)
            .locations("filesystem:" + scripts)
            .placeholders(java.util.Map.of("second", "bob"))
            .cleanDisabled(false);
    return (schemas.length == 0 ? configuration : configuration.schemas(schemas)).load();
  }

  private List<String> texts(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  @Test
  void migrationsRunOnceAndInOrder() throws Exception {
    assertThat(flyway().migrate().migrationsExecuted).isEqualTo(2);
    assertThat(texts("SELECT name FROM customers ORDER BY id")).containsExactly("it's; ann", "bob");
    migration("V3__more.sql", "UPDATE customers SET name = upper(name);");
    assertThat(flyway().info().pending()).hasSize(1);
    assertThat(flyway().migrate().migrationsExecuted).isEqualTo(1);
    assertThat(flyway().migrate().migrationsExecuted).isZero();
    flyway().validate();
    assertThat(Arrays.stream(flyway().info().applied()).map(MigrationInfo::getDescription))
        .containsExactly("customers", "bob", "more");
    assertThat(
            texts(
                "SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank"))
        .containsExactly("1", "2", "3");
  }

  @Test
  void aMigrationThatFailsLeavesNothing() throws Exception {
    migration(
        "V3__wrong.sql",
        """
        CREATE TABLE half (id integer);
        INSERT INTO half VALUES (1);
        INSERT INTO customers VALUES (1, 'twice');
        """);
    assertThatThrownBy(() -> flyway().migrate())
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("23505");
    assertThat(texts("SELECT table_name FROM information_schema.tables ORDER BY 1"))
        .containsExactly("customers", "flyway_schema_history");
    assertThat(texts("SELECT version FROM flyway_schema_history ORDER BY installed_rank"))
        .containsExactly("1", "2");
    Files.delete(scripts.resolve("V3__wrong.sql"));
    flyway().migrate();
  }

  @Test
  void aChangedMigrationIsFound() throws Exception {
    flyway().migrate();
    migration("V2__bob.sql", "INSERT INTO customers VALUES (3, 'other');");
    assertThatThrownBy(() -> flyway().validate()).hasMessageContaining("checksum mismatch");
    flyway().repair();
    flyway().validate();
  }

  @Test
  void schemasBaselineAndClean() throws Exception {
    assertThat(flyway("sales").migrate().migrationsExecuted).isEqualTo(2);
    assertThat(texts("SELECT count(*) FROM sales.customers")).containsExactly("2");
    assertThat(flyway("sales").clean().schemasCleaned).isEmpty();
    assertThat(
            texts("SELECT count(*) FROM information_schema.schemata WHERE schema_name = 'sales'"))
        .containsExactly("0");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE customers (id bigint PRIMARY KEY, name varchar)");
    }
    flyway().baseline();
    assertThat(flyway().migrate().migrationsExecuted).isEqualTo(1);
    assertThat(texts("SELECT name FROM customers")).containsExactly("bob");
  }

  /** Nobody holds a lock: who loses is told at the commit, and has done nothing. */
  @Test
  void ofThoseThatMigrateAtOnceNoneDoesSoTwice() throws Exception {
    flyway().migrate();
    for (int version = 3; version < 7; version++) {
      migration(
          "V" + version + "__more.sql", "INSERT INTO customers VALUES (" + version + ", 'more');");
    }
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Future<Integer>> runs = new ArrayList<>();
    for (int program = 0; program < 3; program++) {
      runs.add(threads.submit(() -> flyway().migrate().migrationsExecuted));
    }
    threads.shutdown();
    int executed = 0;
    for (Future<Integer> run : runs) {
      try {
        executed += run.get();
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(FlywayException.class);
      }
    }
    executed += flyway().migrate().migrationsExecuted;
    assertThat(executed).isLessThanOrEqualTo(4);
    flyway().validate();
    assertThat(texts("SELECT count(*) FROM customers")).containsExactly("6");
    assertThat(texts("SELECT version FROM flyway_schema_history ORDER BY installed_rank"))
        .containsExactly("1", "2", "3", "4", "5", "6");
  }
}
