/** What the planner knows of the data: row counts from metadata, and guesses from predicates. */
@NullMarked
package dev.frazil.plan.stats;

import org.jspecify.annotations.NullMarked;
