/** Frazil as a source and a target of Spark's JDBC data source. */
@NullMarked
package dev.frazil.examples.spark;

import org.jspecify.annotations.NullMarked;
