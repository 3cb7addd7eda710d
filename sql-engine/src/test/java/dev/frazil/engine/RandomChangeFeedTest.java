package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random histories of a table: the change feed tells what turns each state into the next one, as a
 * model works it out from the rows that each state has. Replay with {@code -Dfrazil.seed=}.
 */
@Tag("slow")
class RandomChangeFeedTest {
  private static final int STEPS = Integer.getInteger("frazil.steps", 40);
  private static final String[] MODES = {"copy-on-write", "merge-on-read"};

  /** Rows by what tells them from others; the value is the rest, and how often the row is there. */
  private record State(String snapshot, List<String> keys, List<String> rows) {}

  @TempDir Path folder;
  private EngineRunner frazil;
  private DuckDbRunner duckDb;
  private int equalityDeletes;
  private int nextId;
  private final Map<String, Integer> done = new TreeMap<>();

  @ParameterizedTest
  @CsvSource({"1,", "2,", "2,', PRIMARY KEY (id)'", "3,", "3,', PRIMARY KEY (id)'"})
  void theFeedTellsWhatTurnsAStateIntoTheNext(int version, String key) {
    long seed = Long.getLong("frazil.seed", 20261124) + version;
    System.out.println("RandomChangeFeedTest: replay with -Dfrazil.seed=" + (seed - version));
    Random random = new Random(seed);
    try (EngineRunner one = EngineRunner.local(folder);
        DuckDbRunner two = new DuckDbRunner()) {
      frazil = one;
      duckDb = two;
      frazil.update(
          "CREATE TABLE t (id integer, k integer, s varchar, l integer array"
              + (key == null ? "" : key)
              + ") PARTITIONED BY (bucket(2, id)) WITH (\"format-version\" = '"
              + version
              + "', \"write.frazil.auto-maintain\" = 'false')");
      List<State> history = new ArrayList<>();
      history.add(new State("NULL", List.of(), List.of()));
      for (int step = 0; step < STEPS; step++) {
        step(random, version, history);
        State state = state(version == 3 ? "_row_id" : key == null ? null : "id");
        if (!state.snapshot().equals(history.get(history.size() - 1).snapshot())) {
          history.add(state);
        }
      }
      boolean paired = version == 3 || key != null;
      check(history, 0, history.size() - 1, paired);
      for (int i = 0; i < 10; i++) {
        int from = random.nextInt(history.size() - 1);
        check(history, from, from + 1 + random.nextInt(history.size() - from - 1), paired);
      }
      System.out.println("RandomChangeFeedTest: version " + version + ", " + done);
    }
  }

  private void step(Random random, int version, List<State> history) {
    int bound = random.nextInt(6);
    String rest = random.nextBoolean() ? "" : " AND id % 3 = " + random.nextInt(3);
    String sql =
        switch (random.nextInt(version == 1 ? 10 : 11)) {
          case 0, 1, 2 -> insert("INSERT INTO t", random);
          case 3 -> "UPDATE t SET s = s || '!' WHERE k < " + bound + rest;
          case 4 -> "UPDATE t SET s = 'same', l = ARRAY[1] WHERE k = " + bound;
          case 5 -> "DELETE FROM t WHERE k = " + bound + rest;
          case 6 ->
              "MERGE INTO t USING (SELECT id, k FROM t WHERE k < 3 UNION ALL VALUES ("
                  + nextId++
                  + ", 9)) AS n (id, k) ON t.id = n.id WHEN MATCHED AND n.k = 0 THEN DELETE"
                  + " WHEN MATCHED THEN UPDATE SET k = n.k + 1"
                  + " WHEN NOT MATCHED THEN INSERT (id, k) VALUES (n.id, n.k)";
          case 7 -> {
            String kind = new String[] {"update", "delete", "merge"}[random.nextInt(3)];
            String mode = MODES[random.nextInt(2)];
            frazil.change("t", t -> t.updateProperties().set("write." + kind + ".mode", mode));
            yield "";
          }
          case 8 -> {
            frazil.query(
                "CALL system.rewrite_data_files(table => 't', options => MAP['rewrite-all', 'true'])");
            yield "";
          }
          case 9 -> {
            if (random.nextInt(3) > 0) {
              yield insert("INSERT OVERWRITE t", random);
            } else if (history.size() < 4) {
              yield "";
            }
            int back = history.size() - 1 - random.nextInt(2);
            frazil.change(
                "t",
                t -> t.manageSnapshots().rollbackTo(Long.parseLong(history.get(back).snapshot())));
            history.subList(back + 1, history.size()).clear();
            done.merge("rollbacks", 1, Integer::sum);
            yield "";
          }
          default -> {
            int id = random.nextInt(nextId + 1);
            frazil.change("t", table -> equalityDelete(table, id));
            done.merge("equality deletes", 1, Integer::sum);
            yield "";
          }
        };
    if (!sql.isEmpty()) {
      frazil.update(sql);
      done.merge(sql.substring(0, 6), 1, Integer::sum);
    }
  }

