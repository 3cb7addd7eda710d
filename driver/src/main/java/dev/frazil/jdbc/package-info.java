/**
 * The {@code java.sql} surface, and nothing else: it turns JDBC calls into calls of {@code
 * dev.frazil.engine} and column vectors into Java values. Above it: the user's program. Every
 * exception of the engine is mapped in {@link dev.frazil.jdbc.SqlExceptions}.
 */
@NullMarked
package dev.frazil.jdbc;

import org.jspecify.annotations.NullMarked;
