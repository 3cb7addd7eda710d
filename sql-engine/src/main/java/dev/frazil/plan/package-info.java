/** The only home of Calcite: SQL text to our own physical tree. */
@NullMarked
package dev.frazil.plan;

import org.jspecify.annotations.NullMarked;
