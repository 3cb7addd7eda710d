/**
 * Measurements: each main prints the figures that the README quotes, as ratios where a peer runs
 * beside.
 */
@NullMarked
package dev.frazil.benchmarks;

import org.jspecify.annotations.NullMarked;
