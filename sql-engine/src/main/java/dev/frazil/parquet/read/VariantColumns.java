package dev.frazil.parquet.read;

import dev.frazil.error.EngineException;
import dev.frazil.parquet.format.SchemaNode;
import dev.frazil.parquet.read.VariantShape.Typed;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.Field;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.SqlType.RowType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens the columns of a variant: {@code metadata}, {@code value}, {@code typed_value}, which are
 * found by name, and of the latter the groups below. They are read as the structs, lists and leaves
 * that they are in the file; {@link VariantAssembly} makes variants of them.
 */
final class VariantColumns {
  private final ColumnBinder binder;
  private final Leaves leaves;

  /** Opens a leaf, and remembers it among those that are read together. */
  interface Leaves {
    NestedLeaf open(SchemaNode leaf, VectorSink sink, int slotDefinition, boolean levelsOnly);
  }

  VariantColumns(ColumnBinder binder, Leaves leaves) {
    this.binder = binder;
    this.leaves = leaves;
  }

  /** A group, and what its vectors are. */
  record Group(NestedNode.Struct node, VariantShape shape) {}

  /** The group of a variant, whose first vector are the dictionaries. */
  Group variant(SchemaNode node, int slotDefinition) {
    SchemaNode metadata = child(node, "metadata");
    if (metadata == null || !metadata.isLeaf()) {
      throw unsupported(node, "a variant without metadata");
    }
    List<NestedNode> parts = new ArrayList<>();
    parts.add(bytes(metadata, slotDefinition));
    return group(node, slotDefinition, parts);
  }

  private Group group(SchemaNode node, int slotDefinition, List<NestedNode> parts) {
    SchemaNode value = child(node, "value");
    SchemaNode typedValue = child(node, "typed_value");
    if (value == null && typedValue == null) {
      throw unsupported(node, "a variant without value and typed_value");
    }
    int valueIndex = -1;
    if (value != null) {
      valueIndex = parts.size();
      parts.add(bytes(value, slotDefinition));
    }
    int typedIndex = -1;
    Typed typed = null;
    if (typedValue != null) {
      typedIndex = parts.size();
      typed = typed(typedValue, slotDefinition, parts);
    }
    VariantShape shape = new VariantShape(valueIndex, typedIndex, typed);
    return new Group(struct(node, parts), shape);
  }

  /** Adds the node of a typed_value to the parts of its group. */
  private Typed typed(SchemaNode node, int slotDefinition, List<NestedNode> parts) {
    if (node.isLeaf()) {
      ShreddedType type = ShreddedType.of(node);
      if (type == null || node.isRepeated()) {
        throw unsupported(node, "a variant shredded into " + node.element().getType());
      }
      parts.add(new NestedNode.Leaf(leaves.open(node, type.sink(), slotDefinition, false)));
      return new Typed.Scalar(type.kind());
    }
    boolean isList =
        node.element().isSetLogicalType()
            ? node.element().getLogicalType().isSetLIST()
            : node.children().size() == 1 && node.children().get(0).isRepeated();
    if (isList) {
      SchemaNode repeated = binder.repeated(node);
      SchemaNode element = binder.element(repeated, node);
      if (element.isLeaf()) {
        throw unsupported(node, "a variant shredded into a list of no groups");
      }
      Group group = group(element, repeated.maxDefinition(), new ArrayList<>());
      SqlType type = new ArrayType(group.node().type());
      parts.add(
          new NestedNode.Repeated(
              type, node.maxDefinition(), repeated, group.node().levels(), List.of(group.node())));
      return new Typed.Elements(group.shape());
    }
    List<String> names = new ArrayList<>();
    List<VariantShape> shapes = new ArrayList<>();
    List<NestedNode> fields = new ArrayList<>();
    for (SchemaNode field : node.children()) {
      if (field.isLeaf() || field.isRepeated() || names.contains(field.name())) {
        throw unsupported(field, "a field of a shredded variant that is no group of its own");
      }
      Group group = group(field, slotDefinition, new ArrayList<>());
      names.add(field.name());
      shapes.add(group.shape());
      fields.add(group.node());
    }
    parts.add(struct(node, fields));
    return new Typed.Fields(names, shapes);
  }

  private NestedNode bytes(SchemaNode node, int slotDefinition) {
    if (!node.isLeaf()
        || node.isRepeated()
        || node.element().getType() != org.apache.parquet.format.Type.BYTE_ARRAY) {
      throw unsupported(node, "a variant whose bytes are no BYTE_ARRAY");
    }
    return new NestedNode.Leaf(
        leaves.open(node, new BytesSink(Primitive.VARBINARY), slotDefinition, false));
  }

  private static NestedNode.Struct struct(SchemaNode node, List<NestedNode> parts) {
    NestedLeaf levels = null;
    List<Field> fields = new ArrayList<>();
    for (NestedNode part : parts) {
      levels = levels == null ? part.levels() : levels;
      fields.add(new Field("f" + fields.size(), type(part)));
    }
    if (levels == null) {
      throw EngineException.internal("a variant without a leaf");
    }
    return new NestedNode.Struct(new RowType(fields), node, levels, parts);
  }

  private static SqlType type(NestedNode part) {
    if (part instanceof NestedNode.Struct struct) {
      return struct.type();
    }
    return part instanceof NestedNode.Repeated list ? list.type() : Primitive.UNKNOWN;
  }

  private static @Nullable SchemaNode child(SchemaNode node, String name) {
    for (SchemaNode child : node.children()) {
      if (child.name().equals(name)) {
        return child;
      }
    }
    return null;
  }

  private EngineException unsupported(SchemaNode node, String what) {
    return EngineException.unsupported(
        what + " (column " + node.path() + " of " + binder.footer().location() + ")");
  }
}
