package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.BucketDatabase;
import dev.frazil.catalog.Databases;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.MemoryObjectStore;
import dev.frazil.testing.TableFiles;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Promise 6, directed: two transactions look for rows, find none, and add one, their steps
 * interleaved at random. Under SERIALIZABLE only one of them may succeed if they overlap; under
 * SNAPSHOT both do, which shows that the rounds could find it. Replay with {@code -Dfrazil.seed=}.
 */
@Tag("slow")
class DirectedSkewTest {
  private static final int ROUNDS = Integer.getInteger("frazil.skew.rounds", 200);
  private static final TableIdentifier T = TableIdentifier.of("main", "t");
  private static final TableIdentifier U = TableIdentifier.of("main", "u");

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final BucketDatabase[] processes = {
    Databases.open(store, "/warehouse", 2_000), Databases.open(store, "/warehouse", 2_000)
  };
  private int files;

  /** Looks into both tables and writes into its own: write skew. */
  @ParameterizedTest
  @EnumSource(IsolationLevel.class)
  void writeSkew(IsolationLevel level) {
    assertLevel(level, rounds(level, List.of(T, U), new TableIdentifier[] {T, U}));
  }

  /** Both look for the same rows and add one each: a phantom. */
  @ParameterizedTest
  @EnumSource(IsolationLevel.class)
  void phantom(IsolationLevel level) {
    assertLevel(level, rounds(level, List.of(T), new TableIdentifier[] {T, T}));
  }

  private static void assertLevel(IsolationLevel level, int broken) {
    if (level == IsolationLevel.SERIALIZABLE) {
      assertThat(broken).isZero();
    } else {
      assertThat(broken).isPositive();
    }
  }

  private int rounds(IsolationLevel level, List<TableIdentifier> read, TableIdentifier[] written) {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    int broken = 0;
    int refused = 0;
    // A few are enough to show what the weaker level lets happen.
    int count = level == IsolationLevel.SERIALIZABLE ? ROUNDS : ROUNDS / 10;
    for (int round = 0; round < count; round++) {
      if (round % 10 == 0) {
        renew();
      }
      long value = 1_000L * round;
      Expression wanted =
          Expressions.and(
              Expressions.greaterThanOrEqual("id", value),
              Expressions.lessThan("id", value + 1_000));
      Transaction[] open = new Transaction[2];
      int[] done = new int[2];
      int added = 0;
      while (done[0] < 4 || done[1] < 4) {
        int one = done[0] == 4 ? 1 : done[1] == 4 ? 0 : random.nextInt(2);
        switch (done[one]++) {
          case 0 -> open[one] = Transaction.begin(processes[one], level, false, null);
          case 1 -> {
            if (count(open[one], read, wanted) > 0) {
              done[one] = 4;
            }
          }
          case 2 -> append(open[one], written[one], value + one);
          default -> {
            try {
              open[one].commit(null);
              added++;
            } catch (EngineException e) {
              assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE);
              refused++;
            }
          }
        }
      }
      broken += added > 1 ? 1 : 0;
      assertThat(added).isPositive();
    }
    System.out.printf(
        "%d rounds into %d tables, %s: %d broken, %d refused; -Dfrazil.seed=%d%n",
        count, read.size(), level, broken, refused, seed);
    return broken;
  }

  /** Tables without a past, so that looking stays cheap. */
  private void renew() {
    Transaction transaction = Transaction.begin(processes[0], IsolationLevel.SNAPSHOT, false, null);
    for (TableIdentifier table : List.of(T, U)) {
      if (transaction.load(table).isPresent()) {
        transaction.definitions().dropTable(table);
      }
      transaction
          .definitions()
          .createTable(
              table,
              TableFiles.SCHEMA,
              PartitionSpec.unpartitioned(),
              SortOrder.unsorted(),
              Map.of());
    }
    transaction.commit(null);
  }

  private static int count(
      Transaction transaction, List<TableIdentifier> tables, Expression wanted) {
    int count = 0;
    for (TableIdentifier identifier : tables) {
      transaction.reads().rows(identifier, wanted);
      Table table = transaction.load(identifier).orElseThrow();
      try (var tasks = table.newScan().filter(wanted).planFiles()) {
        for (var unused : tasks) {
          count++;
        }
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return count;
  }

  private void append(Transaction transaction, TableIdentifier identifier, long value) {
    Table table = transaction.load(identifier).orElseThrow();
    DataFile file = TableFiles.write(store, table, value, "f" + files++);
    transaction.rows().append(identifier, List.of(file));
  }
}
