package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code CALL system.rewrite_position_delete_files} beside transactions that delete rows. */
class DeleteCompactionBesideOthersTest extends PositionDeleteTables {
  /** A DELETE whose delete file takes the place of one that is put together with others. */
  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  void aTransactionThatDeletedRowsGivesWay(String version) {
    create(version, "");
    fill(0, 5);
    try (EngineRunner other = EngineRunner.local(memory.path())) {
      other.script("START TRANSACTION", "DELETE FROM t WHERE id = 42");
      assertThat(call("")).startsWith("5 | ");
      EngineException failure =
          catchThrowableOfType(EngineException.class, () -> other.update("COMMIT"));
      assertThat(failure.state().code()).isEqualTo("40001");
      assertThat(other.update("DELETE FROM t WHERE id = 42")).isEqualTo(1);
    }
    assertThat(rows()).hasSize(5 * 99 - 1).isEqualTo(rowsByOthers());
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  void besideWritersNoRowIsLostAndNoneComesBack(String version) throws Exception {
    create(version, "");
    fill(0, 6);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (EngineRunner writer = EngineRunner.local(memory.path());
        EngineRunner compactor = EngineRunner.local(memory.path())) {
      Future<Long> rewritten = threads.submit(() -> compact(compactor, done));
      Future<Long> written = threads.submit(() -> write(writer, done));
      assertThat(written.get()).isEqualTo(4 * 20 + 19);
      assertThat(rewritten.get()).isGreaterThan(2);
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    List<String> expected = new ArrayList<>(List.of("10019 | new"));
    for (int id = 0; id < 600; id++) {
      boolean isDeleted = id % 100 == 7 || (id < 400 && id % 100 >= 20 && id % 100 < 40);
      if (!isDeleted) {
        expected.add(id + " | x");
      }
    }
    expected.sort(null);
    assertThat(rows()).isEqualTo(expected).isEqualTo(rowsByOthers());
  }

  /** Answers how many delete files were put together. */
  private static long compact(EngineRunner frazil, AtomicBoolean done) {
    String call =
        "CALL system.rewrite_position_delete_files('t', options => MAP['min-input-files', '2'])";
    long files = 0;
    while (!done.get()) {
      String answer = frazil.query(call).lines().get(0);
      files += Long.parseLong(answer.substring(0, answer.indexOf(' ')));
    }
    return files;
  }

  /** Answers how many rows were deleted. */
  private static long write(EngineRunner frazil, AtomicBoolean done) {
    long deleted = 0;
    try {
      for (int i = 0; i < 20; i++) {
        deleted += frazil.update("DELETE FROM t WHERE id % 100 = " + (20 + i) + " AND id < 400");
        frazil.update("INSERT INTO t VALUES (" + (10_000 + i) + ", 'new')");
        deleted += frazil.update("DELETE FROM t WHERE id = " + (10_000 + i - 1));
      }
    } finally {
      done.set(true);
    }
    return deleted;
  }
}
