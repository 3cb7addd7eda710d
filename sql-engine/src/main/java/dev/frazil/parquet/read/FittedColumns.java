package dev.frazil.parquet.read;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.parquet.format.SchemaNode;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.SchemaElement;
import org.jspecify.annotations.Nullable;

/**
 * Holds the columns of a file that another wrote against those of a table. A column that the table
 * lacks is 42703, one of another type 42804, one that may lack values where the table wants them
 * 23502. Types that the table may promote fit: integers, floating numbers and decimals that grow.
 * One thread.
 */
public final class FittedColumns {
  private final ColumnBinder binder;
  private final @Nullable NameMapping mapping;
  private final Set<Integer> known;
  private final Function<SchemaNode, SqlType> statedType;
  private final String location;
  private final List<Leaf> leaves = new ArrayList<>();

  /** A column of the table, or a field of one, that is in no array or map. */
  public record Leaf(Types.NestedField field, SchemaNode node) {}

  /**
   * @param known the ids of columns whose values are known without the file
   * @param statedType the type that a leaf states by itself; 0A000 where SQL has no equal
   */
  public FittedColumns(
      ColumnBinder binder,
      @Nullable NameMapping mapping,
      Set<Integer> known,
      Function<SchemaNode, SqlType> statedType) {
    this.binder = binder;
    this.mapping = mapping;
    this.known = Set.copyOf(known);
    this.statedType = statedType;
    this.location = binder.footer().location();
  }

  /** Compares them all. */
  public List<Leaf> leaves(List<Types.NestedField> columns) {
    leaves.clear();
    fit(columns, null);
    return List.copyOf(leaves);
  }

  private void fit(List<Types.NestedField> fields, @Nullable SchemaNode group) {
    List<SchemaNode> nodes = group == null ? binder.footer().root().children() : group.children();
    Set<SchemaNode> found = new HashSet<>();
    for (Types.NestedField field : fields) {
      SchemaNode node = group == null ? binder.column(field) : binder.child(group, field);
      if (node == null) {
        if (field.isRequired()
            && field.initialDefault() == null
            && !known.contains(field.fieldId())) {
          throw failure(
              SqlState.NOT_NULL_VIOLATION,
              "it lacks the column " + field.name() + ", which is NOT NULL in the table");
        }
        continue;
      }
      requireName(field, node);
      found.add(node);
      // Of columns that are leaves the statistics may tell that there is no null all the same.
      if (field.isRequired() && node.isOptional() && (group != null || !node.isLeaf())) {
        throw mayBeNull(node);
      }
      fit(field, node);
    }
    for (SchemaNode node : nodes) {
      if (!found.contains(node)) {
        throw failure(
            SqlState.UNDEFINED_COLUMN, "the table has no column for its column " + node.path());
      }
    }
  }

  private void requireName(Types.NestedField field, SchemaNode node) {
    MappedField mapped = mapping == null ? null : mapping.find(field.fieldId());
    if (!node.name().equals(field.name())
        && (mapped == null || !mapped.names().contains(node.name()))) {
      throw failure(
          SqlState.UNDEFINED_COLUMN,
          "its column "
              + node.path()
              + " has the field id "
              + field.fieldId()
              + ", which is the column "
              + field.name()
              + " of the table");
    }
  }

  private void fit(Types.NestedField field, SchemaNode node) {
    Type type = field.type();
    switch (type.typeId()) {
      case STRUCT -> {
        if (node.isLeaf() || isCollection(node)) {
          throw misfit(node, type);
        }
        fit(type.asStructType().fields(), node);
      }
      case LIST -> {
        SchemaNode element = binder.element(repeated(node, type), node);
        Types.NestedField of = type.asListType().fields().get(0);
        if (of.isRequired() && element.isOptional()) {
          throw mayBeNull(element);
        }
        fit(of, element);
      }
      case MAP -> {
        List<SchemaNode> entry = repeated(node, type).children();
        if (entry.size() != 2) {
          throw misfit(node, type);
        }
        if (type.asMapType().isValueRequired() && entry.get(1).isOptional()) {
          throw mayBeNull(entry.get(1));
        }
        fit(type.asMapType().fields().get(0), entry.get(0));
        fit(type.asMapType().fields().get(1), entry.get(1));
      }
      default -> {
        if (!type.isPrimitiveType()) {
          throw EngineException.unsupported(
              "the column " + node.path() + " of type " + type + " in the added file " + location);
        }
        if (!node.isLeaf() || !fits(type, node)) {
          throw misfit(node, type);
        }
        if (node.maxRepetition() == 0) {
          leaves.add(new Leaf(field, node));
        }
      }
    }
  }

  private SchemaNode repeated(SchemaNode node, Type type) {
    if (node.isLeaf() || !isCollection(node)) {
      throw misfit(node, type);
    }
    return binder.repeated(node);
  }

  private static boolean isCollection(SchemaNode node) {
    return node.children().size() == 1 && node.children().get(0).isRepeated();
  }

  private boolean fits(Type wanted, SchemaNode leaf) {
    SqlType type = TypeMapping.toSql(wanted);
    SqlType stated = statedType.apply(leaf);
    if (isNanosOfDay(leaf.element())) {
      return false; // would lose digits
    }
    if (stated instanceof DecimalType file && type instanceof DecimalType table) {
      return file.scale() == table.scale() && file.precision() <= table.precision();
    }
    return stated.equals(type)
        || (type == Primitive.BIGINT && stated == Primitive.INTEGER)
        || (type == Primitive.DOUBLE && stated == Primitive.REAL);
  }

  private static boolean isNanosOfDay(SchemaElement element) {
    return element.isSetLogicalType()
        && element.getLogicalType().isSetTIME()
        && element.getLogicalType().getTIME().getUnit().isSetNANOS();
  }

  private EngineException misfit(SchemaNode node, Type wanted) {
    SchemaElement element = node.element();
    ConvertedType converted = element.getConverted_type();
    String held =
        !node.isLeaf()
            ? "a nested column"
            : element.getType()
                + (element.isSetLogicalType()
                    ? " " + element.getLogicalType()
                    : converted == null ? "" : " " + converted);
    return failure(
        SqlState.DATATYPE_MISMATCH,
        "its column " + node.path() + " is " + held + ", which is no " + wanted + " of the table");
  }

  private EngineException mayBeNull(SchemaNode node) {
    return failure(
        SqlState.NOT_NULL_VIOLATION,
        "its column " + node.path() + " may hold nulls, and is NOT NULL in the table");
  }

  private EngineException failure(SqlState state, String problem) {
    return new EngineException(
        state, "the file " + location + " does not fit the table: " + problem);
  }
}
