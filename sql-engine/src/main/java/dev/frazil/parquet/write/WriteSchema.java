package dev.frazil.parquet.write;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MapType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.UUIDType;
import org.apache.parquet.format.VariantType;

/**
 * The Parquet schema of an Iceberg schema, as the Iceberg spec maps types, with field ids. Lists
 * have three levels; both the logical and the older converted types are set. Immutable.
 *
 * @param elements as the footer lists them
 * @param fields the top-level fields, in order
 */
record WriteSchema(List<SchemaElement> elements, List<LeafColumn> leaves, List<FieldNode> fields) {

  static WriteSchema of(Schema schema) {
    Builder builder = new Builder();
    int held = inFiles(schema.columns(), "the table");
    builder.elements.add(new SchemaElement("table").setNum_children(held));
    List<FieldNode> fields = new ArrayList<>();
    for (Types.NestedField field : schema.columns()) {
      fields.add(builder.field(field, field.name(), List.of(), 0, 0));
    }
    return new WriteSchema(builder.elements, builder.leaves, fields);
  }

  private static final class Builder {
    final List<SchemaElement> elements = new ArrayList<>();
    final List<LeafColumn> leaves = new ArrayList<>();

    FieldNode field(
        Types.NestedField field, String name, List<String> above, int definition, int repetition) {
      if (field.type().typeId() == Type.TypeID.UNKNOWN) {
        return new FieldNode(FieldNode.Kind.ABSENT, name, true, 0, -1, List.of());
      }
      List<String> path = new ArrayList<>(above);
      path.add(name);
      boolean optional = field.isOptional();
      int level = definition + (optional ? 1 : 0);
      SchemaElement element =
          new SchemaElement(name)
              .setRepetition_type(
                  optional ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED)
              .setField_id(field.fieldId());
      elements.add(element);
      Type type = field.type();
      if (type.isPrimitiveType()) {
        annotate(element, type.asPrimitiveType());
        leaves.add(
            new LeafColumn(
                leaves.size(),
                field.fieldId(),
                path,
                type.asPrimitiveType(),
                element,
                level,
                repetition,
                LeafColumn.Part.WHOLE));
        return new FieldNode(FieldNode.Kind.LEAF, name, optional, 0, leaves.size() - 1, List.of());
      }
      List<FieldNode> children = new ArrayList<>();
      if (type.isVariantType()) {
        element
            .setNum_children(2)
            .setLogicalType(
                LogicalType.VARIANT(new VariantType().setSpecification_version((byte) 1)));
        children.add(
            part("metadata", LeafColumn.Part.VARIANT_METADATA, field, path, level, repetition));
        children.add(part("value", LeafColumn.Part.VARIANT_VALUE, field, path, level, repetition));
        return new FieldNode(FieldNode.Kind.VARIANT, name, optional, 0, -1, children);
      }
      if (type.isStructType()) {
        List<Types.NestedField> fields = type.asStructType().fields();
        element.setNum_children(inFiles(fields, "the row " + name));
        for (Types.NestedField child : fields) {
          children.add(field(child, child.name(), path, level, repetition));
        }
        return new FieldNode(FieldNode.Kind.STRUCT, name, optional, 0, -1, children);
      }
      boolean isList = type.isListType();
      element
          .setNum_children(1)
          .setConverted_type(isList ? ConvertedType.LIST : ConvertedType.MAP)
          .setLogicalType(
              isList ? LogicalType.LIST(new ListType()) : LogicalType.MAP(new MapType()));
      String repeatedName = isList ? "list" : "key_value";
      elements.add(
          new SchemaElement(repeatedName)
              .setRepetition_type(FieldRepetitionType.REPEATED)
              .setNum_children(isList ? 1 : 2));
      path.add(repeatedName);
      String[] names = isList ? new String[] {"element"} : new String[] {"key", "value"};
      List<Types.NestedField> parts = type.asNestedType().fields();
      if (inFiles(parts, "the column " + name) < parts.size()) {
        throw EngineException.unsupported(
            "writing a list or map of the type unknown, in column " + name + ",");
      }
      for (int i = 0; i < names.length; i++) {
        children.add(field(parts.get(i), names[i], path, level + 1, repetition + 1));
      }
      FieldNode.Kind kind = isList ? FieldNode.Kind.LIST : FieldNode.Kind.MAP;
      return new FieldNode(kind, name, optional, repetition + 1, -1, children);
    }

