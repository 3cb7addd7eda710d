package dev.frazil.maintenance;

/**
 * How long files stay although nothing refers to them. A shorter age is for tests.
 *
 * @param readerMillis what a reader may need that began before a snapshot was replaced
 * @param writerMillis what a writer may have written before it commits
 */
public record FileAges(long readerMillis, long writerMillis) {
  private static final long HOUR_MILLIS = 3_600_000;

  /** An hour for readers, a day for writers. */
  public static FileAges standard() {
    return new FileAges(HOUR_MILLIS, 24 * HOUR_MILLIS);
  }
}
