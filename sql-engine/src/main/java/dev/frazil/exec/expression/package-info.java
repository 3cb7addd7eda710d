/** Scalar expressions of the plan, compiled to trees that evaluate whole batches. */
@NullMarked
package dev.frazil.exec.expression;

import org.jspecify.annotations.NullMarked;
