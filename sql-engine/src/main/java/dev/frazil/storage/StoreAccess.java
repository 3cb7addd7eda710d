package dev.frazil.storage;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How objects are reached that are not the connection's own, as a catalog says.
 *
 * @param endpoint a URL; null for AWS
 * @param region null for the connection's
 * @param credentials those that are valid now; asked before each request
 */
public record StoreAccess(
    @Nullable String endpoint,
    @Nullable String region,
    boolean pathStyle,
    Supplier<StoreCredentials> credentials) {}
