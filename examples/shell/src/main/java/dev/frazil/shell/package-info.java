/**
 * The SQL shell: sqlline, with the settings that suit Frazil. A program like any other above {@code
 * java.sql}; nothing of it is in the driver jar.
 */
@NullMarked
package dev.frazil.shell;

import org.jspecify.annotations.NullMarked;
