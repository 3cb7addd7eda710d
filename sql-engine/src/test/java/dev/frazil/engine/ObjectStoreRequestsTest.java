package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.storage.RequestCounter.Kind;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many requests statements cost on S3: each is a round trip of tens of milliseconds. */
class ObjectStoreRequestsTest {
  private ConditionalS3Server server;

  @BeforeEach
  void start() {
    server = ConditionalS3Server.start();
    try (EngineRunner writer = EngineRunner.open(server.config("db"))) {
      writer.script(
          "CREATE TABLE reading (id bigint, sensor varchar, value double)",
          "INSERT INTO reading VALUES (1, 'a', 1.5), (2, 'b', 2.5), (3, 'c', 3.5)");
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aFreshPointSelectOfOneFileTakesAtMostSixReads() {
    try (EngineRunner reader = EngineRunner.open(server.config("db"))) {
      server.resetCounts();
      assertThat(reader.query("SELECT value FROM reading WHERE id = 2").lines())
          .containsExactly("2.5");
      Map<Kind, Long> counts = server.counts();
      System.out.println("fresh SELECT of one file: " + counts);
      assertThat(reads()).isLessThanOrEqualTo(6);
      assertThat(writes()).isZero();
      server.resetCounts();
      reader.query("SELECT value FROM reading WHERE id = 3");
      System.out.println("second SELECT of one file: " + server.counts());
      assertThat(reads()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aWarmInsertOfOneRowTakesAtMostSixPutsAndTwoGets() {
    try (EngineRunner writer = EngineRunner.open(server.config("db"))) {
      writer.update("INSERT INTO reading VALUES (4, 'd', 4.5)");
      server.resetCounts();
      writer.update("INSERT INTO reading VALUES (5, 'e', 5.5)");
      System.out.println("warm INSERT of one row: " + server.counts());
      assertThat(writes()).isLessThanOrEqualTo(6);
      assertThat(reads()).isLessThanOrEqualTo(2);
      assertThat(writer.query("SELECT count(*) FROM reading").lines()).containsExactly("5");
    }
  }

  @Test
  void anImpossibleConditionReadsNoData() {
    try (EngineRunner reader = EngineRunner.open(server.config("db"))) {
      reader.query("SELECT * FROM reading WHERE 1 = 0");
      server.resetCounts();
      assertThat(reader.query("SELECT * FROM reading WHERE 1 = 0").rows()).isEmpty();
      assertThat(reader.query("SELECT * FROM (SELECT * FROM reading) AS r WHERE 1 = 0").rows())
          .isEmpty();
      System.out.println("two impossible SELECTs: " + server.counts());
      assertThat(server.count(Kind.RANGE_GET)).as("data files").isZero();
      assertThat(reads()).as("the root, once a statement").isLessThanOrEqualTo(2);
    }
  }

  @Test
  void extremesThatTheManifestsTellReadNoData() {
    try (EngineRunner reader = EngineRunner.open(server.config("db"))) {
      server.resetCounts();
      assertThat(reader.query("SELECT min(id), max(id), count(sensor) FROM reading").lines())
          .containsExactly("1 | 3 | 3");
      assertThat(server.count(Kind.RANGE_GET)).as("data files").isZero();
      assertThat(reads()).as("root, metadata, manifest list, manifest").isLessThanOrEqualTo(4);
    }
  }

  @Test
  void aViewCostsOneReadMoreAndNoneWhenItIsKnown() {
    long direct;
    try (EngineRunner reader = EngineRunner.open(server.config("db"))) {
      server.resetCounts();
      reader.query("SELECT value FROM reading WHERE id = 2");
      direct = reads();
    }
    try (EngineRunner writer = EngineRunner.open(server.config("db"))) {
      writer.update("CREATE SCHEMA other");
      server.resetCounts();
      writer.update("CREATE VIEW values_of AS SELECT id, value FROM reading");
      assertThat(writes()).as("the view's metadata and the root").isEqualTo(2);
      server.resetCounts();
      writer.update("CREATE OR REPLACE VIEW values_of AS SELECT id, value FROM reading");
      assertThat(writes()).isEqualTo(2);
      assertThat(reads()).as("the root").isLessThanOrEqualTo(1);
    }
    try (EngineRunner reader = EngineRunner.open(server.config("db"))) {
      server.resetCounts();
      assertThat(reader.query("SELECT value FROM values_of WHERE id = 2").lines())
          .containsExactly("2.5");
      assertThat(reads()).isEqualTo(direct + 1);
      server.resetCounts();
      reader.query("SELECT value FROM values_of WHERE id = 2");
      assertThat(reads()).as("the root and the data").isLessThanOrEqualTo(2);
      server.resetCounts();
      reader.query("SHOW VIEWS");
      assertThat(reads()).as("the root").isLessThanOrEqualTo(1);
    }
  }

  private long reads() {
    return server.count(Kind.GET, Kind.RANGE_GET, Kind.HEAD, Kind.LIST);
  }

  private long writes() {
    return server.count(Kind.PUT, Kind.CONDITIONAL_PUT, Kind.MULTIPART, Kind.DELETE);
  }
}
