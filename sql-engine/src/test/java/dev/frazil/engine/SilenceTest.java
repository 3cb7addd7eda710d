package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Nothing of ours is logged at INFO or above while all goes well: it would stand between the rows
 * of a user's console. The libraries that log there (Iceberg tells of every scan and commit) are
 * silenced by the driver.
 */
class SilenceTest {
  @TempDir Path folder;

  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          if (line.getLevel().intValue() >= Level.INFO.intValue()
              && String.valueOf(line.getLoggerName()).startsWith("dev.frazil")) {
            heard.add(line.getLoggerName() + ": " + line.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(listener);
  }

  @AfterEach
  void stop() {
    Logger.getLogger("").removeHandler(listener);
  }

  @Test
  void theListenerHears() {
    LoggerFactory.getLogger(SilenceTest.class).info("a test");
    assertThat(heard).hasSize(1);
  }

  @Test
  void aFolder() {
    speakToNobody(ConnectionConfig.of(new Warehouse.LocalFolder(folder.resolve("db").toString())));
  }

  @Test
  @Tag("slow")
  void aBucket() {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      speakToNobody(server.config("db"));
    }
  }

  private void speakToNobody(ConnectionConfig config) {
    for (int session = 0; session < 2; session++) {
      try (EngineRunner frazil = EngineRunner.open(config)) {
        frazil.script(
            "CREATE SCHEMA s" + session,
            "CREATE TABLE s" + session + ".t (id integer, v varchar, d date) PARTITIONED BY (id)",
            "INSERT INTO s" + session + ".t VALUES (1, 'a', DATE '2020-01-01'), (2, 'b', NULL)",
            "UPDATE s" + session + ".t SET v = 'c' WHERE id = 1",
            "DELETE FROM s" + session + ".t WHERE id = 2",
            "MERGE INTO s"
                + session
                + ".t AS t USING (VALUES (1), (3)) AS s (id) ON t.id = s.id"
                + " WHEN MATCHED THEN DELETE"
                + " WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id, 'new')",
            "CREATE TABLE u" + session + " AS SELECT * FROM s" + session + ".t",
            "START TRANSACTION",
            "INSERT INTO u" + session + " SELECT * FROM s" + session + ".t",
            "TRUNCATE TABLE s" + session + ".t",
            "COMMIT",
            "START TRANSACTION",
            "DELETE FROM u" + session,
            "ROLLBACK");
        assertThat(frazil.query("SELECT count(*) FROM u" + session).lines()).containsExactly("2");
        frazil.update("DROP TABLE s" + session + ".t");
      }
    }
    assertThat(heard).isEmpty();
  }
}
