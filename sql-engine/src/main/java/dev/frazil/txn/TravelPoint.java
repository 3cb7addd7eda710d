package dev.frazil.txn;

import java.util.Optional;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Where the history of a table was read by a name that can come to mean another snapshot: a tag is
 * replaced or dropped, and a time may lie ahead of the next commit. What a snapshot's id names
 * never changes.
 */
public sealed interface TravelPoint {
  /** The snapshot that is meant; null for none. */
  @Nullable Long snapshotId(TableMetadata metadata);

  /** A branch or a tag. */
  record Reference(String name) implements TravelPoint {
    @Override
    public @Nullable Long snapshotId(TableMetadata metadata) {
      return Optional.ofNullable(metadata.ref(name)).map(SnapshotRef::snapshotId).orElse(null);
    }

    @Override
    public String toString() {
      return "its branch or tag '" + name + "'";
    }
  }

  /** The last snapshot at or before a time, in microseconds since 1970 UTC. */
  record Time(long micros) implements TravelPoint {
    @Override
    public @Nullable Long snapshotId(TableMetadata metadata) {
      Long last = null;
      for (HistoryEntry entry : metadata.snapshotLog()) {
        if (entry.timestampMillis() * 1000 <= micros) {
          last = entry.snapshotId();
        }
      }
      return last;
    }

    @Override
    public String toString() {
      return "its snapshot of a time that was read";
    }
  }
}
