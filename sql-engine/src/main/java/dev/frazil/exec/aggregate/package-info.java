/** Grouping and aggregate functions. */
@NullMarked
package dev.frazil.exec.aggregate;

import org.jspecify.annotations.NullMarked;
