/** Window functions over sorted partitions. */
@NullMarked
package dev.frazil.exec.window;

import org.jspecify.annotations.NullMarked;
