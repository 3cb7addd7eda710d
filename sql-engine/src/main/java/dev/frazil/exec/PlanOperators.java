package dev.frazil.exec;

import dev.frazil.error.EngineException;
import dev.frazil.exec.PartitionWiseSource.WantedKeys;
import dev.frazil.exec.aggregate.HashAggregateOperator;
import dev.frazil.exec.expression.ExpressionEvaluator;
import dev.frazil.exec.expression.ResultArrays;
import dev.frazil.exec.file.FileRowsOperator;
import dev.frazil.exec.join.HashJoinSource;
import dev.frazil.exec.scan.ChangeRows;
import dev.frazil.exec.scan.FileChoice;
import dev.frazil.exec.scan.MetadataRows;
import dev.frazil.exec.scan.PositionDeleteRows;
import dev.frazil.exec.scan.TableScanSource;
import dev.frazil.exec.sort.FirstRows;
import dev.frazil.exec.sort.SortOperator;
import dev.frazil.exec.window.WindowOperator;
import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.AggregateFunction;
import dev.frazil.plan.Apply;
import dev.frazil.plan.CatalogRows;
import dev.frazil.plan.ChangeScan;
import dev.frazil.plan.FileRows;
import dev.frazil.plan.MetadataScan;
import dev.frazil.plan.PartitionHead;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.SetOperation;
import dev.frazil.plan.PhysicalNode.Sort;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.PhysicalNode.Values;
import dev.frazil.plan.PhysicalNode.Window;
import dev.frazil.plan.RareNode;
import dev.frazil.plan.RecursiveUnion;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.SetOperator;
import dev.frazil.plan.Unnest;
import dev.frazil.plan.rule.Expressions;
import dev.frazil.plan.rule.PartitionLayout;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sources of one plan: one for each node. Used once, by one thread. */
final class PlanOperators {
  /** Of the node whose operators are being made. */
  private QueryContext context;

  private final QueryContext statement;
  private final KeyTargets keyTargets = new KeyTargets();

  private final Map<PhysicalNode, RowSupply> kept;
  private final Map<PhysicalNode, PartitionLayout> partitioned;
  private final Map<TableScan, FileChoice> choices;

  PlanOperators(QueryContext context) {
    this(context, Map.of());
  }

  /**
   * @param kept sub-plans whose rows are at hand, by identity
   */
  PlanOperators(QueryContext context, Map<PhysicalNode, RowSupply> kept) {
    this(context, kept, Map.of(), Map.of());
  }

  /**
   * @param kept sub-plans whose rows are at hand, by identity
   * @param partitioned what goes some partitions after the other, by identity
   * @param choices the files of scans that are not to read all, by identity
   */
  PlanOperators(
      QueryContext context,
      Map<PhysicalNode, RowSupply> kept,
      Map<PhysicalNode, PartitionLayout> partitioned,
      Map<TableScan, FileChoice> choices) {
    this.context = context;
    this.statement = context;
    this.kept = kept;
    this.partitioned = partitioned;
    this.choices = choices;
  }

  BatchSource source(PhysicalNode node) {
    RowSupply known = kept.get(node);
    return known == null ? computed(node) : known.source();
  }

  /** The source of the node itself, be its rows at hand or not. */
  BatchSource computed(PhysicalNode node) {
    QueryProfile profile = context.profile();
    if (profile == null) {
      return create(node);
    }
    QueryContext around = context;
    NodeProfile watched = profile.open(node, statement);
    context = around.of(watched);
    try {
      return new ProfiledSource(create(node), watched);
    } finally {
      context = around;
    }
  }

  private BatchSource create(PhysicalNode node) {
    PartitionLayout layout = partitioned.get(node);
    return layout == null ? alone(node) : partitionWise(node, layout);
  }

  private BatchSource partitionWise(PhysicalNode node, PartitionLayout layout) {
    QueryContext own = context;
    PartitionWiseSource source =
        new PartitionWiseSource(
            layout,
            node instanceof Aggregate ? 1 : own.threads(),
            (files, wanted) -> {
              PlanOperators run = new PlanOperators(statement, kept, Map.of(), files);
              run.context = own;
              BatchSource rows = run.alone(node);
              wanted.forEach(
                  keys -> run.keyTargets.restrict(keys.scan(), keys.column(), keys.keys()));
              return rows;
            },
            own);
    for (TableScan scan : layout.scans()) {
      keyTargets.add(scan, (column, keys) -> source.restrict(new WantedKeys(scan, column, keys)));
    }
    return source;
  }

