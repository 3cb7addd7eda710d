package dev.frazil.engine;

import dev.frazil.plan.CatalogRows;
import dev.frazil.plan.ChangeScan;
import dev.frazil.plan.MetadataScan;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.RareNode;
import dev.frazil.plan.TableHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** The tables that a plan mentions, and the same plan on other states of them. */
final class PlanTables {
  private PlanTables() {}

  /** Every scan of a statement. */
  static List<PhysicalNode.TableScan> scans(PlannedStatement statement) {
    List<PhysicalNode.TableScan> scans = new ArrayList<>();
    PhysicalNode root = source(statement);
    if (root != null) {
      collectScans(root, scans);
    }
    return scans;
  }

  /** Every table of a statement, the target of a change included. */
  static List<TableHandle> handles(PlannedStatement statement) {
    List<TableHandle> handles = new ArrayList<>();
    for (PhysicalNode.TableScan scan : scans(statement)) {
      handles.add(scan.table());
    }
    PhysicalNode root = source(statement);
    if (root != null) {
      collectMetadata(root, handles);
    }
    PlannedStatement inner =
        statement instanceof PlannedStatement.Explain explain ? explain.statement() : statement;
    if (inner instanceof PlannedStatement.Insert insert) {
      handles.add(insert.target());
    } else if (inner instanceof PlannedStatement.RowChange change) {
      handles.add(change.target());
    } else if (inner instanceof PlannedStatement.Truncate truncate) {
      handles.add(truncate.target());
    }
    return handles;
  }

  /** The scans of the table that a statement changes, also those of it under another name. */
  static List<PhysicalNode.TableScan> scansOfTarget(PlannedStatement.RowChange change) {
    return scans(change).stream()
        .filter(scan -> scan.table().identifier().equals(change.target().identifier()))
        .toList();
  }

  private static @Nullable PhysicalNode source(PlannedStatement statement) {
    if (statement instanceof PlannedStatement.Query query) {
      return query.root();
    } else if (statement instanceof PlannedStatement.Insert insert) {
      return insert.source();
    } else if (statement instanceof PlannedStatement.RowChange change) {
      return change.source();
    } else if (statement instanceof PlannedStatement.CopyTo copy) {
      return copy.source();
    } else if (statement instanceof PlannedStatement.CreateTable create) {
      return create.source();
    } else if (statement instanceof PlannedStatement.Explain explain) {
      return source(explain.statement());
    }
    return null;
  }

  /** Whether the statement holds what was true when it was planned, and must be planned anew. */
  static boolean isMomentary(PlannedStatement statement) {
    PhysicalNode root = source(statement);
    return root != null && isMomentary(root);
  }

  private static boolean isMomentary(PhysicalNode node) {
    return node instanceof CatalogRows
        || node instanceof ChangeScan
        || node.inputs().stream().anyMatch(PlanTables::isMomentary);
  }

  /** Whether the statement tells which tables there are. */
  static boolean isListing(PlannedStatement statement) {
    PhysicalNode root = source(statement);
    return root != null && isListing(root);
  }

  private static boolean isListing(PhysicalNode node) {
    return node instanceof CatalogRows || node.inputs().stream().anyMatch(PlanTables::isListing);
  }

  /** The tables whose metadata of now a statement reads. */
  static List<TableIdentifier> metadataOf(PlannedStatement statement) {
    List<TableHandle> handles = new ArrayList<>();
    PhysicalNode root = source(statement);
    if (root != null) {
      collectMetadata(root, handles);
    }
    return handles.stream()
        .filter(handle -> !handle.timeTravel())
        .map(handle -> MetadataScan.owner(handle.identifier()))
        .toList();
  }

  private static void collectMetadata(PhysicalNode node, List<TableHandle> handles) {
    if (node instanceof MetadataScan scan) {
      handles.add(scan.table());
    } else if (node instanceof ChangeScan changes) {
      handles.add(changes.table());
    }
    for (PhysicalNode input : node.inputs()) {
      collectMetadata(input, handles);
    }
  }

  private static void collectScans(PhysicalNode node, List<PhysicalNode.TableScan> scans) {
    if (node instanceof PhysicalNode.TableScan scan) {
      scans.add(scan);
    }
    for (PhysicalNode input : node.inputs()) {
      collectScans(input, scans);
    }
  }

