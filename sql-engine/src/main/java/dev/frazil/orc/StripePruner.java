package dev.frazil.orc;

import dev.frazil.parquet.LongBounds;
import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.format.FileBytes;
import dev.frazil.parquet.format.PrefetchedBytes;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.parquet.prune.PruningExpression;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.expressions.BoundLiteralPredicate;
import org.apache.iceberg.expressions.BoundPredicate;
import org.apache.iceberg.expressions.BoundSetPredicate;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Which stripes may hold a row that matches, by their statistics of columns. Only of files that
 * were written for Iceberg tables: statistics of old writers are not to be relied on. Immutable.
 */
final class StripePruner {
  private final PruningExpression expression;

  /** By stripe and field id. */
  private final List<Map<Integer, ColumnStatistics>> statistics;

  private StripePruner(
      PruningExpression expression, List<Map<Integer, ColumnStatistics>> statistics) {
    this.expression = expression;
    this.statistics = statistics;
  }

  /** Reads the statistics of columns; of none where the file has no ids or none are wanted. */
  static StripePruner read(
      FileBytes bytes,
      OrcFooter footer,
      OrcFields columns,
      List<Types.NestedField> fields,
      PruningExpression expression,
      ReadMemory memory) {
    Map<Integer, Types.NestedField> byColumn = new HashMap<>();
    for (Types.NestedField field : fields) {
      OrcType type = columns.find(footer.root(), field);
      if (type != null && type.children().isEmpty() && type.kind() != OrcType.Kind.CHAR) {
        byColumn.put(type.column(), field);
      }
    }
    List<Map<Integer, ColumnStatistics>> statistics = new ArrayList<>();
    if (columns.hasIds()
        && !byColumn.isEmpty()
        && footer.statisticsTo() > footer.statisticsFrom()) {
      try (ChunkDecompressor decompressor =
          new ChunkDecompressor(footer.codec(), footer.maxChunkBytes())) {
        byte[] plain =
            OrcFooter.plain(
                new PrefetchedBytes(bytes, memory),
                decompressor,
                footer.statisticsFrom(),
                footer.statisticsTo(),
                memory);
        parse(
            new ProtobufInput(plain, 0, plain.length),
            footer.stripes().size(),
            byColumn,
            statistics);
      } catch (MalformedDataException | IndexOutOfBoundsException | ArithmeticException e) {
        throw CorruptOrc.error(footer.location(), "its statistics cannot be read", e);
      }
    }
    return new StripePruner(expression, statistics);
  }

  private static void parse(
      ProtobufInput in,
      int stripes,
      Map<Integer, Types.NestedField> byColumn,
      List<Map<Integer, ColumnStatistics>> statistics) {
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      if (field == 1 && statistics.size() == stripes) {
        throw new MalformedDataException("more of them than the " + stripes + " stripes");
      } else if (field == 1) {
        statistics.add(stripe(in.message(), byColumn));
      } else {
        in.skip();
      }
    }
  }

  private static Map<Integer, ColumnStatistics> stripe(
      ProtobufInput in, Map<Integer, Types.NestedField> byColumn) {
    Map<Integer, ColumnStatistics> stripe = new HashMap<>();
    int column = 0;
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      Types.NestedField wanted = field == 1 ? byColumn.get(column++) : null;
      if (wanted == null) {
        in.skip();
      } else {
        stripe.put(wanted.fieldId(), ColumnStatistics.read(in.message(), wanted.type()));
      }
    }
    return stripe;
  }

  private @Nullable ColumnStatistics of(int stripe, int fieldId) {
    return stripe < statistics.size() ? statistics.get(stripe).get(fieldId) : null;
  }

  /** The bounds of a column in a stripe; null where it is no integer or they are unknown. */
  @Nullable LongBounds bounds(int stripe, int fieldId) {
    ColumnStatistics known = of(stripe, fieldId);
    return known != null
            && known.least() instanceof Number least
            && known.greatest() instanceof Number greatest
            && !(least instanceof java.math.BigDecimal)
        ? new LongBounds(least.longValue(), greatest.longValue(), known.mayHaveNulls())
        : null;
  }

  /** Whether a stripe may hold a row that matches. */
  boolean mayMatch(int stripe) {
    return expression.fold(
        predicate -> mayMatch(predicate, of(stripe, predicate.ref().fieldId())),
        (left, right) -> left && right,
        (left, right) -> left || right,
        true,
        false);
  }

  private static <T> boolean mayMatch(
      BoundPredicate<T> predicate, @Nullable ColumnStatistics known) {
    if (known == null) {
      return true;
    }
    Expression.Operation operation = predicate.op();
    if (operation == Expression.Operation.IS_NULL) {
      return known.mayHaveNulls();
    } else if (operation == Expression.Operation.NOT_NULL) {
      return known.values() != 0;
    }
    if (known.least() == null || known.greatest() == null) {
      return true;
    }
    Comparator<Object> order = Comparators.forType(predicate.ref().type().asPrimitiveType());
    if (predicate instanceof BoundLiteralPredicate<T> literal) {
      int below = order.compare(known.least(), literal.literal().value());
      int above = order.compare(known.greatest(), literal.literal().value());
      return switch (operation) {
        case LT -> below < 0;
        case LT_EQ -> below <= 0;
        case GT -> above > 0;
        case GT_EQ -> above >= 0;
        case EQ -> below <= 0 && above >= 0;
        default -> true;
      };
    }
    if (operation == Expression.Operation.IN && predicate instanceof BoundSetPredicate<T> set) {
      return set.literalSet().stream()
          .anyMatch(
              value ->
                  order.compare(known.least(), value) <= 0
                      && order.compare(known.greatest(), value) >= 0);
    }
    return true;
  }
}
