package dev.frazil.engine;

import dev.frazil.engine.Session.ColumnDescription;
import dev.frazil.engine.Session.TableDescription;
import dev.frazil.plan.DefaultValues;
import dev.frazil.plan.TableResolver;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;

/** Tables as metadata calls show them. */
final class TableDescriptions {
  private TableDescriptions() {}

  static Optional<TableDescription> find(TableIdentifier identifier, TableResolver tables) {
    return tables.load(identifier).map(table -> of(identifier, table));
  }

  static List<TableDescription> all(Namespace schema, TableResolver tables) {
    return tables.tables(schema).stream()
        .flatMap(identifier -> find(identifier, tables).stream())
        .toList();
  }

  private static TableDescription of(TableIdentifier identifier, Table table) {
    List<ColumnDescription> columns = new ArrayList<>();
    for (Types.NestedField field : table.schema().columns()) {
      columns.add(
          new ColumnDescription(
              field.name(),
              TypeMapping.toSql(field.type()),
              field.isOptional(),
              field.doc(),
              DefaultValues.text(table, field),
              columns.size() + 1));
    }
    Set<Integer> keyFields = table.schema().identifierFieldIds();
    List<String> primaryKey = new ArrayList<>();
    for (Types.NestedField field : table.schema().columns()) {
      if (keyFields.contains(field.fieldId())) {
        primaryKey.add(field.name());
      }
    }
    return new TableDescription(identifier, table, columns, primaryKey);
  }
}
