/**
 * ORC data files and delete files to batches: the tail of a file, its stripes, and of these the
 * streams of the columns that are asked for, decoded straight into vectors. Source: ORC
 * specification, version 1; Iceberg spec, Appendix A, ORC.
 */
@NullMarked
package dev.frazil.orc;

import org.jspecify.annotations.NullMarked;
