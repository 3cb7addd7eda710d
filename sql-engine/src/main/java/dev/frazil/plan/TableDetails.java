package dev.frazil.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * What DESCRIBE EXTENDED shows below the columns: rows whose first column begins with {@code #}.
 */
final class TableDetails {
  private final List<List<@Nullable String>> rows = new ArrayList<>();

  private TableDetails() {}

  static List<List<@Nullable String>> rows(TableNames.Found found) {
    TableDetails details = new TableDetails();
    Table table = found.table();
    details.add("table", found.identifier().toString());
    List<String> key = UniqueKey.primaryKey(table).stream().map(Types.NestedField::name).toList();
    details.add("primary key", String.join(", ", key));
    details.add("partitioned by", String.join(", ", CreateTableText.partitionFields(table)));
    if (table instanceof HasTableOperations own) {
      TableMetadata metadata = own.operations().current();
      details.add("location", metadata.location());
      details.add("format version", Integer.toString(metadata.formatVersion()));
      details.add("uuid", metadata.uuid());
      details.add("metadata file", metadata.metadataFileLocation());
    }
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot != null) {
      details.add("snapshot", Long.toString(snapshot.snapshotId()));
      details.add("changed at", Instant.ofEpochMilli(snapshot.timestampMillis()).toString());
      details.add("rows", snapshot.summary().get("total-records"));
      details.add("data files", snapshot.summary().get("total-data-files"));
    }
    new TreeMap<>(table.refs())
        .forEach(
            (name, ref) -> {
              if (!name.equals(SnapshotRef.MAIN_BRANCH)) {
                details.add((ref.isBranch() ? "branch " : "tag ") + name, described(ref));
              }
            });
    new TreeMap<>(table.properties())
        .forEach((name, value) -> details.add("property " + name, value));
    return details.rows;
  }

  private static String described(SnapshotRef ref) {
    StringBuilder text = new StringBuilder("snapshot ").append(ref.snapshotId());
    if (ref.maxRefAgeMs() != null) {
      text.append(", kept for ").append(Duration.ofMillis(ref.maxRefAgeMs()));
    }
    if (ref.minSnapshotsToKeep() != null) {
      text.append(", with at least ").append(ref.minSnapshotsToKeep()).append(" snapshots");
    }
    if (ref.maxSnapshotAgeMs() != null) {
      text.append(", its snapshots for ").append(Duration.ofMillis(ref.maxSnapshotAgeMs()));
    }
    return text.toString();
  }

  private void add(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      List<@Nullable String> row = new ArrayList<>();
      row.add("# " + name);
      row.add(value);
      row.add(null);
      row.add(null);
      row.add(null);
      rows.add(row);
    }
  }
}
