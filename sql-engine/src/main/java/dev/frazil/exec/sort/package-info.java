/** Sorting, top-n, limits, and merging of sorted runs. */
@NullMarked
package dev.frazil.exec.sort;

import org.jspecify.annotations.NullMarked;
