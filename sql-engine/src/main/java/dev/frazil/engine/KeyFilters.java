package dev.frazil.engine;

import dev.frazil.plan.UniqueKey;
import dev.frazil.txn.UuidFilters;
import dev.frazil.type.PredicateValues;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Keys in Iceberg's terms: which files, and which rows of other transactions, can hold them. Of
 * columns of type uuid {@link UuidFilters} must judge, not Iceberg's library.
 */
final class KeyFilters {
  /** Beyond so many keys their bounds are compared. */
  private static final int MOST_LISTED = 200;

  private KeyFilters() {}

  /** Rows that hold one of some keys, or lie between them where they are many. */
  static Expression of(UniqueKey key, List<List<Object>> values) {
    Expression filter = Expressions.alwaysTrue();
    for (int i = 0; i < key.columns().size(); i++) {
      Types.NestedField field = key.columns().get(i);
      List<Object> column = new ArrayList<>();
      for (List<Object> row : values) {
        column.add(icebergValue(row.get(i), field.type()));
      }
      if (values.size() <= MOST_LISTED) {
        filter = Expressions.and(filter, Expressions.in(field.name(), listed(column, field)));
      } else {
        column.sort(order(field));
        filter =
            Expressions.and(filter, between(field, column.get(0), column.get(column.size() - 1)));
      }
    }
    return filter;
  }

  /** As {@link #of}, and where the keys are some thousand they are listed as well. */
  static Expression listed(UniqueKey key, List<List<Object>> values) {
    Expression filter = of(key, values);
    if (values.size() <= MOST_LISTED) {
      return filter;
    }
    for (int i = 0; i < key.columns().size(); i++) {
      Types.NestedField field = key.columns().get(i);
      Set<Object> column = new LinkedHashSet<>();
      for (List<Object> row : values) {
        column.add(icebergValue(row.get(i), field.type()));
      }
      filter =
          Expressions.and(filter, Expressions.in(field.name(), listed(List.copyOf(column), field)));
    }
    return filter;
  }

  /** Rows between the least and the greatest values of files; all where those are not known. */
  static Expression bounds(UniqueKey key, List<DataFile> files) {
    Expression filter = Expressions.alwaysTrue();
    for (Types.NestedField field : key.columns()) {
      Comparator<Object> order = order(field);
      Object least = null;
      Object greatest = null;
      boolean known = true;
      for (DataFile file : files) {
        Object lower = bound(file.lowerBounds(), field);
        Object upper = bound(file.upperBounds(), field);
        known &= lower != null && upper != null;
        if (lower != null && (least == null || order.compare(lower, least) < 0)) {
          least = lower;
        }
        if (upper != null && (greatest == null || order.compare(upper, greatest) > 0)) {
          greatest = upper;
        }
      }
      if (known && least != null && greatest != null) {
        filter = Expressions.and(filter, between(field, least, greatest));
      }
    }
    return filter;
  }

  /** The order of bounds in files. */
  private static Comparator<Object> order(Types.NestedField field) {
    return field.type().typeId() == Type.TypeID.UUID
        ? (left, right) -> UuidFilters.compare((UUID) left, (UUID) right)
        : Comparators.forType(field.type().asPrimitiveType());
  }

  private static Expression between(Types.NestedField field, Object least, Object greatest) {
    return Expressions.and(
        Expressions.greaterThanOrEqual(field.name(), PredicateValues.of(least, field.type())),
        Expressions.lessThanOrEqual(field.name(), PredicateValues.of(greatest, field.type())));
  }

  private static Set<Object> listed(List<Object> values, Types.NestedField field) {
    Set<Object> listed = new LinkedHashSet<>();
    values.forEach(value -> listed.add(PredicateValues.of(value, field.type())));
    return listed;
  }

  private static @Nullable Object bound(
      @Nullable Map<Integer, ByteBuffer> bounds, Types.NestedField field) {
    ByteBuffer bound = bounds == null ? null : bounds.get(field.fieldId());
    boolean cutOff =
        bound != null
            && field.type() instanceof Types.FixedType fixed
            && bound.remaining() != fixed.length();
    return bound == null || cutOff ? null : Conversions.fromByteBuffer(field.type(), bound);
  }

  /** A value of a key as a message shows it. */
  static String text(Object value, Type type) {
    Object held = icebergValue(value, type);
    return held instanceof ByteBuffer
        ? "X'" + HexFormat.of().withUpperCase().formatHex((byte[]) value) + "'"
        : Transforms.identity().toHumanString(type, held);
  }

  private static Object icebergValue(Object value, Type type) {
    if (!(value instanceof byte[] bytes)) {
      return value;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return type.typeId() == Type.TypeID.UUID
        ? new UUID(buffer.getLong(), buffer.getLong())
        : buffer;
  }
}
