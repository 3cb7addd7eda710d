/**
 * The tables of Iceberg's JDBC catalog as a store of pointers: the one place of the engine that
 * talks to another database, by whatever JDBC driver is on the class path.
 */
@org.jspecify.annotations.NullMarked
package dev.frazil.catalog.sql;
