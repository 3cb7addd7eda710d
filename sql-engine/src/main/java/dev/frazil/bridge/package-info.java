/**
 * A Frazil database as an Iceberg REST catalog, for engines that speak that protocol (Spark, Trino,
 * Flink, DuckDB, PyIceberg). It decides nothing itself: a commit that comes in is checked against a
 * read point of the database and becomes one edit of the root, as a transaction of our own does.
 * Start reading at {@code RestBridge}.
 */
@NullMarked
package dev.frazil.bridge;

import org.jspecify.annotations.NullMarked;
