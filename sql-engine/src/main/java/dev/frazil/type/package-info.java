/** The SQL types of the engine and their mapping to Iceberg and JDBC. */
@NullMarked
package dev.frazil.type;

import org.jspecify.annotations.NullMarked;
