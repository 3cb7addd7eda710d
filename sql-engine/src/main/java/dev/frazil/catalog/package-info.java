/**
 * Where a commit is decided: one pointer swap per kind of catalog, always through the guarded table
 * operations.
 */
@NullMarked
package dev.frazil.catalog;

import org.jspecify.annotations.NullMarked;
