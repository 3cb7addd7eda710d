package dev.frazil.parquet.read;

import dev.frazil.variant.VariantKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the group of a variant, of a shredded field or of a shredded element is laid out: which of
 * its vectors hold what. Immutable.
 *
 * @param value the vector of values in bytes, or -1
 * @param typedValue the vector of values by type, or -1
 * @param typed what the latter holds; null without it
 */
record VariantShape(int value, int typedValue, @Nullable Typed typed) {

  /** What a {@code typed_value} holds. */
  sealed interface Typed {
    /** One primitive. */
    record Scalar(VariantKind kind) implements Typed {}

    /** Arrays, each element a group of its own. */
    record Elements(VariantShape element) implements Typed {}

    /** Objects, or what of them is shredded: a group for each of these fields. */
    record Fields(List<String> names, List<VariantShape> shapes) implements Typed {
      public Fields {
        names = List.copyOf(names);
        shapes = List.copyOf(shapes);
      }
    }
  }
}
