package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken places and broken files: each gives a typed error that names the place; nothing is lost.
 */
class BadInputTest {
  @TempDir Path folder;

  private static final String COUNT = "SELECT count(*), sum(n), max(s) FROM t";

  private Path database() {
    Path database = folder.resolve("db");
    try (EngineRunner frazil = EngineRunner.local(database)) {
      frazil.script(
          "CREATE TABLE t (n integer, s varchar)",
          "INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, 'three')");
    }
    return database;
  }

  @Test
  void corruptRoot() throws IOException {
    Path database = database();
    assertBroken(
        database, find(database, name -> name.equals("root.json")), SqlState.DATA_CORRUPTED);
  }

  @Test
  void corruptTableMetadata() throws IOException {
    Path database = database();
    for (Path file : findAll(database, name -> name.endsWith(".metadata.json"))) {
      Files.write(file, new byte[0]);
    }
    assertFailure(database, COUNT, SqlState.DATA_CORRUPTED);
  }

  @Test
  void corruptManifestList() throws IOException {
    Path database = database();
    Path list = find(database, name -> name.startsWith("snap-") && name.endsWith(".avro"));
    assertBroken(database, list, SqlState.DATA_CORRUPTED);
  }

  @Test
  void corruptManifest() throws IOException {
    Path database = database();
    Path manifest = find(database, name -> !name.startsWith("snap-") && name.endsWith(".avro"));
    assertBroken(database, manifest, SqlState.DATA_CORRUPTED);
  }

  @Test
  void corruptDataFile() throws IOException {
    Path database = database();
    Path data = find(database, name -> name.endsWith(".parquet"));
    assertBroken(database, data, SqlState.DATA_CORRUPTED);
  }

  @Test
  void missingDataFile() throws IOException {
    Path database = database();
    Path data = find(database, name -> name.endsWith(".parquet"));
    byte[] body = Files.readAllBytes(data);
    Files.delete(data);
    EngineException failure = assertFailure(database, COUNT, SqlState.IO_ERROR);
    assertThat(failure).hasMessageContaining(data.getFileName().toString());
    Files.write(data, body);
    assertHealthy(database);
  }

