/** Compaction of data files, and the only place that deletes files. */
@NullMarked
package dev.frazil.maintenance;

import org.jspecify.annotations.NullMarked;
