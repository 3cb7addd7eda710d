package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.List;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalRepeatUnion;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.TransientTable;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * A UNION that is the query of a WITH: recursive where its second part reads the rows of the WITH
 * itself. A table of the catalog that has the same name is none of them.
 */
final class WithUnions {
  private WithUnions() {}

  /**
   * @param name of the WITH
   * @param declared what the validator made of the rows of both
   * @throws EngineException 42804 if a column of the step has another type than was declared
   */
  static RelNode convert(
      String name, RelNode seed, RelNode step, boolean isAll, RelDataType declared) {
    RelOptTable working = workingTable(name, step);
    if (working == null) {
      return LogicalUnion.create(List.of(seed, step), isAll);
    }
    RelNode union = LogicalRepeatUnion.create(seed, step, isAll, -1, working);
    for (RelDataTypeField field : union.getRowType().getFieldList()) {
      RelDataType wanted = declared.getFieldList().get(field.getIndex()).getType();
      if (!SqlTypeUtil.equalSansNullability(
          union.getCluster().getTypeFactory(), wanted, field.getType())) {
        throw grows(name, field, step);
      }
    }
    return union;
  }

  private static @Nullable RelOptTable workingTable(String name, RelNode node) {
    if (node instanceof TableScan scan) {
      boolean isOwn =
          scan.getTable().unwrap(TransientTable.class) != null
              && scan.getTable().getQualifiedName().equals(List.of(name));
      return isOwn ? scan.getTable() : null;
    }
    for (RelNode input : node.getInputs()) {
      RelOptTable found = workingTable(name, input);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /**
   * The validator types the step over rows as the seed gives them, and the step reads rows of the
   * type that both have in common: where its result grows with its input, as a sum of decimals
   * does, no type is that of both.
   */
  private static EngineException grows(String name, RelDataTypeField field, RelNode step) {
    return new EngineException(
        SqlState.DATATYPE_MISMATCH,
        "column "
            + (field.getIndex() + 1)
            + " of the recursive query "
            + name
            + " has more digits after each step ("
            + CalciteTypes.toSql(step.getRowType().getFieldList().get(field.getIndex()).getType())
                .sqlName()
            + " after the first): CAST it in both parts of the UNION to one type");
  }
}
