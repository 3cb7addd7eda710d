package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.frazil.catalog.BucketDatabase;
import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.Databases;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.RootEdit;
import dev.frazil.error.CommitOutcomeUnknownException;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.ObjectStore;
import dev.frazil.testing.FaultyObjectStore;
import dev.frazil.testing.MemoryObjectStore;
import dev.frazil.testing.PersistentStore;
import dev.frazil.testing.PutFault;
import dev.frazil.testing.TableFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The schedule that random runs seldom meet: another writer commits between the moment when our
 * commit landed, or was lost, and our retry. For every way in which a put can go wrong.
 */
class DirectedScheduleTest {
  private static final TableIdentifier T = TableIdentifier.of("main", "t");

  private final MemoryObjectStore memory = new MemoryObjectStore();
  private final FaultyObjectStore faulty = new FaultyObjectStore(memory, 1);
  private final BucketDatabase ours = open(faulty, 5_000);
  private final BucketDatabase theirs = open(memory, 5_000);
  private int names;

  private static BucketDatabase open(ObjectStore store, long patienceMillis) {
    return Databases.open(store, "/warehouse", patienceMillis);
  }

  @BeforeEach
  void create() {
    Transaction create = begin(theirs);
    create
        .definitions()
        .createTable(
            T, TableFiles.SCHEMA, PartitionSpec.unpartitioned(), SortOrder.unsorted(), Map.of());
    create.commit(null);
  }

  private static Transaction begin(BucketDatabase database) {
    return Transaction.begin(database, IsolationLevel.SERIALIZABLE, false, null);
  }

  private CommitResult append(BucketDatabase database, long value, String token) {
    Transaction transaction = begin(database);
    Table table = transaction.load(T).orElseThrow();
    transaction
        .rows()
        .append(T, List.of(TableFiles.write(database.store(), table, value, "f" + names++)));
    return transaction.commit(token);
  }

  private List<Long> values() {
    return TableFiles.read(memory, begin(open(memory, 5_000)).load(T).orElseThrow());
  }

  @ParameterizedTest
  @EnumSource(PutFault.class)
  void anotherWriterCommitsBeforeOurRetry(PutFault fault) {
    AtomicInteger fetches = new AtomicInteger();
    Transaction transaction = begin(ours);
    Table table = transaction.load(T).orElseThrow();
    transaction.rows().append(T, List.of(TableFiles.write(memory, table, 1, "ours")));
    // The first look at the root after the put that went wrong.
    faulty.hook(
        FaultyObjectStore.Point.BEFORE_FETCH,
        location -> {
          if (location.endsWith("root.json") && fetches.getAndIncrement() == 0) {
            append(theirs, 2, null);
          }
        });
    faulty.nextPutIf(fault);
    if (fault == PutFault.FAILED_BEFORE_SEND) {
      assertFailsAtOnce(() -> transaction.commit(null));
      append(ours, 1, null);
    } else {
      transaction.commit(null);
    }
    if (fetches.get() == 0) {
      append(theirs, 2, null); // the fault was none for us: the answer was right
    }
    faulty.calm();
    faulty.drain();
    assertThat(values()).containsExactly(1L, 2L);
  }

  @ParameterizedTest
  @EnumSource(PutFault.class)
  void ourRetryFindsTheRootAsItWas(PutFault fault) {
    faulty.nextPutIf(fault, fault, fault);
    if (fault == PutFault.FAILED_BEFORE_SEND) {
      assertFailsAtOnce(() -> append(ours, 1, null));
      faulty.calm();
    }
    append(ours, 1, null);
    faulty.calm();
    append(theirs, 2, null);
    faulty.drain();
    assertThat(values()).containsExactly(1L, 2L);
  }

  /** The store says that nothing left, and nothing else is open: the commit has failed, at once. */
  private void assertFailsAtOnce(Runnable commit) {
    long callsBefore = faulty.calls();
    EngineException failure = (EngineException) catchThrowable(commit::run);
    assertThat(failure)
        .isNotInstanceOf(CommitOutcomeUnknownException.class)
        .extracting(EngineException::state)
        .isEqualTo(SqlState.CONNECTION_FAILURE);
    assertThat(faulty.injected()).containsEntry(PutFault.FAILED_BEFORE_SEND, 1L);
    assertThat(values()).doesNotContain(1L);
    assertThat(faulty.calls()).isLessThan(callsBefore + 20);
  }

  /** An attempt that may still land keeps the commit looking, although the next one never left. */
  @Test
  void aFailureBeforeSendingDoesNotEndACommitWhoseEarlierAttemptIsOpen() {
    faulty.nextPutIf(PutFault.ARRIVES_LATE, PutFault.FAILED_BEFORE_SEND);
    append(ours, 1, null);
    faulty.nextPutIf(PutFault.APPLIED_THEN_UNKNOWN, PutFault.FAILED_BEFORE_SEND);
    append(ours, 2, null);
    faulty.calm();
    faulty.drain();
    assertThat(values()).containsExactly(1L, 2L);
  }

