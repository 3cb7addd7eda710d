/** Row changes: data files and delete files written, handed to the transaction. */
@NullMarked
package dev.frazil.dml;

import org.jspecify.annotations.NullMarked;
