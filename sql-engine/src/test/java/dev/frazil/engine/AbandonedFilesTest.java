package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is rolled back leaves no file behind, of rows or of metadata, and takes no other's away. */
@Tag("slow")
class AbandonedFilesTest {
  @TempDir Path folder;

  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toSet());
    }
  }

  private static void fails(EngineRunner runner, SqlState state, String statement) {
    assertThatThrownBy(() -> runner.update(statement))
        .isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.state()).isEqualTo(state));
  }

  @Test
  void rollbackFailureSavepointAndCloseLeaveNothing() throws IOException {
    for (int version = 2; version <= 3; version++) {
      String t = "t" + version;
      Set<String> before;
      try (EngineRunner one = EngineRunner.local(folder)) {
        one.script(
            "CREATE TABLE "
                + t
                + " (a integer PRIMARY KEY, v varchar) WITH ('format-version' = '"
                + version
                + "')",
            "INSERT INTO " + t + " VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        before = files();
        one.script(
            "START TRANSACTION",
            "INSERT INTO " + t + " VALUES (20, 'x')",
            "UPDATE " + t + " SET a = a + 100 WHERE a < 3",
            "DELETE FROM " + t + " WHERE a = 3",
            "CREATE TABLE u AS SELECT * FROM " + t,
            "INSERT OVERWRITE u VALUES (1, 'o')");
        assertThat(files()).hasSizeGreaterThan(before.size() + 5);
        one.update("ROLLBACK");
        assertThat(files()).as("rollback").isEqualTo(before);

        fails(one, SqlState.UNIQUE_VIOLATION, "INSERT INTO " + t + " VALUES (50, 'q'), (1, 'z')");
        fails(one, SqlState.UNIQUE_VIOLATION, "UPDATE " + t + " SET a = 7");
        fails(
            one, SqlState.UNIQUE_VIOLATION, "INSERT OVERWRITE " + t + " VALUES (1, 'z'), (1, 'y')");
        assertThat(files()).as("failed statements").isEqualTo(before);

        one.script("START TRANSACTION", "INSERT INTO " + t + " VALUES (30, 'p')");
        Set<String> withRow = files();
        fails(one, SqlState.UNIQUE_VIOLATION, "INSERT INTO " + t + " VALUES (30, 'p')");
        assertThat(files()).as("failed statement of a transaction").isEqualTo(withRow);
        one.script(
            "SAVEPOINT s",
            "INSERT INTO " + t + " VALUES (31, 'r')",
            "DELETE FROM " + t + " WHERE a = 30");
        one.update("ROLLBACK TO s");
        assertThat(files()).as("savepoint").isEqualTo(withRow);
        one.script("UPDATE " + t + " SET v = 'k' WHERE a = 30", "COMMIT");
        assertThat(one.query("SELECT a || v FROM " + t).sorted())
            .containsExactly("1a", "2b", "30k", "3c");
        before = files();
        one.script("START TRANSACTION", "DELETE FROM " + t + " WHERE a = 1");
      }
      assertThat(files()).as("close").isEqualTo(before);
      try (EngineRunner other = EngineRunner.local(folder)) {
        assertThat(other.query("SELECT a || v FROM " + t).sorted())
            .containsExactly("1a", "2b", "30k", "3c");
      }
    }
  }
}
