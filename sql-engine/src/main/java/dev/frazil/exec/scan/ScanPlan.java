package dev.frazil.exec.scan;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.group.KeySet;
import dev.frazil.exec.sort.FirstRows;
import dev.frazil.plan.MetricsUse;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScanColumn;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.PredicateValues;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * The files that a scan has to open, and what the manifests answer without.
 *
 * @param files to be opened
 * @param counted rows of other files, of which nothing is asked but that they are there
 * @param metrics rows that stand for other files; null if there are none
 * @param first which of the files come first, and which may come too late; null if all are wanted
 */
record ScanPlan(
    List<ScanFile> files,
    long counted,
    @Nullable MetricRows metrics,
    @Nullable FirstRowFiles first) {

  /**
   * Plans a scan.
   *
   * @param joined what joins require of the rows, in Iceberg's terms; {@code alwaysTrue()} if
   *     nothing
   * @param wantsAll whether no join has said which keys it wants
   * @param firstRows of an order above; null if all rows are wanted
   * @param choice the files to read; null for all
   */
  static ScanPlan of(
      TableScan scan,
      Schema schema,
      Expression joined,
      boolean wantsAll,
      @Nullable FirstRows firstRows,
      @Nullable FileChoice choice,
      QueryContext context) {
    ScalarExpression residual = scan.residual();
    Expression pruning = Expressions.and(scan.pruning(), joined);
    if (residual != null && PruningExpression.holdsParameter(residual)) {
      PruningExpression refinement = new PruningExpression(names(scan, schema), context);
      pruning = Expressions.and(pruning, refinement.required(residual));
    }
    FirstRowFiles first =
        firstRows == null ? null : FirstRowFiles.of(firstRows, scan, schema, context);
    MetricsUse use = scan.metrics();
    MetricRows metrics = null;
    Predicate<ScanFile> isAnswered = null;
    if (use != null && scan.limit() < 0 && wantsAll) {
      Predicate<ScanFile> isWhole = WholeFiles.test(scan, schema, context);
      if (isWhole != null) {
        metrics = new MetricRows(scan, use, schema);
        isAnswered = isWhole.and(metrics::take);
      }
    }
    List<String> measured = List.of();
    if (first != null) {
      measured = List.of(first.columnName());
    } else if (metrics != null) {
      measured = names(scan, schema).stream().filter(Objects::nonNull).toList();
    }
    List<ScanFile> files =
        new ArrayList<>(
            ScanFiles.plan(scan.table(), pruning, measured, context.files().snapshots()));
    int planned = files.size();
    if (choice == null || choice.isFirst()) {
      ScanFigures.countPruned(scan.table(), pruning, planned, context);
    }
    if (choice != null) {
      files.removeIf(file -> !choice.takes(file));
      context.counters().add(Counter.FILES_PRUNED_BY_PARTITION, Math.max(0, choice.filesLeftOut()));
    }
    if (isAnswered != null) {
      files.removeIf(isAnswered);
      context.counters().add(Counter.FILES_FROM_METRICS, (long) planned - files.size());
    }
    long counted = 0;
    if (scan.scanColumns().isEmpty() && residual == null && isTrue(scan.pruning())) {
      // Where nothing but rows is asked for, files whose manifests tell how many need not be
      // opened.
      for (ScanFile file : files) {
        counted += Math.max(0, WholeFiles.rows(file.file(), file.deletes()));
      }
      files.removeIf(file -> WholeFiles.rows(file.file(), file.deletes()) >= 0);
    }
    return new ScanPlan(files, counted, metrics, first);
  }

  private static boolean isTrue(Expression expression) {
    return expression.op() == Expression.Operation.TRUE;
  }

  static List<@Nullable String> names(TableScan scan, Schema schema) {
    List<@Nullable String> names = new ArrayList<>();
    for (ScanColumn column : scan.scanColumns()) {
      names.add(
          column instanceof ScanColumn.TableColumn table
              ? schema.findColumnName(table.fieldId())
              : null);
    }
    return names;
  }

  /** That a column lies between the least and the greatest key; true where that cannot be said. */
  static Expression between(TableScan scan, int column, KeySet keys) {
    String name = names(scan, ScanFiles.schema(scan.table())).get(column);
    SqlType type = scan.columns().get(column).type();
    if (name == null || type instanceof SqlType.DecimalType) {
      return Expressions.alwaysTrue();
    }
    boolean narrow = type.kind() == PhysicalKind.INT;
    return Expressions.and(
        narrow
            ? Expressions.greaterThanOrEqual(name, (int) keys.least())
            : Expressions.greaterThanOrEqual(name, PredicateValues.of(keys.least(), type)),
        narrow
            ? Expressions.lessThanOrEqual(name, (int) keys.greatest())
            : Expressions.lessThanOrEqual(name, PredicateValues.of(keys.greatest(), type)));
  }
}
