package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Partitioning;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.types.Types;

/**
 * The columns that every table has beside its own, where a statement names them: {@code _file}
 * (also {@code $path}), {@code _pos}, {@code _spec_id}, {@code _partition} where there are
 * partitions, and in version 3 {@code _row_id} and {@code _last_updated_sequence_number}. A star
 * does not show them; a column of the table of the same name hides them.
 */
final class MetadataColumns {
  /** What Trino calls {@code _file}. */
  private static final String PATH = "$path";

  private static final String ROW_ID = "_row_id";
  private static final String LAST_UPDATED = "_last_updated_sequence_number";

  static final Set<String> NAMES =
      Set.of("_file", PATH, "_pos", "_spec_id", "_partition", ROW_ID, LAST_UPDATED);

  /** The first version of tables whose rows have ids. */
  private static final int ROW_LINEAGE_VERSION = 3;

  private MetadataColumns() {}

  /** Whether the rows of a table have ids, which they keep when they change. */
  static boolean hasRowLineage(Table table) {
    return TableUtil.formatVersion(table) >= ROW_LINEAGE_VERSION;
  }

  /** Those of a table among the wanted. */
  static List<ScanColumn> of(Table table, Set<String> wanted) {
    List<ScanColumn> columns = new ArrayList<>();
    for (String name : wanted) {
      if (ColumnPath.among(table.schema().columns(), name) != null) {
        continue;
      }
      switch (name) {
        case "_file", PATH ->
            columns.add(new ScanColumn.FileLocation(new Column(name, Primitive.VARCHAR, false)));
        case "_pos" ->
            columns.add(new ScanColumn.RowPosition(new Column(name, Primitive.BIGINT, false)));
        case "_spec_id" ->
            columns.add(new ScanColumn.SpecId(new Column(name, Primitive.INTEGER, false)));
        case ROW_ID, LAST_UPDATED -> {
          if (hasRowLineage(table)) {
            Column column = new Column(name, Primitive.BIGINT, true);
            columns.add(
                name.equals(ROW_ID)
                    ? new ScanColumn.RowId(column)
                    : new ScanColumn.LastUpdated(column));
          }
        }
        default -> {
          Types.StructType type = Partitioning.partitionType(table);
          if (!type.fields().isEmpty()) {
            columns.add(new ScanColumn.Partition(new Column(name, TypeMapping.toSql(type), false)));
          }
        }
      }
    }
    return columns;
  }
}
