package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.PhysicalNode.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.TableScan;

/** WITH RECURSIVE. One per statement. */
final class RecursiveQueries {
  private final RelConverter relations;
  private final int maxSteps;

  /** The recursive queries around, by name, and the number of the rows that each reads. */
  private final Map<String, Integer> recursive = new HashMap<>();

  private int workingTables;

  RecursiveQueries(RelConverter relations, int maxSteps) {
    this.relations = relations;
    this.maxSteps = maxSteps;
  }

  PhysicalNode union(RepeatUnion union) {
    RelOptTable transientTable = union.getTransientTable();
    if (transientTable == null) {
      throw EngineException.internal("a recursive query without a table");
    }
    List<Column> columns = RelConverter.columns(transientTable.getRowType());
    String name = transientTable.getQualifiedName().get(0);
    PhysicalNode seed = relations.cast(relations.convert(union.getSeedRel()), columns);
    int working = workingTables++;
    Integer outer = recursive.put(name, working);
    PhysicalNode step = relations.cast(relations.convert(union.getIterativeRel()), columns);
    if (outer == null) {
      recursive.remove(name);
    } else {
      recursive.put(name, outer);
    }
    return new RecursiveUnion(seed, step, working, union.all, maxSteps, columns);
  }

  WorkingTable workingTable(TableScan scan) {
    Integer working = recursive.get(scan.getTable().getQualifiedName().get(0));
    if (working == null) {
      throw EngineException.unsupported(
          "a recursive query that reads itself anywhere but in the FROM of the last part of a"
              + " UNION");
    }
    return new WorkingTable(working, RelConverter.columns(scan.getRowType()));
  }
}
