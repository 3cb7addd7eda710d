package dev.frazil.txn;

import dev.frazil.testing.FastFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promise 4: processes are killed, at each point of a commit and at random moments, while others
 * write; the tables stay readable and hold exactly what was acknowledged, or was about to be.
 */
@Tag("slow")
class CrashTest {
  /** In one database; more of them, as with {@code -Psoak}, begin another one. */
  private static final int KILLS = 60;

  private static final int AT_A_TIME = 3;
  private static final long FOREVER_MILLIS = 600_000;

  @Test
  void aKilledProcessLeavesTheDatabaseWhole() throws InterruptedException {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    int kills = Integer.getInteger("frazil.crash.kills", KILLS);
    System.out.println("kills: -Dfrazil.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int killed = 0; killed < kills; killed += KILLS) {
      kill(Math.min(KILLS, kills - killed), random);
    }
  }

  /** A third of the kills of the others: each point once, and as many at random. */
  @Test
  void norAHadoopWarehouse() throws InterruptedException {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    int kills = Integer.getInteger("frazil.crash.kills", KILLS) / 3;
    System.out.println("kills, Hadoop warehouse: -Dfrazil.seed=" + seed);
    try (FastFolder folder = FastFolder.create();
        ChildWriters writers = ChildWriters.hadoop(folder.path())) {
      kill(
          writers,
          ChildWriters.HADOOP_FAIL_POINTS,
          Math.max(AT_A_TIME, kills),
          1,
          new SplittableRandom(seed));
    }
  }

  /** A catalog that another system keeps: a tenth, at its own points. */
  @ParameterizedTest
  @ValueSource(strings = {"jdbc", "dynamodb", "glue", "rest"})
  void norACatalogElsewhere(String kind) throws Exception {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    int kills = Integer.getInteger("frazil.crash.kills", KILLS) / 10;
    System.out.println("kills, " + kind + ": -Dfrazil.seed=" + seed);
    try (FastFolder folder = FastFolder.create();
        WriterServer server = WriterServer.start(kind, folder.path());
        ChildWriters writers = new ChildWriters(server.place())) {
      kill(
          writers,
          server.hasPoints() ? ChildWriters.SWAP_FAIL_POINTS : List.of(),
          Math.max(AT_A_TIME, kills),
          1,
          new SplittableRandom(seed));
    }
  }

  private static void kill(int kills, SplittableRandom random) throws InterruptedException {
    try (FastFolder folder = FastFolder.create();
        ChildWriters writers = new ChildWriters(folder.path().resolve("db"))) {
      kill(writers, ChildWriters.FAIL_POINTS, kills, 2, random);
    }
  }

  /**
   * @param times how often somebody is killed at each point
   */
  private static void kill(
      ChildWriters writers,
      List<ChildWriters.FailPoint> points,
      int kills,
      int times,
      SplittableRandom random)
      throws InterruptedException {
    int values = 0;
    for (int killed = 0; killed < kills; killed += AT_A_TIME) {
      List<ChildWriters.Child> children = new ArrayList<>();
      List<Boolean> pointed = new ArrayList<>();
      for (int i = killed; i < killed + AT_A_TIME; i++) {
        boolean atPoint = i < times * points.size();
        pointed.add(atPoint);
        children.add(writers.start(atPoint ? points.get(i % points.size()) : null, FOREVER_MILLIS));
      }
      for (int i = 0; i < children.size(); i++) {
        children.get(i).await(pointed.get(i) ? "at" : "ack");
        if (!pointed.get(i)) {
          Thread.sleep(random.nextInt(150));
        }
        children.get(i).kill();
      }
      values = writers.verify();
    }
    System.out.printf(
        "kills: %d processes, %d at %d named points; %d commits acknowledged, %d there, 0 lost%n",
        kills,
        Math.min(kills, times * points.size()),
        points.size(),
        writers.acknowledged(),
        values);
  }
}
