/** Columnar batches on the Java heap: plain arrays, a null mask, an optional selection. */
@NullMarked
package dev.frazil.vector;

import org.jspecify.annotations.NullMarked;
