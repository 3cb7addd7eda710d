package dev.frazil.variant;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The shape of a variant as Spark's {@code schema_of_variant} writes it: {@code OBJECT<a: BIGINT,
 * b: ARRAY<STRING>>}. Elements of different types have the type that holds both, else VARIANT.
 */
public final class VariantSchema {
  private static final int LONG_DIGITS = 20;

  private VariantSchema() {}

  private sealed interface Shape {}

  private record Named(String name) implements Shape {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Decimal(int precision, int scale) implements Shape {
    @Override
    public String toString() {
      return "DECIMAL(" + precision + "," + scale + ")";
    }
  }

  private record Elements(Shape element) implements Shape {
    @Override
    public String toString() {
      return "ARRAY<" + element + ">";
    }
  }

  private record Fields(Map<String, Shape> fields) implements Shape {
    @Override
    public String toString() {
      return fields.entrySet().stream()
          .map(field -> quoted(field.getKey()) + ": " + field.getValue())
          .collect(Collectors.joining(", ", "OBJECT<", ">"));
    }

    private static String quoted(String name) {
      return name.matches("[a-zA-Z0-9_]+") && !name.matches("[0-9]+")
          ? name
          : '`' + name.replace("`", "``") + '`';
    }
  }

  private static final Shape VOID = new Named("VOID");
  private static final Shape WHOLE = new Named("BIGINT");
  private static final Shape DOUBLE = new Named("DOUBLE");
  private static final Shape FLOAT = new Named("FLOAT");
  private static final Shape ANY = new Named("VARIANT");

  /** The shape of a value. */
  public static String of(VariantValue value) {
    return shape(value).toString();
  }

  private static Shape shape(VariantValue value) {
    return switch (value.kind()) {
      case NULL -> VOID;
      case TRUE, FALSE -> new Named("BOOLEAN");
      case INT8, INT16, INT32, INT64 -> WHOLE;
      case DOUBLE -> DOUBLE;
      case FLOAT -> FLOAT;
      case DECIMAL4, DECIMAL8, DECIMAL16 -> {
        int scale = value.exact().scale();
        yield new Decimal(Math.max(value.exact().precision(), scale), scale);
      }
      case DATE -> new Named("DATE");
      case TIME -> new Named("TIME");
      case TIMESTAMP_WITH_TIME_ZONE -> new Named("TIMESTAMP");
      case TIMESTAMP -> new Named("TIMESTAMP_NTZ");
      case TIMESTAMP_NANOS_WITH_TIME_ZONE -> new Named("TIMESTAMP(9)");
      case TIMESTAMP_NANOS -> new Named("TIMESTAMP_NTZ(9)");
      case BINARY -> new Named("BINARY");
      case STRING -> new Named("STRING");
      case UUID -> new Named("UUID");
      case ARRAY -> {
        Shape element = VOID;
        for (int i = 0; i < value.count(); i++) {
          element = both(element, shape(value.member(i)));
        }
        yield new Elements(element);
      }
      case OBJECT -> {
        Map<String, Shape> fields = new TreeMap<>();
        for (int i = 0; i < value.count(); i++) {
          fields.put(value.name(i), shape(value.member(i)));
        }
        yield new Fields(fields);
      }
    };
  }

  private static Shape both(Shape left, Shape right) {
    if (left.equals(right) || right == VOID) {
      return left;
    } else if (left == VOID) {
      return right;
    } else if (left instanceof Elements one && right instanceof Elements other) {
      return new Elements(both(one.element(), other.element()));
    } else if (left instanceof Fields one && right instanceof Fields other) {
      Map<String, Shape> fields = new TreeMap<>(one.fields());
      other.fields().forEach((name, shape) -> fields.merge(name, shape, VariantSchema::both));
      return new Fields(fields);
    }
    return isNumber(left) && isNumber(right) ? number(left, right) : ANY;
  }

  private static boolean isNumber(Shape shape) {
    return shape == WHOLE || shape == DOUBLE || shape == FLOAT || shape instanceof Decimal;
  }

  private static Shape number(Shape left, Shape right) {
    if (left == DOUBLE || right == DOUBLE || left == FLOAT || right == FLOAT) {
      return DOUBLE;
    }
    Decimal one = left instanceof Decimal decimal ? decimal : new Decimal(LONG_DIGITS, 0);
    Decimal other = right instanceof Decimal decimal ? decimal : new Decimal(LONG_DIGITS, 0);
    int scale = Math.max(one.scale(), other.scale());
    int whole = Math.max(one.precision() - one.scale(), other.precision() - other.scale());
    return whole + scale > 38 ? DOUBLE : new Decimal(whole + scale, scale);
  }
}
