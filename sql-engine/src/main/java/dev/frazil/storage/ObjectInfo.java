package dev.frazil.storage;

/**
 * One object of a listing or of a HEAD.
 *
 * @param location as given to {@link ObjectStore}
 * @param lengthBytes its size
 * @param modifiedAtMillis last change, milliseconds since the epoch, by the store's clock
 */
public record ObjectInfo(String location, long lengthBytes, long modifiedAtMillis) {}
