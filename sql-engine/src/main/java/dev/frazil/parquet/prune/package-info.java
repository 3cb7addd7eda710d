/**
 * Which row groups and pages may hold a row that matches: statistics, page index, bloom filters.
 */
@NullMarked
package dev.frazil.parquet.prune;

import org.jspecify.annotations.NullMarked;
