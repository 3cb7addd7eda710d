/**
 * Tables that Frazil and Spark write for each other. Spark runs in the JVM of the tests, the
 * driver's jar in a child of it: each has its own Iceberg.
 */
@NullMarked
package dev.frazil.interop;

import org.jspecify.annotations.NullMarked;
