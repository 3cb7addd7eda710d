/**
 * Black-box checks of JDBC 4.3, the same for every driver. A {@link dev.frazil.conformance.Check}
 * names the place of the specification or of the Javadoc of {@code java.sql} that promises what it
 * tries; a {@link dev.frazil.conformance.Dialect} holds all that a driver's database spells in its
 * own way. Nothing here looks into a driver.
 */
@NullMarked
package dev.frazil.conformance;

import org.jspecify.annotations.NullMarked;
