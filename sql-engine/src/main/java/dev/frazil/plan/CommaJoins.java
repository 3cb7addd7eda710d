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
    refuseLateral(right, comma.getLeft());
    between.add(join);
    for (SqlJoin each : between) {
      right = withInputs(each, right, each.getRight());
    }
    return withInputs(comma, comma.getLeft(), right);
  }

  /** What reads the tables before the comma does not see them from inside of the join. */
  private static void refuseLateral(SqlNode table, SqlNode before) {
    SqlNode source =
        table instanceof SqlCall as && as.getKind() == SqlKind.AS ? as.operand(0) : table;
    if (source.getKind() != SqlKind.LATERAL && source.getKind() != SqlKind.UNNEST) {
      return;
    }
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
                      + " of a table before a comma, in RIGHT, FULL, NATURAL or USING: put the"
                      + " tables that these join into a sub-query with LATERAL");
            }
            return null;
          }
        });
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
