package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.MemoryObjectStore;
import dev.frazil.testing.OrderEnumeration;
import dev.frazil.testing.OrderEnumeration.Count;
import dev.frazil.testing.PutFault;
import dev.frazil.testing.SteppedObjectStore.Mishap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two writers move request by request in every order, for each {@link CommitCase}: undisturbed; one
 * of them dies after each of its requests; each request of one is answered by an error, applied or
 * not; each conditional put goes wrong in the ways that {@link PutFault} knows. {@link
 * InterleavedCommits} says what must hold afterwards; {@link OrderEnumeration} and {@link
 * dev.frazil.testing.StepRun} why fewer runs than orders are enough. {@code -Dfrazil.soak=true}
 * disturbs every case in every way.
 */
@Tag("slow")
class InterleavingTest {
  private static final boolean SOAK = Boolean.getBoolean("frazil.soak");
  private static final int PATIENCE_MILLIS = 5_000;

  /** Disturbed in the build, too; the others take too long. */
  private static final Set<CommitCase> DISTURBED =
      SOAK
          ? EnumSet.allOf(CommitCase.class)
          : EnumSet.of(
              CommitCase.TWO_APPENDS,
              CommitCase.ROW_CHANGES_OF_ONE_FILE,
              CommitCase.SAME_NAME_CREATED,
              CommitCase.SAME_TOKEN);

  private static final Set<PutFault> FAULTS =
      SOAK
          ? EnumSet.allOf(PutFault.class)
          : EnumSet.of(
              PutFault.APPLIED_THEN_UNKNOWN, PutFault.APPLIED_THEN_REFUSED, PutFault.ARRIVES_LATE);

  private final List<String> violations = new ArrayList<>();
  private final Set<String> ends = new TreeSet<>();

  private static InterleavedCommits.Setting calm(CommitCase commits) {
    return new InterleavedCommits.Setting(
        commits, Arrays.asList(null, null), PATIENCE_MILLIS, false, Set.of(), Set.of());
  }

  private Count enumerate(InterleavedCommits.Setting setting, MemoryObjectStore start) {
    return OrderEnumeration.enumerate(
        () -> new InterleavedCommits(setting, start.copy(), ends::add, violations::add));
  }

  private Count enumerate(InterleavedCommits.Setting setting) {
    return enumerate(setting, InterleavedCommits.start(setting.commits()));
  }

  /** Disturbs each writer at each request, until it ends without having come so far. */
  private Count disturb(
      InterleavedCommits.Setting setting, int first, IntFunction<Stream<Mishap>> mishaps) {
    Count all = Count.NONE;
    MemoryObjectStore start = InterleavedCommits.start(setting.commits());
    // Where both do the same, it does not matter to whom it happens.
    int victims = CommitCase.SYMMETRIC.contains(setting.commits()) ? 1 : 2;
    for (int writer = 0; writer < victims; writer++) {
      int victim = writer;
      AtomicBoolean reached = new AtomicBoolean(true);
      for (int request = first; reached.getAndSet(false); request++) {
        for (Mishap mishap : mishaps.apply(request).toList()) {
          InterleavedCommits.Setting disturbed = setting.with(victim, mishap);
          all =
              all.plus(
                  OrderEnumeration.enumerate(
                      () ->
                          new InterleavedCommits(
                              disturbed, start.copy(), ends::add, violations::add) {
                            @Override
                            public void end(List<String> order) {
                              super.end(order);
                              reached.compareAndSet(false, reached(victim));
                            }
                          }));
        }
      }
    }
    return all;
  }

