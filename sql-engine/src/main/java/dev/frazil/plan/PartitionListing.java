package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.QueryText;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;

/**
 * SHOW PARTITIONS as a query over the table's {@code $partitions}: the path of each partition, as
 * {@code region=eu/day=2024-01-31}, its rows and its files. A table that is partitioned otherwise
 * than it was shows older partitions by the fields of today, null where they have none.
 */
final class PartitionListing {
  private PartitionListing() {}

  static QueryText query(TableNames.Found found, QueryText text) {
    Table table = found.table();
    if (table.spec().isUnpartitioned()) {
      throw new EngineException(
          SqlState.INVALID_STATEMENT, "table " + found.identifier() + " is not partitioned");
    }
    List<String> parts = new ArrayList<>();
    for (PartitionField field : table.spec().fields()) {
      if (!field.transform().isVoid()) {
        Type type = field.transform().getResultType(table.schema().findType(field.sourceId()));
        parts.add(
            literal((parts.isEmpty() ? "" : "/") + field.name() + "=")
                + " || COALESCE("
                + shown("p.\"partition\"." + QueryText.quote(field.name()), field, type)
                + ", 'null')");
      }
    }
    List<String> path = new ArrayList<>();
    for (String level : found.identifier().namespace().levels()) {
      path.add(QueryText.quote(level));
    }
    path.add(QueryText.quote(found.identifier().name() + "$partitions"));
    return text.add(
        "SELECT "
            + String.join(" || ", parts)
            + " AS \"partition\", record_count, file_count FROM "
            + String.join(".", path)
            + " AS p ORDER BY 1");
  }

  /** A value as it reads in the path of a data file. */
  private static String shown(String value, PartitionField field, Type type) {
    return switch (field.transform().toString()) {
      case "year" -> "CAST(1970 + " + value + " AS varchar)";
      case "month" -> "to_char(DATE '1970-01-01' + " + value + " * INTERVAL '1' MONTH, 'YYYY-MM')";
      case "hour" ->
          "to_char(TIMESTAMP '1970-01-01 00:00:00' + "
              + value
              + " * INTERVAL '1' HOUR, 'YYYY-MM-DD-HH24')";
      default ->
          switch (type.typeId()) {
            case BINARY, FIXED -> "to_hex(" + value + ")";
            default -> "CAST(" + value + " AS varchar)";
          };
    };
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
