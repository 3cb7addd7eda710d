package dev.frazil.exec.scan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The live files of the manifests that the sessions of an engine read last, with their bounds. A
 * commit adds a manifest or two to dozens that it keeps: only those are read for the next
 * statement. Thread-safe.
 */
final class KnownManifests {
  /** The files of a manifest: of its kind only. */
  record Contents(List<DataFile> dataFiles, List<DeleteFile> deleteFiles) {
    int size() {
      return dataFiles.size() + deleteFiles.size();
    }
  }

  /**
   * A manifest never changes, but its files inherit numbers from the list that names it, which are
   * others when a commit is made again on top of another one.
   *
   * @param columns partitions are read in the types and names that their columns have at the time;
   *     not the id of a schema: what is rolled back leaves its id to another one
   */
  private record Key(
      String location,
      long sequenceNumber,
      @Nullable Long snapshotId,
      @Nullable Long firstRowId,
      Types.StructType columns) {}

  private record Kept(Contents contents, long statistics) {}

  private final LinkedHashMap<Key, Kept> byManifest = new LinkedHashMap<>(16, 0.75f, true);
  private final long maxStatistics;
  private long heldStatistics;

  /**
   * @param maxStatistics columns of all files together that may be kept
   */
  KnownManifests(long maxStatistics) {
    this.maxStatistics = maxStatistics;
  }

  /** The live files of a manifest of the table. */
  Contents contents(Table table, ManifestFile manifest) {
    Key key =
        new Key(
            manifest.path(),
            manifest.sequenceNumber(),
            manifest.snapshotId(),
            manifest.firstRowId(),
            table.schema().asStruct());
    Contents contents = find(key);
    if (contents == null) {
      contents = read(table, manifest);
      keep(key, new Kept(contents, (contents.size() + 1L) * table.schema().columns().size()));
    }
    return contents;
  }

  private synchronized @Nullable Contents find(Key key) {
    Kept kept = byManifest.get(key);
    return kept == null ? null : kept.contents();
  }

  private synchronized void keep(Key key, Kept contents) {
    if (contents.statistics() > maxStatistics / 4) {
      return;
    }
    Kept before = byManifest.put(key, contents);
    heldStatistics += contents.statistics() - (before == null ? 0 : before.statistics());
    var eldest = byManifest.values().iterator();
    while (heldStatistics > maxStatistics) {
      heldStatistics -= eldest.next().statistics();
      eldest.remove();
    }
  }

  private static Contents read(Table table, ManifestFile manifest) {
    List<DataFile> dataFiles = new ArrayList<>();
    List<DeleteFile> deleteFiles = new ArrayList<>();
    try {
      if (manifest.content() == ManifestContent.DATA) {
        try (ManifestReader<DataFile> files =
            ManifestFiles.read(manifest, table.io(), table.specs())) {
          files.forEach(dataFiles::add);
        }
      } else {
        try (ManifestReader<DeleteFile> files =
            ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
          files.forEach(deleteFiles::add);
        }
      }
    } catch (IOException e) {
      throw new EngineException(
          SqlState.IO_ERROR, "closing the manifest " + manifest.path() + " failed", e);
    } catch (IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | ClassCastException
        | NullPointerException
        | UnsupportedOperationException
        | LinkageError e) {
      // Iceberg's reader takes what it finds on trust, and stops wherever that does not fit: where
      // a name ends with another format's, at a class of that format that is not here.
      throw new EngineException(
          SqlState.DATA_CORRUPTED,
          "the manifest "
              + manifest.path()
              + " cannot be read, its content is not that of a manifest of this table;"
              + " restore it from a backup or read an older snapshot: "
              + e.getMessage(),
          e);
    }
    return new Contents(List.copyOf(dataFiles), List.copyOf(deleteFiles));
  }
}
