package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.Values;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.rule.Expressions;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.SqlType.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.type.RelDataType;

/** UNNEST, alone or beside the table whose collections it reads. */
final class UnnestConverter {
  private UnnestConverter() {}

  /** The elements alone. */
  static PhysicalNode convert(Uncollect uncollect, PhysicalNode input) {
    List<ScalarExpression> collections = new ArrayList<>();
    for (Column column : input.columns()) {
      collections.add(new InputReference(collections.size(), column.type()));
    }
    Unnest unnest = unnest(uncollect, input, collections, false);
    List<ScalarExpression> elements = new ArrayList<>();
    int first = input.columns().size();
    for (Column column : unnest.added()) {
      elements.add(new InputReference(first + elements.size(), column.type()));
    }
    return new Project(unnest, elements, unnest.added());
  }

  private static Unnest unnest(
      Uncollect uncollect,
      PhysicalNode input,
      List<ScalarExpression> collections,
      boolean keepsEmpty) {
    RelDataType rowType = uncollect.getRowType();
    List<Unnest.Kind> kinds = new ArrayList<>();
    List<Column> added = new ArrayList<>();
    boolean whole = !uncollect.getItemAliases().isEmpty();
    for (ScalarExpression collection : collections) {
      SqlType type = collection.type();
      if (type instanceof MapType map) {
        kinds.add(Unnest.Kind.ENTRY);
        add(rowType, map.key(), added);
        add(rowType, map.value(), added);
      } else if (((ArrayType) type).element() instanceof RowType row && !whole) {
        kinds.add(Unnest.Kind.FIELDS);
        row.fields().forEach(field -> add(rowType, field.type(), added));
      } else {
        kinds.add(Unnest.Kind.ELEMENT);
        add(rowType, ((ArrayType) type).element(), added);
      }
    }
    if (uncollect.withOrdinality) {
      add(rowType, Primitive.INTEGER, added);
    }
    return new Unnest(
        input, collections, kinds, keepsEmpty, uncollect.withOrdinality, added, Set.of());
  }

  private static void add(RelDataType rowType, SqlType type, List<Column> columns) {
    String name = rowType.getFieldList().get(columns.size()).getName();
    columns.add(new Column(name, type, true));
  }

  /**
   * The elements that an {@link Apply} would give row by row, at once: its right side unnests
   * expressions over the left row and nothing else. Any other node as it is.
   */
  static PhysicalNode atOnce(Apply apply) {
    List<Project> projections = new ArrayList<>();
    PhysicalNode below = apply.right();
    while (below instanceof Project project) {
      projections.add(0, project);
      below = project.input();
    }
    if (below instanceof Unnest unnest
        && unnest.input() instanceof Project collections
        && collections.input() instanceof Values one
        && one.rows().size() == 1) {
      boolean keepsEmpty = apply.kind() == JoinKind.LEFT;
      List<ScalarExpression> elements = elements(apply, unnest, projections);
      if (!keepsEmpty || elements.stream().allMatch(InputReference.class::isInstance)) {
        return beside(apply, unnest, collections, elements, keepsEmpty);
      }
    }
    return apply;
  }

  /** The columns of the right side, over the left columns followed by the elements. */
  private static List<ScalarExpression> elements(
      Apply apply, Unnest unnest, List<Project> projections) {
    int shift = apply.left().columns().size() - unnest.input().columns().size();
    List<ScalarExpression> elements = new ArrayList<>();
    for (Column column : unnest.columns()) {
      elements.add(new InputReference(elements.size() + shift, column.type()));
    }
    for (Project projection : projections) {
      List<ScalarExpression> inner = elements;
      elements = new ArrayList<>();
      for (ScalarExpression expression : projection.expressions()) {
        ScalarExpression own =
            Expressions.replaceReferences(expression, reference -> inner.get(reference.index()));
        elements.add(apply.onLeft(own));
      }
    }
    return elements;
  }

  private static PhysicalNode beside(
      Apply apply,
      Unnest unnest,
      Project collections,
      List<ScalarExpression> elements,
      boolean keepsEmpty) {
    Unnest beside =
        new Unnest(
            apply.left(),
            collections.expressions().stream().map(apply::onLeft).toList(),
            unnest.kinds(),
            keepsEmpty,
            unnest.ordinality(),
            unnest.added(),
            Set.of());
    List<ScalarExpression> wanted = new ArrayList<>();
    for (Column column : apply.left().columns()) {
      wanted.add(new InputReference(wanted.size(), column.type()));
    }
    wanted.addAll(elements);
    return new Project(beside, wanted, apply.columns());
  }
}
