package dev.frazil.dml;

import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.types.Types;

/**
 * What rows of version 3 take along into the files that they are rewritten to (Iceberg spec, "Row
 * Lineage"): their id and the sequence number of the commit that changed them last. Null in a file
 * stands for the value that the row inherits: a new id, the commit of the file.
 */
final class RowLineage {
  private static final int FIRST_VERSION = 3;

  private RowLineage() {}

  static boolean isKept(Table table) {
    return TableUtil.formatVersion(table) >= FIRST_VERSION;
  }

  /** The columns of files with rewritten rows: those of the table, then the two of the lineage. */
  static Schema writtenSchema(Table table) {
    if (!isKept(table)) {
      return table.schema();
    }
    List<Types.NestedField> columns = new ArrayList<>(table.schema().columns());
    for (Types.NestedField column :
        List.of(MetadataColumns.ROW_ID, MetadataColumns.LAST_UPDATED_SEQUENCE_NUMBER)) {
      // Readers go by the id: a column of the table may have the name.
      boolean isTaken =
          table.schema().columns().stream()
              .anyMatch(own -> own.name().equalsIgnoreCase(column.name()));
      columns.add(
          isTaken
              ? Types.NestedField.optional(column.fieldId(), "$" + column.name(), column.type())
              : column);
    }
    return new Schema(columns);
  }

  /** The columns of changed rows, which keep their ids: the commit of the file changed them. */
  static List<ColumnVector> ofChanged(List<ColumnVector> row, ColumnVector ids) {
    List<ColumnVector> columns = new ArrayList<>(row);
    columns.add(ids);
    columns.add(ConstantVectors.nulls(Primitive.BIGINT, ids.rowCount()));
    return columns;
  }
}
