/** Runs the checks in the build. */
@org.jspecify.annotations.NullMarked
package dev.frazil.conformance;