  @Test
  void aFolderThatHoldsSomethingElse() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("notes.txt"), "not a database");
    EngineException failure =
        assertFailure(other, "CREATE TABLE t (n integer)", SqlState.CONNECTION_FAILURE);
    assertThat(failure).hasMessageContaining(other.toString());
    assertThat(findAll(other, name -> true)).hasSize(1);
  }

  @Test
  void aPlaceThatIsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    EngineException failure =
        (EngineException)
            catchThrowable(
                () -> {
                  try (EngineRunner frazil = EngineRunner.local(file)) {
                    frazil.update("CREATE TABLE t (n integer)");
                  }
                });
    assertThat(failure.state()).isIn(SqlState.CONNECTION_FAILURE, SqlState.CONNECTION_REJECTED);
    assertThat(failure).hasMessageContaining(file.toString());
    assertThat(file).hasContent("not a folder");
  }

  @Test
  @Timeout(20) // the store knows that nothing was written, so nobody waits for an outcome
  void aPlaceThatCannotBeWritten() {
    EngineException failure =
        (EngineException)
            catchThrowable(
                () -> {
                  try (EngineRunner frazil =
                      EngineRunner.open(
                          ConnectionConfig.of(new Warehouse.LocalFolder("/proc/frazil-test")))) {
                    frazil.update("CREATE TABLE t (n integer)");
                  }
                });
    assertThat(failure).isNotNull();
    assertThat(failure.state())
        .isIn(
            SqlState.CONNECTION_FAILURE,
            SqlState.CONNECTION_REJECTED,
            SqlState.INVALID_AUTHORIZATION,
            SqlState.IO_ERROR);
    assertThat(failure).hasMessageContaining("/proc/frazil-test");
  }

  @Test
  void aDecimalThatItsTruncatedPartitionCannotHold() {
    Path database = database();
    try (EngineRunner frazil = EngineRunner.local(database)) {
      frazil.update("CREATE TABLE least (d decimal(9, 2)) PARTITIONED BY (truncate(50, d))");
      assertThat(failure(() -> frazil.update("INSERT INTO least VALUES (-9999999.99)")))
          .hasMessageContaining("column d")
          .extracting(EngineException::state)
          .isEqualTo(SqlState.NUMERIC_OUT_OF_RANGE);
      assertThat(frazil.update("INSERT INTO least VALUES (-9999999.50), (9999999.99)"))
          .isEqualTo(2);
    }
    assertHealthy(database);
  }

  @Test
  void unknownNamesTellWhatIsNear() {
    Path database = database();
    try (EngineRunner frazil = EngineRunner.local(database)) {
      frazil.update("CREATE TABLE customers (id integer, name varchar)");
      assertThat(failure(() -> frazil.query("SELECT * FROM custmers")))
          .hasMessageContaining("customers")
          .extracting(EngineException::state)
          .isEqualTo(SqlState.UNDEFINED_TABLE);
      assertThat(failure(() -> frazil.query("SELECT nam FROM customers")))
          .hasMessageContaining("name")
          .extracting(EngineException::state)
          .isEqualTo(SqlState.UNDEFINED_COLUMN);
      assertThat(failure(() -> frazil.query("SELEC 1")).state()).isEqualTo(SqlState.SYNTAX_ERROR);
      assertThat(failure(() -> frazil.update("CREATE TABLE nowhere.t (n integer)")).state())
          .isEqualTo(SqlState.SCHEMA_NOT_FOUND);
      assertThat(failure(() -> frazil.update("CREATE TABLE t (n integer)")).state())
          .isEqualTo(SqlState.DUPLICATE_TABLE);
      assertThat(failure(() -> frazil.update("INSERT INTO t VALUES ('x', 'y')")).state())
          .isIn(SqlState.INVALID_CAST, SqlState.DATATYPE_MISMATCH);
      assertThat(failure(() -> frazil.query("SELECT 1 / (n - n) FROM t")).state())
          .isEqualTo(SqlState.DIVISION_BY_ZERO);
      assertThat(failure(() -> frazil.update("DROP SCHEMA main")).state())
          .isEqualTo(SqlState.DEPENDENT_OBJECTS_EXIST);
    }
    assertHealthy(database);
  }

  /** Cuts, empties and scrambles a file: reading fails as said; with the file back all is well. */
  private void assertBroken(Path database, Path file, SqlState expected) throws IOException {
    byte[] body = Files.readAllBytes(file);
    byte[] scrambled = new byte[body.length];
    new Random(7).nextBytes(scrambled);
    byte[] garbage = "this is not what you expect".getBytes(StandardCharsets.UTF_8);
    for (byte[] broken :
        List.of(new byte[0], java.util.Arrays.copyOf(body, body.length / 2), scrambled, garbage)) {
      Files.write(file, broken);
      assertFailure(database, COUNT, expected);
    }
    Files.write(file, body);
    assertHealthy(database);
  }

  private static void assertHealthy(Path database) {
    try (EngineRunner frazil = EngineRunner.local(database)) {
      assertThat(frazil.query(COUNT).lines()).containsExactly("3 | 6 | two");
    }
  }

  private static EngineException assertFailure(Path database, String sql, SqlState expected) {
    EngineException failure =
        failure(
            () -> {
              try (EngineRunner frazil = EngineRunner.local(database)) {
                if (frazil.execute(sql) instanceof StatementResult.Rows rows) {
                  EngineRunner.read(rows.cursor());
                }
              }
            });
    assertThat(failure.state()).as(failure.getMessage()).isEqualTo(expected);
    return failure;
  }

  private static EngineException failure(Runnable call) {
    Throwable failure = catchThrowable(call::run);
    assertThat(failure).isInstanceOf(EngineException.class);
    return (EngineException) failure;
  }

  private static Path find(Path folder, Predicate<String> name) throws IOException {
    List<Path> found = findAll(folder, name);
    assertThat(found).isNotEmpty();
    return found.get(found.size() - 1);
  }

  private static List<Path> findAll(Path folder, Predicate<String> name) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> name.test(file.getFileName().toString()))
          .sorted()
          .toList();
    }
  }
}
