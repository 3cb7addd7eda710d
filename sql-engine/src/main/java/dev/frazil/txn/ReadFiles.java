package dev.frazil.txn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.ManifestEvaluator;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.util.ContentFileUtil;
import org.jspecify.annotations.Nullable;

/**
 * The data files of a table that may hold rows which any of some filters match, by partition and
 * bounds. A commit tells only the name of a file that it removed, and a delete file only the name
 * of the file that it belongs to, so what the names stand for is looked up in the state before; not
 * before it is asked for. One thread.
 */
final class ReadFiles {
  private final FileIO io;
  private final TableMetadata before;
  private final FileFilters filters;
  private final List<Expression> reads;
  private @Nullable Set<String> locations;
  private boolean everything;

  /**
   * @param before the state of the table that was read
   * @param after names the partition specs of the files that are asked about
   */
  ReadFiles(FileIO io, TableMetadata before, TableMetadata after, List<Expression> reads) {
    this.io = io;
    this.before = before;
    this.filters = new FileFilters(after, reads);
    this.reads = reads;
  }

  /** Whether rows that were read may have stood in a removed data file. */
  boolean mayHold(DataFile removed) {
    return filters.mayMatchPartition(removed) && contains(removed.location());
  }

  /** Whether a delete file that was added or removed may touch rows that were read. */
  boolean mayTouch(DeleteFile deletes) {
    String referenced = ContentFileUtil.referencedDataFileLocation(deletes);
    return filters.mayMatchPartition(deletes) && (referenced == null || contains(referenced));
  }

  /**
   * Takes every file for one that was read: a compaction in between made files of rows that were.
   */
  void assumeRewritten() {
    everything = true;
  }

  private boolean contains(String location) {
    Set<String> known = locations;
    if (known == null) {
      known = new HashSet<>();
      locations = known;
      try {
        collect(known);
      } catch (ValidationException columnGone) {
        everything = true;
      }
    }
    return everything || known.contains(location);
  }

  private void collect(Set<String> into) {
    Snapshot snapshot = before.currentSnapshot();
    if (snapshot == null) {
      return;
    }
    for (ManifestFile manifest : snapshot.dataManifests(io)) {
      PartitionSpec spec = before.spec(manifest.partitionSpecId());
      for (Expression read : reads) {
        Expression filter =
            TruncatedPartitions.widened(PromotedDates.without(read, before), before.specs());
        if (ManifestEvaluator.forRowFilter(filter, spec, true).eval(manifest)) {
          collect(manifest, filter, UuidFilters.of(read, before.schema()), into);
        }
      }
    }
  }

  private void collect(
      ManifestFile manifest, Expression filter, @Nullable UuidFilters uuids, Set<String> into) {
    try (ManifestReader<DataFile> reader =
        ManifestFiles.read(manifest, io, before.specsById()).filterRows(filter)) {
      for (DataFile file : reader) {
        PartitionSpec spec = before.spec(file.specId());
        if (uuids == null || spec == null || uuids.mayMatch(file, spec)) {
          into.add(file.location());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
