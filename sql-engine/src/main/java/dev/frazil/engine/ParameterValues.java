package dev.frazil.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of the {@code ?} markers of one execution, in order, each null or of the Java type that
 * {@link dev.frazil.plan.ScalarExpression.Literal} names for the marker's type.
 */
public record ParameterValues(List<@Nullable Object> values) {
  public ParameterValues {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  public static ParameterValues none() {
    return new ParameterValues(List.of());
  }
}
