package dev.frazil.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A consistent read point over the whole database. Immutable.
 *
 * @param root what the database was at that point
 * @param entityTag the tag under which the store knows that root; null for a database that was
 *     never written, and for catalogs that keep no root
 */
public record DatabaseSnapshot(DatabaseRoot root, @Nullable String entityTag) {}
