package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;

/**
 * A projection with window functions: one {@link PhysicalNode.Window} for each partitioning and
 * order below, and a projection that refers to its columns above.
 */
final class WindowConverter {
  private final RexConverter expressions;

  WindowConverter(RexConverter expressions) {
    this.expressions = expressions;
  }

  /** What windows that share a sort have in common. */
  private record Specification(List<Integer> partitionKeys, List<SortKey> order) {}

  PhysicalNode convert(Project project, PhysicalNode input, List<Column> columns) {
    List<RexNode> projects = new ArrayList<>();
    Map<RexOver, Integer> overs = new LinkedHashMap<>();
    for (RexNode node : project.getProjects()) {
      RexNode plain = node.accept(new NullableSums());
      projects.add(plain);
      plain.accept(
          new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
              overs.putIfAbsent(over, overs.size());
              return over;
            }
          });
    }
    AddedColumns inputs = new AddedColumns(input, expressions.folder());
    Map<Specification, Map<RexOver, WindowCall>> windows = new LinkedHashMap<>();
    WindowCallConverter calls = new WindowCallConverter(expressions, inputs);
    for (RexOver over : overs.keySet()) {
      Specification specification = specification(over, inputs);
      WindowCall call = calls.convert(over, specification.order());
      windows.computeIfAbsent(specification, key -> new LinkedHashMap<>()).put(over, call);
    }
    PhysicalNode node = inputs.node();
    Map<RexOver, Integer> places = new LinkedHashMap<>();
    for (Map.Entry<Specification, Map<RexOver, WindowCall>> entry : windows.entrySet()) {
      node = window(node, entry.getKey(), entry.getValue(), places);
    }
    return above(input.columns().size(), node, projects, places, columns);
  }

  private Specification specification(RexOver over, AddedColumns inputs) {
    List<Integer> partitionKeys = new ArrayList<>();
    for (RexNode key : over.getWindow().partitionKeys) {
      int column = inputs.column(expressions.convert(key));
      if (!partitionKeys.contains(column)) {
        partitionKeys.add(column);
      }
    }
    List<SortKey> order = new ArrayList<>();
    for (RexFieldCollation key : over.getWindow().orderKeys) {
      order.add(
          new SortKey(
              inputs.column(expressions.convert(key.left)),
              key.getDirection().isDescending(),
              key.getNullDirection() == RelFieldCollation.NullDirection.FIRST));
    }
    return new Specification(partitionKeys, order);
  }

  private static PhysicalNode window(
      PhysicalNode input,
      Specification specification,
      Map<RexOver, WindowCall> calls,
      Map<RexOver, Integer> places) {
    List<Column> columns = new ArrayList<>(input.columns());
    calls.forEach(
        (over, call) -> {
          places.put(over, columns.size());
          columns.add(new Column("$window" + columns.size(), call.type(), true));
        });
    PhysicalNode.Window node =
        new PhysicalNode.Window(
            input,
            specification.partitionKeys(),
            specification.order(),
            List.copyOf(calls.values()),
            columns);
    return VariantUse.checked(node);
  }

  /** First the values in the types that Calcite expects, then the expressions over them. */
  private PhysicalNode above(
      int inputCount,
      PhysicalNode windows,
      List<RexNode> projects,
      Map<RexOver, Integer> places,
      List<Column> columns) {
    List<ScalarExpression> values = new ArrayList<>();
    List<Column> valueColumns = new ArrayList<>(windows.columns().subList(0, inputCount));
    for (int i = 0; i < inputCount; i++) {
      values.add(new InputReference(i, windows.columns().get(i).type()));
    }
    Map<RexOver, Integer> references = new LinkedHashMap<>();
    places.forEach(
        (over, place) -> {
          SqlType type = CalciteTypes.toSql(over.getType());
          InputReference value = new InputReference(place, windows.columns().get(place).type());
          references.put(over, values.size());
          valueColumns.add(new Column("$window" + values.size(), type, true));
          values.add(expressions.folder().cast(value, type, false));
        });
    RexShuttle substitution =
        new RexShuttle() {
          @Override
          public RexNode visitOver(RexOver over) {
            Integer place = references.get(over);
            if (place == null) {
              throw EngineException.unsupported("a window function inside a window function");
            }
            return new RexInputRef(place, over.getType());
          }
        };
    List<ScalarExpression> converted = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      RexNode replaced = projects.get(i).accept(substitution);
      converted.add(expressions.convert(replaced, columns.get(i).type()));
    }
    return new PhysicalNode.Project(
        new PhysicalNode.Project(windows, values, valueColumns), converted, columns);
  }
}
