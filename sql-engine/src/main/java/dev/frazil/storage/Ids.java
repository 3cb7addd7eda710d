package dev.frazil.storage;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The only source of random ids of the engine, so that tests own the randomness. Thread-safe.
 *
 * <p>Ids of {@link #system()} come from a cryptographic generator: object names and commit ids are
 * unique across processes without any coordination.
 */
public final class Ids {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final LongSupplier source;

  private Ids(LongSupplier source) {
    this.source = source;
  }

  /** Ids that no other process draws. */
  public static Ids system() {
    return SystemHolder.INSTANCE;
  }

  /** A repeatable sequence, for tests. */
  public static Ids seeded(long seed) {
    return new Ids(new LockedRandom(seed));
  }

  /** A version 4 UUID. */
  public UUID uuid() {
    long high = (source.getAsLong() & 0xffffffffffff0fffL) | 0x0000000000004000L;
    long low = (source.getAsLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  /** Lower-case hexadecimal digits, four random bits each. */
  public String hex(int digits) {
    StringBuilder text = new StringBuilder(digits);
    while (text.length() < digits) {
      long bits = source.getAsLong();
      for (int i = 0; i < 16 && text.length() < digits; i++) {
        text.append(HEX[(int) (bits & 15)]);
        bits >>>= 4;
      }
    }
    return text.toString();
  }

  /** A positive random number, such as Iceberg wants for snapshot ids. */
  public long positiveLong() {
    long value = source.getAsLong() & Long.MAX_VALUE;
    return value == 0 ? 1 : value;
  }

  /** A number in {@code [0, bound)}; {@code bound} positive. */
  public long below(long bound) {
    return (source.getAsLong() & Long.MAX_VALUE) % bound;
  }

  /** Made on first use: the generator's classes cost start-up time. */
  private static final class SystemHolder {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Ids INSTANCE = new Ids(RANDOM::nextLong);
  }

  private static final class LockedRandom implements LongSupplier {
    private final SplittableRandom random;

    LockedRandom(long seed) {
      this.random = new SplittableRandom(seed);
    }

    @Override
    public synchronized long getAsLong() {
      return random.nextLong();
    }
  }
}