  private String insert(String head, Random random) {
    List<String> rows = new ArrayList<>();
    for (int i = 2 + random.nextInt(6); i > 0; i--) {
      String s = random.nextInt(4) == 0 ? "NULL" : "'s" + random.nextInt(3) + "'";
      rows.add("(%d, %d, %s, ARRAY[%d, NULL])".formatted(nextId++, random.nextInt(6), s, i));
    }
    return head + " VALUES " + String.join(", ", rows);
  }

  private State state(String key) {
    String keys = key == null ? "NULL" : key;
    List<List<String>> rows = frazil.query("SELECT " + keys + ", id, k, s, l FROM t").rows();
    List<String> snapshot =
        frazil.query("SELECT snapshot_id FROM \"t$refs\" WHERE name = 'main'").lines();
    return new State(
        snapshot.isEmpty() ? "NULL" : snapshot.get(0),
        rows.stream().map(row -> row.get(0)).toList(),
        rows.stream().map(row -> String.join(" | ", row.subList(1, row.size()))).toList());
  }

  private void check(List<State> history, int from, int to, boolean paired) {
    String bounds = history.get(from).snapshot() + ", " + history.get(to).snapshot();
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (List<String> row :
        frazil
            .query(
                "SELECT _change_ordinal, id, k, s, l, _change_type FROM"
                    + " TABLE(system.table_changes('t', "
                    + bounds
                    + ")) ORDER BY 1")
            .rows()) {
      found
          .computeIfAbsent(row.get(0), ordinal -> new ArrayList<>())
          .add(String.join(" | ", row.subList(1, row.size())));
    }
    List<List<String>> expected = new ArrayList<>();
    for (int i = from + 1; i <= to; i++) {
      List<String> changes = changes(history.get(i - 1), history.get(i), paired);
      if (!changes.isEmpty()) {
        expected.add(changes);
      }
    }
    assertThat(found.values().stream().map(rows -> rows.stream().sorted().toList()).toList())
        .as("from %s to %s", from, to)
        .isEqualTo(expected);
    assertThat(
            frazil
                .query(
                    "SELECT id, k, s, l, _change_type FROM TABLE(system.table_changes('t', "
                        + bounds
                        + ", net_changes => true))")
                .lines()
                .stream()
                .sorted()
                .toList())
        .as("net from %s to %s", from, to)
        .isEqualTo(changes(history.get(from), history.get(to), paired));
  }

  /** What turns a state into another one. */
  private static List<String> changes(State before, State after, boolean paired) {
    List<String> changes = new ArrayList<>();
    if (!paired) {
      Map<String, Long> surplus = new HashMap<>();
      before.rows().forEach(row -> surplus.merge(row, 1L, Long::sum));
      after.rows().forEach(row -> surplus.merge(row, -1L, Long::sum));
      surplus.forEach(
          (row, count) -> {
            for (long i = 0; i < Math.abs(count); i++) {
              changes.add(row + (count > 0 ? " | delete" : " | insert"));
            }
          });
      return changes.stream().sorted().toList();
    }
    Map<String, String> left = rows(before);
    rows(after)
        .forEach(
            (key, row) -> {
              String old = left.remove(key);
              if (old == null) {
                changes.add(row + " | insert");
              } else if (!old.equals(row)) {
                changes.add(old + " | update_before");
                changes.add(row + " | update_after");
              }
            });
    left.values().forEach(row -> changes.add(row + " | delete"));
    return changes.stream().sorted().toList();
  }

  private static Map<String, String> rows(State state) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (int i = 0; i < state.keys().size(); i++) {
      assertThat(rows.put(state.keys().get(i), state.rows().get(i))).isNull();
    }
    return rows;
  }

  private PendingUpdate<?> equalityDelete(Table table, int id) {
    Path file = Path.of(table.location(), "data", "equality-" + equalityDeletes++ + ".parquet");
    duckDb.execute(
        "COPY (SELECT %d::INTEGER AS id) TO '%s' (FORMAT parquet, FIELD_IDS {id: 1})"
            .formatted(id, file));
    try {
      // of a spec without a partition, so that it counts for all of them
      return table
          .newRowDelta()
          .addDeletes(
              FileMetadata.deleteFileBuilder(org.apache.iceberg.PartitionSpec.unpartitioned())
                  .ofEqualityDeletes(1)
                  .withPath(file.toString())
                  .withFormat(FileFormat.PARQUET)
                  .withFileSizeInBytes(Files.size(file))
                  .withRecordCount(1)
                  .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
