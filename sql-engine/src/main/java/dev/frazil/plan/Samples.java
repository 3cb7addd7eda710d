package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptSamplingParameters;
import org.apache.calcite.rel.core.Sample;

/**
 * TABLESAMPLE as a filter on where rows stand in the files: whatever else the query asks of them,
 * the same rows are drawn.
 */
final class Samples {
  /** Rows that TABLESAMPLE SYSTEM draws together. */
  private static final long SAMPLED_BLOCK_ROWS = 1024;

  private Samples() {}

  /** The rows drawn; two columns more than {@code input} has, for where they stand. */
  static PhysicalNode convert(Sample sample, PhysicalNode input) {
    if (!(input instanceof TableScan scan)) {
      throw EngineException.unsupported("TABLESAMPLE of anything but a table");
    }
    RelOptSamplingParameters wanted = sample.getSamplingParameters();
    int count = scan.columns().size();
    List<ScanColumn> scanColumns = new ArrayList<>(scan.scanColumns());
    scanColumns.add(new ScanColumn.FileLocation(new Column("$file", Primitive.VARCHAR, false)));
    scanColumns.add(new ScanColumn.RowPosition(new Column("$pos", Primitive.BIGINT, false)));
    TableScan addressed =
        new TableScan(
            scan.table(),
            scanColumns,
            scan.pruning(),
            scan.residual(),
            scan.limit(),
            scan.estimatedRows());
    Long seed = wanted.isRepeatable() ? Long.valueOf(wanted.getRepeatableSeed()) : null;
    ScalarExpression drawn =
        new Call(
            ScalarFunction.SAMPLED,
            List.of(
                new InputReference(count, Primitive.VARCHAR),
                new InputReference(count + 1, Primitive.BIGINT),
                new Literal(seed, Primitive.BIGINT),
                new Literal(wanted.isBernoulli() ? 1L : SAMPLED_BLOCK_ROWS, Primitive.BIGINT),
                new Literal(wanted.sampleRate.doubleValue(), Primitive.DOUBLE)),
            Primitive.BOOLEAN);
    return new PhysicalNode.Filter(addressed, drawn, Double.NaN);
  }
}