  private BatchSource alone(PhysicalNode node) {
    if (node instanceof TableScan scan) {
      return scan(scan);
    } else if (node instanceof Values values) {
      return new SerialSource(new ValuesOperator(values, context));
    } else if (node instanceof Filter filter) {
      return filtered(source(filter.input()), filter.predicate());
    } else if (node instanceof Project project) {
      return PipelineSource.forgetting(
          source(project.input()),
          (rows, reuses) -> {
            Narrowed narrowed = narrowed(rows, project.expressions());
            ResultArrays arrays = new ResultArrays(reuses);
            return new ProjectOperator(
                narrowed.rows,
                ExpressionEvaluator.compileAll(project.expressions(), narrowed.context, arrays),
                arrays);
          });
    } else if (node instanceof Aggregate aggregate) {
      return new SerialSource(
          new HashAggregateOperator(aggregate, source(aggregate.input()), context));
    } else if (node instanceof Window window) {
      Window bound = PartitionHead.bound(window, context.parameters());
      return new SerialSource(new WindowOperator(bound, source(window.input()), context));
    } else if (node instanceof HashJoin join) {
      BatchSource left = source(join.left());
      BatchSource right = source(join.right());
      return new HashJoinSource(join, left, right, context, keyTargets.of(join));
    } else if (node instanceof NestedLoopJoin join) {
      return new HashJoinSource(join, source(join.left()), source(join.right()), context);
    } else if (node instanceof Sort sort) {
      return sort(sort);
    } else if (node instanceof SetOperation operation) {
      return setOperation(operation);
    }
    if (node instanceof RareNode rare) {
      return rare(rare);
    }
    throw EngineException.internal("no operator for " + node.getClass().getSimpleName());
  }

  /** What makes large values is asked of a few rows at a time, which a scan cannot do. */
  private BatchSource scan(TableScan scan) {
    List<ScalarExpression> rest = new ArrayList<>(Expressions.conjuncts(scan.residual()));
    List<ScalarExpression> expanding =
        rest.stream().filter(part -> NarrowBatches.wantedFor(List.of(part))).toList();
    rest.removeAll(expanding);
    TableScan read =
        expanding.isEmpty()
            ? scan
            : new TableScan(
                scan.table(),
                scan.scanColumns(),
                scan.pruning(),
                Expressions.and(rest),
                -1,
                scan.estimatedRows());
    TableScanSource source = new TableScanSource(read, choices.get(scan), context);
    keyTargets.add(scan, source);
    ScalarExpression predicate = Expressions.and(expanding);
    return predicate == null ? source : filtered(source, predicate);
  }

  private BatchSource filtered(BatchSource input, ScalarExpression predicate) {
    QueryContext own = context;
    return PipelineSource.forgetting(
        input,
        (rows, reuses) -> {
          Narrowed narrowed = narrowed(rows, List.of(predicate));
          return new FilterOperator(
              narrowed.rows,
              ExpressionEvaluator.compile(predicate, narrowed.context),
              own.cancellation());
        });
  }

  private BatchSource rare(RareNode rare) {
    if (rare instanceof Apply apply) {
      Operator outer = new ExchangeOperator(source(apply.left()), context);
      return new SerialSource(new ApplyOperator(apply, outer, context, kept));
    }
    if (rare instanceof Unnest unnest) {
      return new PipelineSource(
          source(unnest.input()),
          rows -> {
            Narrowed narrowed = narrowed(rows, unnest.collections());
            return new UnnestOperator(unnest, narrowed.rows, narrowed.context);
          });
    }
    if (rare instanceof CatalogRows rows) {
      return new SerialSource(new ValuesOperator(new Values(rows.columns(), rows.rows()), context));
    }
    if (rare instanceof MetadataScan scan) {
      return new SerialSource(
          PositionDeleteRows.reads(scan.table().table())
              ? new PositionDeleteRows(scan, context)
              : new MetadataRows(scan, context));
    }
    if (rare instanceof ChangeScan changes) {
      return new SerialSource(new ChangeRows(changes, context));
    }
    if (rare instanceof FileRows rows) {
      return new SerialSource(new FileRowsOperator(rows, context));
    }
    if (rare instanceof RecursiveUnion union) {
      Operator seed = new ExchangeOperator(source(union.seed()), context);
      return new SerialSource(new RecursiveUnionOperator(union, seed, context, kept));
    }
    throw EngineException.internal("no operator for " + rare.getClass().getSimpleName());
  }

