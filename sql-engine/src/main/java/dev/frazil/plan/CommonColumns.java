package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.List;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.util.Static;

/** What Calcite does not look at in the columns that USING and NATURAL make one. */
final class CommonColumns {
  private final SqlValidatorImpl validator;

  CommonColumns(SqlValidatorImpl validator) {
    this.validator = validator;
  }

  /**
   * Refuses a column that a side has twice, which Calcite lets pass where it comes from two tables.
   * Refuses also what it gets wrong: in a column of three tables it sees the first two only, which
   * are not all of it where RIGHT or FULL adds rows; and metadata columns, which a statement that
   * names one of a table gives to all of them.
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
      if (tables(join, name) > 2 && addsRows(join, name)) {
        throw EngineException.unsupported(
            "RIGHT or FULL JOIN among three tables with a common column \""
                + name
                + "\" of USING or NATURAL: write ON, and COALESCE the columns");
      }
    }
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
