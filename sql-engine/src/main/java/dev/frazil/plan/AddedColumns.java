package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.rule.ConstantFolder;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** An input, and the expressions over it that a node above needs as columns. One thread. */
final class AddedColumns {
  private final PhysicalNode input;
  private final ConstantFolder folder;
  private final List<ScalarExpression> added = new ArrayList<>();

  AddedColumns(PhysicalNode input, ConstantFolder folder) {
    this.input = input;
    this.folder = folder;
  }

  SqlType type(int column) {
    int own = input.columns().size();
    return column < own ? input.columns().get(column).type() : added.get(column - own).type();
  }

  /** The column that holds an expression over the input. */
  int column(ScalarExpression expression) {
    if (expression instanceof InputReference reference) {
      return reference.index();
    }
    int index = added.indexOf(expression);
    if (index < 0) {
      index = added.size();
      added.add(expression);
    }
    return input.columns().size() + index;
  }

  /** A column of the input in another type. */
  int as(int column, SqlType wanted) {
    if (type(column).equals(wanted)) {
      return column;
    }
    return column(folder.cast(expression(column), wanted, false));
  }

  /** A column as an expression over the input. */
  ScalarExpression expression(int column) {
    int own = input.columns().size();
    return column < own ? new InputReference(column, type(column)) : added.get(column - own);
  }

  /** The input with the columns added. */
  PhysicalNode node() {
    if (added.isEmpty()) {
      return input;
    }
    List<ScalarExpression> all = new ArrayList<>();
    List<Column> columns = new ArrayList<>(input.columns());
    for (int i = 0; i < input.columns().size(); i++) {
      all.add(new InputReference(i, type(i)));
    }
    for (ScalarExpression expression : added) {
      all.add(expression);
      columns.add(new Column("$argument" + columns.size(), expression.type(), true));
    }
    return new PhysicalNode.Project(input, all, columns);
  }
}
