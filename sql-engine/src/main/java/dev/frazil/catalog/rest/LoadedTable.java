package dev.frazil.catalog.rest;

import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A table as a server told it.
 *
 * @param location of its metadata file, or what stands for it where the server keeps that to itself
 * @param entityTag by which the server says that nothing changed; null where it gave none
 */
record LoadedTable(String location, TableMetadata metadata, @Nullable String entityTag) {}