  private void assertNothingWrong(CommitCase commits, String how, Count count) {
    System.out.printf(
        "two writers, %s, %s: %d orders (and %d cut short) of up to %d steps, %d outcomes%n",
        commits, how, count.orders(), count.cut(), count.longest(), ends.size());
    assertThat(violations.stream().limit(3)).isEmpty();
    assertThat(count.orders()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(CommitCase.class)
  void inEveryOrder(CommitCase commits) {
    assertNothingWrong(commits, "undisturbed", enumerate(calm(commits)));
  }

  static Stream<CommitCase> disturbed() {
    return DISTURBED.stream();
  }

  @ParameterizedTest
  @MethodSource("disturbed")
  void oneDiesAfterEachRequest(CommitCase commits) {
    Count count = disturb(calm(commits), 0, request -> Stream.of(new Mishap.Crash(request)));
    assertNothingWrong(commits, "one dies", count);
  }

  @ParameterizedTest
  @MethodSource("disturbed")
  void eachConditionalPutGoesWrong(CommitCase commits) {
    Count count =
        disturb(calm(commits), 1, put -> FAULTS.stream().map(fault -> new Mishap.Put(put, fault)));
    assertNothingWrong(commits, "a conditional put goes wrong", count);
  }

  /** A writer without patience does not know, asks for its token, and is told the truth. */
  @Test
  void anUnknownOutcomeIsLookedUp() {
    InterleavedCommits.Setting impatient = calm(CommitCase.TWO_APPENDS).impatient();
    Count count =
        disturb(impatient, 1, put -> FAULTS.stream().map(fault -> new Mishap.Put(put, fault)));
    assertNothingWrong(CommitCase.TWO_APPENDS, "without patience", count);
  }

  static Stream<CommitCase> failing() {
    return SOAK ? DISTURBED.stream() : Stream.of(CommitCase.TWO_APPENDS);
  }

  @ParameterizedTest
  @MethodSource("failing")
  void eachOtherRequestIsAnsweredByAnError(CommitCase commits) {
    Count count =
        disturb(
            calm(commits),
            1,
            request ->
                SOAK
                    ? Stream.of(
                        new Mishap.Failure(request, false), new Mishap.Failure(request, true))
                    : Stream.of(new Mishap.Failure(request, true)));
    assertNothingWrong(commits, "an error is answered", count);
  }

  /** The reduction leaves nothing out: with every step a choice, there are no other outcomes. */
  @Test
  void moreOrdersHaveNoOtherOutcomes() {
    InterleavedCommits.Setting setting = calm(CommitCase.DROP_BESIDE_APPEND);
    MemoryObjectStore start = InterleavedCommits.start(setting.commits());
    Count reduced = enumerate(setting, start);
    Set<String> all = new TreeSet<>();
    Count complete =
        OrderEnumeration.enumerateAll(
            () ->
                new InterleavedCommits(
                    setting.withEveryStep(), start.copy(), all::add, violations::add));
    System.out.printf(
        "two writers, %s: %d of %d orders, outcomes %s%n",
        setting.commits(), reduced.orders(), complete.orders(), all);
    assertThat(violations).isEmpty();
    assertThat(complete.orders()).isGreaterThan(10 * reduced.orders());
    assertThat(ends).isEqualTo(all);
  }

  static Stream<Arguments> guards() {
    return Stream.of(
        Arguments.of("CONDITION", CommitCase.TWO_APPENDS, null),
        Arguments.of("POINTERS", CommitCase.TWO_APPENDS, null),
        Arguments.of("TOKEN", CommitCase.SAME_TOKEN_FOR_TWO_TABLES, null),
        Arguments.of("OWN_ID", CommitCase.TWO_APPENDS, PutFault.APPLIED_THEN_REFUSED),
        Arguments.of(
            "UNKNOWN_STAYS_UNKNOWN", CommitCase.TWO_APPENDS, PutFault.APPLIED_THEN_UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("guards")
  void aMissingGuardIsFound(String guard, CommitCase commits, PutFault fault) {
    InterleavedCommits.Setting setting = calm(commits).without(guard);
    if (fault != null) {
      setting = setting.with(0, new Mishap.Put(1, fault));
    }
    if (guard.equals("UNKNOWN_STAYS_UNKNOWN")) {
      setting = setting.impatient();
    }
    assertFound(guard, setting);
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(CommitCase.TRUNCATE_BESIDE_APPEND, EnumSet.of(ConflictRule.EXCLUSIVE)),
        Arguments.of(CommitCase.WRITE_SKEW, EnumSet.of(ConflictRule.READS_OF_OTHERS)),
        Arguments.of(CommitCase.READ_BY_BOTH, EnumSet.of(ConflictRule.READS_OF_WRITTEN)),
        Arguments.of(CommitCase.SAME_KEY, EnumSet.of(ConflictRule.READS_OF_WRITTEN)),
        Arguments.of(
            CommitCase.DELETE_BESIDE_COMPACTION, EnumSet.of(ConflictRule.REFERENCED_FILES)),
        // Each of these two rules stands in for the other one.
        Arguments.of(
            CommitCase.UPDATE_BESIDE_DELETE_OF_ONE_ROW,
            EnumSet.of(ConflictRule.DELETE_FILES, ConflictRule.READS_OF_WRITTEN)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aMissingRuleIsFound(CommitCase commits, Set<ConflictRule> rules) {
    assertFound(rules.toString(), calm(commits).without(rules));
  }

  private void assertFound(String what, InterleavedCommits.Setting setting) {
    try {
      enumerate(setting);
    } catch (AssertionError broken) {
      violations.add(broken.getMessage() + ": " + broken.getCause());
    }
    System.out.printf(
        "two writers without %s, %s: %d violations, such as %s%n",
        what,
        setting.commits(),
        violations.size(),
        violations.isEmpty() ? "none" : violations.get(0));
    assertThat(violations).isNotEmpty();
  }
}
