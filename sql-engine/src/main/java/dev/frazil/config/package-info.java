/** Every setting of a connection: typed, documented, limited. Above it: everything. */
@NullMarked
package dev.frazil.config;

import org.jspecify.annotations.NullMarked;
