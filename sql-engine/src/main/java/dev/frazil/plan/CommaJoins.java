package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** The precedence of the comma between tables. */
final class CommaJoins {
  private CommaJoins() {}

  /**
   * A comma binds less than JOIN (ISO 9075-2, 7.5), which Calcite's parser does not know: {@code
   * (a, b) RIGHT JOIN c} becomes {@code a, (b RIGHT JOIN c)}. Joins for which it makes no
   * difference stay, so that their conditions may refer to all tables before.
   */
  static SqlNode last(SqlJoin join) {
    if (!(join.getLeft() instanceof SqlJoin left)
        || join.getJoinType() == JoinType.COMMA
        || !bindsNeighbours(join)) {
      return join;
    }
    SqlJoin comma = left;
    List<SqlJoin> between = new ArrayList<>();
    while (comma.getJoinType() != JoinType.COMMA) {
      between.add(0, comma);
      if (!(comma.getLeft() instanceof SqlJoin next)) {
        return join;
      }
      comma = next;
    }
    SqlNode right = comma.getRight();
    boolean readsBefore = isLateral(right);
    between.add(join);
    for (SqlJoin each : between) {
      refuseLateral(each.getRight(), comma.getLeft());
      right = withInputs(each, right, each.getRight());
    }
    return withInputs(comma, comma.getLeft(), readsBefore ? lateral(right) : right);
  }

  /** Whether it may read tables before it. */
  private static boolean isLateral(SqlNode table) {
    SqlNode source =
        table instanceof SqlCall as && as.getKind() == SqlKind.AS ? as.operand(0) : table;
    return source.getKind() == SqlKind.LATERAL || source.getKind() == SqlKind.UNNEST;
  }

  /** What is joined on the right and reads the tables before the comma has two sides to choose. */
  private static void refuseLateral(SqlNode table, SqlNode before) {
    if (!isLateral(table)) {
      return;
    }
    SqlNode source = table.getKind() == SqlKind.AS ? ((SqlCall) table).operand(0) : table;
    List<String> names = OuterColumns.tables(before);
    source.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlIdentifier identifier) {
            boolean isColumn = identifier.isSimple() && source.getKind() == SqlKind.UNNEST;
            boolean isOfTable =
                !identifier.isSimple()
                    && ExactFirstNames.find(names, identifier.names.get(0)) != null;
            if (isColumn || isOfTable) {
              throw EngineException.unsupported(
                  source.getKind()
                      + " of a table before a comma, on the right of a join beside RIGHT, FULL,"
                      + " NATURAL or USING: put it first, or into a sub-query with LATERAL");
            }
            return null;
          }
        });
  }

  /**
   * Lets what stands in a join behind a comma see the tables before it: LATERAL tells Calcite so
   * while it looks for names; {@link #withoutLateral} takes it away before the joins are validated.
   */
  private static SqlNode lateral(SqlNode join) {
    return SqlStdOperatorTable.LATERAL.createCall(join.getParserPosition(), join);
  }

  /** Takes LATERAL of whole joins out of a FROM. */
  static void withoutLateral(SqlJoin join) {
    if (join.getLeft() instanceof SqlJoin left) {
      withoutLateral(left);
    }
    if (join.getRight().getKind() == SqlKind.LATERAL
        && ((SqlCall) join.getRight()).operand(0) instanceof SqlJoin inner) {
      join.setRight(inner);
    }
    if (join.getRight() instanceof SqlJoin right) {
      withoutLateral(right);
    }
  }

  private static boolean bindsNeighbours(SqlJoin join) {
    return join.isNatural()
        || join.getConditionType() == JoinConditionType.USING
        || join.getJoinType() == JoinType.RIGHT
        || join.getJoinType() == JoinType.FULL;
  }

  private static SqlJoin withInputs(SqlJoin join, SqlNode left, SqlNode right) {
    return new SqlJoin(
        join.getParserPosition(),
        left,
        join.isNaturalNode(),
        join.getJoinTypeNode(),
        right,
        join.getConditionTypeNode(),
        join.getCondition());
  }
}
