package dev.frazil.parquet.read;

import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.encoding.RunLengthDecoder;
import dev.frazil.parquet.format.ParquetLimits;
import dev.frazil.vector.ColumnVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A leaf below a group: its levels, entry by entry, and its values, one a slot. A slot is an entry
 * whose innermost list holds an element there. Used by {@link NestedNode}.
 */
final class NestedLeaf extends ChunkReader {
  private final int maxDefinition;
  private final int maxRepetition;

  /** Definition level from which on an entry is a slot of this leaf. */
  private final int slotDefinition;

  private final boolean levelsOnly;
  private final int[] bufferedDefinitions = new int[SCRATCH_VALUES];
  private final int[] bufferedRepetitions = new int[SCRATCH_VALUES];
  private final boolean[] slotNulls = new boolean[SCRATCH_VALUES];
  private int bufferPosition;
  private int bufferEnd;
  private long row;

  /** Levels of the entries of the rows read last: {@code [0..entryCount)}. */
  int[] definitions = new int[0];

  int[] repetitions = new int[0];
  int entryCount;
  private boolean[] nulls = new boolean[0];
  private boolean anyNull;
  private int slotCount;

  /**
   * @param slotDefinition definition level of the innermost repeated node around the leaf, or 0
   * @param levelsOnly whether the values are of no interest
   */
  NestedLeaf(Source source, int slotDefinition, boolean levelsOnly) {
    super(source);
    this.maxDefinition = leaf.maxDefinition();
    this.maxRepetition = leaf.maxRepetition();
    this.slotDefinition = slotDefinition;
    this.levelsOnly = levelsOnly;
  }

  void seek(long target) {
    try {
      long firstRow = seekPage(target);
      if (firstRow >= 0) {
        row = firstRow;
        bufferPosition = 0;
        bufferEnd = 0;
      }
      consumeRows(target - row, false);
    } catch (MalformedDataException | IndexOutOfBoundsException e) {
      throw corrupt(e);
    }
  }

  /** Reads the levels and values of the next rows. */
  void read(int rows) {
    try {
      entryCount = 0;
      slotCount = 0;
      anyNull = false;
      nulls = new boolean[rows];
      sink.start(rows);
      consumeRows(rows, true);
    } catch (MalformedDataException | IndexOutOfBoundsException e) {
      throw corrupt(e);
    }
  }

  /** The values of the rows read last, one a slot. */
  ColumnVector values(int expectedSlots) {
    if (slotCount != expectedSlots) {
      throw corrupt(
          new MalformedDataException(
              slotCount + " values where the columns beside it have " + expectedSlots));
    }
    return sink.finish(anyNull ? nulls : null);
  }

  private void consumeRows(long rows, boolean keep) {
    long begun = 0;
    while (true) {
      if (!fill(row + begun)) {
        break;
      }
      int position = bufferPosition;
      while (position < bufferEnd) {
        if (bufferedRepetitions[position] == 0) {
          if (begun == rows) {
            break;
          }
          begun++;
        } else if (begun == 0) {
          throw new MalformedDataException("a row begins in the middle of a list");
        }
        position++;
      }
      consume(bufferPosition, position, keep);
      boolean complete = position < bufferEnd;
      bufferPosition = position;
      if (complete) {
        break;
      }
    }
    if (begun != rows) {
      throw new MalformedDataException(
          "the column ends at row " + (row + begun) + " of its row group");
    }
    row += rows;
  }

  /**
   * Buffers the next levels unless some are left; false at the end of the chunk.
   *
   * @param next the next row to begin, which is that of the next page: with an index that tells
   *     where pages are, none begins within a row
   */
  private boolean fill(long next) {
    if (bufferPosition < bufferEnd) {
      return true;
    }
    while (pageLeft == 0) {
      if (!advance()) {
        return false;
      }
      if (!beginsAt(next)) {
        throw new MalformedDataException("the offset index is wrong about row " + next);
      }
    }
    int count = Math.min(pageLeft, SCRATCH_VALUES);
    DataPage page = openPage();
    readLevels(page.definition(), bufferedDefinitions, count);
    readLevels(page.repetition(), bufferedRepetitions, count);
    for (int i = 0; i < count; i++) {
      if (bufferedDefinitions[i] > maxDefinition || bufferedRepetitions[i] > maxRepetition) {
        throw new MalformedDataException("levels above those of the schema");
      }
    }
    pageLeft -= count;
    bufferPosition = 0;
    bufferEnd = count;
    return true;
  }

  private static void readLevels(@Nullable RunLengthDecoder decoder, int[] target, int count) {
    if (decoder == null) {
      Arrays.fill(target, 0, count, 0);
    } else {
      decoder.read(target, 0, count);
    }
  }

  private void consume(int from, int to, boolean keep) {
    if (from == to) {
      return;
    }
    int slots = 0;
    int present = 0;
    for (int i = from; i < to; i++) {
      int definition = bufferedDefinitions[i];
      if (definition >= slotDefinition) {
        boolean isNull = definition < maxDefinition;
        slotNulls[slots++] = isNull;
        present += isNull ? 0 : 1;
      }
    }
    if (!keep) {
      if (!levelsOnly) {
        skipValues(present);
      }
      return;
    }
    int entries = to - from;
    if (entryCount + entries > ParquetLimits.MAX_BATCH_ELEMENTS) {
      throw new MalformedDataException(
          "more than " + ParquetLimits.MAX_BATCH_ELEMENTS + " elements in one batch of rows");
    }
    if (definitions.length < entryCount + entries) {
      int capacity = Math.max(definitions.length * 2, entryCount + entries);
      memory().take(2L * Integer.BYTES * (capacity - definitions.length));
      definitions = Arrays.copyOf(definitions, capacity);
      repetitions = Arrays.copyOf(repetitions, capacity);
    }
    System.arraycopy(bufferedDefinitions, from, definitions, entryCount, entries);
    System.arraycopy(bufferedRepetitions, from, repetitions, entryCount, entries);
    entryCount += entries;
    if (!levelsOnly) {
      append(present, slots, slotNulls, 0);
      if (nulls.length < slotCount + slots) {
        int capacity = Math.max(nulls.length * 2, slotCount + slots);
        sink.take(capacity - nulls.length);
        nulls = Arrays.copyOf(nulls, capacity);
      }
      System.arraycopy(slotNulls, 0, nulls, slotCount, slots);
      anyNull |= present < slots;
    }
    slotCount += slots;
  }
}