  /** The same statement over other handles of its tables. */
  static PlannedStatement rebind(PlannedStatement statement, UnaryOperator<TableHandle> handles) {
    if (statement instanceof PlannedStatement.Query query) {
      return new PlannedStatement.Query(
          rebind(query.root(), handles), query.results(), query.parameters());
    } else if (statement instanceof PlannedStatement.Insert insert) {
      return new PlannedStatement.Insert(
          handles.apply(insert.target()),
          rebind(insert.source(), handles),
          insert.replaced(),
          insert.returned(),
          insert.parameters());
    } else if (statement instanceof PlannedStatement.RowChange change) {
      return new PlannedStatement.RowChange(
          handles.apply(change.target()),
          change.command(),
          rebind(change.source(), handles),
          change.filter(),
          change.rejectDuplicates(),
          change.keyed(),
          change.returned(),
          change.parameters());
    } else if (statement instanceof PlannedStatement.CopyTo copy) {
      return new PlannedStatement.CopyTo(
          rebind(copy.source(), handles),
          copy.results(),
          copy.location(),
          copy.format(),
          copy.overwrite(),
          copy.parameters());
    } else if (statement instanceof PlannedStatement.Truncate truncate) {
      return new PlannedStatement.Truncate(handles.apply(truncate.target()));
    } else if (statement instanceof PlannedStatement.CreateTable create
        && create.source() != null) {
      return new PlannedStatement.CreateTable(
          create.identifier(),
          create.schema(),
          create.partitioning(),
          create.sortOrder(),
          create.properties(),
          create.location(),
          create.mode(),
          rebind(create.source(), handles),
          create.parameters());
    } else if (statement instanceof PlannedStatement.Explain explain) {
      return new PlannedStatement.Explain(rebind(explain.statement(), handles), explain.analyze());
    }
    return statement;
  }

  private static PhysicalNode rebind(PhysicalNode node, UnaryOperator<TableHandle> handles) {
    if (node instanceof PhysicalNode.TableScan scan) {
      return new PhysicalNode.TableScan(
          handles.apply(scan.table()),
          scan.scanColumns(),
          scan.pruning(),
          scan.residual(),
          scan.limit(),
          scan.estimatedRows(),
          scan.metrics());
    } else if (node instanceof PhysicalNode.Filter filter) {
      return new PhysicalNode.Filter(
          rebind(filter.input(), handles), filter.predicate(), filter.estimatedRows());
    } else if (node instanceof PhysicalNode.Project project) {
      return new PhysicalNode.Project(
          rebind(project.input(), handles), project.expressions(), project.columns());
    } else if (node instanceof PhysicalNode.Aggregate aggregate) {
      return aggregate.over(rebind(aggregate.input(), handles), aggregate.estimatedRows());
    } else if (node instanceof PhysicalNode.Window window) {
      return window.over(rebind(window.input(), handles));
    } else if (node instanceof PhysicalNode.HashJoin join) {
      return new PhysicalNode.HashJoin(
          rebind(join.left(), handles),
          rebind(join.right(), handles),
          join.kind(),
          join.leftKeys(),
          join.rightKeys(),
          join.residual(),
          join.estimatedRows());
    } else if (node instanceof PhysicalNode.NestedLoopJoin join) {
      return new PhysicalNode.NestedLoopJoin(
          rebind(join.left(), handles),
          rebind(join.right(), handles),
          join.kind(),
          join.condition(),
          join.estimatedRows());
    } else if (node instanceof PhysicalNode.Sort sort) {
      return new PhysicalNode.Sort(
          rebind(sort.input(), handles), sort.keys(), sort.offset(), sort.limit());
    } else if (node instanceof PhysicalNode.SetOperation operation) {
      return new PhysicalNode.SetOperation(
          operation.operator(),
          operation.all(),
          operation.inputs().stream().map(input -> rebind(input, handles)).toList(),
          operation.columns());
    } else if (node instanceof RareNode rare) {
      return rare.withInputs(rare.inputs().stream().map(input -> rebind(input, handles)).toList());
    }
    return node; // Values
  }
}
