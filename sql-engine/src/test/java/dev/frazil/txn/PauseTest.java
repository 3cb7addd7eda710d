package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.error.EngineException;
import dev.frazil.testing.FastFolder;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promise 5: a process is frozen around each point of a commit, as Lambda does, another writer
 * commits meanwhile, and the frozen one goes on.
 */
@Tag("slow")
class PauseTest {
  /** In one database; more of them, as with {@code -Psoak}, begin another one. */
  private static final int STOPS_PER_POINT = 20;

  private static final long PAUSE_MILLIS = 100;

  @Test
  void aFrozenProcessGoesOnWithoutHarm() throws InterruptedException {
    int stops = Integer.getInteger("frazil.pause.stops", STOPS_PER_POINT);
    for (int stopped = 0; stopped < stops; stopped += STOPS_PER_POINT) {
      pause(Math.min(STOPS_PER_POINT, stops - stopped));
    }
  }

  /** A fifth of the stops of the others: nobody waits for anybody there. */
  @Test
  void norInAHadoopWarehouse() throws InterruptedException {
    int stops = Math.max(1, Integer.getInteger("frazil.pause.stops", STOPS_PER_POINT) / 5);
    try (FastFolder folder = FastFolder.create();
        ChildWriters writers = ChildWriters.hadoop(folder.path())) {
      assertThat(pause(writers, ChildWriters.HADOOP_FAIL_POINTS, stops)).isZero();
    }
  }

  /** Nor in a catalog that another system keeps. */
  @ParameterizedTest
  @ValueSource(strings = {"jdbc", "dynamodb", "glue"})
  void norInACatalogElsewhere(String kind) throws Exception {
    int stops = Math.max(1, Integer.getInteger("frazil.pause.stops", STOPS_PER_POINT) / 5);
    try (FastFolder folder = FastFolder.create();
        WriterServer server = WriterServer.start(kind, folder.path());
        ChildWriters writers = new ChildWriters(server.place())) {
      assertThat(pause(writers, ChildWriters.SWAP_FAIL_POINTS, stops)).isZero();
    }
  }

  private static void pause(int stops) throws InterruptedException {
    try (FastFolder folder = FastFolder.create();
        ChildWriters writers = new ChildWriters(folder.path().resolve("db"))) {
      int blocked = pause(writers, ChildWriters.FAIL_POINTS, stops);
      assertThat(blocked).isLessThan(stops * ChildWriters.FAIL_POINTS.size() / 2);
    }
  }

  /** Answers how often the other writer had to give up. */
  private static int pause(ChildWriters writers, List<ChildWriters.FailPoint> points, int stops)
      throws InterruptedException {
    long here = 1;
    int blocked = 0;
    try (DatabaseCatalog database = writers.open(500, 1_500)) {
      for (ChildWriters.FailPoint point : points) {
        ChildWriters.Child child = writers.start(point, PAUSE_MILLIS);
        for (int i = 0; i < stops; i++) {
          child.await("at");
          child.signal("STOP");
          try {
            writers.commitHere(database, here++);
          } catch (EngineException e) {
            // Frozen within the lock of the folder: nobody else can commit, and is told so.
            blocked++;
          } finally {
            child.signal("CONT");
          }
        }
        child.await("ack");
        child.kill();
      }
    }
    int values = writers.verify();
    System.out.printf(
        "pauses: %d at each of %d points; %d commits acknowledged, %d there, 0 lost; %d times the"
            + " other writer had to give up%n",
        stops, points.size(), writers.acknowledged(), values, blocked);
    return blocked;
  }
}
