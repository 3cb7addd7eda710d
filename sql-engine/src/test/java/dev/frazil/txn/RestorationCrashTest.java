package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.BucketDatabase;
import dev.frazil.catalog.Databases;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.ChildJvm;
import dev.frazil.testing.TableFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of RESTORE DATABASE has done all of it, or nothing. */
@Tag("slow")
class RestorationCrashTest {
  private static final List<TableIdentifier> TABLES =
      List.of(TableIdentifier.of("main", "a"), TableIdentifier.of("main", "b"));

  @TempDir Path folder;
  private BucketDatabase database;

  private void append(long value) {
    Transaction transaction = Transaction.begin(database, IsolationLevel.SNAPSHOT, false, null);
    for (TableIdentifier identifier : TABLES) {
      Table table = transaction.load(identifier).orElseThrow();
      transaction
          .rows()
          .append(
              identifier, List.of(TableFiles.write(database.store(), table, value, "v" + value)));
    }
    transaction.commit(null);
  }

  private long version() {
    return database.snapshot().root().version();
  }

  private List<List<Long>> rows() {
    Transaction transaction = Transaction.begin(database, IsolationLevel.SNAPSHOT, true, null);
    List<List<Long>> rows = new ArrayList<>();
    for (TableIdentifier identifier : TABLES) {
      Table table = transaction.load(identifier).orElseThrow();
      rows.add(TableFiles.read(database.store(), table).stream().sorted().toList());
    }
    return rows;
  }

  @Test
  void aKilledRestorationIsWholeOrNotThere() throws InterruptedException {
    String warehouse = folder.resolve("db").toString();
    database =
        Databases.open(new FileObjectStore(TimeSource.system(), Ids.system()), warehouse, 30_000);
    Transaction create = Transaction.begin(database, IsolationLevel.SNAPSHOT, false, null);
    for (TableIdentifier identifier : TABLES) {
      create
          .definitions()
          .createTable(
              identifier,
              TableFiles.SCHEMA,
              PartitionSpec.unpartitioned(),
              SortOrder.unsorted(),
              Map.of());
    }
    create.commit(null);
    append(1);
    List<List<Long>> before = List.of(List.of(1L), List.of(1L));
    long then = version();
    append(2);
    long now = version();
    List<List<Long>> present = List.of(List.of(1L, 2L), List.of(1L, 2L));
    for (String point :
        List.of(
            "BEFORE_PUT .metadata.json",
            "AFTER_PUT .metadata.json",
            "BEFORE_PUT_IF root.json",
            "AFTER_PUT_IF root.json",
            "BEFORE_PUT version-hint")) {
      String[] words = point.split(" ");
      try (ChildJvm child =
          ChildJvm.start(RestorationChild.class, warehouse, "" + then, words[0], words[1])) {
        child.awaitLine("at", 60_000);
        child.kill();
      }
      boolean landed = point.startsWith("AFTER_PUT_IF") || point.endsWith("version-hint");
      assertThat(rows()).as(point).isEqualTo(landed ? before : present);
      // Whatever it left behind is in nobody's way.
      RestorationChild.restore(database, then);
      assertThat(rows()).as(point).isEqualTo(before);
      RestorationChild.restore(database, now);
      assertThat(rows()).as(point).isEqualTo(present);
    }
    append(3);
    assertThat(rows()).isEqualTo(List.of(List.of(1L, 2L, 3L), List.of(1L, 2L, 3L)));
  }
}
