package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the translated query of another engine, whose types are known: refuses (0A000) casts
 * and arithmetic that would give other values there, also those that no text says, as where a text
 * is compared with a number. Engines agree on integers, on decimals that are added and multiplied
 * within 38 digits, and on casts to a type that holds every value of the first.
 */
final class ForeignMeaning extends RexShuttle {
  private static final int INTEGER_DIGITS = 10;
  private static final int BIGINT_DIGITS = 19;

  private final ForeignDialect dialect;
  private final Set<RelNode> ownViews;

  /**
   * @param ownViews what stands in the places of views in Frazil's own dialect, which are not
   *     checked; by identity
   */
  ForeignMeaning(ForeignDialect dialect, Set<RelNode> ownViews) {
    this.dialect = dialect;
    this.ownViews = ownViews;
  }

  void check(RelNode node) {
    if (ownViews.contains(node)) {
      return;
    }
    node.getInputs().forEach(this::check);
    if (node instanceof Aggregate aggregate) {
      for (AggregateCall call : aggregate.getAggCallList()) {
        List<RelDataType> fields =
            aggregate.getInput().getRowType().getFieldList().stream()
                .map(field -> field.getType())
                .toList();
        List<SqlType> types =
            call.getArgList().stream().map(fields::get).map(CalciteTypes::toSql).toList();
        checkAggregate(call.getAggregation().getName(), types);
      }
    }
    node.accept(this);
  }

  private static void checkAggregate(String name, List<SqlType> types) {
    boolean isAverage = name.equalsIgnoreCase("avg");
    for (SqlType type : types) {
      if ((isAverage && type instanceof DecimalType)
          || ((isAverage || name.equalsIgnoreCase("sum")) && type == Primitive.REAL)) {
        throw refused(name.toUpperCase(Locale.ROOT) + " of " + type.sqlName());
      }
    }
  }

  private static EngineException refused(String construct) {
    return EngineException.unsupported(construct + ", which gives other values in other engines,");
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery query) {
    check(query.rel);
    return super.visitSubQuery(query);
  }

  @Override
  public RexNode visitOver(RexOver over) {
    checkAggregate(over.getAggOperator().getName(), types(over));
    return super.visitOver(over);
  }

  @Override
  public RexNode visitCall(RexCall call) {
    List<SqlType> types = types(call);
    if (types.isEmpty()) {
      throw refused(call.getOperator().getName());
    }
    switch (call.getKind()) {
      case CAST, SAFE_CAST -> checkCast(call, types.get(0));
      case DIVIDE -> {
        boolean isKnown =
            types.stream().allMatch(type -> type == Primitive.DOUBLE)
                || (dialect == ForeignDialect.TRINO
                    && types.stream().allMatch(ForeignMeaning::isInteger));
        if (!isKnown) {
          throw refused("the division of " + types.get(0).sqlName());
        }
      }
      case MOD -> {
        if (!types.stream().allMatch(ForeignMeaning::isInteger)) {
          throw refused("the remainder of " + types.get(0).sqlName());
        }
      }
      case TIMES, PLUS, MINUS -> checkDecimals(call, types);
      default -> {
        // Values of one type mean the same.
      }
    }
    return super.visitCall(call);
  }

  private static List<SqlType> types(RexCall call) {
    return call.getOperands().stream().map(RexNode::getType).map(CalciteTypes::toSql).toList();
  }

  private static boolean isInteger(SqlType type) {
    return type == Primitive.INTEGER || type == Primitive.BIGINT;
  }

  /** Beyond 38 digits each engine gives up other digits. */
  private static void checkDecimals(RexCall call, List<SqlType> types) {
    if (!(CalciteTypes.toSql(call.getType()) instanceof DecimalType)) {
      return;
    }
    int scales = 0;
    int scale = 0;
    int whole = 0;
    int digits = 0;
    for (SqlType type : types) {
      DecimalType decimal = decimal(type);
      if (decimal == null) {
        throw refused("arithmetic of " + type.sqlName() + " and a decimal");
      }
      scales += decimal.scale();
      scale = Math.max(scale, decimal.scale());
      whole = Math.max(whole, decimal.precision() - decimal.scale());
      digits += decimal.precision();
    }
    boolean isExact =
        call.getKind() == SqlKind.TIMES
            ? digits < DecimalType.MAX_PRECISION
                && CalciteTypes.toSql(call.getType()) instanceof DecimalType product
                && product.scale() == scales
            : whole + scale < DecimalType.MAX_PRECISION;
    if (!isExact) {
      throw refused("arithmetic of decimals beyond 38 digits");
    }
  }

  private static @Nullable DecimalType decimal(SqlType type) {
    if (type instanceof DecimalType decimal) {
      return decimal;
    } else if (type == Primitive.INTEGER) {
      return new DecimalType(INTEGER_DIGITS, 0);
    }
    return type == Primitive.BIGINT ? new DecimalType(BIGINT_DIGITS, 0) : null;
  }

  private void checkCast(RexCall cast, SqlType from) {
    SqlType to = CalciteTypes.toSql(cast.getType());
    boolean isKnown =
        from.equals(to)
            || from == Primitive.UNKNOWN
            || (cast.getOperands().get(0) instanceof RexLiteral literal && isLiteral(literal, to))
            || (to == Primitive.VARCHAR && (isInteger(from) || from == Primitive.DATE))
            || (to == Primitive.DATE && from == Primitive.TIMESTAMP)
            || (to == Primitive.BIGINT && from == Primitive.INTEGER)
            || (to == Primitive.DOUBLE && (from == Primitive.REAL || decimal(from) != null))
            || isWider(decimal(from), to);
    if (!isKnown) {
      throw refused("a cast of " + from.sqlName() + " to " + to.sqlName());
    }
  }

  private static boolean isWider(@Nullable DecimalType from, SqlType to) {
    return from != null
        && to instanceof DecimalType wide
        && wide.scale() >= from.scale()
        && wide.precision() - wide.scale() >= from.precision() - from.scale();
  }

  /** A text that only one date or time has, and numbers that a type holds. */
  private boolean isLiteral(RexLiteral literal, SqlType to) {
    if (literal.isNull()) {
      return true;
    }
    String text = literal.getValueAs(String.class);
    if (text == null || CalciteTypes.toSql(literal.getType()) != Primitive.VARCHAR) {
      return false;
    }
    String date = "\\d{4}-\\d{2}-\\d{2}";
    return (to == Primitive.DATE && text.matches(date))
        || (dialect == ForeignDialect.TRINO
            && to == Primitive.TIMESTAMP
            && text.matches(date + " \\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?"));
  }
}
