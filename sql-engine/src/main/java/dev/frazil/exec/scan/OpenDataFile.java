package dev.frazil.exec.scan;

import dev.frazil.catalog.FrozenTableOperations;
import dev.frazil.datafile.DataFiles;
import dev.frazil.event.Events;
import dev.frazil.event.FileScanEvent;
import dev.frazil.exec.scan.DeleteFilter.DeletedKeys;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.parquet.ColumnRequest;
import dev.frazil.parquet.DataFileScanner;
import dev.frazil.parquet.Morsel;
import dev.frazil.parquet.PendingRows;
import dev.frazil.parquet.ScanStatistics;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScanColumn;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.ObjectStore;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.jspecify.annotations.Nullable;

/**
 * One data file of a scan: what is read of it, what is constant in it, what is deleted from it.
 * Thread-safe.
 */
final class OpenDataFile implements AutoCloseable {
  private final String location;
  private final DataFileScanner scanner;
  private final List<Morsel> morsels;
  private final AtomicInteger morselsLeft;
  private final Map<Integer, AtomicInteger> morselsLeftOfRowGroup = new HashMap<>();
  private final long rowsRuledOut;
  private final DeleteFilter deletes;
  private final List<OutputColumn> output;
  private final int requests;
  private @Nullable FileScanEvent event;

  /** What the files of one scan have in common. */
  record Layout(
      TableHandle table,
      Schema schema,
      List<ScanColumn> columns,
      @Nullable NameMapping nameMapping,
      MemoryBudget memory) {

    @Nullable String nameMappingText() {
      return table.table().properties().get(TableProperties.DEFAULT_NAME_MAPPING);
    }

    static Layout of(TableScan scan, Schema schema, MemoryBudget memory) {
      String mapping = scan.table().table().properties().get(TableProperties.DEFAULT_NAME_MAPPING);
      return new Layout(
          scan.table(),
          schema,
          scan.scanColumns(),
          mapping == null ? null : NameMappingParser.fromJson(mapping),
          memory);
    }
  }

  private OpenDataFile(
      ScanFile task,
      DataFileScanner scanner,
      DeleteFilter deletes,
      List<OutputColumn> output,
      int requests) {
    this.location = task.file().location();
    this.scanner = scanner;
    this.deletes = deletes;
    this.output = output;
    this.requests = requests;
    this.morsels = scanner.morsels();
    this.morselsLeft = new AtomicInteger(morsels.size());
    long wanted = 0;
    for (Morsel morsel : morsels) {
      wanted += morsel.rowCount();
      morselsLeftOfRowGroup
          .computeIfAbsent(morsel.rowGroup(), rowGroup -> new AtomicInteger())
          .incrementAndGet();
    }
    this.rowsRuledOut = task.file().recordCount() - wanted;
    FoundDeletions found = deletes.found();
    if (found != null && rowsRuledOut != 0) {
      found.miss();
    }
  }

  /** Opens a file and plans what to read of it. */
  static OpenDataFile open(
      ObjectStore store, ScanFile task, Layout layout, DeleteFiles deleteFiles) {
    FileScanEvent event = Events.recording() ? new FileScanEvent() : null;
    if (event != null) {
      event.begin();
      event.table = layout.table().identifier().toString();
      event.location = task.file().location();
      event.rows = task.file().recordCount();
    }
    OpenDataFile opened = plan(store, task, layout, deleteFiles);
    opened.event = event;
    return opened;
  }

  private static OpenDataFile plan(
      ObjectStore store, ScanFile task, Layout layout, DeleteFiles deleteFiles) {
    Map<Integer, Integer> requested = new HashMap<>();
    List<ColumnRequest> requests = new ArrayList<>();
    Map<Integer, ColumnVector> constants =
        PartitionConstants.of(task, id -> ScanFiles.field(layout.table(), layout.schema(), id));
    List<OutputColumn> output = new ArrayList<>();
    for (ScanColumn column : layout.columns()) {
      if (column instanceof ScanColumn.TableColumn table) {
        output.add(column(layout, table.fieldId(), constants, requested, requests));
      } else if (column instanceof ScanColumn.FileLocation) {
        output.add(
            new OutputColumn.Constant(
                ConstantVectors.of(task.file().location(), Primitive.VARCHAR, 1)));
      } else if (column instanceof ScanColumn.SpecId) {
        output.add(
            new OutputColumn.Constant(
                ConstantVectors.of(task.file().specId(), Primitive.INTEGER, 1)));
      } else if (column instanceof ScanColumn.Partition partition) {
        output.add(
            new OutputColumn.Constant(
                PartitionConstants.whole(task, layout.table().table(), partition.column().type())));
      } else if (column instanceof ScanColumn.RowId || column instanceof ScanColumn.LastUpdated) {
        output.add(
            lineage(column instanceof ScanColumn.RowId, task, layout.table().table(), requests));
      } else {
        output.add(new OutputColumn.Position());
      }
    }
    DeleteFilter deletes = deletes(task, layout, deleteFiles, constants, requested, requests);
    // What the partition already answers is gone from the residual: the file need not hold those
    // columns, and a column that it lacks must not count as null there.
    DataFileScanner scanner =
        DataFiles.open(
            store,
            task.file(),
            requests,
            layout.schema(),
            task.residual(),
            layout.nameMapping(),
            layout.memory());
    boolean planned = false;
    try {
      OpenDataFile opened = new OpenDataFile(task, scanner, deletes, output, requests.size());
      planned = true;
      return opened;
    } finally {
      if (!planned) {
        scanner.close();
      }
    }
  }

