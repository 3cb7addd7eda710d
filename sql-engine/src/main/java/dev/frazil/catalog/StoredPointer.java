package dev.frazil.catalog;

/**
 * What a {@link PointerStore} says of a name.
 *
 * @param metadataLocation as it stands there, letter by letter
 */
public record StoredPointer(TablePointer.Kind kind, String metadataLocation) {}
