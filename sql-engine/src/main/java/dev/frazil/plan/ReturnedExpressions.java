package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.plan.PlannedStatement.RowAction;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.types.Types;

/**
 * What RETURNING computes, over a row of these columns: those of the written row, in front of it or
 * behind those of further tables, then those that {@link RowVersions} adds.
 *
 * @param query gives a row for each row of its base
 * @param base those columns, by which {@link CarriedColumns} finds the base in the query
 * @param from the statement
 * @param writtenWidth how many columns the written row has, with metadata columns
 * @param tables the columns of the further tables
 * @param versions whether columns of {@link RowVersions} follow
 */
record ReturnedExpressions(
    PhysicalNode query,
    List<Column> base,
    List<ResultColumn> results,
    FurtherTables from,
    int writtenWidth,
    List<Column> tables,
    boolean versions) {

  /**
   * The rows of a change, and behind them the columns of the further tables and of the old row,
   * taken from below the projection that makes the rows.
   *
   * @param leading columns in front of the new row
   */
  PhysicalNode carry(PhysicalNode rows, TargetTable target, int leading) {
    if (tables.isEmpty() && !versions) {
      return rows;
    }
    if (!(rows instanceof PhysicalNode.Project project)) {
      throw combination();
    }
    List<Column> wanted = new ArrayList<>();
    for (Types.NestedField field : target.fields()) {
      wanted.add(new Column(field.name(), target.types().get(wanted.size()), true));
    }
    List<Column> below = project.input().columns();
    int old = 0;
    while (!matches(below, old, wanted)
        || !matches(
            below,
            old + wanted.size() + 1,
            List.of(new Column(CatalogTable.POSITION_COLUMN, Primitive.BIGINT, true)))) {
      old++;
      if (old > below.size()) {
        throw combination();
      }
    }
    int others = from.first() ? 0 : old + wanted.size() + leading - 1;
    if (!matches(below, others, tables)) {
      throw combination();
    }
    List<ScalarExpression> expressions = new ArrayList<>(project.expressions());
    List<Column> columns = new ArrayList<>(project.columns());
    for (int i = 0; i < tables.size() + (versions ? wanted.size() : 0); i++) {
      int at = i < tables.size() ? others + i : old + i - tables.size();
      expressions.add(new InputReference(at, below.get(at).type()));
      columns.add(below.get(at));
    }
    return new PhysicalNode.Project(project.input(), expressions, columns);
  }

  private static EngineException combination() {
    return EngineException.unsupported(
        "RETURNING of a statement with such a combination of tables and sub-queries");
  }

  private static boolean matches(List<Column> below, int from, List<Column> wanted) {
    if (from + wanted.size() > below.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      Column found = below.get(from + i);
      if (!found.type().equals(wanted.get(i).type())
          || !bare(found.name()).equals(bare(wanted.get(i).name()))) {
        return false;
      }
    }
    return true;
  }

  /** Names that a join has twice get a number. */
  private static String bare(String name) {
    return name.replaceAll("[0-9]+$", "");
  }

  /**
   * A column of the expressions in terms of the rows of a change.
   *
   * @param firstColumn where the written row begins in them; what {@link #carry} adds follows it
   */
  ScalarExpression column(InputReference reference, int firstColumn, int width) {
    int written = from.first() ? tables.size() : 0;
    int version = reference.index() - writtenWidth - tables.size();
    int ofRow = reference.index() - written;
    int behind = firstColumn + width;
    if (version >= 2 * width) {
      return action();
    } else if (version >= width) {
      return newValue(new InputReference(firstColumn + version - width, reference.type()));
    } else if (version >= 0) {
      return from.happens() == RowAction.INSERT
          ? new Literal(null, reference.type())
          : new InputReference(behind + tables.size() + version, reference.type());
    } else if (ofRow < 0 || ofRow >= writtenWidth) {
      int table = ofRow < 0 ? reference.index() : ofRow - writtenWidth;
      return new InputReference(behind + table, reference.type());
    } else if (ofRow >= width) {
      return new Literal(null, reference.type()); // a metadata column, which nobody names here
    }
    return new InputReference(firstColumn + ofRow, reference.type());
  }

  /** Null for a row that was removed, of which the old one stands there. */
  private ScalarExpression newValue(InputReference value) {
    ScalarExpression none = new Literal(null, value.type());
    if (from.happens() != null) {
      return from.happens() == RowAction.DELETE ? none : value;
    }
    return new Call(ScalarFunction.CASE, List.of(is(RowAction.DELETE), none, value), value.type());
  }

  private static ScalarExpression action() {
    List<ScalarExpression> cases = new ArrayList<>();
    for (RowAction action : new RowAction[] {RowAction.INSERT, RowAction.UPDATE}) {
      cases.add(is(action));
      cases.add(new Literal(action.name(), Primitive.VARCHAR));
    }
    cases.add(new Literal(RowAction.DELETE.name(), Primitive.VARCHAR));
    return new Call(ScalarFunction.CASE, cases, Primitive.VARCHAR);
  }

  private static ScalarExpression is(RowAction action) {
    return new Call(
        ScalarFunction.EQUAL,
        List.of(
            new InputReference(0, Primitive.INTEGER),
            new Literal(Integer.valueOf(RowChangePlanner.code(action)), Primitive.INTEGER)),
        Primitive.BOOLEAN);
  }
}
