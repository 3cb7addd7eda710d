package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.Slice;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values on their way into columns. */
final class Assignments {
  private Assignments() {}

  /** Appends a value of the statement, in the type of its column; DEFAULT is its default. */
  static void addValue(
      QueryText text, ParsedSql parsed, Slice value, TargetTable target, int column) {
    @Nullable String castType = TargetTable.castType(target.types().get(column), parsed, value);
    if (parsed.isKeyword(value, "default")) {
      DefaultValues.addTo(text, target, column);
      return;
    }
    if (castType == null) {
      text.addSlice(value);
      return;
    }
    text.add("CAST(").addSlice(value).add("AS " + castType + ")");
  }

  static void addNull(QueryText text, @Nullable String castType) {
    text.add(castType == null ? "NULL" : "CAST(NULL AS " + castType + ")");
  }

  /** 42804 where a column of a query has no assignment to its target. */
  static void check(List<Column> source, TargetTable target, List<Integer> columns) {
    for (int i = 0; i < columns.size(); i++) {
      SqlType from = source.get(i).type();
      SqlType to = target.types().get(columns.get(i));
      if (!isAssignable(from, to)) {
        throw new EngineException(
            SqlState.DATATYPE_MISMATCH,
            "column \""
                + target.fields().get(columns.get(i)).name()
                + "\" is "
                + to.sqlName()
                + " but the value is "
                + from.sqlName()
                + ": CAST it");
      }
    }
  }

  static boolean isAssignable(SqlType from, SqlType to) {
    if (from.equals(to) || from == Primitive.UNKNOWN) {
      return true;
    }
    if (TypeRules.isNumeric(from) && TypeRules.isNumeric(to)) {
      return true;
    }
    if (from == Primitive.VARCHAR || to == Primitive.VARCHAR) {
      return (to instanceof Primitive && from instanceof Primitive)
          || TypeRules.isNumeric(from)
          || TypeRules.isNumeric(to);
    }
    if (from instanceof SqlType.ArrayType x && to instanceof SqlType.ArrayType y) {
      return isAssignable(x.element(), y.element());
    }
    if (from instanceof SqlType.MapType x && to instanceof SqlType.MapType y) {
      return isAssignable(x.key(), y.key()) && isAssignable(x.value(), y.value());
    }
    if (from instanceof SqlType.RowType x && to instanceof SqlType.RowType y) {
      if (x.fields().size() != y.fields().size()) {
        return false;
      }
      for (int i = 0; i < x.fields().size(); i++) {
        if (!isAssignable(x.fields().get(i).type(), y.fields().get(i).type())) {
          return false;
        }
      }
      return true;
    }
    return TypeRules.common(from, to) != null;
  }
}
