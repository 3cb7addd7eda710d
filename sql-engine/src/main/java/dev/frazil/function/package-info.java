/**
 * The function library: the long tail of scalar functions, each in one place (names, types, what it
 * says about itself, an example that runs, and its code for one row). {@code plan} makes operators
 * of it, {@code exec} calls it. What is hot has an evaluator of its own in {@code exec} instead.
 */
@NullMarked
package dev.frazil.function;

import org.jspecify.annotations.NullMarked;
