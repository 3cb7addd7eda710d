package dev.frazil.catalog.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.storage.AwsJsonService;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The columns of a table as Iceberg's GlueCatalog shows them to people: those of the current schema
 * and, marked so, those that earlier ones had. No engine reads a table by them. Stateless.
 */
final class GlueColumns {
  private GlueColumns() {}

  static ArrayNode of(TableMetadata metadata) {
    ArrayNode columns = AwsJsonService.request().putArray("Columns");
    Set<String> names = new HashSet<>();
    add(columns, names, metadata.schema(), true);
    for (Schema schema : metadata.schemas()) {
      if (schema.schemaId() != metadata.currentSchemaId()) {
        add(columns, names, schema, false);
      }
    }
    return columns;
  }

  private static void add(ArrayNode columns, Set<String> names, Schema schema, boolean current) {
    for (Types.NestedField field : schema.columns()) {
      if (names.add(field.name())) {
        ObjectNode column = columns.addObject().put("Name", field.name());
        column.put("Type", type(field.type()));
        if (field.doc() != null) {
          column.put("Comment", field.doc());
        }
        column
            .putObject("Parameters")
            .put("iceberg.field.id", String.valueOf(field.fieldId()))
            .put("iceberg.field.optional", String.valueOf(field.isOptional()))
            .put("iceberg.field.current", String.valueOf(current));
      }
    }
  }

  /** The type by Hive's name for it. */
  static String type(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> "boolean";
      case INTEGER -> "int";
      case LONG -> "bigint";
      case FLOAT -> "float";
      case DOUBLE -> "double";
      case DATE -> "date";
      case TIME, STRING, UUID -> "string";
      case TIMESTAMP -> "timestamp";
      case FIXED, BINARY -> "binary";
      case DECIMAL -> {
        Types.DecimalType decimal = (Types.DecimalType) type;
        yield "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
      }
      case STRUCT ->
          type.asStructType().fields().stream()
              .map(field -> field.name() + ":" + type(field.type()))
              .collect(Collectors.joining(",", "struct<", ">"));
      case LIST -> "array<" + type(type.asListType().elementType()) + ">";
      case MAP ->
          "map<"
              + type(type.asMapType().keyType())
              + ","
              + type(type.asMapType().valueType())
              + ">";
      case TIMESTAMP_NANO, UNKNOWN, VARIANT, GEOMETRY, GEOGRAPHY ->
          type.typeId().name().toLowerCase(Locale.ROOT);
    };
  }
}
