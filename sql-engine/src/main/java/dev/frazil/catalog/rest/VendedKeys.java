package dev.frazil.catalog.rest;

import dev.frazil.error.EngineException;
import dev.frazil.storage.StoreCredentials;
import dev.frazil.storage.TimeSource;
import java.util.function.Supplier;

/**
 * The credentials for one prefix, which the server is asked for again before they expire.
 * Thread-safe.
 */
final class VendedKeys implements Supplier<StoreCredentials> {
  /** What is left of the time of credentials when others are asked for. */
  private static final long RENEWED_BEFORE_MILLIS = 300_000;

  private final TimeSource time;
  private final Runnable renewal;
  private volatile VendedAccess access;
  private volatile long receivedMillis;

  /**
   * @param renewal asks the server, and hands what it says to {@link #replace}
   */
  VendedKeys(VendedAccess access, TimeSource time, Runnable renewal) {
    this.time = time;
    this.renewal = renewal;
    this.access = access;
    this.receivedMillis = time.nowMillis();
  }

  VendedAccess access() {
    return access;
  }

  void replace(VendedAccess newer) {
    access = newer;
    receivedMillis = time.nowMillis();
  }

  @Override
  public StoreCredentials get() {
    if (isDue()) {
      renew();
    }
    return access.credentials();
  }

  /** Short-lived ones are used for half of their time at least. */
  boolean isDue() {
    Long expires = access.expiresAtMillis();
    return expires != null
        && time.nowMillis()
            > expires - Math.min(RENEWED_BEFORE_MILLIS, (expires - receivedMillis) / 2);
  }

  private synchronized void renew() {
    if (!isDue()) {
      return; // another thread did
    }
    try {
      renewal.run();
    } catch (EngineException e) {
      Long expires = access.expiresAtMillis();
      if (expires != null && time.nowMillis() >= expires) {
        throw e;
      }
      // What there is lasts a little longer; whoever needs them next asks again.
    }
  }
}
