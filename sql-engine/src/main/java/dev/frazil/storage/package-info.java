/**
 * Objects in a bucket or a folder: conditional put, ranged reads, and the location guard in front
 * of both.
 */
@NullMarked
package dev.frazil.storage;

import org.jspecify.annotations.NullMarked;
