package dev.frazil.plan;

import dev.frazil.plan.parser.QueryText;
import dev.frazil.txn.MaintenanceSettings;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortField;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.types.Types;

/** A table as the CREATE TABLE that makes one like it, without its rows. */
final class CreateTableText {
  /** What a table gets whose statement does not say. */
  private static final int DEFAULT_FORMAT_VERSION = 2;

  private CreateTableText() {}

  static String of(TableIdentifier identifier, Table table) {
    Schema schema = table.schema();
    List<String> parts = new ArrayList<>();
    for (Types.NestedField field : schema.columns()) {
      String doc = field.doc();
      String value = DefaultValues.text(table, field);
      parts.add(
          name(field.name())
              + " "
              + TypeMapping.toSql(field.type()).sqlName()
              + (field.isOptional() ? "" : " NOT NULL")
              + (value == null ? "" : " DEFAULT " + value)
              + (doc == null ? "" : " COMMENT " + text(doc)));
    }
    List<String> key =
        UniqueKey.primaryKey(table).stream().map(field -> name(field.name())).toList();
    if (!key.isEmpty()) {
      boolean enforced =
          Boolean.parseBoolean(table.properties().get(UniqueKey.PRIMARY_KEY_ENFORCED));
      parts.add("PRIMARY KEY (" + String.join(", ", key) + ")" + (enforced ? "" : " NOT ENFORCED"));
    }
    for (UniqueKey unique : UniqueKey.unique(table)) {
      parts.add(
          "UNIQUE ("
              + unique.names().stream().map(CreateTableText::name).collect(Collectors.joining(", "))
              + ")");
    }
    return "CREATE TABLE "
        + name(identifier.namespace())
        + "."
        + name(identifier.name())
        + " (\n  "
        + String.join(",\n  ", parts)
        + ")"
        + partitioning(table)
        + sortOrder(table)
        + properties(table);
  }

  private static String partitioning(Table table) {
    List<String> fields = partitionFields(table);
    return fields.isEmpty() ? "" : "\nPARTITIONED BY (" + String.join(", ", fields) + ")";
  }

  private static String sortOrder(Table table) {
    List<String> fields = new ArrayList<>();
    for (SortField field : table.sortOrder().fields()) {
      String column = table.schema().findColumnName(field.sourceId());
      if (column == null) {
        return ""; // as writers do: an order by a column that was dropped says nothing
      }
      boolean descending = field.direction() == SortDirection.DESC;
      boolean nullsFirst = field.nullOrder() == NullOrder.NULLS_FIRST;
      fields.add(
          transformed(field.transform(), column)
              + (descending ? " DESC" : "")
              + (descending != nullsFirst ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST"));
    }
    return fields.isEmpty() ? "" : "\nWRITE ORDERED BY (" + String.join(", ", fields) + ")";
  }

  /** The fields of PARTITIONED BY. */
  static List<String> partitionFields(Table table) {
    List<String> fields = new ArrayList<>();
    for (PartitionField field : table.spec().fields()) {
      String column = table.schema().findColumnName(field.sourceId());
      fields.add(transformed(field.transform(), column));
    }
    return fields;
  }

  /** A transform of a column as SQL has it, such as {@code bucket(16, id)}. */
  static String transformed(Transform<?, ?> transform, String column) {
    String name = transform.toString();
    if (transform.isIdentity()) {
      return name(column);
    }
    if (name.endsWith("]")) {
      int bracket = name.indexOf('[');
      String width = name.substring(bracket + 1, name.length() - 1);
      return name.substring(0, bracket) + "(" + width + ", " + name(column) + ")";
    }
    return name + "(" + name(column) + ")";
  }

  private static String properties(Table table) {
    Map<String, String> shown = new TreeMap<>(table.properties());
    shown.remove(UniqueKey.PRIMARY_KEY_ENFORCED);
    shown.remove(UniqueKey.PRIMARY_KEY_ORDER);
    shown.remove(UniqueKey.UNIQUE_KEYS);
    shown.remove(MaintenanceSettings.ENABLED, "true"); // which CREATE TABLE sets by itself
    shown.keySet().removeIf(key -> key.startsWith(DefaultValues.PREFIX));
    if (table instanceof HasTableOperations known) {
      int version = known.operations().current().formatVersion();
      if (version != DEFAULT_FORMAT_VERSION) {
        shown.put(TableProperties.FORMAT_VERSION, Integer.toString(version));
      }
    }
    return properties(shown);
  }

  /** {@code WITH (...)} on a line of its own; nothing for none. */
  static String properties(Map<String, String> properties) {
    List<String> pairs = new ArrayList<>();
    properties.forEach((key, value) -> pairs.add(QueryText.quote(key) + " = " + text(value)));
    return pairs.isEmpty() ? "" : "\nWITH (" + String.join(", ", pairs) + ")";
  }

  /** A schema with its levels quoted where they must be. */
  static String name(Namespace schema) {
    return Arrays.stream(schema.levels())
        .map(CreateTableText::name)
        .collect(Collectors.joining("."));
  }

  /** Quoted unless that changes nothing. */
  static String name(String name) {
    return name.matches("[a-z_][a-z0-9_]*") ? name : QueryText.quote(name);
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
