package dev.frazil.exec.aggregate;

import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.SpillFile;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.AggregateCall;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Grouping} inside a memory budget: when the budget refuses more, its groups go to files,
 * one for each radix of the key's hash, and are merged radix by radix in the end; a radix that is
 * still too large is split again, by other bits of the hash. 53200 when the bits are used up. What
 * DISTINCT aggregates have seen goes along as rows, and is accumulated once it is together; that of
 * one group, which no key can split, is split by the values ({@link DistinctRows}). One thread.
 */
final class SpillableGrouping implements AutoCloseable {
  private static final int RADIX_BITS = 4;
  private static final int RADIXES = 1 << RADIX_BITS;
  private static final int MAX_LEVEL = 6;

  private final AggregatePlan plan;
  private final List<Integer> keys;
  private final QueryContext context;
  private final int level;
  private final MemoryReservation reservation;
  private final List<List<SpillFile>> spilled = new ArrayList<>();

  /** What each distinct call has seen, by radix. */
  private final Map<AggregateCall, List<SpillFile>> seen = new LinkedHashMap<>();

  private Grouping grouping;

  SpillableGrouping(AggregatePlan plan, List<Integer> keys, QueryContext context) {
    this(plan, keys, context, 0);
  }

  private SpillableGrouping(
      AggregatePlan plan, List<Integer> keys, QueryContext context, int level) {
    this.plan = plan;
    this.keys = keys;
    this.context = context;
    this.level = level;
    this.reservation = context.memory().open("GROUP BY");
    this.grouping = new Grouping(plan, keys);
  }

  void add(RowBatch batch) {
    grouping.add(batch);
    account();
  }

  void merge(RowBatch partial) {
    grouping.merge(partial);
    account();
  }

  private void mergeDistinct(AggregateCall call, RowBatch batch) {
    grouping.mergeDistinct(call, batch);
    account();
  }

  private void account() {
    long more = grouping.wantedBytes() - reservation.bytes();
    if (more <= 0 || reservation.tryGrow(more)) {
      return;
    }
    if (!keys.isEmpty() && level < MAX_LEVEL && grouping.groupCount() >= 2) {
      spill();
    } else if (!grouping.stopSets(context)) {
      reservation.grow(more);
    }
  }

  private void spill() {
    if (spilled.isEmpty()) {
      for (int radix = 0; radix < RADIXES; radix++) {
        List<SpillFile> files = new ArrayList<>();
        files.add(new SpillFile(context, grouping.partialTypes()));
        spilled.add(files);
      }
    }
    int total = grouping.groupCount();
    int[][] rows = new int[RADIXES][RowBatch.TARGET_ROWS];
    for (int from = 0; from < total; from += RowBatch.TARGET_ROWS) {
      context.cancellation().check();
      int count = Math.min(RowBatch.TARGET_ROWS, total - from);
      int[] counts = new int[RADIXES];
      for (int k = 0; k < count; k++) {
        int radix = radix(from + k);
        rows[radix][counts[radix]++] = k;
      }
      RowBatch partial = grouping.partial(from, count);
      for (int radix = 0; radix < RADIXES; radix++) {
        if (counts[radix] > 0) {
          spilled.get(radix).get(0).append(RowBatches.gather(partial, rows[radix], counts[radix]));
        }
      }
    }
    for (AggregateCall call : grouping.distinctCalls()) {
      spillSeen(call, seen.computeIfAbsent(call, this::files));
    }
    grouping.closeSets();
    grouping = new Grouping(plan, keys);
    reservation.shrink(reservation.bytes());
  }

  private List<SpillFile> files(AggregateCall call) {
    List<SpillFile> files = new ArrayList<>();
    for (int radix = 0; radix < RADIXES; radix++) {
      files.add(new SpillFile(context, grouping.distinctTypes(call)));
    }
    return files;
  }

