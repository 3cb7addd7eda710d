/**
 * Programs of one page each that show Frazil at work. All but {@link ColumnarTotals} use nothing
 * but {@code java.sql}.
 */
@NullMarked
package dev.frazil.examples;

import org.jspecify.annotations.NullMarked;
