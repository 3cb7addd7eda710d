package dev.frazil.orc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.MemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files end in a typed error or in rows, soon and within the memory that they may take. */
class MutatedOrcTest {
  private static final long SEED = Long.getLong("frazil.seed", 20261124L);
  private static final int MUTATIONS = Boolean.getBoolean("frazil.soak") ? 3_000 : 60;
  private static final long LIMIT_MILLIS = 2_000;
  private static final Set<SqlState> ALLOWED =
      Set.of(SqlState.DATA_CORRUPTED, SqlState.FEATURE_NOT_SUPPORTED, SqlState.OUT_OF_MEMORY);

  private static Schema schema(String name) {
    return name.startsWith("nested") ? OrcFormsTest.NESTED : OrcFormsTest.FLAT;
  }

  /** Counts how reading ended. */
  private static void read(String name, byte[] body, Map<SqlState, Integer> ends) {
    MemoryObjectStore store = new MemoryObjectStore();
    store.put(name, body);
    long start = System.nanoTime();
    try {
      OrcFiles.rows(store, name, body.length, schema(name));
    } catch (EngineException e) {
      assertThat(ALLOWED).as(e.toString()).contains(e.state());
      assertThat(e.getMessage()).contains(name);
      ends.merge(e.state(), 1, Integer::sum);
    }
    assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(LIMIT_MILLIS);
  }

  private static byte[] mutated(byte[] body, Random random, int from) {
    byte[] copy = body.clone();
    int kind = random.nextInt(4);
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = from + random.nextInt(body.length - from);
      copy[at] =
          switch (kind) {
            case 0 -> (byte) (copy[at] ^ (1 << random.nextInt(8)));
            case 1 -> (byte) 0xFF;
            case 2 -> 0;
            default -> (byte) random.nextInt();
          };
    }
    return copy;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flat-none",
        "flat-zlib",
        "flat-snappy",
        "flat-lz4",
        "flat-zstd",
        "flat-version-11",
        "nested",
        "nested-version-11"
      })
  void damagedFilesEndSoon(String name) {
    Random random = new Random(SEED);
    byte[] body = OrcFiles.body(name);
    Map<SqlState, Integer> ends = new EnumMap<>(SqlState.class);
    for (int i = 0; i < MUTATIONS; i++) {
      // Footers are a small part of the file, and have the lengths of all the rest.
      int from =
          switch (i % 3) {
            case 0 -> 3;
            case 1 -> body.length - 2000;
            default -> body.length - 300;
          };
      read(name, mutated(body, random, from), ends);
    }
    System.out.printf("MutatedOrcTest seed %d, %s: errors %s%n", SEED, name, ends);
    assertThat(ends.get(SqlState.DATA_CORRUPTED)).isPositive();
  }

  @Test
  void refusesTruncatedAndForeignFiles() {
    byte[] body = OrcFiles.body("flat-zstd");
    Map<SqlState, Integer> ends = new EnumMap<>(SqlState.class);
    List<Integer> lengths = List.of(0, 1, 3, 4, 100, body.length / 2, body.length - 1);
    for (int length : lengths) {
      read("flat-cut", Arrays.copyOf(body, length), ends);
    }
    read("flat-text", "not an ORC file at all".getBytes(StandardCharsets.UTF_8), ends);
    assertThat(ends).isEqualTo(Map.of(SqlState.DATA_CORRUPTED, lengths.size() + 1));
  }
}
