package dev.frazil.txn;

import dev.frazil.catalog.BucketDatabase;
import dev.frazil.testing.FastFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Promise 5: a process is frozen around each point of a commit, as Lambda does, another writer
 * commits meanwhile, and the frozen one goes on.
 */
@Tag("slow")
class PauseTest {
  private static final int STOPS_PER_POINT = 20;
  private static final long PAUSE_MILLIS = 40;

  @Test
  void aFrozenProcessGoesOnWithoutHarm() throws InterruptedException {
    int stops = Integer.getInteger("frazil.pause.stops", STOPS_PER_POINT);
    long here = 1;
    try (FastFolder folder = FastFolder.create()) {
      ChildWriters writers = new ChildWriters(folder.path().resolve("db"));
      try (BucketDatabase database = writers.open()) {
        for (ChildWriters.FailPoint point : ChildWriters.FAIL_POINTS) {
          ChildWriters.Child child = writers.start(point, PAUSE_MILLIS);
          for (int i = 0; i < stops; i++) {
            child.await("at");
            child.signal("STOP");
            writers.commitHere(database, here++);
            child.signal("CONT");
          }
          child.await("ack");
          child.kill();
        }
      }
      int values = writers.verify();
      System.out.printf(
          "pauses: %d at each of %d points; %d commits acknowledged, %d there, 0 lost%n",
          stops, ChildWriters.FAIL_POINTS.size(), writers.acknowledged(), values);
    }
  }
}
