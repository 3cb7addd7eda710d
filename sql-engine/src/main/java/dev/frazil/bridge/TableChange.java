package dev.frazil.bridge;

import java.util.List;
import java.util.Objects;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.RetryableValidationException;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants of one table.
 *
 * @param requirements what must hold of the table as it is
 * @param updates in order
 */
record TableChange(
    TableIdentifier identifier,
    List<UpdateRequirement> requirements,
    List<MetadataUpdate> updates) {
  TableChange {
    requirements = List.copyOf(requirements);
    updates = List.copyOf(updates);
  }

  /** Whether the table is to be made by this change. */
  boolean creates() {
    return requirements.stream()
        .anyMatch(UpdateRequirement.AssertTableDoesNotExist.class::isInstance);
  }

  /**
   * Whether this very change is in the table already: its answer was lost, and the client, or
   * something between, sent it again. Without this look the client would be told of a conflict,
   * take its own snapshot for one to roll back to, and drop what others have committed since
   * (iceberg #12792 and its like).
   */
  boolean landed(@Nullable TableMetadata now) {
    if (now == null) {
      return false;
    }
    if (creates()) {
      return updates.stream()
          .anyMatch(
              update ->
                  update instanceof MetadataUpdate.AssignUUID assigned
                      && assigned.uuid().equals(now.uuid()));
    }
    List<Snapshot> added =
        updates.stream()
            .filter(MetadataUpdate.AddSnapshot.class::isInstance)
            .map(update -> ((MetadataUpdate.AddSnapshot) update).snapshot())
            .toList();
    return !added.isEmpty() && added.stream().allMatch(snapshot -> isIn(now, snapshot));
  }

  private static boolean isIn(TableMetadata now, Snapshot snapshot) {
    Snapshot there = now.snapshot(snapshot.snapshotId());
    return there != null
        && Objects.equals(there.manifestListLocation(), snapshot.manifestListLocation());
  }

  /**
   * The table after the change.
   *
   * @param base null for a table that is to be made
   * @throws CommitFailedException where a requirement does not hold
   * @throws RefusedRequest where the updates do not fit the table
   */
  TableMetadata applyTo(@Nullable TableMetadata base) {
    if (creates()
        && !requirements.stream()
            .allMatch(UpdateRequirement.AssertTableDoesNotExist.class::isInstance)) {
      throw new BadRequestException(
          "A table that is to be created cannot be required to have anything else");
    }
    for (UpdateRequirement requirement : requirements) {
      validate(requirement, base);
    }
    try {
      TableMetadata.Builder builder = base == null ? empty() : TableMetadata.buildFrom(base);
      updates.forEach(update -> update.applyTo(builder));
      return builder.build();
    } catch (RetryableValidationException e) {
      // Numbers in the request are behind the table: the client has to read it again.
      throw new CommitFailedException(e, "%s", String.valueOf(e.getMessage()));
    } catch (ValidationException e) {
      throw e;
    } catch (RuntimeException e) {
      throw RefusedRequest.unfit(e);
    }
  }

  @SuppressWarnings("NullAway") // Iceberg's contract: null for a table that does not exist
  private static void validate(UpdateRequirement requirement, @Nullable TableMetadata base) {
    requirement.validate(base);
  }

  private TableMetadata.Builder empty() {
    return updates.stream()
        .filter(MetadataUpdate.UpgradeFormatVersion.class::isInstance)
        .map(update -> ((MetadataUpdate.UpgradeFormatVersion) update).formatVersion())
        .findFirst()
        .map(TableMetadata::buildFromEmpty)
        .orElseGet(TableMetadata::buildFromEmpty);
  }
}