  /** The input of expressions, and the context that they are compiled in. */
  private record Narrowed(Operator rows, QueryContext context) {}

  private Narrowed narrowed(Operator rows, List<ScalarExpression> expressions) {
    if (!NarrowBatches.wantedFor(expressions)) {
      return new Narrowed(rows, context);
    }
    BatchMeter meter = new BatchMeter();
    return new Narrowed(new NarrowBatches(rows, meter, context), context.metered(meter));
  }

  private BatchSource sort(Sort sort) {
    RowLimit limit = RowLimit.of(sort, context);
    BatchSource input = source(sort.input());
    FirstRows first =
        !sort.keys().isEmpty() && SortOperator.dropsRows(limit) ? keyTargets.firstRows(sort) : null;
    Operator rows =
        sort.keys().isEmpty()
            ? new ExchangeOperator(input, context)
            : new SortOperator(sort.keys(), types(sort), limit, input, context, first);
    return new SerialSource(limit.isAll() ? rows : new LimitOperator(rows, limit));
  }

  private static List<SqlType> types(PhysicalNode node) {
    return node.columns().stream().map(Column::type).toList();
  }

  /** UNION is grouping; INTERSECT and EXCEPT count, group by group, the rows of each side. */
  private BatchSource setOperation(SetOperation operation) {
    if (operation.operator() == SetOperator.UNION && operation.all()) {
      return new SequenceSource(operation.inputs().stream().map(this::source).toList());
    }
    int width = operation.columns().size();
    List<Integer> keys = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      keys.add(i);
    }
    if (operation.operator() == SetOperator.UNION) {
      PhysicalNode union =
          new SetOperation(SetOperator.UNION, true, operation.inputs(), operation.columns());
      return source(
          new Aggregate(union, keys, List.of(keys), List.of(), operation.columns(), Double.NaN));
    }
    int sides = operation.inputs().size();
    List<Column> columns = new ArrayList<>(operation.columns());
    List<Column> counted = new ArrayList<>(operation.columns());
    List<AggregateCall> calls = new ArrayList<>();
    for (int side = 0; side < sides; side++) {
      columns.add(new Column("side" + side, Primitive.BOOLEAN, false));
      counted.add(new Column("side" + side, Primitive.BIGINT, false));
      calls.add(
          new AggregateCall(
              AggregateFunction.COUNT, List.of(), false, width + side, Primitive.BIGINT));
    }
    List<PhysicalNode> marked = new ArrayList<>();
    for (int side = 0; side < sides; side++) {
      marked.add(marked(operation.inputs().get(side), side, sides, columns));
    }
    PhysicalNode union = new SetOperation(SetOperator.UNION, true, marked, columns);
    PhysicalNode counts = new Aggregate(union, keys, List.of(keys), calls, counted, Double.NaN);
    return new SerialSource(
        new RepeatRowsOperator(
            operation.operator(),
            operation.all(),
            sides,
            new ExchangeOperator(source(counts), context)));
  }

  private static PhysicalNode marked(
      PhysicalNode input, int side, int sides, List<Column> columns) {
    List<ScalarExpression> expressions = new ArrayList<>();
    for (int i = 0; i < input.columns().size(); i++) {
      expressions.add(new ScalarExpression.InputReference(i, input.columns().get(i).type()));
    }
    for (int other = 0; other < sides; other++) {
      expressions.add(new ScalarExpression.Literal(other == side, Primitive.BOOLEAN));
    }
    return new Project(input, expressions, columns);
  }
}
