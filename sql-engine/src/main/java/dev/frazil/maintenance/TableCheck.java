package dev.frazil.maintenance;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.exec.QueryContext;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.StoreFileIO;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.PartitionStatisticsFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the files that the metadata of a table names. Everything is read from the
 * store, nothing from memory; of data files only whether they are there. One thread, used once.
 */
public final class TableCheck {
  private final DatabaseCatalog catalog;
  private final QueryContext context;
  private final FileIO io;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, List<Finding>> byManifest = new HashMap<>();
  private final Map<String, Boolean> present = new HashMap<>();
  private final Set<String> listed = new HashSet<>();
  private final Set<Long> brokenSnapshots = new LinkedHashSet<>();
  private final Set<Long> lostStatistics = new LinkedHashSet<>();
  private final Set<Long> lostPartitionStatistics = new LinkedHashSet<>();

  /** What a finding is of. */
  public enum Problem {
    /** The table cannot be read at all. */
    UNREADABLE_METADATA,
    /** A file that a snapshot needs is not there. */
    MISSING_FILE,
    /** A manifest or manifest list is there, and is none. */
    UNREADABLE_FILE,
    /** A snapshot that no branch or tag names lacks files: it can go. */
    BROKEN_SNAPSHOT,
    /** A branch or tag names a snapshot that lacks files. */
    BROKEN_REFERENCE,
    /** Statistics that are not there, or of no snapshot: the entry can go. */
    LOST_STATISTICS
  }

  /** A finding, and what can be done about it. */
  public record Finding(Problem problem, String location, String detail, boolean isRepairable) {}

  public TableCheck(DatabaseCatalog catalog, QueryContext context) {
    this.catalog = catalog;
    this.context = context;
    this.io = new StoreFileIO(catalog.store());
  }

  /** Looks at a table; null where its metadata cannot be read, which is a finding. */
  public @Nullable TableMetadata look(String metadataLocation) {
    TableMetadata metadata;
    try {
      metadata = TableMetadataParser.read(io, metadataLocation);
    } catch (RuntimeException e) {
      add(Problem.UNREADABLE_METADATA, metadataLocation, message(e) + earlier(metadataLocation));
      return null;
    }
    list(metadata.location());
    for (Snapshot snapshot : metadata.snapshots()) {
      context.cancellation().check();
      look(metadata, snapshot);
    }
    lookAtStatistics(metadata);
    return metadata;
  }

  public List<Finding> findings() {
    return findings;
  }

  /** Snapshots that no branch or tag names, and that lack files. */
  public Set<Long> brokenSnapshots() {
    return brokenSnapshots;
  }

  /** Snapshots whose statistics are not there. */
  public Set<Long> lostStatistics() {
    return lostStatistics;
  }

  /** As above, of partitions. */
  public Set<Long> lostPartitionStatistics() {
    return lostPartitionStatistics;
  }

  private void add(Problem problem, String location, String detail) {
    findings.add(new Finding(problem, location, detail, false));
  }

  private void look(TableMetadata metadata, Snapshot snapshot) {
    List<Finding> broken = new ArrayList<>();
    String list = snapshot.manifestListLocation();
    if (list != null && !isThere(list)) {
      broken.add(missing(list, "manifest list"));
    } else {
      List<ManifestFile> manifests = List.of();
      try {
        manifests = snapshot.allManifests(io);
      } catch (RuntimeException e) {
        broken.add(new Finding(Problem.UNREADABLE_FILE, String.valueOf(list), message(e), false));
      }
      for (ManifestFile manifest : manifests) {
        List<Finding> known = byManifest.get(manifest.path());
        if (known == null) {
          known = look(manifest, metadata);
          byManifest.put(manifest.path(), known);
          findings.addAll(known);
        }
        broken.addAll(known);
      }
    }
    broken.stream()
        .filter(finding -> list != null && finding.location().equals(list))
        .forEach(findings::add);
    if (!broken.isEmpty()) {
      blame(metadata, snapshot, broken.get(0).location());
    }
  }

