package dev.frazil.function;

import dev.frazil.vector.VectorBuilder;

/**
 * The code of a function for one row. It appends exactly one value or null to the result; a failure
 * is a 22xxx of {@link FunctionErrors}.
 */
@FunctionalInterface
public interface FunctionBody {
  void append(Arguments arguments, VectorBuilder result);
}
