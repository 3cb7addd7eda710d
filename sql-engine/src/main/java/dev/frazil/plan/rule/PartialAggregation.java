package dev.frazil.plan.rule;

import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.AggregateFunction;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes an aggregate over a join apart: one below the join, and one above that puts its results
 * together. Used once.
 */
final class PartialAggregation {
  private static final SqlType WIDE_COUNT = new DecimalType(19, 0);

  private final Aggregate aggregate;
  private final List<@Nullable ScalarExpression> inputs;
  private final EagerPlace place;
  private final List<AggregateCall> partials = new ArrayList<>();
  private int @Nullable [] above;
  private int firstPartial;

  // The aggregate above, and what it reads.
  private final List<ScalarExpression> expressions = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private final List<AggregateCall> calls = new ArrayList<>();
  private final List<Column> results = new ArrayList<>();
  private final int[] moved;

  /**
   * @param inputs the columns of the aggregate's input that it reads, over those of the join
   */
  PartialAggregation(
      Aggregate aggregate, List<@Nullable ScalarExpression> inputs, EagerPlace place) {
    this.aggregate = aggregate;
    this.inputs = inputs;
    this.place = place;
    this.moved = new int[inputs.size()];
    Arrays.fill(moved, -1);
  }

  /** The columns of the aggregate, from the same join. */
  PhysicalNode over(PhysicalNode root) {
    List<int[]> parts = new ArrayList<>();
    for (int i = 0; i < aggregate.calls().size(); i++) {
      parts.add(place.early().get(i) ? partials(aggregate.calls().get(i)) : new int[0]);
    }
    Pruned joined = replaced(root, 0);
    above = joined.newIndex();
    List<Integer> keys = aggregate.groupKeys().stream().map(this::move).toList();
    for (int i = 0; i < keys.size(); i++) {
      results.add(aggregate.columns().get(i));
    }
    List<ScalarExpression> outputs = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      outputs.add(new InputReference(i, results.get(i).type()));
    }
    for (int i = 0; i < aggregate.calls().size(); i++) {
      outputs.add(output(aggregate.calls().get(i), parts.get(i)));
    }
    PhysicalNode whole =
        new Aggregate(
            new Project(joined.node(), expressions, columns),
            keys,
            aggregate.groupingSets().stream()
                .map(set -> set.stream().map(this::move).toList())
                .toList(),
            calls,
            results,
            aggregate.estimatedRows());
    return new Project(whole, outputs, aggregate.columns());
  }

  /** The columns of the partial aggregate that a call is made of, its number among the calls. */
  private int[] partials(AggregateCall call) {
    if (call.function() == AggregateFunction.GROUPING) {
      return new int[0];
    }
    List<Integer> argument = call.arguments().isEmpty() ? List.of() : List.of(origin(call));
    return switch (call.function()) {
      case COUNT -> new int[] {partial(AggregateFunction.COUNT, argument, Primitive.BIGINT)};
      case AVG ->
          new int[] {
            partial(AggregateFunction.SUM, argument, wide(argumentType(call))),
            partial(AggregateFunction.COUNT, argument, Primitive.BIGINT)
          };
      case SUM -> new int[] {partial(AggregateFunction.SUM, argument, wide(argumentType(call)))};
      default -> new int[] {partial(call.function(), argument, call.type())};
    };
  }

  private int origin(AggregateCall call) {
    return place.source()[argument(call).index()];
  }

  private InputReference argument(AggregateCall call) {
    if (inputs.get(call.arguments().get(0)) instanceof InputReference column) {
      return column;
    }
    throw new IllegalStateException("only columns are aggregated early");
  }

  private SqlType argumentType(AggregateCall call) {
    return argument(call).type();
  }

  /** Whatever the number of rows, their sum fits. */
  private static SqlType wide(SqlType type) {
    return new DecimalType(
        DecimalType.MAX_PRECISION, type instanceof DecimalType decimal ? decimal.scale() : 0);
  }

  private int partial(AggregateFunction function, List<Integer> arguments, SqlType type) {
    AggregateCall call = new AggregateCall(function, arguments, false, -1, type);
    int known = partials.indexOf(call);
    if (known < 0) {
      partials.add(call);
      return partials.size() - 1;
    }
    return known;
  }

  /** The node with the partial aggregate in its place; sets where the partial results are. */
  private Pruned replaced(PhysicalNode node, int depth) {
    if (depth == place.path().size()) {
      return grouped(node);
    } else if (node instanceof Filter filter) {
      Pruned input = replaced(filter.input(), depth + 1);
      return new Pruned(
          new Filter(input.node(), input.map(filter.predicate()), Double.NaN), input.newIndex());
    } else if (node instanceof Project project) {
      return project(project, replaced(project.input(), depth + 1));
    } else if (node instanceof NestedLoopJoin join) {
      return join(join, depth);
    }
    throw new IllegalStateException("no way through " + node.getClass().getSimpleName());
  }

  private Pruned grouped(PhysicalNode node) {
    List<Integer> keys = place.keys().stream().boxed().toList();
    List<Column> given = new ArrayList<>();
    keys.forEach(key -> given.add(node.columns().get(key)));
    firstPartial = given.size();
    for (AggregateCall call : partials) {
      boolean isCount = call.function() == AggregateFunction.COUNT;
      given.add(new Column("$partial" + given.size(), call.type(), !isCount));
    }
    return new Pruned(
        new Aggregate(node, keys, List.of(keys), partials, given, place.groups()),
        Pruned.positions(place.keys(), node.columnCount()));
  }

  private Pruned project(Project project, Pruned input) {
    List<ScalarExpression> kept = new ArrayList<>();
    List<Column> given = new ArrayList<>();
    int[] newIndex = new int[project.columnCount()];
    for (int i = 0; i < newIndex.length; i++) {
      int old = ((InputReference) project.expressions().get(i)).index();
      newIndex[i] = input.newIndex()[old] < 0 ? -1 : kept.size();
      if (newIndex[i] >= 0) {
        kept.add(input.map(project.expressions().get(i)));
        given.add(project.columns().get(i));
      }
    }
    int first = kept.size();
    for (int i = 0; i < partials.size(); i++) {
      Column column = input.node().columns().get(firstPartial + i);
      kept.add(new InputReference(firstPartial + i, column.type()));
      given.add(column);
    }
    firstPartial = first;
    return new Pruned(new Project(input.node(), kept, given), newIndex);
  }

  private Pruned join(NestedLoopJoin join, int depth) {
    boolean isLeft = place.path().get(depth) == 0;
    Pruned left = isLeft ? replaced(join.left(), depth + 1) : unchanged(join.left());
    Pruned right = isLeft ? unchanged(join.right()) : replaced(join.right(), depth + 1);
    firstPartial += isLeft ? 0 : left.node().columnCount();
    double rows = Math.max(1, join.estimatedRows() * place.share());
    return Pruned.join(join, left, right, rows);
  }

  private static Pruned unchanged(PhysicalNode node) {
    int[] same = new int[node.columnCount()];
    Arrays.setAll(same, i -> i);
    return new Pruned(node, same);
  }

  /** A column of the aggregate's old input in its new one. */
  private int move(int column) {
    ScalarExpression expression = inputs.get(column);
    int[] positions = above;
    if (expression == null || positions == null) {
      throw new IllegalStateException("column " + column + " is not read");
    }
    if (moved[column] < 0) {
      moved[column] =
          read(
              Expressions.renumber(expression, index -> positions[index]),
              aggregate.input().columns().get(column));
    }
    return moved[column];
  }

  private int read(ScalarExpression expression, Column column) {
    expressions.add(expression);
    columns.add(column);
    return expressions.size() - 1;
  }

  /** A call, over what the aggregate above gives. */
  private ScalarExpression output(AggregateCall call, int[] parts) {
    if (parts.length == 0) {
      return result(call.renumbered(this::move));
    }
    return switch (call.function()) {
      case COUNT -> {
        boolean ofRows = call.arguments().isEmpty();
        ScalarExpression count = sum(parts[0], ofRows, Primitive.BIGINT);
        yield orElse(count, 0);
      }
      case AVG -> {
        ScalarExpression sum = sum(parts[0], false, partials.get(parts[0]).type());
        ScalarExpression count = sum(parts[1], false, Primitive.BIGINT);
        yield new Call(
            ScalarFunction.DIVIDE, List.of(sum, new Cast(count, WIDE_COUNT, false)), call.type());
      }
      case SUM -> sum(parts[0], false, call.type());
      default -> result(whole(call.function(), part(parts[0]), call.type()));
    };
  }

  /**
   * The sum of partial results.
   *
   * @param ofRows whether a row that an outer join fills with nulls counts as one
   */
  private ScalarExpression sum(int part, boolean ofRows, SqlType type) {
    ScalarExpression partial = part(part);
    return result(whole(AggregateFunction.SUM, ofRows ? orElse(partial, 1) : partial, type));
  }

  private ScalarExpression part(int part) {
    return new InputReference(firstPartial + part, partials.get(part).type());
  }

  private static ScalarExpression orElse(ScalarExpression count, long value) {
    return new Call(
        ScalarFunction.COALESCE,
        List.of(count, new Literal(value, Primitive.BIGINT)),
        Primitive.BIGINT);
  }

  private AggregateCall whole(AggregateFunction function, ScalarExpression partial, SqlType type) {
    int known = expressions.indexOf(partial);
    int column =
        known < 0
            ? read(partial, new Column("$partial" + columns.size(), partial.type(), true))
            : known;
    return new AggregateCall(function, List.of(column), false, -1, type);
  }

  private ScalarExpression result(AggregateCall call) {
    int place = calls.indexOf(call);
    if (place < 0) {
      place = calls.size();
      calls.add(call);
      results.add(new Column("$whole" + place, call.type(), true));
    }
    return new InputReference(aggregate.groupKeys().size() + place, call.type());
  }
}
