package dev.frazil.plan;

import java.util.List;
import java.util.Locale;
import org.apache.iceberg.MetadataTableType;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Reads a metadata table: what Iceberg knows about a table, as rows.
 *
 * @param table the metadata table (its {@code table()} is one of Iceberg's), at the snapshot that
 *     the statement asked for
 * @param columns all columns of the metadata table, in its order
 */
public record MetadataScan(TableHandle table, List<Column> columns) implements RareNode {
  /** What stands between the name of a table and that of its metadata table. */
  static final char SEPARATOR = '$';

  private static final double ROWS = 1_000;

  public MetadataScan {
    columns = List.copyOf(columns);
  }

  /** Whether a table is made of another table's metadata. */
  public static boolean isMetadata(Table table) {
    return org.apache.iceberg.BaseMetadataTable.class.isInstance(table);
  }

  /** The table whose metadata a metadata table shows. */
  public static TableIdentifier owner(TableIdentifier metadataTable) {
    String name = metadataTable.name();
    int separator = name.lastIndexOf(SEPARATOR);
    return separator < 0
        ? metadataTable
        : TableIdentifier.of(metadataTable.namespace(), name.substring(0, separator));
  }

  /** The names of the metadata tables that there are. */
  static List<String> names() {
    return java.util.Arrays.stream(MetadataTableType.values())
        .map(type -> type.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  @Override
  public List<PhysicalNode> inputs() {
    return List.of();
  }

  @Override
  public MetadataScan withInputs(List<PhysicalNode> inputs) {
    return this;
  }

  @Override
  public double estimate(List<Double> inputRows) {
    return ROWS;
  }

  @Override
  public String describe() {
    return "MetadataScan "
        + table.identifier()
        + (table.timeTravel() ? " @ snapshot " + table.snapshotId() : "");
  }
}
