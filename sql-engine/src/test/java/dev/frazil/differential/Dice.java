package dev.frazil.differential;

import java.util.List;
import java.util.Random;

/** A random source with the few throws that generators need. */
record Dice(Random random) {
  static Dice of(long seed) {
    // Neighbouring seeds give similar first numbers otherwise.
    return new Dice(new Random(seed * 0x9E3779B97F4A7C15L));
  }

  /** True in one of {@code n} throws. */
  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** From {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
