package dev.frazil.plan.rule;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * Predicates in Iceberg's terms that hold for both zeros alike, as in SQL: where Iceberg orders
 * partitions and bounds of files, the negative zero is another number and comes before the other
 * (Iceberg spec, "Data File Fields"). Stateless.
 */
public final class ZeroBounds {
  private ZeroBounds() {}

  /**
   * That a column has one of the values.
   *
   * @param values at least one, as Iceberg's literals want them
   */
  public static Expression in(String name, List<Object> values) {
    Set<Object> wanted = new LinkedHashSet<>();
    for (Object value : values) {
      wanted.add(value);
      if (value instanceof Double number && number == 0) {
        wanted.addAll(List.of(-0.0, 0.0));
      } else if (value instanceof Float number && number == 0) {
        wanted.addAll(List.of(-0.0f, 0.0f));
      }
    }
    return wanted.size() == 1
        ? Expressions.equal(name, wanted.iterator().next())
        : Expressions.in(name, wanted.toArray());
  }

  /** That a column is at most the value: {@code 0.0} is at most {@code -0.0}. */
  public static Expression atMost(String name, Object value) {
    Object greatest = value;
    if (value instanceof Double number && number == 0) {
      greatest = 0.0;
    } else if (value instanceof Float number && number == 0) {
      greatest = 0.0f;
    }
    return Expressions.lessThanOrEqual(name, greatest);
  }

  /** That a column is at least the value: {@code -0.0} is at least {@code 0.0}. */
  public static Expression atLeast(String name, Object value) {
    Object least = value;
    if (value instanceof Double number && number == 0) {
      least = -0.0;
    } else if (value instanceof Float number && number == 0) {
      least = -0.0f;
    }
    return Expressions.greaterThanOrEqual(name, least);
  }
}
