/** Pure loops over primitive arrays. No state, no I/O, no Iceberg, no Calcite. */
@NullMarked
package dev.frazil.kernel;

import org.jspecify.annotations.NullMarked;
