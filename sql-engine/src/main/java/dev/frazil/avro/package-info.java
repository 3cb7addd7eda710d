/**
 * Avro data files and delete files to batches: object container files, decoded block by block
 * straight into vectors. Of the Avro library only the parser of schemas is used; no class is ever
 * named by a schema. Source: Avro 1.12 specification; Iceberg spec, Appendix A, Avro.
 */
@NullMarked
package dev.frazil.avro;

import org.jspecify.annotations.NullMarked;
