package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/** Calcite's literals to ours. */
final class RexLiterals {
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  private RexLiterals() {}

  static ScalarExpression convert(RexLiteral literal) {
    SqlType type = CalciteTypes.toSql(literal.getType());
    if (type == Primitive.REAL && !literal.isNull()) {
      double value = required(literal, Double.class);
      if (Float.isInfinite((float) value) && !Double.isInfinite(value)) {
        // Calcite took the cast away that must fail, where and if it is executed
        return new Cast(new Literal(value, Primitive.DOUBLE), type, false);
      }
    }
    if (literal.isNull()) {
      return new Literal(null, type);
    }
    if (type instanceof DecimalType) {
      return decimal(literal);
    }
    return new Literal(value(literal, type), type);
  }

  /** A decimal literal gets the smallest type that shows all its digits. */
  private static Literal decimal(RexLiteral literal) {
    BigDecimal value = required(literal, BigDecimal.class);
    DecimalType declared = (DecimalType) CalciteTypes.toSql(literal.getType());
    BigDecimal scaled = value.setScale(Math.max(declared.scale(), 0), RoundingMode.HALF_UP);
    if (scaled.compareTo(value) != 0) {
      scaled = value;
    }
    int scale = Math.max(scaled.scale(), 0);
    scaled = scaled.setScale(scale, RoundingMode.UNNECESSARY);
    int precision = Math.max(Math.max(declared.precision(), scaled.precision()), scale);
    if (precision > DecimalType.MAX_PRECISION) {
      precision = DecimalType.MAX_PRECISION;
      if (scaled.precision() > precision) {
        throw EngineException.unsupported("a number of more than 38 digits");
      }
    }
    return new Literal(scaled, new DecimalType(precision, scale));
  }

  private static @Nullable Object value(RexLiteral literal, SqlType type) {
    if (!(type instanceof Primitive primitive)) {
      if (type instanceof SqlType.FixedType) {
        return required(literal, ByteString.class).getBytes();
      }
      throw EngineException.unsupported("a literal of type " + type.sqlName());
    }
    SqlTypeName name = literal.getType().getSqlTypeName();
    return switch (primitive) {
      case BOOLEAN -> required(literal, Boolean.class);
      case INTEGER -> required(literal, BigDecimal.class).intValueExact();
      case BIGINT ->
          SqlTypeName.DAY_INTERVAL_TYPES.contains(name)
              ? intervalMicros(required(literal, BigDecimal.class))
              : required(literal, BigDecimal.class).longValueExact();
      case REAL -> required(literal, Double.class).floatValue();
      case DOUBLE -> required(literal, Double.class);
      case VARCHAR ->
          name == SqlTypeName.SYMBOL
              ? String.valueOf(literal.getValue())
              : required(literal, NlsString.class).getValue();
      case VARBINARY -> required(literal, ByteString.class).getBytes();
      case DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMP_WITH_TIME_ZONE,
          TIMESTAMP_NANO,
          TIMESTAMP_NANO_WITH_TIME_ZONE,
          UUID,
          VARIANT ->
          throw EngineException.unsupported("a literal of type " + type.sqlName() + " here");
      case UNKNOWN -> null;
    };
  }

  private static long intervalMicros(BigDecimal millis) {
    try {
      return millis.multiply(THOUSAND).longValueExact();
    } catch (ArithmeticException e) {
      throw new EngineException(
          SqlState.DATETIME_OVERFLOW,
          "an interval of " + millis + " milliseconds is out of the range of intervals",
          e);
    }
  }

  private static <T> T required(RexLiteral literal, Class<T> wanted) {
    T value = literal.getValueAs(wanted);
    if (value == null) {
      throw EngineException.internal("literal without a value: " + literal);
    }
    return value;
  }
}