    /** One of the two leaves of a variant, which have no ids of their own. */
    private FieldNode part(
        String name,
        LeafColumn.Part part,
        Types.NestedField field,
        List<String> above,
        int definition,
        int repetition) {
      List<String> path = new ArrayList<>(above);
      path.add(name);
      SchemaElement element =
          new SchemaElement(name)
              .setRepetition_type(FieldRepetitionType.REQUIRED)
              .setType(org.apache.parquet.format.Type.BYTE_ARRAY);
      elements.add(element);
      leaves.add(
          new LeafColumn(
              leaves.size(),
              field.fieldId(),
              path,
              Types.BinaryType.get(),
              element,
              definition,
              repetition,
              part));
      return new FieldNode(FieldNode.Kind.LEAF, name, false, 0, leaves.size() - 1, List.of());
    }
  }

  /** Columns of the type unknown are in no file; Parquet has no group without fields. */
  private static int inFiles(List<Types.NestedField> fields, String what) {
    int held = 0;
    for (Types.NestedField field : fields) {
      held += field.type().typeId() == Type.TypeID.UNKNOWN ? 0 : 1;
    }
    if (held == 0) {
      throw EngineException.unsupported(
          "writing rows where " + what + " has no column but of the type unknown");
    }
    return held;
  }

  private static void annotate(SchemaElement element, Type.PrimitiveType type) {
    switch (type.typeId()) {
      case BOOLEAN -> element.setType(org.apache.parquet.format.Type.BOOLEAN);
      case INTEGER -> element.setType(org.apache.parquet.format.Type.INT32);
      case LONG -> element.setType(org.apache.parquet.format.Type.INT64);
      case FLOAT -> element.setType(org.apache.parquet.format.Type.FLOAT);
      case DOUBLE -> element.setType(org.apache.parquet.format.Type.DOUBLE);
      case DATE ->
          element
              .setType(org.apache.parquet.format.Type.INT32)
              .setConverted_type(ConvertedType.DATE)
              .setLogicalType(LogicalType.DATE(new DateType()));
      case TIME ->
          // Not adjusted to UTC has no converted type.
          element
              .setType(org.apache.parquet.format.Type.INT64)
              .setLogicalType(
                  LogicalType.TIME(new TimeType(false, TimeUnit.MICROS(new MicroSeconds()))));
      case TIMESTAMP -> {
        boolean utc = ((Types.TimestampType) type).shouldAdjustToUTC();
        element
            .setType(org.apache.parquet.format.Type.INT64)
            .setLogicalType(
                LogicalType.TIMESTAMP(new TimestampType(utc, TimeUnit.MICROS(new MicroSeconds()))));
        if (utc) {
          element.setConverted_type(ConvertedType.TIMESTAMP_MICROS);
        }
      }
      case TIMESTAMP_NANO -> {
        boolean utc = ((Types.TimestampNanoType) type).shouldAdjustToUTC();
        // no converted type counts nanoseconds
        element
            .setType(org.apache.parquet.format.Type.INT64)
            .setLogicalType(
                LogicalType.TIMESTAMP(new TimestampType(utc, TimeUnit.NANOS(new NanoSeconds()))));
      }
      case STRING ->
          element
              .setType(org.apache.parquet.format.Type.BYTE_ARRAY)
              .setConverted_type(ConvertedType.UTF8)
              .setLogicalType(LogicalType.STRING(new StringType()));
      case BINARY -> element.setType(org.apache.parquet.format.Type.BYTE_ARRAY);
      case GEOMETRY, GEOGRAPHY ->
          element
              .setType(org.apache.parquet.format.Type.BYTE_ARRAY)
              .setLogicalType(GeospatialColumns.logicalType(type));
      case UUID -> fixed(element, 16).setLogicalType(LogicalType.UUID(new UUIDType()));
      case FIXED -> fixed(element, ((Types.FixedType) type).length());
      case DECIMAL -> {
        Types.DecimalType decimal = (Types.DecimalType) type;
        if (decimal.precision() <= 9) {
          element.setType(org.apache.parquet.format.Type.INT32);
        } else if (decimal.precision() <= 18) {
          element.setType(org.apache.parquet.format.Type.INT64);
        } else {
          fixed(element, TypeUtil.decimalRequiredBytes(decimal.precision()));
        }
        element
            .setConverted_type(ConvertedType.DECIMAL)
            .setPrecision(decimal.precision())
            .setScale(decimal.scale())
            .setLogicalType(
                LogicalType.DECIMAL(new DecimalType(decimal.scale(), decimal.precision())));
      }
      default -> throw EngineException.unsupported("writing the Iceberg type " + type);
    }
  }

  private static SchemaElement fixed(SchemaElement element, int lengthBytes) {
    return element
        .setType(org.apache.parquet.format.Type.FIXED_LEN_BYTE_ARRAY)
        .setType_length(lengthBytes);
  }
}
