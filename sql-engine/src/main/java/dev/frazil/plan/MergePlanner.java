package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.AssignedValues.Value;
import dev.frazil.plan.PlannedStatement.RowAction;
import dev.frazil.plan.PlannedStatement.RowChange;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.ParsedStatement.Match;
import dev.frazil.plan.parser.ParsedStatement.MergeClause;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * MERGE as a query: the source joined with the target, and for each row the first clause that
 * applies decides the action and the new values.
 */
final class MergePlanner {
  /** The column of a source that is null where a row of the target found none. */
  private static final String MARKER = "$source";

  private final RowChangePlanner changes;
  private final ParsedSql parsed;

  MergePlanner(StatementContext context) {
    this.changes = new RowChangePlanner(context);
    this.parsed = context.parsed();
  }

  PlannedStatement plan(ParsedStatement.Merge merge) {
    TargetTable target = changes.target(merge.target());
    String source = Objects.requireNonNullElse(merge.sourceAlias(), "$merged");
    boolean ofTarget =
        merge.clauses().stream().anyMatch(clause -> clause.match() == Match.NOT_MATCHED_BY_SOURCE);
    Sides sides = new Sides(merge.alias(), source, ofTarget);
    List<Branch> branches = new ArrayList<>();
    for (MergeClause clause : merge.clauses()) {
      branches.add(branch(clause, merge, source, target));
    }
    for (Branch branch : branches) {
      checkScope(branch, merge, sides);
    }
    QueryText text = parsed.newQuery().add("SELECT CASE");
    for (Branch branch : branches) {
      addCondition(text, branch, sides);
      text.add(RowChangePlanner.code(branch.action()));
    }
    text.add("ELSE " + RowChangePlanner.code(RowAction.NONE) + " END");
    RowChangePlanner.addAddress(text, merge.alias(), target);
    for (int column = 0; column < target.fields().size(); column++) {
      text.add(",");
      addNewValue(text, branches, sides, target, column);
    }
    addJoin(text, branches, merge, sides);
    return changes.change(
        text,
        target,
        new FurtherTables(merge.alias(), merge.source(), true, null, true),
        RowChange.Command.MERGE,
        true);
  }

  /**
   * A clause for rows without a partner names nothing of the other side: in the join that would be
   * null, unseen.
   */
  private void checkScope(Branch branch, ParsedStatement.Merge merge, Sides sides) {
    Slice condition = branch.clause().condition();
    boolean ofSource = branch.clause().match() == Match.NOT_MATCHED;
    if (branch.clause().match() == Match.MATCHED
        || (condition == null && branch.values().isEmpty())) {
      return;
    }
    QueryText text = parsed.newQuery().add("SELECT 1");
    for (Value value : branch.values().values()) {
      text.add(",");
      value.addTo(text);
    }
    text.add("FROM");
    if (!ofSource) {
      text.addName(RowChangePlanner.TARGET).add("AS").addName(merge.alias());
    } else if (merge.sourceAlias() == null) {
      text.add("(SELECT * FROM").addSlice(merge.source()).add(") AS").addName(sides.source());
    } else {
      text.addSlice(merge.source());
    }
    if (condition != null) {
      text.add("WHERE (").addSlice(condition).add(")");
    }
    changes.check(text);
  }

  /** Rows without a partner are kept of those sides only that a clause asks for. */
  private static void addJoin(
      QueryText text, List<Branch> branches, ParsedStatement.Merge merge, Sides sides) {
    boolean matched = has(branches, Match.MATCHED);
    boolean ofSource = has(branches, Match.NOT_MATCHED);
    boolean ofTarget = sides.keepsTarget();
    text.add("FROM");
    if (ofTarget || merge.sourceAlias() == null) {
      text.add("(SELECT *, 1 AS").addName(MARKER).add("FROM").addSlice(merge.source());
      text.add(") AS").addName(sides.source());
    } else {
      text.addSlice(merge.source());
    }
    String kind = ofTarget ? (ofSource ? "FULL" : "RIGHT") : ofSource ? "LEFT" : "INNER";
    text.add(kind + " JOIN");
    text.addName(RowChangePlanner.TARGET).add("AS").addName(merge.alias());
    text.add("ON (").addSlice(merge.condition()).add(")");
    if (!matched && !(ofSource && ofTarget)) {
      text.add("WHERE");
      addMatch(text, ofSource ? Match.NOT_MATCHED : Match.NOT_MATCHED_BY_SOURCE, sides);
    }
  }

  /**
   * The names of both sides in the query.
   *
   * @param keepsTarget whether rows of the target without a partner come too
   */
  private record Sides(String target, String source, boolean keepsTarget) {}