  private void spillSeen(AggregateCall call, List<SpillFile> files) {
    grouping.forEachDistinct(
        call,
        (groups, batch) -> {
          context.cancellation().check();
          int[][] rows = new int[RADIXES][batch.rowCount()];
          int[] counts = new int[RADIXES];
          for (int k = 0; k < batch.rowCount(); k++) {
            int radix = radix(groups[k]);
            rows[radix][counts[radix]++] = k;
          }
          for (int radix = 0; radix < RADIXES; radix++) {
            if (counts[radix] > 0) {
              files.get(radix).append(RowBatches.gather(batch, rows[radix], counts[radix]));
            }
          }
        });
  }

  private int radix(int group) {
    return grouping.hash(group) >>> (Integer.SIZE - RADIX_BITS * (level + 1)) & (RADIXES - 1);
  }

  /** Takes over the groups of another thread, which is closed by that. */
  void absorb(SpillableGrouping other) {
    if (!other.spilled.isEmpty() || !spilled.isEmpty()) {
      spill();
      other.spill();
      for (int radix = 0; radix < RADIXES; radix++) {
        spilled.get(radix).addAll(other.spilled.get(radix));
      }
      other.spilled.clear();
    } else {
      int total = other.grouping.groupCount();
      for (int from = 0; from < total; from += RowBatch.TARGET_ROWS) {
        context.cancellation().check();
        merge(other.grouping.partial(from, Math.min(RowBatch.TARGET_ROWS, total - from)));
      }
    }
    other.close();
  }

  /** The output rows, once all is added; closing it does not close this. */
  Operator output() {
    if (spilled.isEmpty()) {
      grouping.finishSets(context, reservation);
      return new InMemory();
    }
    spill();
    return new FromFiles();
  }

  @Override
  public void close() {
    for (List<SpillFile> files : spilled) {
      files.forEach(SpillFile::close);
    }
    spilled.clear();
    seen.values().forEach(files -> files.forEach(SpillFile::close));
    seen.clear();
    grouping.closeSets();
    reservation.close();
  }

  private final class InMemory implements Operator {
    private int position;

    @Override
    public @Nullable RowBatch next() {
      context.cancellation().check();
      int count = Math.min(RowBatch.TARGET_ROWS, grouping.groupCount() - position);
      if (count <= 0) {
        return null;
      }
      RowBatch batch = grouping.output(position, count);
      position += count;
      return batch;
    }

    @Override
    public void close() {
      position = grouping.groupCount();
    }
  }

  private final class FromFiles implements Operator {
    private int nextRadix;
    private @Nullable SpillableGrouping part;
    private @Nullable Operator output;

    @Override
    public @Nullable RowBatch next() {
      while (true) {
        Operator current = output;
        if (current == null) {
          if (nextRadix == RADIXES) {
            return null;
          }
          current = open(nextRadix++);
        }
        RowBatch batch = current.next();
        if (batch != null) {
          return batch;
        }
        close();
      }
    }

    private Operator open(int radix) {
      SpillableGrouping merged = new SpillableGrouping(plan, keys, context, level + 1);
      part = merged;
      for (SpillFile file : spilled.get(radix)) {
        read(file, merged::merge);
      }
      seen.forEach(
          (call, files) -> read(files.get(radix), batch -> merged.mergeDistinct(call, batch)));
      Operator opened = merged.output();
      output = opened;
      return opened;
    }

    private void read(SpillFile file, Consumer<RowBatch> consumer) {
      Operator reader = file.reader();
      RowBatch batch = reader.next();
      while (batch != null) {
        context.cancellation().check();
        consumer.accept(batch);
        batch = reader.next();
      }
      file.close();
    }

    @Override
    public void close() {
      Operator current = output;
      SpillableGrouping merged = part;
      output = null;
      part = null;
      if (current != null) {
        current.close();
      }
      if (merged != null) {
        merged.close();
      }
    }
  }
}
