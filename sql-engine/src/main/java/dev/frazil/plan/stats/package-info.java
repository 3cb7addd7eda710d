/** What the planner knows of the data: counts, bounds and nulls from metadata, and guesses. */
@NullMarked
package dev.frazil.plan.stats;

import org.jspecify.annotations.NullMarked;
