package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.catalog.BucketDatabase;
import dev.frazil.catalog.DatabaseMoment;
import dev.frazil.catalog.Databases;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.RootEdit;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.FaultyObjectStore;
import dev.frazil.testing.MemoryObjectStore;
import dev.frazil.testing.PutFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;

/** How a restoration ends: too much to remember, lost answers, others that come first. */
class DatabaseRestorationTest {
  private final FaultyObjectStore store = new FaultyObjectStore(new MemoryObjectStore(), 1);
  private final BucketDatabase database = Databases.open(store, "/w", 5_000);

  private void commit(RootChange... changes) {
    database.commit(new RootEdit(database.newCommitId(), null, List.of(changes)));
  }

  private static RootChange schema(String name) {
    return new RootChange.CreateNamespace(Namespace.of(name), Map.of());
  }

  private DatabaseRestoration restoration(long version) {
    return new DatabaseRestoration(
        database, new DatabaseMoment.AtVersion(version), null, (table, metadata, files) -> {});
  }

  @Test
  void moreThanARootCanRememberIsRefused() {
    commit();
    List<RootChange> tables = new ArrayList<>();
    for (int i = 0; i <= DatabaseRestoration.MOST_CHANGES; i++) {
      tables.add(
          new RootChange.CreateRelation(
              TableIdentifier.of("main", "t" + i),
              new TablePointer(TablePointer.Kind.TABLE, "/w/" + i, "u" + i)));
    }
    commit(tables.toArray(new RootChange[0]));
    assertThatThrownBy(() -> restoration(2).run())
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.LIMIT_EXCEEDED));
    assertThat(database.snapshot().root().relations()).hasSize(tables.size());
    TableIdentifier first = TableIdentifier.of("main", "t0");
    commit(new RootChange.DropRelation(first, "u0"));
    assertThat(restoration(2).run().changes()).isEqualTo(DatabaseRestoration.MOST_CHANGES);
    assertThat(database.snapshot().root().relations()).isEmpty();
    assertThat(
            database
                .history(database.snapshot())
                .at(new DatabaseMoment.AtVersion(4))
                .root()
                .relations())
        .hasSize(DatabaseRestoration.MOST_CHANGES)
        .doesNotContainKey(first);
  }

  @Test
  void aLostAnswerIsFoundByTheCommitsId() {
    commit();
    commit(schema("s"));
    store.nextPutIf(PutFault.APPLIED_THEN_REFUSED);
    assertThat(restoration(2).run().commit().alreadyApplied()).isFalse();
    assertThat(database.snapshot().root().version()).isEqualTo(4);
    assertThat(database.snapshot().root().namespaces()).containsOnlyKeys(Namespace.of("main"));
  }

  @Test
  void whatOthersCommitMeanwhileIsTakenBackToo() {
    commit();
    commit(schema("s"));
    BucketDatabase other = Databases.open(store, "/w", 5_000);
    boolean[] done = new boolean[1];
    store.hook(
        FaultyObjectStore.Point.BEFORE_PUT_IF,
        location -> {
          if (!done[0]) {
            done[0] = true;
            other.commit(new RootEdit(other.newCommitId(), null, List.of(schema("late"))));
          }
        });
    restoration(2).run();
    assertThat(database.snapshot().root().version()).isEqualTo(5);
    assertThat(database.snapshot().root().namespaces()).containsOnlyKeys(Namespace.of("main"));
    assertThat(
            database
                .history(database.snapshot())
                .at(new DatabaseMoment.AtVersion(4))
                .root()
                .namespaces())
        .containsKey(Namespace.of("late"));
  }
}
