package dev.frazil.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** The precedence of the comma between tables. */
final class CommaJoins {
  private CommaJoins() {}

  /**
   * A comma binds less than JOIN (ISO 9075-2, 7.5), which Calcite's parser does not know: {@code
   * (a, b) RIGHT JOIN c} becomes {@code a, (b RIGHT JOIN c)}. Joins for which it makes no
   * difference stay, so that their conditions may refer to all tables before.
   */
  static SqlNode last(SqlJoin parsed) {
    SqlJoin join =
        parsed.getRight() instanceof SqlJoin inner && hasLateral(inner)
            ? withInputs(parsed, parsed.getLeft(), lateral(inner))
            : parsed;
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
    SqlNode right = withoutLateral(comma.getRight());
    between.add(join);
    boolean readsBefore = hasLateral(right);
    for (SqlJoin each : between) {
      readsBefore |= hasLateral(each.getRight());
      right = withInputs(each, right, each.getRight());
    }
    return withInputs(comma, comma.getLeft(), readsBefore ? lateral(right) : right);
  }

  /** Whether a part of it may read tables before it. */
  private static boolean hasLateral(SqlNode table) {
    if (table instanceof SqlJoin join) {
      return hasLateral(join.getLeft()) || hasLateral(join.getRight());
    }
    SqlNode source =
        table instanceof SqlCall as && as.getKind() == SqlKind.AS ? as.operand(0) : table;
    return source.getKind() == SqlKind.LATERAL || source.getKind() == SqlKind.UNNEST;
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
    join.setRight(withoutLateral(join.getRight()));
    if (join.getRight() instanceof SqlJoin right) {
      withoutLateral(right);
    }
  }

  private static SqlNode withoutLateral(SqlNode table) {
    return table.getKind() == SqlKind.LATERAL
            && ((SqlCall) table).operand(0) instanceof SqlJoin inner
        ? inner
        : table;
  }

  /** Whether a join with a LATERAL in it stands on the right of another one. */
  static boolean hasNestedLateral(SqlJoin join) {
    return (join.getRight() instanceof SqlJoin right && hasLateral(right))
        || (join.getLeft() instanceof SqlJoin left && hasNestedLateral(left))
        || (join.getRight() instanceof SqlJoin inner && hasNestedLateral(inner));
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
