/** The facade that the driver talks to. */
@NullMarked
package dev.frazil.engine;

import org.jspecify.annotations.NullMarked;
