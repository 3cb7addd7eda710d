/**
 * A server of Iceberg's REST catalog API as a database: the server writes the metadata files and
 * decides each commit by what the request requires. Sources: the REST catalog's open API of Iceberg
 * 1.12. Part of package {@code catalog}.
 */
@NullMarked
package dev.frazil.catalog.rest;

import org.jspecify.annotations.NullMarked;
