package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;

/** What is shown of an interval, which is a number in the plan: never that number. */
final class ShownIntervals {
  private ShownIntervals() {}

  static boolean isInterval(RelDataType type) {
    return SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  /** The text of an interval. */
  static ScalarExpression of(ScalarExpression interval, RelDataType type) {
    if (MixedIntervals.isMixed(type)) {
      return MixedIntervals.library("interval_mixed_text", Primitive.VARCHAR, interval);
    }
    boolean inMonths = SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName());
    String function = inMonths ? "interval_months_text" : "interval_text";
    return new Call(
        ScalarFunction.LIBRARY,
        List.of(new Literal(function, Primitive.VARCHAR), interval),
        Primitive.VARCHAR);
  }

  /** The columns of a query, intervals as text if they are shown, else refused. */
  static PhysicalNode columns(PhysicalNode node, RelDataType row, boolean areShown) {
    List<ScalarExpression> values = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    boolean isChanged = false;
    for (RelDataTypeField field : row.getFieldList()) {
      Column column = node.columns().get(field.getIndex());
      ScalarExpression value = new InputReference(field.getIndex(), column.type());
      if (isInterval(field.getType()) && areShown) {
        isChanged = true;
        value = of(value, field.getType());
        column = new Column(column.name(), Primitive.VARCHAR, column.nullable());
      } else if (holdsInterval(field.getType())) {
        throw EngineException.unsupported(
            "an interval "
                + (areShown ? "inside of an array, map or row" : "as the value of a column")
                + " (CAST it to varchar, or EXTRACT a number from it)");
      }
      values.add(value);
      columns.add(column);
    }
    return isChanged ? new PhysicalNode.Project(node, values, columns) : node;
  }

  /** Refuses what would hand on the number of an interval within a nested value as a number. */
  static void refuseNested(RelDataType type) {
    if (!isInterval(type) && holdsInterval(type)) {
      throw EngineException.unsupported(
          "an interval inside of an array, map or row that a function takes (CAST it to varchar)");
    }
  }

  /** Refuses an array of the numbers of intervals that is not one of intervals. */
  static void refuseArray(RelDataType type, String function) {
    if (!holdsInterval(type)) {
      throw EngineException.unsupported(
          function.toLowerCase(Locale.ROOT) + " of several intervals (CAST them to varchar)");
    }
  }

  /** Refuses an interval beside what is none: it would be compared as the number that it is. */
  static void refuseBeside(RelDataType left, RelDataType right) {
    boolean isMix =
        isInterval(left) != isInterval(right)
            && left.getSqlTypeName() != SqlTypeName.NULL
            && right.getSqlTypeName() != SqlTypeName.NULL;
    if (isMix) {
      throw new EngineException(
          SqlState.DATATYPE_MISMATCH,
          "cannot compare an interval with another type: write INTERVAL '1 day'");
    }
  }

  private static boolean holdsInterval(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case ARRAY, MULTISET -> holdsInterval(Objects.requireNonNull(type.getComponentType()));
      case MAP ->
          holdsInterval(Objects.requireNonNull(type.getKeyType()))
              || holdsInterval(Objects.requireNonNull(type.getValueType()));
      case ROW, STRUCTURED ->
          type.getFieldList().stream().anyMatch(field -> holdsInterval(field.getType()));
      default -> isInterval(type);
    };
  }
}