  /**
   * The id of rows or their last commit: what the file holds, else what it hands down. Without a
   * first id it has neither (Iceberg spec, "Row Lineage" of version 3 readers), and what an
   * uncommitted file would hand down is not final.
   */
  private static OutputColumn lineage(
      boolean isId, ScanFile task, Table table, List<ColumnRequest> requests) {
    Long first = task.file().firstRowId();
    if (first == null) {
      return constant(null);
    }
    requests.add(
        new ColumnRequest(
            isId ? MetadataColumns.ROW_ID : MetadataColumns.LAST_UPDATED_SEQUENCE_NUMBER));
    if (!FrozenTableOperations.isCommitted(table, task.file())) {
      return new OutputColumn.Inherited(requests.size() - 1, constant(null));
    }
    return new OutputColumn.Inherited(
        requests.size() - 1,
        isId ? new OutputColumn.PositionFrom(first) : constant(task.file().dataSequenceNumber()));
  }

  private static OutputColumn constant(@Nullable Long value) {
    return new OutputColumn.Constant(
        value == null
            ? ConstantVectors.nulls(Primitive.BIGINT, 1)
            : ConstantVectors.of(value, Primitive.BIGINT, 1));
  }

  /** A column of the table, which the partition may know and the file may lack. */
  private static OutputColumn column(
      Layout layout,
      int fieldId,
      Map<Integer, ColumnVector> constants,
      Map<Integer, Integer> requested,
      List<ColumnRequest> requests) {
    ColumnVector constant = constants.get(fieldId);
    return constant != null
        ? new OutputColumn.Constant(constant)
        : new OutputColumn.Read(request(layout, fieldId, requested, requests));
  }

  private static int request(
      Layout layout, int fieldId, Map<Integer, Integer> requested, List<ColumnRequest> requests) {
    return requested.computeIfAbsent(
        fieldId,
        id -> {
          requests.add(new ColumnRequest(ScanFiles.field(layout.table(), layout.schema(), id)));
          return requests.size() - 1;
        });
  }

  private static DeleteFilter deletes(
      ScanFile task,
      Layout layout,
      DeleteFiles deleteFiles,
      Map<Integer, ColumnVector> constants,
      Map<Integer, Integer> requested,
      List<ColumnRequest> requests) {
    List<PositionDeleteIndex> positions = new ArrayList<>();
    List<DeleteFile> byKey = new ArrayList<>();
    for (DeleteFile delete : task.deletes()) {
      if (delete.content() == FileContent.POSITION_DELETES) {
        positions.add(deleteFiles.positions(delete, task.file().location()));
      } else {
        byKey.add(delete);
      }
    }
    FoundDeletions found = null;
    KnownDeletions known = byKey.isEmpty() ? null : deleteFiles.known();
    if (known != null) {
      KnownDeletions.Key key =
          KnownDeletions.Key.of(task.file().location(), byKey, layout.nameMappingText());
      PositionDeleteIndex foundBefore = known.find(key);
      if (foundBefore != null) {
        positions.add(foundBefore);
        return new DeleteFilter(positions, List.of(), null);
      }
      long rows = task.file().recordCount();
      found = deleteFiles.hasRoom(rows) ? new FoundDeletions(known, key, rows) : null;
    }
    Map<Set<Integer>, List<DeleteFile>> equality = new LinkedHashMap<>();
    for (DeleteFile delete : byKey) {
      equality
          .computeIfAbsent(Set.copyOf(delete.equalityFieldIds()), ids -> new ArrayList<>())
          .add(delete);
    }
    List<DeletedKeys> keys = new ArrayList<>();
    equality.forEach(
        (ids, files) -> {
          List<KeyColumn> compared = new ArrayList<>();
          List<OutputColumn> columns = new ArrayList<>();
          for (int id : ids.stream().sorted().toList()) {
            KeyColumn key = KeyColumn.of(layout.table(), layout.schema(), id);
            compared.add(key);
            columns.add(
                key.isNested()
                    ? nested(key, requests)
                    : column(layout, id, constants, requested, requests));
          }
          keys.add(
              new DeletedKeys(
                  compared, columns, deleteFiles.keys(files, compared, layout.schema())));
        });
    return new DeleteFilter(positions, keys, found);
  }

  /** The way to a field within rows, beside the whole column if the scan wants that. */
  private static OutputColumn nested(KeyColumn key, List<ColumnRequest> requests) {
    requests.add(new ColumnRequest(key.column()));
    return new OutputColumn.Read(requests.size() - 1);
  }

  String location() {
    return location;
  }

  DataFileScanner scanner() {
    return scanner;
  }

  List<Morsel> morsels() {
    return morsels;
  }

  /** Tells that a morsel is read; whether it was the last one, after which the file is closed. */
  boolean morselDone() {
    return morselsLeft.decrementAndGet() <= 0;
  }

  /** Rows of row groups and pages that need not be read. */
  long rowsRuledOut() {
    return rowsRuledOut;
  }

  /** Tells that a morsel of a row group is read; whether it was the last one. */
  boolean rowGroupDone(int rowGroup) {
    AtomicInteger left = morselsLeftOfRowGroup.get(rowGroup);
    return left != null && left.decrementAndGet() == 0;
  }

  /** Tells the Flight Recorder, if there is one, what reading the file came to. */
  void tell(ScanStatistics statistics) {
    FileScanEvent told = event;
    if (told != null) {
      told.rowGroups = statistics.rowGroupsTotal();
      told.rowGroupsPruned = statistics.rowGroupsPruned();
      told.bytesRead = statistics.bytesRead();
      told.requests = statistics.requests();
      told.commit();
    }
  }

  /** Rows of the file to be filtered, the deleted ones still among them. */
  ScanBatch begin(PendingRows pending) {
    return new ScanBatch(output, requests, pending, deletes.isEmpty() ? null : deletes);
  }

  @Override
  public void close() {
    scanner.close();
  }
}