  private void blame(TableMetadata metadata, Snapshot snapshot, String location) {
    boolean isNamed = false;
    for (Map.Entry<String, SnapshotRef> ref : metadata.refs().entrySet()) {
      if (ref.getValue().snapshotId() == snapshot.snapshotId()) {
        isNamed = true;
        add(
            Problem.BROKEN_REFERENCE,
            location,
            (ref.getValue().isTag() ? "tag " : "branch ")
                + ref.getKey()
                + " of snapshot "
                + snapshot.snapshotId()
                + ": bring the file back, go back to an earlier snapshot, or delete its rows by"
                + " their partition");
      }
    }
    if (!isNamed) {
      brokenSnapshots.add(snapshot.snapshotId());
      findings.add(
          new Finding(
              Problem.BROKEN_SNAPSHOT, location, "snapshot " + snapshot.snapshotId(), true));
    }
  }

  private List<Finding> look(ManifestFile manifest, TableMetadata metadata) {
    if (!isThere(manifest.path())) {
      return List.of(missing(manifest.path(), "manifest"));
    }
    List<Finding> found = new ArrayList<>();
    try (CloseableIterable<? extends ContentFile<?>> files =
        manifest.content() == ManifestContent.DATA
            ? ManifestFiles.read(manifest, io, metadata.specsById())
            : ManifestFiles.readDeleteManifest(manifest, io, metadata.specsById())) {
      for (ContentFile<?> file : files) {
        context.cancellation().check();
        if (!isThere(file.location())) {
          found.add(missing(file.location(), file.content() + " of " + file.recordCount()));
        }
      }
    } catch (IOException | RuntimeException e) {
      context.cancellation().check();
      found.add(new Finding(Problem.UNREADABLE_FILE, manifest.path(), message(e), false));
    }
    return found;
  }

  private static Finding missing(String location, String what) {
    return new Finding(Problem.MISSING_FILE, location, what, false);
  }

  private void lookAtStatistics(TableMetadata metadata) {
    for (StatisticsFile file : metadata.statisticsFiles()) {
      if (isLost(metadata, file.snapshotId(), file.path())) {
        lostStatistics.add(file.snapshotId());
      }
    }
    for (PartitionStatisticsFile file : metadata.partitionStatisticsFiles()) {
      if (isLost(metadata, file.snapshotId(), file.path())) {
        lostPartitionStatistics.add(file.snapshotId());
      }
    }
  }

  private boolean isLost(TableMetadata metadata, long snapshotId, String location) {
    boolean isLost = metadata.snapshot(snapshotId) == null || !isThere(location);
    if (isLost) {
      findings.add(
          new Finding(
              Problem.LOST_STATISTICS, location, "statistics of snapshot " + snapshotId, true));
    }
    return isLost;
  }

  /** One listing tells of a thousand files, where a request each would not. */
  private void list(String folder) {
    Iterator<ObjectInfo> objects = catalog.store().list(FileNames.exact(folder) + "/");
    while (objects.hasNext()) {
      context.cancellation().check();
      listed.add(FileNames.exact(objects.next().location()));
    }
  }

  private boolean isThere(String location) {
    return listed.contains(FileNames.exact(location))
        || present.computeIfAbsent(
            location, unlisted -> catalog.store().head(unlisted).isPresent());
  }

  /** The newest other metadata file in the same folder that can be read. */
  private String earlier(String location) {
    List<ObjectInfo> others = new ArrayList<>();
    Iterator<ObjectInfo> objects =
        catalog.store().list(location.substring(0, location.lastIndexOf('/') + 1));
    while (objects.hasNext()) {
      ObjectInfo object = objects.next();
      boolean isMetadata = object.location().contains(".metadata.json");
      if (isMetadata && !object.location().equals(location)) {
        others.add(object);
      }
    }
    others.sort((a, b) -> Long.compare(b.modifiedAtMillis(), a.modifiedAtMillis()));
    for (ObjectInfo other : others) {
      try {
        TableMetadataParser.read(io, other.location());
        return "; the newest earlier state that can be read is " + other.location();
      } catch (RuntimeException e) {
        context.cancellation().check();
      }
    }
    return "; no earlier state can be read";
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
