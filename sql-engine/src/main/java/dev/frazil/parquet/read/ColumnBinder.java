package dev.frazil.parquet.read;

import dev.frazil.error.EngineException;
import dev.frazil.parquet.format.CorruptFile;
import dev.frazil.parquet.format.FileFooter;
import dev.frazil.parquet.format.SchemaNode;
import java.util.List;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Finds Iceberg fields in a file: by field id where the file has ids; else by the table's name
 * mapping; else top-level columns by position (id 1 is the first) and nested fields by name.
 * Immutable. Source: Iceberg spec, Column Projection.
 */
public final class ColumnBinder {
  private final FileFooter footer;
  private final boolean hasIds;
  private final @Nullable NameMapping mapping;

  public ColumnBinder(FileFooter footer, @Nullable NameMapping mapping) {
    this.footer = footer;
    this.hasIds = footer.root().hasIds();
    this.mapping = mapping;
  }

  FileFooter footer() {
    return footer;
  }

  boolean hasIds() {
    return hasIds;
  }

  /** The top-level column of a field, null if the file lacks it. */
  public @Nullable SchemaNode column(Types.NestedField field) {
    List<SchemaNode> columns = footer.root().children();
    if (!hasIds && mapping == null) {
      int ordinal = field.fieldId() - 1;
      return ordinal >= 0 && ordinal < columns.size() ? columns.get(ordinal) : null;
    }
    return find(columns, field);
  }

  /** The field of a struct, null if the file lacks it. */
  @Nullable SchemaNode child(SchemaNode group, Types.NestedField field) {
    return find(group.children(), field);
  }

  private @Nullable SchemaNode find(List<SchemaNode> nodes, Types.NestedField field) {
    MappedField mapped = hasIds || mapping == null ? null : mapping.find(field.fieldId());
    for (SchemaNode node : nodes) {
      boolean matches;
      if (hasIds) {
        matches = node.fieldId() == field.fieldId();
      } else if (mapping != null) {
        matches = mapped != null && mapped.names().contains(node.name());
      } else {
        matches = node.name().equals(field.name());
      }
      if (matches) {
        return node;
      }
    }
    return null;
  }

  /** The value of a field that the file lacks. */
  ConstantColumn missing(Types.NestedField field) {
    if (field.isRequired() && field.initialDefault() == null) {
      throw CorruptFile.error(
          footer.location(),
          "it lacks the required column " + field.name() + " (field id " + field.fieldId() + ")");
    }
    return new ConstantColumn(field);
  }

  /** The repeated node of a list or map. */
  SchemaNode repeated(SchemaNode node) {
    if (node.isLeaf() || node.children().size() != 1 || !node.children().get(0).isRepeated()) {
      throw EngineException.unsupported(
          "column "
              + node.path()
              + " of "
              + footer.location()
              + ", which is no standard list or map,");
    }
    return node.children().get(0);
  }

  /** The element of a list: of three levels, or of two as old writers nested them. */
  SchemaNode element(SchemaNode repeated, SchemaNode list) {
    boolean isElement =
        repeated.isLeaf()
            || repeated.children().size() > 1
            || repeated.children().get(0).isRepeated()
            || repeated.name().equals("array")
            || repeated.name().equals(list.name() + "_tuple");
    return isElement ? repeated : repeated.children().get(0);
  }
}
