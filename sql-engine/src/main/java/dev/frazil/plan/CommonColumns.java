package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.List;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.util.Static;
import org.jspecify.annotations.Nullable;

/** What Calcite does not look at in the columns that USING and NATURAL make one. */
final class CommonColumns {
  private final SqlValidatorImpl validator;

  CommonColumns(SqlValidatorImpl validator) {
    this.validator = validator;
  }

  /**
   * Refuses a column that a side has twice, which Calcite lets pass where it comes from two tables;
   * and metadata columns, which a statement that names one of a table gives to all of them.
   */
  void validate(SqlJoin join) {
    for (String name : names(join)) {
      if (join.isNatural() && MetadataColumns.NAMES.contains(name)) {
        throw EngineException.unsupported(
            "NATURAL JOIN in a statement that names the metadata column \""
                + name
                + "\" of both sides (write USING)");
      }
      if (count(join.getLeft(), name) > 1 || count(join.getRight(), name) > 1) {
        throw validator.newValidationError(join, Static.RESOURCE.columnAmbiguous(name));
      }
    }
  }

  /**
   * What the join compares, in words of ON, where a column of a side is merged itself and RIGHT or
   * FULL JOIN adds rows to it: Calcite takes the first of its tables for all of it. Null for all
   * other joins.
   */
  @Nullable SqlNode condition(SqlJoin join) {
    List<String> names = names(join);
    boolean isFirstEnough = true;
    for (String name : names) {
      isFirstEnough &= !addsRows(join.getLeft(), name) && !addsRows(join.getRight(), name);
    }
    if (isFirstEnough) {
      return null;
    }
    SqlParserPos position = join.getParserPosition();
    MergedColumns columns = new MergedColumns(validator, join);
    SqlNode condition = null;
    for (String name : names) {
      SqlIdentifier bare = new SqlIdentifier(name, position);
      SqlNode equal =
          SqlStdOperatorTable.EQUALS.createCall(
              position, columns.value(join.getLeft(), bare), columns.value(join.getRight(), bare));
      condition =
          condition == null
              ? equal
              : SqlStdOperatorTable.AND.createCall(position, condition, equal);
    }
    return condition;
  }

  private List<String> names(SqlJoin join) {
    List<String> names = validator.usingNames(join);
    return names == null ? List.of() : names;
  }

  private boolean isCommon(SqlJoin join, String name) {
    return ExactFirstNames.find(names(join), name) != null;
  }

  /** How many columns of a name a table gives: what joins have in common counts once. */
  private long count(SqlNode table, String name) {
    return table instanceof SqlJoin join
        ? count(join.getLeft(), name)
            + count(join.getRight(), name)
            - (isCommon(join, name) ? 1 : 0)
        : tables(table, name);
  }

  /** How many columns of a name stand in the tables below. */
  private long tables(SqlNode table, String name) {
    if (table instanceof SqlJoin join) {
      return tables(join.getLeft(), name) + tables(join.getRight(), name);
    }
    SqlValidatorNamespace namespace = validator.getNamespace(table);
    return namespace == null
        ? 0
        : ExactFirstNames.INSTANCE.frequency(namespace.getRowType().getFieldNames(), name);
  }

  private boolean addsRows(SqlNode table, String name) {
    return table instanceof SqlJoin join
        && ((isCommon(join, name)
                && (join.getJoinType() == JoinType.RIGHT || join.getJoinType() == JoinType.FULL))
            || addsRows(join.getLeft(), name)
            || addsRows(join.getRight(), name));
  }
}
