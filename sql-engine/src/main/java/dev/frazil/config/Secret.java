package dev.frazil.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A value that never shows itself: {@code toString} masks it, it is not serialisable. Secrets of
 * one value are equal, so that connections with the same keys share an engine.
 */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The value itself, for the one call that needs it. */
  public String reveal() {
    return value;
  }

  /** Takes the same time wherever two secrets differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  /** The same for all: a hash code may end up in a log, and tells something about the value. */
  @Override
  public int hashCode() {
    return 1;
  }

  @Override
  public String toString() {
    return "***";
  }
}
