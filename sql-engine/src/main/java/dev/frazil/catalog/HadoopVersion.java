package dev.frazil.catalog;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A version of a Hadoop table that is about to be stored. No two writers make the same bytes: the
 * id of the commit stands in them.
 *
 * @param folder of the metadata
 * @param location the file, which must not exist
 * @param body its content
 * @param ownSnapshots the snapshots that the commit adds
 * @param base what the version comes after; null for the first
 */
record HadoopVersion(
    Path folder,
    String location,
    TableMetadataFiles.Body body,
    Set<Long> ownSnapshots,
    @Nullable Base base) {
  /** A stored version, with the tag of its bytes. */
  record Base(String location, String entityTag) {}

  static HadoopVersion of(
      Path folder,
      int number,
      boolean packed,
      TableMetadata metadata,
      String commitId,
      Map<String, String> summary,
      Set<Long> ownSnapshots,
      @Nullable Base base) {
    String name = "v" + number + (packed ? ".gz" : "") + ".metadata.json";
    String location = folder.resolve(name).toString();
    return new HadoopVersion(
        folder,
        location,
        TableMetadataFiles.body(
            location,
            metadata,
            packed,
            summary,
            ownSnapshots,
            Map.of(CommitSummary.COMMIT_ID, commitId)),
        Set.copyOf(ownSnapshots),
        base);
  }
}
