/**
 * Keys of one or several columns to dense group numbers: what hash aggregation, hash joins, set
 * operations and equality deletes share.
 */
@NullMarked
package dev.frazil.exec.group;

import org.jspecify.annotations.NullMarked;
