package dev.frazil.plan;

import dev.frazil.plan.parser.QueryText;
import dev.frazil.type.TypeMapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.view.SQLViewRepresentation;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewVersion;
import org.jspecify.annotations.Nullable;

/** Views as DESCRIBE and SHOW tell about them: as they are stored, their queries are not read. */
final class ViewDescriptions {
  private ViewDescriptions() {}

  /** Rows of column, type, nullable, comment, default. */
  static List<List<@Nullable String>> columns(ViewMetadata view, NamePattern pattern) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (Types.NestedField field : view.schema().columns()) {
      if (pattern.matches(field.name())) {
        List<@Nullable String> row = new ArrayList<>();
        row.add(field.name());
        row.add(TypeMapping.toSql(field.type()).sqlName());
        row.add("yes");
        row.add(field.doc());
        row.add(null);
        rows.add(row);
      }
    }
    return rows;
  }

  /** What DESCRIBE EXTENDED shows below the columns. */
  static List<List<@Nullable String>> details(TableNames.FoundView found) {
    ViewMetadata view = found.view();
    ViewVersion version = view.currentVersion();
    List<List<@Nullable String>> rows = new ArrayList<>();
    add(rows, "view", found.identifier().toString());
    for (SQLViewRepresentation text : ViewText.texts(view)) {
      add(rows, "query (" + text.dialect() + ")", text.sql());
    }
    add(rows, "default schema", version.defaultNamespace().toString());
    add(rows, "default catalog", version.defaultCatalog());
    add(rows, "version", Integer.toString(version.versionId()));
    add(rows, "versions", Integer.toString(view.versions().size()));
    add(rows, "changed at", Instant.ofEpochMilli(version.timestampMillis()).toString());
    add(rows, "location", view.location());
    add(rows, "format version", Integer.toString(view.formatVersion()));
    add(rows, "uuid", view.uuid());
    add(rows, "metadata file", view.metadataFileLocation());
    new TreeMap<>(view.properties()).forEach((name, value) -> add(rows, "property " + name, value));
    return rows;
  }

  private static void add(List<List<@Nullable String>> rows, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      List<@Nullable String> row = new ArrayList<>();
      row.add("# " + name);
      row.add(value);
      row.add(null);
      row.add(null);
      row.add(null);
      rows.add(row);
    }
  }

  /**
   * The CREATE VIEW that makes a view like it, in the schema where its unqualified names live; a
   * text of another engine stands as it is.
   */
  static String createView(TableIdentifier identifier, ViewMetadata view) {
    List<String> columns = new ArrayList<>();
    for (Types.NestedField field : view.schema().columns()) {
      String doc = field.doc();
      columns.add(
          CreateTableText.name(field.name()) + (doc == null ? "" : " COMMENT " + text(doc)));
    }
    String comment = ViewChange.comment(view.properties());
    Map<String, String> properties = new TreeMap<>(view.properties());
    properties.remove(ViewChange.COMMENT);
    String pairs =
        properties.entrySet().stream()
            .map(each -> QueryText.quote(each.getKey()) + " = " + text(each.getValue()))
            .collect(Collectors.joining(", "));
    return "CREATE VIEW "
        + name(identifier)
        + " (\n  "
        + String.join(",\n  ", columns)
        + ")"
        + (comment == null ? "" : "\nCOMMENT " + text(comment))
        + (pairs.isEmpty() ? "" : "\nWITH (" + pairs + ")")
        + " AS\n"
        + ViewText.shown(view);
  }

  private static String name(TableIdentifier identifier) {
    Namespace schema = identifier.namespace();
    return CreateTableText.name(schema) + "." + CreateTableText.name(identifier.name());
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
