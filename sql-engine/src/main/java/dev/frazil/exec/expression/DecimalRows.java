package dev.frazil.exec.expression;

import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Decimal arithmetic row by row: exact, then rounded half up to the result's scale; 22003 where its
 * precision is exceeded.
 */
record DecimalRows(ScalarFunction function, DecimalType type) {

  ColumnVector evaluate(
      ColumnVector left, ColumnVector right, RowBatch batch, boolean @Nullable [] nulls) {
    DecimalWriter writer = new DecimalWriter(type, batch.rowCount());
    AliveRows alive = new AliveRows(batch, nulls);
    for (int row = alive.next(); row >= 0; row = alive.next()) {
      BigDecimal a = DecimalScaling.read(left, row);
      BigDecimal b = DecimalScaling.read(right, row);
      if (!writer.write(row, compute(a, b))) {
        throw NumericErrors.outOfRange(
            a.toPlainString() + " " + IntegerArithmetic.symbol(function) + " " + b.toPlainString(),
            type);
      }
    }
    return writer.finish(nulls);
  }

  private BigDecimal compute(BigDecimal a, BigDecimal b) {
    return switch (function) {
      case ADD -> a.add(b);
      case SUBTRACT -> a.subtract(b);
      case MULTIPLY -> a.multiply(b);
      case DIVIDE -> {
        if (b.signum() == 0) {
          throw NumericErrors.divisionByZero(a.toPlainString());
        }
        yield a.divide(b, type.scale(), RoundingMode.HALF_UP);
      }
      default -> {
        if (b.signum() == 0) {
          throw NumericErrors.divisionByZero(a.toPlainString());
        }
        yield a.remainder(b);
      }
    };
  }
}
