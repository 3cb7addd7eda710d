package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableName;
import dev.frazil.plan.parser.TableName.Part;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Columns as a statement names them, to fields of a schema: exact first, then whatever the case.
 * Lists have a field {@code element}, maps {@code key} and {@code value}.
 */
final class ColumnPath {
  private final TableIdentifier table;
  private final Schema schema;
  private final SqlText source;

  ColumnPath(TableIdentifier table, Schema schema, SqlText source) {
    this.table = table;
    this.schema = schema;
    this.source = source;
  }

  /** The field of a path; 42703. */
  Types.NestedField require(TableName path) {
    Types.NestedField found = find(path);
    if (found == null) {
      throw missing(path);
    }
    return found;
  }

  EngineException missing(TableName path) {
    int known = path.parts().size() - 1;
    while (known > 0 && find(path.parts().subList(0, known)) == null) {
      known--;
    }
    List<String> names =
        siblings(path.parts().subList(0, known)).stream().map(Types.NestedField::name).toList();
    return new EngineException(
        SqlState.UNDEFINED_COLUMN,
        "table "
            + table
            + " has no column \""
            + path.describe()
            + "\" ("
            + source.position(path.offset())
            + ")"
            + NearestNames.hint(path.parts().get(known).text(), names));
  }

  /** A column of the table itself; 42703. */
  Types.NestedField requireTop(Part name, int offset) {
    return require(new TableName(List.of(name), offset));
  }

  Types.@Nullable NestedField find(TableName path) {
    return find(path.parts());
  }

  private Types.@Nullable NestedField find(List<Part> parts) {
    List<Types.NestedField> fields = schema.columns();
    Types.NestedField found = null;
    for (Part part : parts) {
      found = among(fields, part.text());
      if (found == null) {
        return null;
      }
      fields = children(found.type());
    }
    return found;
  }

  /** The fields beside the last of a path; 42703 where what it lies in does not exist. */
  List<Types.NestedField> siblings(TableName path) {
    List<Part> parent = path.parts().subList(0, path.parts().size() - 1);
    if (!parent.isEmpty()) {
      require(new TableName(parent, path.offset()));
    }
    return siblings(parent);
  }

  private List<Types.NestedField> siblings(List<Part> parent) {
    if (parent.isEmpty()) {
      return schema.columns();
    }
    Types.NestedField found = find(parent);
    return found == null ? List.of() : children(found.type());
  }

  /** The field of that name, exact first. */
  static Types.@Nullable NestedField among(List<Types.NestedField> fields, String name) {
    Types.NestedField insensitive = null;
    for (Types.NestedField field : fields) {
      if (field.name().equals(name)) {
        return field;
      }
      if (field.name().equalsIgnoreCase(name)) {
        insensitive = field;
      }
    }
    return insensitive;
  }

  private static List<Types.NestedField> children(Type type) {
    return type.isNestedType() ? type.asNestedType().fields() : List.of();
  }

  /** The name by which Iceberg knows a field. */
  String fullName(Types.NestedField field) {
    return schema.findColumnName(field.fieldId());
  }
}
