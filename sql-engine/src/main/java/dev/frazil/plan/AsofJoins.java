package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.SetOperation;
import dev.frazil.plan.PhysicalNode.Window;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.rule.Expressions;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.SqlType.RowType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.JoinRelType;

/**
 * ASOF JOIN: to each left row the right row of equal keys that comes nearest in the order of the
 * match condition. Left and right rows are sorted together; the row wanted is the last right row
 * before a left one. So it spills as a window function does.
 */
final class AsofJoins {
  private final RexConverter expressions;

  AsofJoins(RexConverter expressions) {
    this.expressions = expressions;
  }

  /** An expression of each side. */
  private record Sides(ScalarExpression left, ScalarExpression right, boolean swapped) {}

  PhysicalNode convert(AsofJoin join, PhysicalNode left, PhysicalNode right, List<Column> columns) {
    int leftCount = left.columns().size();
    List<Sides> keys = new ArrayList<>();
    for (ScalarExpression part : Expressions.conjuncts(expressions.convert(join.getCondition()))) {
      if (!(part instanceof Call call) || call.function() != ScalarFunction.EQUAL) {
        throw unsupported();
      }
      keys.add(sides(call, leftCount));
    }
    if (!(expressions.convert(join.getMatchCondition()) instanceof Call matching)) {
      throw unsupported();
    }
    Sides match = sides(matching, leftCount);
    boolean after;
    boolean strict;
    switch (matching.function()) {
      case GREATER, GREATER_OR_EQUAL -> {
        after = !match.swapped();
        strict = matching.function() == ScalarFunction.GREATER;
      }
      case LESS, LESS_OR_EQUAL -> {
        after = match.swapped();
        strict = matching.function() == ScalarFunction.LESS;
      }
      default -> throw unsupported();
    }
    PhysicalNode sorted = sorted(left, right, keys, match, after, strict);
    return result(
        sorted, left, right, keys.size(), join.getJoinType() == JoinRelType.LEFT_ASOF, columns);
  }

  private static EngineException unsupported() {
    return EngineException.unsupported(
        "an ASOF JOIN on anything but equalities, with one comparison to match");
  }

  private static Sides sides(Call call, int leftCount) {
    ScalarExpression a = call.operands().get(0);
    ScalarExpression b = call.operands().get(1);
    BitSet ofA = Expressions.references(a);
    BitSet ofB = Expressions.references(b);
    if (ofA.isEmpty() || ofB.isEmpty()) {
      throw unsupported();
    }
    if (ofA.length() <= leftCount && ofB.nextSetBit(0) >= leftCount) {
      return new Sides(a, Expressions.renumber(b, index -> index - leftCount), false);
    } else if (ofB.length() <= leftCount && ofA.nextSetBit(0) >= leftCount) {
      return new Sides(b, Expressions.renumber(a, index -> index - leftCount), true);
    }
    throw unsupported();
  }

