package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PlannedStatement.RowAction;
import dev.frazil.plan.PlannedStatement.RowChange;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.ParsedStatement.MergeClause;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * MERGE as a query: the source joined with the target, and for each row the first clause that
 * applies decides the action and the new values.
 */
final class MergePlanner {
  private final RowChangePlanner changes;
  private final ParsedSql parsed;

  MergePlanner(StatementContext context) {
    this.changes = new RowChangePlanner(context);
    this.parsed = context.parsed();
  }

  PlannedStatement plan(ParsedStatement.Merge merge) {
    TargetTable target = changes.target(merge.target());
    List<Branch> branches = new ArrayList<>();
    for (MergeClause clause : merge.clauses()) {
      branches.add(branch(clause, merge, target));
    }
    boolean matched = branches.stream().anyMatch(Branch::matched);
    boolean unmatched = branches.stream().anyMatch(branch -> !branch.matched());
    QueryText text = parsed.newQuery().add("SELECT CASE");
    for (Branch branch : branches) {
      addCondition(text, branch, merge.alias());
      text.add(RowChangePlanner.code(branch.action()));
    }
    text.add("ELSE " + RowChangePlanner.code(RowAction.NONE) + " END");
    RowChangePlanner.addAddress(text, merge.alias(), target);
    for (int column = 0; column < target.fields().size(); column++) {
      text.add(",");
      addNewValue(text, branches, merge.alias(), target, column);
    }
    text.add("FROM").addSlice(merge.source());
    text.add(unmatched ? "LEFT JOIN" : "INNER JOIN");
    text.addName(RowChangePlanner.TARGET).add("AS").addName(merge.alias());
    text.add("ON (").addSlice(merge.condition()).add(")");
    if (!matched) {
      text.add("WHERE");
      RowChangePlanner.addColumn(text, merge.alias(), CatalogTable.POSITION_COLUMN);
      text.add("IS NULL");
    }
    return changes.change(text, target, RowChange.Command.MERGE, true);
  }

  /** A clause with its new values by column; a column without one keeps its value. */
  private record Branch(
      MergeClause clause, boolean matched, RowAction action, Map<Integer, Slice> values) {}

  private Branch branch(MergeClause clause, ParsedStatement.Merge merge, TargetTable target) {
    if (clause instanceof MergeClause.Update update) {
      Map<Integer, Slice> values = new HashMap<>();
      changes
          .assignments(update.assignments(), target)
          .forEach((column, assignment) -> values.put(column, assignment.value()));
      return new Branch(clause, true, RowAction.UPDATE, values);
    } else if (clause instanceof MergeClause.Delete) {
      return new Branch(clause, true, RowAction.DELETE, Map.of());
    } else if (clause instanceof MergeClause.Nothing nothing) {
      return new Branch(clause, nothing.matched(), RowAction.NONE, Map.of());
    } else if (clause instanceof MergeClause.Insert insert) {
      return new Branch(clause, false, RowAction.INSERT, insertValues(insert, merge, target));
    }
    throw EngineException.internal("unknown clause of MERGE");
  }

  private Map<Integer, Slice> insertValues(
      MergeClause.Insert insert, ParsedStatement.Merge merge, TargetTable target) {
    List<Integer> columns =
        insert.columns() == null
            ? target.allColumns()
            : target.columns(insert.columns(), parsed.source(), merge.target().offset());
    if (columns.size() != insert.values().size()) {
      throw new EngineException(
          SqlState.SYNTAX_ERROR,
          "INSERT of MERGE has "
              + columns.size()
              + " columns but "
              + insert.values().size()
              + " values ("
              + parsed.source().position(parsed.offset(insert.values().get(0)))
              + ")");
    }
    Map<Integer, Slice> values = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i), insert.values().get(i));
    }
    return values;
  }

  private static void addCondition(QueryText text, Branch branch, String alias) {
    text.add("WHEN");
    RowChangePlanner.addColumn(text, alias, CatalogTable.POSITION_COLUMN);
    text.add(branch.matched() ? "IS NOT NULL" : "IS NULL");
    Slice condition = branch.clause().condition();
    if (condition != null) {
      text.add("AND (").addSlice(condition).add(")");
    }
    text.add("THEN");
  }

  private void addNewValue(
      QueryText text, List<Branch> branches, String alias, TargetTable target, int column) {
    text.add("CASE");
    for (Branch branch : branches) {
      addCondition(text, branch, alias);
      Slice value = branch.values().get(column);
      if (value != null) {
        changes.addAssigned(text, value, target, column);
      } else if (branch.action() == RowAction.UPDATE) {
        RowChangePlanner.addColumn(text, alias, target.fields().get(column).name());
      } else {
        if (branch.action() == RowAction.INSERT) {
          DefaultValues.requireNone(target.fields().get(column));
        }
        RowChangePlanner.addNull(text, target.types().get(column));
      }
    }
    text.add("ELSE");
    RowChangePlanner.addNull(text, target.types().get(column));
    text.add("END");
  }
}
