package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortField;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a table has beside its columns, as metadata calls show it. Read from the metadata file
 * alone. Immutable.
 *
 * @param keys unique keys that writers keep, the primary key first
 * @param partitioning the fields of its partitions, in order
 * @param sorting what the rows of its files are sorted by, in order
 * @param metadataColumns the columns that a star does not show
 * @param rowCount rows of the current snapshot; null where delete files hide how many there are
 * @param dataFileCount data files of the current snapshot
 */
public record TableLayout(
    List<Key> keys,
    List<Part> partitioning,
    List<Part> sorting,
    List<Column> metadataColumns,
    @Nullable Long rowCount,
    long dataFileCount) {

  /** What the name of a primary key ends with; the name of the table stands before it. */
  private static final String PRIMARY_KEY_SUFFIX = "_primary_key";

  public TableLayout {
    keys = List.copyOf(keys);
    partitioning = List.copyOf(partitioning);
    sorting = List.copyOf(sorting);
    metadataColumns = List.copyOf(metadataColumns);
  }

  /** A unique key. */
  public record Key(String name, List<String> columns) {
    public Key {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A field of the partitioning or of the sort order.
   *
   * @param text as SQL has it, such as {@code month(day)}
   * @param column the column that it is made of
   */
  public record Part(String text, String column, boolean descending) {}

  /** The name of the primary key of a table. */
  public static String primaryKeyName(String table) {
    return table + PRIMARY_KEY_SUFFIX;
  }

  /**
   * @param name of the table, without its schema
   */
  public static TableLayout of(String name, Table table) {
    Snapshot snapshot = table.currentSnapshot();
    Map<String, String> summary = snapshot == null ? Map.of() : snapshot.summary();
    return new TableLayout(
        keys(name, table),
        partitioning(table),
        sorting(table),
        MetadataColumns.of(table, new TreeSet<>(MetadataColumns.NAMES)).stream()
            .map(ScanColumn::column)
            .toList(),
        snapshot == null ? Long.valueOf(0) : rows(summary),
        snapshot == null ? 0 : number(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP, 0));
  }

  private static List<Key> keys(String name, Table table) {
    List<Key> keys = new ArrayList<>();
    if (Boolean.parseBoolean(table.properties().get(UniqueKey.PRIMARY_KEY_ENFORCED))) {
      List<String> columns =
          UniqueKey.primaryKey(table).stream().map(Types.NestedField::name).toList();
      if (!columns.isEmpty()) {
        keys.add(new Key(primaryKeyName(name), columns));
      }
    }
    List<String> names = uniqueKeyNames(name, table);
    List<UniqueKey> unique = UniqueKey.unique(table);
    for (int i = 0; i < unique.size(); i++) {
      keys.add(new Key(names.get(i), unique.get(i).names()));
    }
    return keys;
  }

  /** The names of the unique keys beside the primary key, in their order. */
  static List<String> uniqueKeyNames(String table, Table of) {
    List<String> names = new ArrayList<>();
    for (UniqueKey unique : UniqueKey.unique(of)) {
      String keyName = table + "_" + String.join("_", unique.names()) + "_key";
      long taken = names.stream().filter(name -> name.startsWith(keyName)).count();
      names.add(taken == 0 ? keyName : keyName + (taken + 1));
    }
    return names;
  }

  static List<Part> partitioning(Table table) {
    List<Part> parts = new ArrayList<>();
    for (PartitionField field : table.spec().fields()) {
      String column = table.schema().findColumnName(field.sourceId());
      // A column that was dropped leaves fields behind that say nothing.
      if (column != null && !field.transform().isVoid()) {
        parts.add(new Part(CreateTableText.transformed(field.transform(), column), column, false));
      }
    }
    return parts;
  }

  private static List<Part> sorting(Table table) {
    List<Part> parts = new ArrayList<>();
    for (SortField field : table.sortOrder().fields()) {
      String column = table.schema().findColumnName(field.sourceId());
      if (column == null) {
        return List.of();
      }
      boolean descending = field.direction() == SortDirection.DESC;
      boolean nullsFirst = field.nullOrder() == NullOrder.NULLS_FIRST;
      parts.add(
          new Part(
              CreateTableText.transformed(field.transform(), column)
                  + (descending ? " desc" : "")
                  + (nullsFirst ? " nulls first" : " nulls last"),
              column,
              descending));
    }
    return parts;
  }

  /** Null where delete files take away rows that no count tells. */
  private static @Nullable Long rows(Map<String, String> summary) {
    long deletes = number(summary, SnapshotSummary.TOTAL_DELETE_FILES_PROP, 0);
    String records = summary.get(SnapshotSummary.TOTAL_RECORDS_PROP);
    return records == null || deletes > 0
        ? null
        : Long.valueOf(number(summary, SnapshotSummary.TOTAL_RECORDS_PROP, 0));
  }

  private static long number(Map<String, String> summary, String key, long otherwise) {
    String text = summary.get(key);
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : otherwise;
  }
}
