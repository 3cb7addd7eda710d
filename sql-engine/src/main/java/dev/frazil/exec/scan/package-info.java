/** Reading tables: files, row ranges, deletes. */
@NullMarked
package dev.frazil.exec.scan;

import org.jspecify.annotations.NullMarked;
