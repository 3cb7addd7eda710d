/** Operators that turn a physical tree into batches of rows. */
@NullMarked
package dev.frazil.exec;

import org.jspecify.annotations.NullMarked;
