package dev.frazil.exec.scan;

import dev.frazil.catalog.FrozenTableOperations;
import dev.frazil.exec.scan.ChangedFiles.Part;
import dev.frazil.plan.ChangeScan;
import dev.frazil.plan.ScanColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Table;

/**
 * What makes a row the same before and after a step: its id where all files of the state before
 * have ids (Iceberg spec, "Row Lineage"), else the identifier fields of the table, else nothing.
 *
 * @param versions columns that two rows have in common that are the same row, unchanged: its id
 *     with its last change, or all columns of the table
 * @param keys columns that two rows have in common that are the same row, changed or not; empty if
 *     there are none
 * @param columns all columns of the table
 */
record ChangeIdentity(int[] versions, List<Integer> keys, int[] columns) {

  static ChangeIdentity of(ChangeScan scan, ChangedFiles files) {
    List<ScanColumn> scanned = scan.scanColumns();
    Set<Integer> identifiers = ScanFiles.schema(scan.table()).identifierFieldIds();
    List<Integer> keys = new ArrayList<>();
    int count = 0;
    int rowId = -1;
    int lastUpdated = -1;
    for (int i = 0; i < scanned.size(); i++) {
      ScanColumn column = scanned.get(i);
      if (column instanceof ScanColumn.TableColumn field) {
        count++;
        if (identifiers.contains(field.fieldId())) {
          keys.add(i);
        }
      } else if (column instanceof ScanColumn.RowId) {
        rowId = i;
      } else if (column instanceof ScanColumn.LastUpdated) {
        lastUpdated = i;
      }
    }
    int[] columns = new int[count];
    for (int i = 0; i < count; i++) {
      columns[i] = i;
    }
    if (rowId >= 0 && haveIds(scan.table().table(), files.before())) {
      return new ChangeIdentity(new int[] {rowId, lastUpdated}, List.of(rowId), columns);
    }
    boolean hasWholeKey = keys.size() == identifiers.size();
    return new ChangeIdentity(columns, hasWholeKey ? keys : List.of(), columns);
  }

  private static boolean haveIds(Table table, List<Part> parts) {
    return parts.stream()
        .allMatch(
            part ->
                part.file().file().firstRowId() != null
                    && FrozenTableOperations.isCommitted(table, part.file().file()));
  }
}
