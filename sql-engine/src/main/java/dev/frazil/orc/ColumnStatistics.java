package dev.frazil.orc;

import dev.frazil.parquet.encoding.MalformedDataException;
import java.math.BigDecimal;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a stripe tells of the values of a column. Source: ORC specification, "Column Statistics".
 *
 * @param values how many are not null; negative where unknown
 * @param mayHaveNulls false where there is certainly no null
 * @param least no value is below, in the form that Iceberg's literals have; null where unknown
 * @param greatest no value is above; null where {@code least} is
 */
record ColumnStatistics(
    long values, boolean mayHaveNulls, @Nullable Object least, @Nullable Object greatest) {
  private static final long MICROS_A_MILLI = 1_000;
  private static final long NANOS_A_MILLI = 1_000_000;

  /** Reads the statistics of a column that the table has in a type. */
  static ColumnStatistics read(ProtobufInput in, Type wanted) {
    long values = -1;
    boolean mayHaveNulls = true;
    Object[] bounds = new Object[2];
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case 1 -> values = in.uint();
        case 2, 4, 6, 7, 9 -> bounds = bounds(field, in.message(), wanted);
        case 10 -> mayHaveNulls = in.uint() != 0;
        default -> in.skip();
      }
    }
    if (values == 0 && !mayHaveNulls) {
      // Of a writer without indexes, which counts nothing: stripes have rows.
      values = -1;
      mayHaveNulls = true;
    }
    boolean isKnown = bounds[0] != null && bounds[1] != null;
    return new ColumnStatistics(
        values, mayHaveNulls, isKnown ? bounds[0] : null, isKnown ? bounds[1] : null);
  }

  /** The least and the greatest value of a kind of statistics, which is told by its field. */
  private static @Nullable Object[] bounds(int kind, ProtobufInput in, Type wanted) {
    @Nullable Object[] bounds = new Object[2];
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (kind) {
        case 4, 6 -> {
          // Of strings that are cut, fields 4 and 5 stand for 1 and 2.
          if (field == 3 || field > 5) {
            in.skip();
          } else {
            bounds[(field - 1) % 3] = text(kind, in.text(), wanted);
          }
        }
        case 9 -> {
          // Fields 3 and 4 are local times as if they were of UTC.
          if (field == 3 || field == 4) {
            bounds[field - 3] = moment(in.sint() + (field == 3 ? -1 : 1), wanted);
          } else {
            in.skip();
          }
        }
        default -> {
          if (field <= 2) {
            bounds[field - 1] = integer(kind, in.sint(), wanted);
          } else {
            in.skip();
          }
        }
      }
    }
    return bounds;
  }

  private static @Nullable Object integer(int kind, long value, Type wanted) {
    boolean isDays = kind == 7;
    return switch (wanted.typeId()) {
      case INTEGER -> isDays ? null : Math.toIntExact(value);
      case LONG, TIME -> isDays ? null : value;
      case DATE -> isDays ? Math.toIntExact(value) : null;
      default -> null;
    };
  }

  private static @Nullable Object text(int kind, String value, Type wanted) {
    if (kind == 4) {
      return wanted.typeId() == Type.TypeID.STRING ? value : null;
    }
    if (!(wanted instanceof Types.DecimalType decimal)) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(value);
      return Math.abs((long) number.scale()) > decimal.precision()
          ? null
          : number.setScale(decimal.scale());
    } catch (ArithmeticException | NumberFormatException e) {
      throw new MalformedDataException("statistics with a decimal that is none", e);
    }
  }

  private static @Nullable Object moment(long millis, Type wanted) {
    return switch (wanted.typeId()) {
      case TIMESTAMP -> Math.multiplyExact(millis, MICROS_A_MILLI);
      case TIMESTAMP_NANO -> Math.multiplyExact(millis, NANOS_A_MILLI);
      default -> null;
    };
  }
}
