package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RequestCounter.Kind;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A scan from a bucket sends for the next files while it reads; its failures are found anyway. */
@Timeout(60)
class ReadAheadTest {
  private static final int FILES = 24;
  private static final int LATENCY_MILLIS = 60;

  private final ConditionalS3Server server = ConditionalS3Server.start();
  private final EngineRunner frazil = EngineRunner.open(server.config("db"));

  @BeforeEach
  void write() {
    frazil.update("CREATE TABLE t (n integer)");
    for (int i = 0; i < FILES; i++) {
      frazil.update("INSERT INTO t VALUES (" + i + ")");
    }
    server.resetCounts();
  }

  @AfterEach
  void close() {
    frazil.close();
    server.close();
  }

  @Test
  void filesAreReadSideBySide() {
    server.latencyMillis(LATENCY_MILLIS);
    assertThat(frazil.query("SELECT count(*), sum(n), max(n) FROM t WHERE n >= 0").lines())
        .containsExactly("24 | 276 | 23");
    assertThat(server.count(Kind.RANGE_GET)).as("each file once").isEqualTo(FILES);
    assertThat(server.mostAtOnce()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void aMissingFileIsAFailureThoughAnotherThreadMetIt() {
    String lost =
        server.keys(ConditionalS3Server.BUCKET, "db/").stream()
            .filter(key -> key.endsWith(".parquet"))
            .skip(FILES / 2)
            .findFirst()
            .orElseThrow();
    byte[] body = server.peek(ConditionalS3Server.BUCKET, lost);
    server.remove(ConditionalS3Server.BUCKET, lost);
    assertThat(catchThrowable(() -> frazil.query("SELECT sum(n) FROM t WHERE n >= 0")))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.IO_ERROR))
        .hasMessageContaining(lost.substring(lost.lastIndexOf('/') + 1));
    server.poke(ConditionalS3Server.BUCKET, lost, body);
    assertThat(frazil.query("SELECT sum(n) FROM t WHERE n >= 0").lines()).containsExactly("276");
  }

  /** The last file to be opened has nobody behind it who would notice: its failure must count. */
  @Test
  void theOnlyFileFailsTheScanEachTime() {
    frazil.update("CREATE TABLE one (n integer)");
    frazil.update("INSERT INTO one VALUES (1)");
    frazil.query("SELECT sum(n) FROM one WHERE n >= 0");
    server.keys(ConditionalS3Server.BUCKET, "db/main/one-").stream()
        .filter(key -> key.endsWith(".parquet"))
        .forEach(key -> server.remove(ConditionalS3Server.BUCKET, key));
    for (int i = 0; i < 300; i++) {
      assertThat(catchThrowable(() -> frazil.query("SELECT sum(n) FROM one WHERE n >= 0")))
          .as("query " + i)
          .isInstanceOf(EngineException.class);
    }
  }

  @Test
  void whatALimitSparesIsNotSentFor() {
    assertThat(frazil.query("SELECT n FROM t LIMIT 1").rows()).hasSize(1);
    assertThat(server.count(Kind.RANGE_GET)).isLessThanOrEqualTo(2);
  }
}
