package dev.frazil.catalog.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequestParser;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction made of a table, to be sent to the server. Immutable.
 *
 * @param metadata with its changes
 * @param summary added to the summaries of the snapshots in {@code ownSnapshots}
 */
record PreparedTable(TableMetadata metadata, Map<String, String> summary, Set<Long> ownSnapshots) {
  private static final ObjectMapper JSON = new ObjectMapper();

  PreparedTable {
    summary = Map.copyOf(summary);
    ownSnapshots = Set.copyOf(ownSnapshots);
  }

  /** Whether it is the metadata in a file, which another catalog kept until now. */
  boolean isRegistered() {
    return metadata.changes().isEmpty() && metadata.metadataFileLocation() != null;
  }

  /**
   * All that can be required of a table that is to be exactly as it was: a server takes no
   * condition on properties, statistics and the place of the table.
   *
   * @param base null for a new table
   */
  List<UpdateRequirement> requirements(@Nullable TableMetadata base) {
    List<UpdateRequirement> required = new ArrayList<>();
    if (base == null) {
      required.add(new UpdateRequirement.AssertTableDoesNotExist());
      return required;
    }
    required.add(new UpdateRequirement.AssertTableUUID(base.uuid()));
    Set<String> refs = new LinkedHashSet<>(base.refs().keySet());
    refs.add(SnapshotRef.MAIN_BRANCH);
    for (MetadataUpdate update : metadata.changes()) {
      if (update instanceof MetadataUpdate.SetSnapshotRef set) {
        refs.add(set.name());
      }
    }
    for (String name : refs) {
      SnapshotRef ref = base.ref(name);
      required.add(
          new UpdateRequirement.AssertRefSnapshotID(name, ref == null ? null : ref.snapshotId()));
    }
    required.add(new UpdateRequirement.AssertLastAssignedFieldId(base.lastColumnId()));
    required.add(new UpdateRequirement.AssertCurrentSchemaID(base.currentSchemaId()));
    required.add(
        new UpdateRequirement.AssertLastAssignedPartitionId(base.lastAssignedPartitionId()));
    required.add(new UpdateRequirement.AssertDefaultSpecID(base.defaultSpecId()));
    required.add(new UpdateRequirement.AssertDefaultSortOrderID(base.defaultSortOrderId()));
    return required;
  }

  /** The request that makes these changes if what it requires holds. */
  JsonNode request(
      TableIdentifier identifier, List<UpdateRequirement> requirements, boolean isNew) {
    StringWriter text = new StringWriter();
    try {
      try (JsonGenerator generator = JSON.getFactory().createGenerator(text)) {
        UpdateTableRequestParser.toJson(
            UpdateTableRequest.create(identifier, requirements, updates(isNew)), generator);
      }
      JsonNode request = JSON.readTree(text.toString());
      for (JsonNode update : request.path("updates")) {
        JsonNode snapshot = update.path("snapshot");
        if (ownSnapshots.contains(snapshot.path("snapshot-id").longValue())
            && snapshot.path("summary") instanceof ObjectNode fields) {
          summary.forEach(fields::put);
        }
      }
      return request;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The changes; those of new metadata leave out what it began with. */
  private List<MetadataUpdate> updates(boolean isNew) {
    List<MetadataUpdate> updates = new ArrayList<>();
    if (isNew) {
      updates.add(new MetadataUpdate.AssignUUID(metadata.uuid()));
      updates.add(new MetadataUpdate.UpgradeFormatVersion(metadata.formatVersion()));
    }
    for (MetadataUpdate update : metadata.changes()) {
      boolean begun =
          update instanceof MetadataUpdate.AssignUUID
              || update instanceof MetadataUpdate.UpgradeFormatVersion;
      if (!isNew || !begun) {
        updates.add(update);
      }
    }
    return updates;
  }

  /**
   * Whether this stands in a table: a new one by its identity; snapshots by theirs, or because
   * others came after them; without a snapshot, whether all is as it was to become.
   *
   * @param base what it was built on; null for a new table
   */
  boolean stands(TableMetadata now, @Nullable TableMetadata base) {
    if (base == null || !Objects.equals(now.uuid(), metadata.uuid())) {
      return Objects.equals(now.uuid(), metadata.uuid());
    }
    if (!ownSnapshots.isEmpty()) {
      return ownSnapshots.stream().allMatch(id -> isKnown(now, id));
    }
    return hasProperties(now, base)
        && now.schema().asStruct().equals(metadata.schema().asStruct())
        && now.schema().identifierFieldIds().equals(metadata.schema().identifierFieldIds())
        && now.spec().compatibleWith(metadata.spec())
        && now.sortOrder().sameOrder(metadata.sortOrder())
        && now.refs().equals(metadata.refs())
        && now.formatVersion() == metadata.formatVersion()
        && now.statisticsFiles().equals(metadata.statisticsFiles())
        && snapshotIds(now).equals(snapshotIds(metadata));
  }

  /** Those that were changed; servers and other clients set more of them. */
  private boolean hasProperties(TableMetadata now, TableMetadata base) {
    Set<String> names = new LinkedHashSet<>(base.properties().keySet());
    names.addAll(metadata.properties().keySet());
    return names.stream()
        .filter(
            name -> !Objects.equals(base.properties().get(name), metadata.properties().get(name)))
        .allMatch(
            name -> Objects.equals(now.properties().get(name), metadata.properties().get(name)));
  }

  /** Whether it would have left a schema that the table never had: others keep those. */
  boolean isTraceless(TableMetadata now, TableMetadata base) {
    return metadata.schemas().stream()
        .filter(schema -> base.schemas().stream().noneMatch(schema::sameSchema))
        .anyMatch(schema -> now.schemas().stream().noneMatch(schema::sameSchema));
  }

  /**
   * The metadata file that took the place of the one this was built on, by the log in what is there
   * now: this commit's or another's. Null where the log does not reach back so far, or the server
   * keeps locations to itself.
   */
  static @Nullable String successor(TableMetadata base, TableMetadata now) {
    List<TableMetadata.MetadataLogEntry> log = now.previousFiles();
    for (int i = log.size() - 1; i >= 0; i--) {
      if (log.get(i).file().equals(base.metadataFileLocation())) {
        return i + 1 < log.size() ? log.get(i + 1).file() : now.metadataFileLocation();
      }
    }
    return null;
  }

  /** One that was committed may have been expired since; its children still name it. */
  private static boolean isKnown(TableMetadata now, long id) {
    return now.snapshots().stream()
        .anyMatch(
            snapshot -> snapshot.snapshotId() == id || Objects.equals(snapshot.parentId(), id));
  }

  private static List<Long> snapshotIds(TableMetadata metadata) {
    return metadata.snapshots().stream().map(Snapshot::snapshotId).sorted().toList();
  }

  /** Whether a request of these requirements, if it is still on its way, can no longer apply. */
  static boolean isRuledOut(List<UpdateRequirement> requirements, @Nullable TableMetadata now) {
    for (UpdateRequirement requirement : requirements) {
      try {
        if (now == null) {
          return !(requirement instanceof UpdateRequirement.AssertTableDoesNotExist);
        }
        requirement.validate(now);
      } catch (CommitFailedException e) {
        return true;
      }
    }
    return false;
  }
}