  @Test
  void anUnknownOutcomeIsResolvedByItsCommitIdAndItsToken() {
    BucketDatabase impatient = open(faulty, 0);
    faulty.nextPutIf(PutFault.APPLIED_THEN_UNKNOWN);
    assertThat(resolved(impatient, 1, "landed")).isTrue();
    faulty.nextPutIf(PutFault.LOST_BEFORE_SEND);
    assertThat(resolved(impatient, 2, "lost")).isFalse();
    faulty.calm();
    assertThat(append(ours, 1, "landed").alreadyApplied()).isTrue();
    assertThat(append(ours, 2, "lost").alreadyApplied()).isFalse();
    assertThat(values()).containsExactly(1L, 2L);
  }

  /** Commits, expects 08007, and answers whether the id stands in the root afterwards. */
  private boolean resolved(BucketDatabase database, long value, String token) {
    Optional<CommitOutcomeUnknownException> unknown;
    try {
      append(database, value, token);
      unknown = Optional.empty();
    } catch (CommitOutcomeUnknownException e) {
      unknown = Optional.of(e);
    }
    assertThat(unknown).isPresent();
    DatabaseRoot root = open(memory, 0).snapshot().root();
    assertThat(root.token(token).isPresent())
        .isEqualTo(root.commit(unknown.get().commitId()).isPresent());
    return root.token(token).isPresent();
  }

  /** Promise 2: one token executed 200 times, a third of the puts faulted, has one effect. */
  @Test
  void theSameTokenTwoHundredTimesHasOneEffect() {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    int times = Integer.getInteger("frazil.token.times", 200);
    System.out.printf("one token, %d times: -Dfrazil.seed=%d%n", times, seed);
    FaultyObjectStore random = new FaultyObjectStore(memory, seed).rates(0.4, 0.2, 0.2);
    AtomicLong deleted = new AtomicLong();
    SplittableRandom choice = new SplittableRandom(seed);
    int applied = 0;
    int unknown = 0;
    int notSent = 0;
    for (int i = 0; i < times; i++) {
      BucketDatabase database =
          open(new PersistentStore(random, deleted), choice.nextInt(2) * 500L);
      try {
        applied += append(database, 1, "the-token").alreadyApplied() ? 0 : 1;
      } catch (CommitOutcomeUnknownException e) {
        unknown++;
      } catch (EngineException e) {
        assertThat(e.state()).isEqualTo(SqlState.CONNECTION_FAILURE); // it never left: a plain no
        notSent++;
      }
      if (i % Math.max(20, times / 200) == 0) {
        append(theirs, 1_000 + i, null);
      }
    }
    random.drain();
    System.out.printf(
        "one token, %d times: %d told applied, %d unknown, %d not sent, %d in the table%n",
        times, applied, unknown, notSent, values().stream().filter(value -> value == 1).count());
    assertThat(values()).containsOnlyOnce(1L);
    assertThat(applied).isLessThanOrEqualTo(1);
  }

  /** A token is found in the snapshots of its table when it has long left the ring. */
  @Test
  void aTokenOutlivesTheRing() {
    append(ours, 1, "old");
    for (int i = 0; i < DatabaseRoot.RECENT_TOKENS + 10; i++) {
      Transaction other = begin(theirs);
      other.definitions().createSchema(Namespace.of("s" + i));
      other.commit("t" + i);
    }
    assertThat(theirs.snapshot().root().token("old")).isEmpty();
    assertThat(append(ours, 1, "old").alreadyApplied()).isTrue();
    assertThat(values()).containsExactly(1L);
  }

  /** Without the guard the token's work is done again, with it once. */
  @Test
  void withoutTheTokenGuardTheSameWorkIsDoneTwice() {
    assertThat(effects(ours, "guarded")).isEqualTo(1);
    assertThat(effects(Databases.open(memory, "/warehouse", 1_000, "TOKEN"), "sabotaged"))
        .isEqualTo(2);
  }

  /** Commits twice under one token, each time another schema; answers how many are there. */
  private static int effects(BucketDatabase database, String token) {
    int before = begin(database).definitions().schemas().size();
    for (int i = 0; i < 2; i++) {
      Namespace schema = Namespace.of(token + i);
      database.commit(
          new RootEdit(
              "id-" + token + i, token, List.of(new RootChange.CreateNamespace(schema, Map.of()))));
    }
    return begin(database).definitions().schemas().size() - before;
  }
}
