/**
 * Semi-structured values: the bytes of Iceberg's type {@code variant}, checked, read, written, and
 * turned from and into JSON. No I/O, no Calcite. Source: Apache Parquet, VariantEncoding.md.
 */
@NullMarked
package dev.frazil.variant;

import org.jspecify.annotations.NullMarked;
