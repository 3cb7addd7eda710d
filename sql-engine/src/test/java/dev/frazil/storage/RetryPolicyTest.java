package dev.frazil.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.testing.SimulatedTime;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private final SimulatedTime time = new SimulatedTime();
  private final RetryPolicy policy = new RetryPolicy(5, 100, 500, time, Ids.seeded(7));

  @Test
  void waitsGrowUpToABoundAndAreJittered() {
    long[] bounds = {100, 200, 400, 500, 500};
    Set<Long> distinct = new HashSet<>();
    for (int round = 0; round < 100; round++) {
      for (int failures = 1; failures <= bounds.length; failures++) {
        long delay = policy.delayMillis(failures);
        assertThat(delay).isBetween(bounds[failures - 1] / 2, bounds[failures - 1]);
        distinct.add(delay);
      }
    }
    assertThat(distinct).hasSizeGreaterThan(50);
  }

  @Test
  void givesUpAfterTheLastAttempt() {
    int[] attempts = {0};
    assertThatThrownBy(
            () ->
                policy.run(
                    () -> {
                      attempts[0]++;
                      throw new IllegalStateException("attempt " + attempts[0]);
                    },
                    e -> true))
        .hasMessage("attempt 5");
    assertThat(time.sleptMillis()).as("no wait after the last one").isBetween(600L, 1_200L);
  }

  @Test
  void stopsAtSuccessAndAtWhatIsNotWorthRetrying() {
    int[] attempts = {0};
    assertThat(
            policy.<String>run(
                () -> {
                  if (++attempts[0] < 3) {
                    throw new IllegalStateException();
                  }
                  return "third";
                },
                e -> true))
        .isEqualTo("third");
    assertThatThrownBy(
            () ->
                policy.run(
                    () -> {
                      attempts[0]++;
                      throw new IllegalArgumentException("for good");
                    },
                    e -> e instanceof IllegalStateException))
        .hasMessage("for good");
    assertThat(attempts[0]).isEqualTo(4);
  }

  @Test
  void idsAreRepeatableFromASeedAndUniqueOtherwise() {
    assertThat(Ids.seeded(3).hex(40)).isEqualTo(Ids.seeded(3).hex(40)).matches("[0-9a-f]{40}");
    assertThat(Ids.seeded(3).uuid()).isNotEqualTo(Ids.seeded(4).uuid());
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(seen.add(Ids.system().hex(24))).isTrue();
      assertThat(Ids.system().positiveLong()).isPositive();
    }
    assertThat(Ids.system().uuid().version()).isEqualTo(4);
    assertThat(Ids.system().uuid().variant()).isEqualTo(2);
  }
}
