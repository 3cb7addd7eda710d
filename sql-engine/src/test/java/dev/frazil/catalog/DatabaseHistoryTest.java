package dev.frazil.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import dev.frazil.testing.MemoryObjectStore;
import dev.frazil.testing.SimulatedTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;

/** The trail of a database's earlier states: complete, bounded, and never needed by a commit. */
class DatabaseHistoryTest {
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final SimulatedTime time = new SimulatedTime(1);
  private final BucketDatabase database = Databases.open(store, "/w", 5_000, time, Ids.system());
  private final Map<Long, DatabaseRoot> made = new HashMap<>();
  private final SplittableRandom random = new SplittableRandom(42);

  /** Creates, changes or drops a relation or a schema. */
  private void change() {
    DatabaseRoot root = database.snapshot().root();
    TableIdentifier table =
        TableIdentifier.of(random.nextBoolean() ? "main" : "s", "t" + random.nextInt(5));
    Namespace other = Namespace.of("s");
    List<RootChange> changes = new ArrayList<>();
    TablePointer there = root.relations().get(table);
    String location = "/w/m/" + root.version() + ".json";
    if (!root.namespaces().containsKey(other)) {
      changes.add(new RootChange.CreateNamespace(other, Map.of("k", "" + root.version())));
    } else if (there == null) {
      changes.add(
          new RootChange.CreateRelation(
              table, new TablePointer(TablePointer.Kind.TABLE, location, "u" + root.version())));
    } else if (random.nextInt(4) == 0) {
      changes.add(new RootChange.DropRelation(table, there.uuid()));
    } else {
      changes.add(
          new RootChange.ReplaceRelation(
              table,
              there.metadataLocation(),
              new TablePointer(TablePointer.Kind.TABLE, location, there.uuid())));
    }
    assertThat(database.commit(new RootEdit(database.newCommitId(), null, changes)))
        .isInstanceOf(CommitOutcome.Applied.class);
    DatabaseRoot after = database.snapshot().root();
    made.put(after.version(), after);
  }

  private DatabaseHistory history() {
    return database.history(database.snapshot());
  }

  private DatabaseRoot at(long version) {
    return history().at(new DatabaseMoment.AtVersion(version)).root();
  }

  private static void assertSame(DatabaseRoot found, DatabaseRoot expected) {
    assertThat(found.version()).isEqualTo(expected.version());
    assertThat(found.commitId()).isEqualTo(expected.commitId());
    assertThat(found.relations()).isEqualTo(expected.relations());
    assertThat(found.namespaces()).isEqualTo(expected.namespaces());
  }

  @Test
  void everyStateIsFoundAgain() {
    database.prepareWrite();
    Map<Long, Long> times = new HashMap<>();
    for (int i = 0; i < 150; i++) {
      time.sleepMillis(10);
      change();
      times.put(database.snapshot().root().version(), time.nowMillis());
    }
    assertThat(made).hasSize(150);
    made.forEach((version, expected) -> assertSame(at(version), expected));
    times.forEach(
        (version, millis) ->
            assertSame(
                database
                    .history(database.snapshot())
                    .at(new DatabaseMoment.AtTime(millis * 1_000 + 999, "then"))
                    .root(),
                made.get(version)));
    // 32 versions an object; what the root holds is of the newest part.
    assertThat(database.snapshot().root().history().size()).isLessThanOrEqualTo(32);
    assertThat(store.list("/w/_frazil/history/").hasNext()).isTrue();
  }

  @Test
  void aLostPartEndsTheHistoryAndNothingElse() {
    database.prepareWrite();
    for (int i = 0; i < 100; i++) {
      change();
    }
    store.delete(List.of("/w/_frazil/history/0001.json"));
    assertSame(at(70), made.get(70L));
    assertThatThrownBy(() -> at(40))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.INVALID_PARAMETER_VALUE))
        .hasMessageContaining("version 64");
    change();
  }

  @Test
  void timesNeverGoBack() {
    database.prepareWrite();
    time.sleepMillis(100_000);
    change();
    BucketDatabase behind = Databases.open(store, "/w", 5_000, new SimulatedTime(2), Ids.system());
    for (int i = 0; i < 80; i++) { // over the borders of parts
      behind.commit(
          new RootEdit(
              behind.newCommitId(),
              null,
              List.of(new RootChange.CreateNamespace(Namespace.of("late" + i), Map.of()))));
    }
    List<Long> millis = new ArrayList<>();
    history()
        .visit(
            (version, unused) -> {
              millis.add(0, version.madeAtMillis());
              return true;
            });
    assertThat(millis).hasSize(82).isSorted();
  }

  @Test
  void aHugeCommitLeavesNoHistoryButIsDone() {
    database.prepareWrite();
    for (int i = 0; i < 3; i++) {
      List<RootChange> changes = new ArrayList<>();
      for (int table = 0; table < 9_000; table++) {
        changes.add(
            new RootChange.CreateRelation(
                TableIdentifier.of("main", "t" + i + "_" + table),
                new TablePointer(TablePointer.Kind.TABLE, "/w/" + i + "/" + table, "u" + table)));
      }
      database.commit(new RootEdit(database.newCommitId(), null, changes));
    }
    assertThat(database.snapshot().root().relations()).hasSize(27_000);
    assertThat(database.snapshot().root().history()).hasSize(2);
  }
}
