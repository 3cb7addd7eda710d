package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file of a database, damaged in a few bytes: reading it ends in a typed error or in rows,
 * soon and within little memory. Where the format has checksums (pages, deletion vectors) or says a
 * thing twice (footers), the rows are the right ones.
 */
@Tag("slow")
class MutatedTablesTest {
  private static final long SEED = Long.getLong("frazil.seed", 20261124L);
  private static final int MUTATIONS = Boolean.getBoolean("frazil.soak") ? 100_000 : 2_400;
  private static final long LIMIT_MILLIS = 2_000;
  private static final long LIMIT_BYTES = 64L << 20;
  private static final Set<SqlState> ALLOWED =
      Set.of(
          SqlState.DATA_CORRUPTED,
          SqlState.FEATURE_NOT_SUPPORTED,
          SqlState.LIMIT_EXCEEDED,
          SqlState.LOCATION_REFUSED,
          SqlState.IO_ERROR);

  private static final List<String> QUERIES =
      List.of("SELECT * FROM t", "SELECT * FROM v", "SELECT count(*), min(id) FROM t WHERE p = 1");

  @TempDir Path folder;
  private final Map<String, List<String>> right = new TreeMap<>();
  private final Map<String, Map<String, Integer>> ends = new TreeMap<>();

  private EngineRunner open() {
    return EngineRunner.open(
        new ConnectionConfig(
            new Warehouse.LocalFolder(folder.toString()),
            Map.of(ConnectionProperty.THREADS, "1"),
            Map.of()));
  }

  @BeforeEach
  void makeTables() {
    try (EngineRunner frazil = open()) {
      frazil.script(
          "CREATE TABLE t (id bigint, s varchar, p integer) PARTITIONED BY (p)"
              + " WITH (\"format-version\" = '2', \"write.delete.mode\" = 'merge-on-read')",
          "INSERT INTO t SELECT g, 'row ' || CAST(g AS varchar), g % 3"
              + " FROM generate_series(1, 200) AS x (g)",
          "DELETE FROM t WHERE id IN (5, 50, 120)",
          "CREATE TABLE v (id bigint, l ARRAY<varchar>)"
              + " WITH (\"format-version\" = '3', \"write.delete.mode\" = 'merge-on-read')",
          "INSERT INTO v SELECT g, ARRAY['row ' || CAST(g AS varchar)]"
              + " FROM generate_series(1, 200) AS x (g)",
          "DELETE FROM v WHERE id IN (5, 50, 120)");
    }
    try (EngineRunner frazil = open()) {
      QUERIES.forEach(query -> right.put(query, frazil.query(query).sorted()));
    }
  }

  /** Files that a fresh connection opens. */
  private List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> !kind(file).isEmpty())
          .sorted()
          .toList();
    }
  }

  private static String kind(Path file) {
    String name = file.getFileName().toString();
    if (name.endsWith("-deletes.parquet") || name.endsWith(".puffin")) {
      return "deletes";
    } else if (name.endsWith(".parquet")) {
      return "data";
    } else if (name.startsWith("00002-") || name.equals("root.json")) {
      return "metadata";
    }
    return name.endsWith(".avro") ? "manifests" : "";
  }

  @Test
  void damagedFilesGiveAnErrorSoon() throws IOException {
    List<Path> files = files();
    assertThat(files.stream().map(MutatedTablesTest::kind).distinct()).hasSize(4);
    Random random = new Random(SEED);
    for (int i = 0; i < MUTATIONS; i++) {
      Path file = files.get(i % files.size());
      byte[] body = Files.readAllBytes(file);
      Files.write(file, mutated(body, random));
      String query =
          file.toString().contains("/v-")
              ? QUERIES.get(1)
              : QUERIES.get(i / files.size() % 2 == 0 ? 0 : 2);
      boolean same = read(file, query, "seed " + SEED + ", mutation " + i + " of " + file);
      if (kind(file).equals("data") || kind(file).equals("deletes")) {
        assertThat(same).as("seed %s, mutation %s of %s: %s", SEED, i, file, query).isTrue();
      }
      Files.write(file, body);
    }
    System.out.println("MutatedTablesTest seed " + SEED + ": " + ends);
    assertThat(ends.keySet()).hasSize(4);
    ends.forEach(
        (kind, counts) -> assertThat(counts.get("DATA_CORRUPTED")).as(kind).isGreaterThan(20));
  }

  /** Whether it answers right or not at all. */
  private boolean read(Path file, String query, String description) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    String end;
    try (EngineRunner frazil = open()) {
      end = frazil.query(query).sorted().equals(right.get(query)) ? "right" : "other";
    } catch (EngineException e) {
      assertThat(ALLOWED).as(description + ": " + e + " by " + e.getCause()).contains(e.state());
      end = e.state().name();
    }
    assertThat((System.nanoTime() - start) / 1_000_000).as(description).isLessThan(LIMIT_MILLIS);
    assertThat(threads.getCurrentThreadAllocatedBytes() - allocated)
        .as("bytes allocated, " + description)
        .isLessThan(LIMIT_BYTES);
    ends.computeIfAbsent(kind(file), kind -> new TreeMap<>()).merge(end, 1, Integer::sum);
    return !end.equals("other");
  }

  private static byte[] mutated(byte[] body, Random random) {
    byte[] copy = body.clone();
    int kind = random.nextInt(5);
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(copy.length);
      copy[at] =
          switch (kind) {
            case 0, 1 -> (byte) (copy[at] ^ (1 << random.nextInt(8)));
            case 2 -> (byte) 0xFF;
            case 3 -> 0;
            default -> (byte) random.nextInt();
          };
    }
    return copy;
  }
}
