package dev.frazil.maintenance;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.memory.MemoryReservation;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PartitionStatisticsFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;

/**
 * The files that snapshots reach: manifest lists, manifests, the live files in these. Held in
 * memory, which counts in the budget (53200). One thread.
 */
final class ReachableFiles implements AutoCloseable {
  /** Of a text in a set, beside its characters. */
  private static final int TEXT_BYTES = 96;

  private final FileIO io;
  private final QueryContext context;
  private final MemoryReservation reservation;
  private final Map<FileKind, Set<String>> locations = new EnumMap<>(FileKind.class);
  private final Set<String> manifests = new HashSet<>();
  private final Set<Long> snapshots = new HashSet<>();

  ReachableFiles(FileIO io, QueryContext context) {
    this.io = io;
    this.context = context;
    this.reservation = context.memory().open("the files of a table");
    for (FileKind kind : FileKind.values()) {
      locations.put(kind, new HashSet<>());
    }
  }

  /** The locations found so far, as the metadata spells them. */
  Map<FileKind, Set<String>> locations() {
    return locations;
  }

  /** Leaves out manifests whose files are known, with these files. */
  void leaveOut(ReachableFiles known) {
    manifests.addAll(known.manifests);
  }

  /** Adds what one snapshot reaches, and was not added before. */
  void add(Snapshot snapshot, Map<Integer, PartitionSpec> specs) {
    if (!snapshots.add(snapshot.snapshotId())) {
      return;
    }
    String list = snapshot.manifestListLocation();
    if (list != null) {
      add(FileKind.MANIFEST_LIST, list);
    }
    for (ManifestFile manifest : snapshot.allManifests(io)) {
      context.cancellation().check();
      if (manifests.add(manifest.path())) {
        add(FileKind.MANIFEST, manifest.path());
        addContents(manifest, specs);
      }
    }
  }

  private void addContents(ManifestFile manifest, Map<Integer, PartitionSpec> specs) {
    try {
      if (manifest.content() == ManifestContent.DATA) {
        try (CloseableIterable<String> paths = ManifestFiles.readPaths(manifest, io, specs)) {
          paths.forEach(path -> add(FileKind.DATA, path));
        }
        return;
      }
      try (CloseableIterable<DeleteFile> files =
          ManifestFiles.readDeleteManifest(manifest, io, specs)) {
        for (DeleteFile file : files) {
          add(
              file.content() == FileContent.EQUALITY_DELETES
                  ? FileKind.EQUALITY_DELETES
                  : FileKind.POSITION_DELETES,
              file.location());
        }
      }
    } catch (IOException e) {
      throw new EngineException(
          SqlState.IO_ERROR, "the manifest " + manifest.path() + " did not close", e);
    }
  }

  /** Adds the statistics of a table. */
  void addStatistics(TableMetadata metadata) {
    for (StatisticsFile file : metadata.statisticsFiles()) {
      add(FileKind.STATISTICS, file.path());
    }
    for (PartitionStatisticsFile file : metadata.partitionStatisticsFiles()) {
      add(FileKind.STATISTICS, file.path());
    }
  }

  /** Adds the metadata file of a table and those of earlier states that it names. */
  void addMetadataFiles(TableMetadata metadata) {
    add(FileKind.METADATA, metadata.metadataFileLocation());
    metadata.previousFiles().forEach(entry -> add(FileKind.METADATA, entry.file()));
  }

  /** Adds the metadata file of an earlier state. */
  void addMetadataFile(String location) {
    add(FileKind.METADATA, location);
  }

  private void add(FileKind kind, String location) {
    Set<String> known = locations.get(kind);
    if (known != null && known.add(location)) {
      reservation.grow(2L * location.length() + TEXT_BYTES);
    }
  }

  /** The plainest spelling of the path of every file. */
  Set<String> paths() {
    Set<String> paths = new HashSet<>();
    for (Set<String> ofFileKind : locations.values()) {
      for (String location : ofFileKind) {
        paths.add(FileNames.path(location));
      }
    }
    return paths;
  }

  @Override
  public void close() {
    reservation.close();
  }
}