  private static boolean has(List<Branch> branches, Match match) {
    return branches.stream().anyMatch(branch -> branch.clause().match() == match);
  }

  /** A clause with its new values by column; a column without one keeps its value. */
  private record Branch(MergeClause clause, RowAction action, Map<Integer, Value> values) {}

  private Branch branch(
      MergeClause clause, ParsedStatement.Merge merge, String source, TargetTable target) {
    if (clause instanceof MergeClause.Update update) {
      Map<Integer, Value> values =
          update.assignments() == null
              ? namesakes(source, target)
              : new AssignedValues(parsed, target, merge.alias()).of(update.assignments());
      return new Branch(clause, RowAction.UPDATE, values);
    } else if (clause instanceof MergeClause.Delete) {
      return new Branch(clause, RowAction.DELETE, Map.of());
    } else if (clause instanceof MergeClause.Nothing) {
      return new Branch(clause, RowAction.NONE, Map.of());
    } else if (clause instanceof MergeClause.Insert insert) {
      Map<Integer, Value> values =
          insert.values() == null
              ? namesakes(source, target)
              : insertValues(insert, insert.values(), merge, target);
      return new Branch(clause, RowAction.INSERT, values);
    }
    throw EngineException.internal("unknown clause of MERGE");
  }

  /** {@code *}: every column of the target from the source's column of its name. */
  private static Map<Integer, Value> namesakes(String source, TargetTable target) {
    Map<Integer, Value> values = new HashMap<>();
    for (int column = 0; column < target.fields().size(); column++) {
      String name = target.fields().get(column).name();
      String castType = TargetTable.castType(target.types().get(column));
      values.put(
          column,
          text -> {
            if (castType != null) {
              text.add("CAST(");
            }
            RowChangePlanner.addColumn(text, source, name);
            if (castType != null) {
              text.add("AS " + castType + ")");
            }
          });
    }
    return values;
  }

  private Map<Integer, Value> insertValues(
      MergeClause.Insert insert,
      List<Slice> given,
      ParsedStatement.Merge merge,
      TargetTable target) {
    List<Integer> columns =
        insert.columns() == null
            ? target.allColumns()
            : target.columns(insert.columns(), parsed.source(), merge.target().offset());
    if (columns.size() != given.size()) {
      throw new EngineException(
          SqlState.SYNTAX_ERROR,
          "INSERT of MERGE has "
              + columns.size()
              + " columns but "
              + given.size()
              + " values ("
              + parsed.source().position(parsed.offset(given.get(0)))
              + ")");
    }
    Map<Integer, Value> values = new HashMap<>();
    for (int column : target.allColumns()) {
      int index = columns.indexOf(column);
      values.put(
          column,
          text -> {
            if (index < 0) {
              DefaultValues.addTo(text, target, column);
            } else {
              Assignments.addValue(text, parsed, given.get(index), target, column);
            }
          });
    }
    return values;
  }

  private static void addMatch(QueryText text, Match match, Sides sides) {
    if (match != Match.NOT_MATCHED_BY_SOURCE) {
      RowChangePlanner.addColumn(text, sides.target(), CatalogTable.POSITION_COLUMN);
      text.add(match == Match.MATCHED ? "IS NOT NULL" : "IS NULL");
    }
    if (match == Match.MATCHED && sides.keepsTarget()) {
      text.add("AND");
      RowChangePlanner.addColumn(text, sides.source(), MARKER);
      text.add("IS NOT NULL");
    } else if (match == Match.NOT_MATCHED_BY_SOURCE) {
      RowChangePlanner.addColumn(text, sides.source(), MARKER);
      text.add("IS NULL");
    }
  }

  private static void addCondition(QueryText text, Branch branch, Sides sides) {
    text.add("WHEN");
    addMatch(text, branch.clause().match(), sides);
    Slice condition = branch.clause().condition();
    if (condition != null) {
      text.add("AND (").addSlice(condition).add(")");
    }
    text.add("THEN");
  }

  private void addNewValue(
      QueryText text, List<Branch> branches, Sides sides, TargetTable target, int column) {
    text.add("CASE");
    for (Branch branch : branches) {
      addCondition(text, branch, sides);
      Value value = branch.values().get(column);
      if (value != null) {
        value.addTo(text);
      } else if (branch.action() == RowAction.UPDATE
          || (branch.action() == RowAction.DELETE && parsed.returning() != null)) {
        RowChangePlanner.addColumn(text, sides.target(), target.fields().get(column).name());
      } else {
        RowChangePlanner.addNull(text, target.types().get(column));
      }
    }
    text.add("ELSE");
    RowChangePlanner.addNull(text, target.types().get(column));
    text.add("END");
  }
}
