/** Tests of the JDBC surface: over a hand-written engine, and over the real one. */
@NullMarked
package dev.frazil.jdbc;

import org.jspecify.annotations.NullMarked;
