/** Joins: by hash and by trying every pair. */
@NullMarked
package dev.frazil.exec.join;

import org.jspecify.annotations.NullMarked;
