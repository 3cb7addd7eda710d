/**
 * Values of Iceberg's types {@code geometry} and {@code geography}: their bytes (WKB) checked and
 * walked, their text (WKT) read and written. No I/O, no Calcite. Source: OGC 06-103r4, Simple
 * Feature Access, 7 (text) and 8 (bytes).
 */
@NullMarked
package dev.frazil.geometry;

import org.jspecify.annotations.NullMarked;