  /** The right row of each left row behind the columns: keys, match, side, left columns, row. */
  private static PhysicalNode sorted(
      PhysicalNode left,
      PhysicalNode right,
      List<Sides> keys,
      Sides match,
      boolean after,
      boolean strict) {
    List<Column> columns = new ArrayList<>();
    List<ScalarExpression> ofLeft = new ArrayList<>();
    List<ScalarExpression> ofRight = new ArrayList<>();
    List<ScalarExpression> notNull = new ArrayList<>();
    List<Sides> compared = new ArrayList<>(keys);
    compared.add(match);
    for (Sides sides : compared) {
      columns.add(new Column("$" + columns.size(), sides.left().type(), true));
      ofLeft.add(sides.left());
      ofRight.add(sides.right());
      notNull.add(new Call(ScalarFunction.IS_NOT_NULL, List.of(sides.right()), Primitive.BOOLEAN));
    }
    columns.add(new Column("$side", Primitive.BOOLEAN, false));
    ofLeft.add(new Literal(true, Primitive.BOOLEAN));
    ofRight.add(new Literal(false, Primitive.BOOLEAN));
    for (Column column : left.columns()) {
      int index = columns.size() - compared.size() - 1;
      columns.add(new Column(column.name(), column.type(), true));
      ofLeft.add(new InputReference(index, column.type()));
      ofRight.add(new Literal(null, column.type()));
    }
    RowType rowType = rowType(right);
    List<ScalarExpression> fields = new ArrayList<>();
    for (Column column : right.columns()) {
      fields.add(new InputReference(fields.size(), column.type()));
    }
    columns.add(new Column("$row", rowType, true));
    ofLeft.add(new Literal(null, rowType));
    ofRight.add(new Call(ScalarFunction.ROW_CONSTRUCTOR, fields, rowType));
    PhysicalNode comparable =
        new Filter(right, Objects.requireNonNull(Expressions.and(notNull)), Double.NaN);
    PhysicalNode all =
        new SetOperation(
            SetOperator.UNION,
            true,
            List.of(new Project(left, ofLeft, columns), new Project(comparable, ofRight, columns)),
            columns);
    List<Integer> partition = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      partition.add(i);
    }
    // A right row that is equal counts unless the comparison is strict: it comes first.
    List<SortKey> order =
        List.of(
            new SortKey(keys.size(), !after, false), new SortKey(keys.size() + 1, strict, false));
    List<Column> results = new ArrayList<>(columns);
    results.add(new Column("$nearest", rowType, true));
    return new Window(
        all, partition, order, List.of(lastRow(columns.size() - 1, rowType)), results);
  }

  private static RowType rowType(PhysicalNode right) {
    List<SqlType.Field> fields = new ArrayList<>();
    for (Column column : right.columns()) {
      fields.add(new SqlType.Field("f" + fields.size(), column.type()));
    }
    return new RowType(fields);
  }

  private static WindowCall lastRow(int column, RowType type) {
    WindowFrame frame =
        new WindowFrame(
            WindowFrame.Unit.ROWS,
            new WindowFrame.Bound(WindowFrame.Position.UNBOUNDED_PRECEDING, null),
            new WindowFrame.Bound(WindowFrame.Position.CURRENT_ROW, null),
            WindowFrame.Exclusion.NO_OTHERS);
    return new WindowCall(WindowCall.Function.LAST_VALUE, null, List.of(column), true, frame, type);
  }

  private static PhysicalNode result(
      PhysicalNode sorted,
      PhysicalNode left,
      PhysicalNode right,
      int keyCount,
      boolean keepsLeft,
      List<Column> columns) {
    int nearest = sorted.columns().size() - 1;
    InputReference row = new InputReference(nearest, sorted.columns().get(nearest).type());
    List<ScalarExpression> matched = new ArrayList<>();
    for (int i = 0; i <= keyCount; i++) {
      InputReference value = new InputReference(i, sorted.columns().get(i).type());
      matched.add(new Call(ScalarFunction.IS_NOT_NULL, List.of(value), Primitive.BOOLEAN));
    }
    List<ScalarExpression> wanted = new ArrayList<>();
    wanted.add(new InputReference(keyCount + 1, Primitive.BOOLEAN));
    if (!keepsLeft) {
      wanted.addAll(matched);
      wanted.add(new Call(ScalarFunction.IS_NOT_NULL, List.of(row), Primitive.BOOLEAN));
    }
    ScalarExpression comparable = Expressions.and(matched);
    List<ScalarExpression> outputs = new ArrayList<>();
    for (Column column : left.columns()) {
      outputs.add(new InputReference(keyCount + 2 + outputs.size(), column.type()));
    }
    for (int i = 0; i < right.columns().size(); i++) {
      SqlType type = right.columns().get(i).type();
      ScalarExpression field =
          new Call(ScalarFunction.FIELD, List.of(row, new Literal(i, Primitive.INTEGER)), type);
      // A left row whose key or time is null is sorted somewhere, and matches nothing.
      outputs.add(
          keepsLeft && comparable != null
              ? new Call(
                  ScalarFunction.CASE, List.of(comparable, field, new Literal(null, type)), type)
              : field);
    }
    ScalarExpression predicate = Expressions.and(wanted);
    if (predicate == null) {
      throw EngineException.internal("an ASOF JOIN without a side");
    }
    return new Project(new Filter(sorted, predicate, Double.NaN), outputs, columns);
  }
}
