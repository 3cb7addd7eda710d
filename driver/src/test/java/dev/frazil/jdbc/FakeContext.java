package dev.frazil.jdbc;

import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters;
import dev.frazil.exec.TableFiles;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.storage.ObjectStore;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.iceberg.Table;

/** The context of statements that read no table. */
final class FakeContext {
  private static final TableFiles NO_FILES =
      new TableFiles() {
        @Override
        public ObjectStore store(Table table) {
          throw new UnsupportedOperationException();
        }

        @Override
        public ObjectStore outside(String location) {
          throw new UnsupportedOperationException();
        }
      };

  private FakeContext() {}

  static QueryContext of(CancellationToken cancellation) {
    return new QueryContext(
        new MemoryBudget(1 << 20),
        cancellation,
        List.of(),
        0,
        ZoneOffset.UTC,
        NO_FILES,
        1,
        Path.of(System.getProperty("java.io.tmpdir")),
        new QueryCounters());
  }
}
