/**
 * Random queries over random tables, answered by Frazil and by DuckDB in this process. A difference
 * is made as small as it gets and printed as a script.
 */
@NullMarked
package dev.frazil.differential;

import org.jspecify.annotations.NullMarked;
