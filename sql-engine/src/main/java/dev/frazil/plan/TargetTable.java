package dev.frazil.plan;

import dev.frazil.catalog.TableBranch;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.Slice;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableName;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.FixedType;
import dev.frazil.type.SqlType.GeospatialType;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.RowType;
import dev.frazil.type.Timestamps;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The table that a statement writes. */
record TargetTable(TableHandle handle, List<Types.NestedField> fields, List<SqlType> types) {

  static TargetTable of(TableName name, TableReferences tables, SqlText source) {
    TableHandle handle = tables.target(name, source);
    List<Types.NestedField> fields = handle.table().schema().columns();
    List<SqlType> types = new ArrayList<>();
    for (Types.NestedField field : fields) {
      types.add(TypeMapping.toSql(field.type()));
    }
    return new TargetTable(handle, fields, types);
  }

  /** The index of a column; 42703 with the nearest names. */
  int column(String name, SqlText source, int offset) {
    int insensitive = -1;
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
      if (fields.get(i).name().equalsIgnoreCase(name)) {
        insensitive = i;
      }
    }
    if (insensitive >= 0) {
      return insensitive;
    }
    throw new EngineException(
        SqlState.UNDEFINED_COLUMN,
        "table "
            + TableBranch.text(handle.identifier())
            + " has no column \""
            + name
            + "\" ("
            + source.position(offset)
            + ")"
            + NearestNames.hint(name, fields.stream().map(Types.NestedField::name).toList()));
  }

  /** The columns of a list, in its order; 42701 for one that is named twice. */
  List<Integer> columns(List<TableName.Part> list, SqlText source, int offset) {
    List<Integer> columns = new ArrayList<>();
    for (TableName.Part part : list) {
      int column = column(part.text(), source, offset);
      if (columns.contains(column)) {
        throw new EngineException(
            SqlState.DUPLICATE_COLUMN,
            "column \"" + part.text() + "\" is named twice in the column list");
      }
      columns.add(column);
    }
    return columns;
  }

  List<Integer> allColumns() {
    return columnsWithout(Set.of());
  }

  /** All columns but some, in order. */
  List<Integer> columnsWithout(Set<Integer> others) {
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      if (!others.contains(i)) {
        columns.add(i);
      }
    }
    return columns;
  }

  /**
   * The type that a value of the statement is cast to, or null for types that only a {@code ?} is
   * cast to: other values of arrays, maps and rows have types of their own.
   */
  static @Nullable String castType(SqlType type, ParsedSql parsed, Slice value) {
    @Nullable String cast = castType(type);
    return cast == null && parsed.isParameter(value) ? QueryText.typeText(type) : cast;
  }

  /** The type as Calcite's parser reads it, or null for types that it cannot cast to. */
  static @Nullable String castType(SqlType type) {
    if (type instanceof ArrayType
        || type instanceof MapType
        || type instanceof RowType
        || type == SqlType.Primitive.UNKNOWN) {
      return null;
    }
    if (type instanceof FixedType fixed) {
      return "BINARY(" + fixed.lengthBytes() + ")";
    }
    if (type instanceof GeospatialType) {
      return QueryText.typeText(type);
    }
    if (Timestamps.hasZone(type)) {
      return (Timestamps.isNano(type) ? "TIMESTAMP(9)" : "TIMESTAMP") + " WITH LOCAL TIME ZONE";
    }
    return type.sqlName();
  }
}
