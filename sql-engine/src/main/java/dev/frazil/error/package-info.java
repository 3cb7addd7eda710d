/**
 * One vocabulary of failure: SQLStates and the unchecked exceptions that carry them. Depends on
 * nothing.
 */
@NullMarked
package dev.frazil.error;

import org.jspecify.annotations.NullMarked;
