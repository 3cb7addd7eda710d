package dev.frazil.config;

import java.nio.file.Path;

/**
 * What the statements of one connection may use.
 *
 * @param memoryBytes memory held at once; half of the heap unless {@code memoryLimit} is given
 * @param threads worker threads of one statement, at least 1
 * @param tempFolder where spill files go
 * @param conflictRetries how often an autocommit statement runs again after a conflict
 */
public record ResourceLimits(long memoryBytes, int threads, Path tempFolder, int conflictRetries) {

  /** The limits of a configuration. */
  public static ResourceLimits of(ConnectionConfig config) {
    Runtime runtime = Runtime.getRuntime();
    return new ResourceLimits(
        config.bytes(ConnectionProperty.MEMORY_LIMIT, runtime.maxMemory() / 2),
        Math.max(1, config.integer(ConnectionProperty.THREADS, runtime.availableProcessors())),
        Path.of(
            config
                .text(ConnectionProperty.TEMP_FOLDER)
                .orElseGet(() -> System.getProperty("java.io.tmpdir", "."))),
        config.integer(ConnectionProperty.CONFLICT_RETRIES, 20));
  }
}
