package dev.frazil.exec.scan;

import dev.frazil.exec.QueryContext;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.txn.PromotedDates;
import dev.frazil.txn.TruncatedPartitions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.ResidualEvaluator;
import org.apache.iceberg.expressions.StrictMetricsEvaluator;
import org.jspecify.annotations.Nullable;

/**
 * The data files of which a scan takes every row, as their partitions and bounds tell without
 * opening them. Stateless.
 */
public final class WholeFiles {
  private WholeFiles() {}

  /** The files by location; none where the predicate of the scan says too little about bounds. */
  public static Map<String, TargetFile> of(TableScan scan, QueryContext context) {
    Map<String, TargetFile> whole = new HashMap<>();
    Schema schema = ScanFiles.schema(scan.table());
    Expression filter = filter(scan, schema, context);
    if (filter == null) {
      return whole;
    }
    List<String> columns = schema.columns().stream().map(column -> column.name()).toList();
    for (ScanFile file :
        ScanFiles.plan(scan.table(), filter, columns, context.files().snapshots())) {
      TargetFile target = new TargetFile(file.file(), file.deletes(), file.spec());
      // Of the partition's part of the filter nothing is left in the residual.
      if (rows(target) > 0
          && new StrictMetricsEvaluator(schema, file.residual()).eval(file.file())) {
        whole.put(file.file().location(), target);
      }
    }
    return whole;
  }

  /** Tells of a file of the scan whether every row passes; null where that is never known. */
  static @Nullable Predicate<ScanFile> test(TableScan scan, Schema schema, QueryContext context) {
    Expression filter = filter(scan, schema, context);
    if (filter == null) {
      return null;
    }
    Map<PartitionSpec, ResidualEvaluator> residuals = new HashMap<>();
    return file -> {
      Expression residual =
          residuals
              .computeIfAbsent(file.spec(), spec -> ResidualEvaluator.of(spec, filter, true))
              .residualFor(file.file().partition());
      return new StrictMetricsEvaluator(schema, residual).eval(file.file());
    };
  }

  /** How many rows a file has; negative where only reading its deletes could tell. */
  public static long rows(TargetFile file) {
    return rows(file.file(), file.deletes());
  }

  static long rows(DataFile file, List<DeleteFile> deletes) {
    if (deletes.isEmpty()) {
      return file.recordCount();
    }
    DeleteFile first = deletes.get(0);
    return deletes.size() == 1 && first.format() == FileFormat.PUFFIN
        ? file.recordCount() - first.recordCount()
        : -1;
  }

  /** The filter of the scan in Iceberg's terms; null where these say another thing. */
  private static @Nullable Expression filter(TableScan scan, Schema schema, QueryContext context) {
    ScalarExpression residual = scan.residual();
    if (residual == null) {
      return scan.pruning().op() == Expression.Operation.TRUE ? Expressions.alwaysTrue() : null;
    }
    Expression exact = new PruningExpression(ScanPlan.names(scan, schema), context).exact(residual);
    return exact == null
            || PromotedDates.without(exact, scan.table().table()) != exact
            || TruncatedPartitions.widened(exact, scan.table().table().specs().values()) != exact
        ? null
        : exact;
  }
}
