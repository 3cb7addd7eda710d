package dev.frazil.config;

import java.nio.file.Path;

/**
 * What the statements of one connection may use.
 *
 * @param memoryBytes memory held at once; unless {@code memoryLimit} is given half of what the heap
 *     has beyond 64 MB, and at least a quarter of it
 * @param threads worker threads of one statement, at least 1
 * @param tempFolder where spill files go
 * @param conflictRetries how often an autocommit statement runs again after a conflict
 */
public record ResourceLimits(long memoryBytes, int threads, Path tempFolder, int conflictRetries) {

  /** What catalogs, plans and classes take of any heap. */
  private static final long PLANNING_BYTES = 64L << 20;

  /** The limits of a configuration. */
  public static ResourceLimits of(ConnectionConfig config) {
    Runtime runtime = Runtime.getRuntime();
    long heapBytes = runtime.maxMemory();
    return new ResourceLimits(
        config.bytes(
            ConnectionProperty.MEMORY_LIMIT,
            Math.max(heapBytes / 4, (heapBytes - PLANNING_BYTES) / 2)),
        Math.max(1, config.integer(ConnectionProperty.THREADS, runtime.availableProcessors())),
        Path.of(
            config
                .text(ConnectionProperty.TEMP_FOLDER)
                .orElseGet(() -> System.getProperty("java.io.tmpdir", "."))),
        config.integer(ConnectionProperty.CONFLICT_RETRIES, 20));
  }
}
