package dev.frazil.plan;

import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * A table as one statement sees it.
 *
 * @param identifier its full name
 * @param table metadata as of the transaction's read point, own uncommitted changes included
 * @param snapshotId the snapshot to read: the current one, or that of a time travel; null for a
 *     table without any
 * @param timeTravel whether the snapshot was asked for by the statement; such a table cannot be
 *     written
 */
public record TableHandle(
    TableIdentifier identifier, Table table, @Nullable Long snapshotId, boolean timeTravel) {}
