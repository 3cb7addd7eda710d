package dev.frazil.plan;

import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.iceberg.types.Types;

/** The write default of a field as SQL that reads back as the same value. */
final class DefaultText {
  private DefaultText() {}

  static String of(Types.NestedField field, SqlType type) {
    if (field.type().isNestedType()) {
      return quoted(String.valueOf(field.writeDefault()));
    }
    Literal literal = DefaultValues.constant(field, type);
    Object value = literal.value();
    if (value == null) {
      return "NULL";
    }
    if (value instanceof byte[] bytes && type != Primitive.UUID) {
      return "X" + quoted(HexFormat.of().formatHex(bytes));
    }
    String characters = DefaultValues.characters(field, type, value);
    if (type instanceof DecimalType) {
      return ((BigDecimal) value).toPlainString();
    }
    if (type == Primitive.INTEGER || type == Primitive.BIGINT || type == Primitive.BOOLEAN) {
      return characters;
    }
    if (type == Primitive.VARCHAR) {
      return quoted(characters);
    }
    if (type == Primitive.TIMESTAMP_NANO) {
      return "TIMESTAMP " + quoted(characters);
    }
    if (type == Primitive.DATE || type == Primitive.TIME || type == Primitive.TIMESTAMP) {
      return type.sqlName().toUpperCase(Locale.ROOT) + " " + quoted(characters);
    }
    return "CAST(" + quoted(characters) + " AS " + type.sqlName() + ")";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
