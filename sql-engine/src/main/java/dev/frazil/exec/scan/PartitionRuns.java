package dev.frazil.exec.scan;

import dev.frazil.exec.QueryContext;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.rule.PartitionLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits the scans of a part of a plan by the partitions of their files: each run reads some
 * partitions, the same of all tables.
 */
public final class PartitionRuns {
  private static final int MOST_FILES = 4_096;
  private static final long LEAST_ROWS = 500_000;
  private static final int MOST_RUNS = 32;

  private final PartitionLayout layout;
  private final IdentityHashMap<TableScan, List<List<@Nullable Object>>> partitions =
      new IdentityHashMap<>();
  private final Map<List<@Nullable Object>, Long> rowsByPartition = new LinkedHashMap<>();

  private PartitionRuns(PartitionLayout layout) {
    this.layout = layout;
  }

  /**
   * The files of each run, by the identity of the scans; no run at all where no row can come out.
   * Null where all is to be read at once: a file was not partitioned by these fields, one value has
   * more than half of the rows, or files are too many to look through again.
   */
  public static @Nullable List<Map<TableScan, FileChoice>> of(
      PartitionLayout layout, QueryContext context) {
    PartitionRuns runs = new PartitionRuns(layout);
    for (TableScan scan : layout.scans()) {
      List<ScanFile> files =
          ScanFiles.plan(scan.table(), scan.pruning(), context.files().snapshots());
      if (files.size() > MOST_FILES || !runs.add(scan, files)) {
        return null;
      }
    }
    return runs.choices();
  }

  private boolean add(TableScan scan, List<ScanFile> files) {
    List<FileChoice.Field> fields = fields(scan);
    List<List<@Nullable Object>> found = new ArrayList<>();
    for (ScanFile file : files) {
      List<@Nullable Object> partition = FileChoice.partition(file, fields);
      if (partition == null) {
        return false;
      }
      found.add(partition);
      rowsByPartition.merge(partition, file.file().recordCount(), Long::sum);
    }
    partitions.put(scan, found);
    return true;
  }

  private List<FileChoice.Field> fields(TableScan scan) {
    List<FileChoice.Field> fields = new ArrayList<>();
    for (PartitionLayout.Field field : layout.fields()) {
      Integer source = field.sources().get(scan);
      if (source == null) {
        throw new IllegalStateException("a scan is not partitioned as the others are");
      }
      fields.add(new FileChoice.Field(source, field.transform()));
    }
    return fields;
  }

  private @Nullable List<Map<TableScan, FileChoice>> choices() {
    int all = rowsByPartition.size();
    for (TableScan scan : layout.needed()) {
      rowsByPartition.keySet().retainAll(new HashSet<>(partitions.getOrDefault(scan, List.of())));
    }
    rowsByPartition.keySet().removeIf(this::holdsUnwantedNull);
    boolean isSkewed = isSkewed();
    if (isSkewed && rowsByPartition.size() == all) {
      return null;
    }
    List<Map<TableScan, FileChoice>> choices = new ArrayList<>();
    for (Set<List<@Nullable Object>> run : isSkewed ? List.of(rowsByPartition.keySet()) : runs()) {
      choices.add(choice(run, choices.isEmpty()));
    }
    return choices;
  }

  /** A null equals nothing. */
  private boolean holdsUnwantedNull(List<@Nullable Object> partition) {
    for (int i = 0; i < partition.size(); i++) {
      if (partition.get(i) == null && !layout.fields().get(i).nulls()) {
        return true;
      }
    }
    return false;
  }

  private long totalRows() {
    return rowsByPartition.values().stream().mapToLong(rows -> rows).sum();
  }

  private boolean isSkewed() {
    long half = totalRows() / 2;
    return rowsByPartition.values().stream().anyMatch(rows -> rows > half);
  }

  private List<Set<List<@Nullable Object>>> runs() {
    long rowsOfRun = Math.max(LEAST_ROWS, totalRows() / MOST_RUNS);
    List<Set<List<@Nullable Object>>> runs = new ArrayList<>();
    Set<List<@Nullable Object>> run = new HashSet<>();
    long rows = 0;
    for (Map.Entry<List<@Nullable Object>, Long> partition : rowsByPartition.entrySet()) {
      run.add(partition.getKey());
      rows += partition.getValue();
      if (rows >= rowsOfRun) {
        runs.add(run);
        run = new HashSet<>();
        rows = 0;
      }
    }
    if (!run.isEmpty()) {
      runs.add(run);
    }
    return runs;
  }

  private Map<TableScan, FileChoice> choice(Set<List<@Nullable Object>> run, boolean isFirst) {
    IdentityHashMap<TableScan, FileChoice> choice = new IdentityHashMap<>();
    partitions.forEach(
        (scan, found) -> {
          long leftOut = found.stream().filter(part -> !rowsByPartition.containsKey(part)).count();
          choice.put(scan, new FileChoice(fields(scan), run, isFirst ? leftOut : -1));
        });
    return choice;
  }
}
