/** The structure of a Parquet file: bytes, footer, schema tree, column chunks; checked on entry. */
@NullMarked
package dev.frazil.parquet.format;

import org.jspecify.annotations.NullMarked;
