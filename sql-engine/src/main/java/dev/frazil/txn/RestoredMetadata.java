package dev.frazil.txn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.error.EngineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableProperties;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a table that goes back to an earlier state: its current snapshot, schema,
 * partitioning, sort order, properties, branches and tags are those of then. All snapshots, schemas
 * and ids given out since stay known, so the table goes on from its present: its sequence numbers
 * and ids never run back, time travel reaches what came between, and maintenance knows all files.
 */
final class RestoredMetadata {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RestoredMetadata() {}

  /** The snapshots of an earlier state that the table no longer knows, and that it needs again. */
  static List<Snapshot> forgotten(TableMetadata now, TableMetadata then) {
    List<Snapshot> forgotten = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    for (SnapshotRef ref : then.refs().values()) {
      Snapshot snapshot = then.snapshot(ref.snapshotId());
      if (snapshot != null
          && now.snapshot(ref.snapshotId()) == null
          && seen.add(ref.snapshotId())) {
        forgotten.add(snapshot);
      }
    }
    return forgotten;
  }

  /**
   * The metadata of {@code then} after that of {@code now}, of the same table.
   *
   * @param nowMillis when it happens
   */
  static TableMetadata of(TableMetadata now, TableMetadata then, long nowMillis) {
    try {
      ObjectNode restored = (ObjectNode) JSON.readTree(TableMetadataParser.toJson(now));
      ObjectNode earlier = (ObjectNode) JSON.readTree(TableMetadataParser.toJson(then));
      long time = Math.max(nowMillis, now.lastUpdatedMillis());
      restored.put("last-updated-ms", time);
      restored.put("last-column-id", Math.max(now.lastColumnId(), then.lastColumnId()));
      for (String field :
          List.of(
              "location",
              "current-schema-id",
              "default-spec-id",
              "default-sort-order-id",
              "properties",
              "refs")) {
        take(restored, earlier, field);
      }
      addAbsent(restored, earlier, "schemas", "schema-id", null);
      addAbsent(restored, earlier, "partition-specs", "spec-id", null);
      addAbsent(restored, earlier, "sort-orders", "order-id", null);
      addAbsent(restored, earlier, "encryption-keys", "key-id", null);
      Set<Long> needed = new HashSet<>();
      forgotten(now, then).forEach(snapshot -> needed.add(snapshot.snapshotId()));
      addAbsent(restored, earlier, "snapshots", "snapshot-id", needed);
      restored.remove(List.of("schema", "partition-spec")); // of version 1: the lists have them
      setCurrent(restored, then.currentSnapshot(), now.currentSnapshot(), time);
      logMetadata(restored, now);
      return TableMetadataParser.fromJson((String) null, restored);
    } catch (IOException e) {
      throw EngineException.internal("the metadata of an earlier state", e);
    }
  }

  private static void take(ObjectNode restored, ObjectNode earlier, String field) {
    JsonNode value = earlier.get(field);
    if (value == null) {
      restored.remove(field);
    } else {
      restored.set(field, value);
    }
  }

  /** Adds the entries of a list whose id it does not have; only some where these are named. */
  private static void addAbsent(
      ObjectNode restored, ObjectNode earlier, String field, String id, @Nullable Set<Long> some) {
    JsonNode entries = earlier.path(field);
    if (entries.isEmpty()) {
      return;
    }
    ArrayNode list = list(restored, field);
    Set<String> known = new HashSet<>();
    list.forEach(entry -> known.add(entry.path(id).asText()));
    for (JsonNode entry : entries) {
      boolean wanted = some == null || some.contains(entry.path(id).longValue());
      if (wanted && known.add(entry.path(id).asText())) {
        list.add(entry);
      }
    }
  }

  private static ArrayNode list(ObjectNode node, String field) {
    return node.get(field) instanceof ArrayNode there ? there : node.putArray(field);
  }

  private static void setCurrent(
      ObjectNode restored, @Nullable Snapshot then, @Nullable Snapshot now, long time) {
    if (then == null) {
      // As Iceberg has it, an empty table has been nothing yet.
      restored.put("current-snapshot-id", -1L);
      list(restored, "snapshot-log").removeAll();
      return;
    }
    restored.put("current-snapshot-id", then.snapshotId());
    if (now == null || now.snapshotId() != then.snapshotId()) {
      ObjectNode entry = list(restored, "snapshot-log").addObject();
      entry.put("timestamp-ms", time);
      entry.put("snapshot-id", then.snapshotId());
    }
  }

  private static void logMetadata(ObjectNode restored, TableMetadata now) {
    ArrayNode log = list(restored, "metadata-log");
    ObjectNode entry = log.addObject();
    entry.put("timestamp-ms", now.lastUpdatedMillis());
    entry.put("metadata-file", now.metadataFileLocation());
    int most =
        Math.max(
            1,
            now.propertyAsInt(
                TableProperties.METADATA_PREVIOUS_VERSIONS_MAX,
                TableProperties.METADATA_PREVIOUS_VERSIONS_MAX_DEFAULT));
    while (log.size() > most) {
      log.remove(0);
    }
  }
}
