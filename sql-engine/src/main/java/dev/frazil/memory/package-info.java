/** Bounded memory: a budget a connection, reservations taken from it by operators. */
@NullMarked
package dev.frazil.memory;

import org.jspecify.annotations.NullMarked;
