package dev.frazil.storage;

import dev.frazil.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Keys of a store.
 *
 * @param sessionToken null for keys that do not expire
 */
public record StoreCredentials(
    String accessKeyId, Secret secretAccessKey, @Nullable Secret sessionToken) {}
