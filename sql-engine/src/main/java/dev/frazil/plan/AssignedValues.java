package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.ParsedStatement.Assignment;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.TableName;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a SET makes of the columns of a table. */
final class AssignedValues {
  private final ParsedSql parsed;
  private final TargetTable target;
  private final String alias;
  private final Map<Integer, Node> columns = new TreeMap<>();

  /**
   * @param alias the name of the table in the statement
   */
  AssignedValues(ParsedSql parsed, TargetTable target, String alias) {
    this.parsed = parsed;
    this.target = target;
    this.alias = alias;
  }

  /** The new value of a column, as text of a query. */
  interface Value {
    void addTo(QueryText text);
  }

  /** A column, or a field of one: set as a whole, or field by field. */
  private static final class Node {
    private @Nullable Assignment whole;
    private final Map<Integer, Node> fields = new TreeMap<>();
  }

  /** The values by column; 42701 for what is set twice, 42703 for what does not exist. */
  Map<Integer, Value> of(List<Assignment> assignments) {
    for (Assignment assignment : assignments) {
      List<TableName.Part> path = assignment.target().parts();
      boolean qualified = path.size() > 1 && path.get(0).text().equalsIgnoreCase(alias);
      int first = qualified ? 1 : 0;
      int column =
          target.column(path.get(first).text(), parsed.source(), assignment.target().offset());
      set(
          columns.computeIfAbsent(column, unused -> new Node()),
          target.types().get(column),
          path.subList(first + 1, path.size()),
          assignment);
    }
    Map<Integer, Value> values = new HashMap<>();
    columns.forEach((column, node) -> values.put(column, text -> add(text, column, node)));
    return values;
  }

  private void set(Node node, SqlType type, List<TableName.Part> path, Assignment assignment) {
    if (node.whole != null || (path.isEmpty() && !node.fields.isEmpty())) {
      throw new EngineException(
          SqlState.DUPLICATE_COLUMN,
          "column \""
              + assignment.target().last().text()
              + "\" is set twice ("
              + parsed.source().position(assignment.target().offset())
              + ")");
    }
    if (path.isEmpty()) {
      node.whole = assignment;
      return;
    }
    int field = field(type, path.get(0).text(), assignment);
    set(
        node.fields.computeIfAbsent(field, unused -> new Node()),
        ((RowType) type).fields().get(field).type(),
        path.subList(1, path.size()),
        assignment);
  }

  private int field(SqlType type, String name, Assignment assignment) {
    List<String> names = new ArrayList<>();
    if (type instanceof RowType row) {
      row.fields().forEach(field -> names.add(field.name()));
      @Nullable String found = ExactFirstNames.find(names, name);
      if (found != null) {
        return names.indexOf(found);
      }
    }
    throw new EngineException(
        SqlState.UNDEFINED_COLUMN,
        "there is no field \""
            + name
            + "\" to set ("
            + parsed.source().position(assignment.target().offset())
            + ")"
            + NearestNames.hint(name, names));
  }

  private void add(QueryText text, int column, Node node) {
    Assignment whole = node.whole;
    SqlType type = target.types().get(column);
    if (whole == null) {
      addRow(text, (RowType) type, node, List.of(target.fields().get(column).name()));
    } else if (whole.width() == 0) {
      Assignments.addValue(text, parsed, whole.value(), target, column);
    } else {
      addCast(text, whole, type);
    }
  }

  /** A row with some new fields. The others keep their values, null ones where there was no row. */
  private void addRow(QueryText text, RowType type, Node node, List<String> path) {
    text.add("ROW(");
    for (int i = 0; i < type.fields().size(); i++) {
      if (i > 0) {
        text.add(",");
      }
      SqlType.Field field = type.fields().get(i);
      List<String> fieldPath = new ArrayList<>(path);
      fieldPath.add(field.name());
      Node child = node.fields.get(i);
      if (child == null) {
        text.addName(alias);
        fieldPath.forEach(name -> text.add(".").addName(name));
      } else if (child.whole != null) {
        addCast(text, child.whole, field.type());
      } else {
        addRow(text, (RowType) field.type(), child, fieldPath);
      }
    }
    text.add(")");
  }

  private void addCast(QueryText text, Assignment assignment, SqlType type) {
    @Nullable String castType = TargetTable.castType(type, parsed, assignment.value());
    if (castType != null) {
      text.add("CAST(");
    }
    if (assignment.width() == 0) {
      text.addSlice(assignment.value());
    } else {
      text.add("(SELECT").addName(queryColumn(assignment.index()));
      text.add("FROM").addSlice(assignment.value()).add("AS \"$set\" (");
      for (int i = 0; i < assignment.width(); i++) {
        text.add(i == 0 ? "" : ",").addName(queryColumn(i));
      }
      text.add("))");
    }
    if (castType != null) {
      text.add("AS " + castType + ")");
    }
  }

  private static String queryColumn(int index) {
    return "$value" + index;
  }
}
