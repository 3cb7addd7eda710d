package dev.frazil.parquet.read;

import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.encoding.RunLengthDecoder;
import dev.frazil.vector.ColumnVector;
import org.jspecify.annotations.Nullable;

/** A leaf directly below the root: one entry a row. */
final class FlatColumn extends ChunkReader implements ColumnSource {
  private final int maxDefinition;

  /** The row, within the row group, that is read next. */
  private long row;

  /** Rows of the current page that were passed over, but not in its decoders yet. */
  private int deferred;

  private int[] ordinals = new int[0];

  FlatColumn(Source source) {
    super(source);
    this.maxDefinition = leaf.maxDefinition();
  }

  @Override
  public void reuseVectors() {
    sink.reuse();
  }

  @Override
  public void seek(long target) {
    try {
      long firstRow = seekPage(target);
      if (firstRow >= 0) {
        row = firstRow;
        deferred = 0;
      }
      while (row < target) {
        if (pageLeft == 0) {
          nextPage();
        }
        int n = (int) Math.min(pageLeft, target - row);
        pass(n);
      }
    } catch (MalformedDataException | IndexOutOfBoundsException e) {
      throw corrupt(e);
    }
  }

  /** Passes over rows; pages that hold nothing wanted are not even decompressed. */
  private void pass(int count) {
    deferred += count;
    pageLeft -= count;
    row += count;
  }

  /** The open page, with its decoders at the current row. */
  private DataPage current() {
    DataPage open = openPage();
    int count = deferred;
    if (count > 0) {
      deferred = 0;
      RunLengthDecoder definition = open.definition();
      int present = count;
      if (definition != null && !definition.skipRunOf(maxDefinition, count)) {
        present = definition.readNulls(new boolean[count], 0, count, maxDefinition);
      }
      skipValues(present);
    }
    return open;
  }

  @Override
  public ColumnVector read(int rows) {
    try {
      return decode(rows);
    } catch (MalformedDataException | IndexOutOfBoundsException e) {
      throw corrupt(e);
    }
  }

  private ColumnVector decode(int rows) {
    sink.start(rows);
    boolean[] nulls = null;
    boolean anyNull = false;
    int done = 0;
    while (done < rows) {
      if (pageLeft == 0) {
        nextPage();
      }
      int n = Math.min(pageLeft, rows - done);
      int present = n;
      RunLengthDecoder definition = current().definition();
      if (definition != null && !definition.skipRunOf(maxDefinition, n)) {
        if (nulls == null) {
          nulls = new boolean[rows];
        }
        present = definition.readNulls(nulls, done, n, maxDefinition);
        anyNull |= present < n;
      }
      append(present, n, nulls, done);
      pageLeft -= n;
      done += n;
      row += n;
    }
    return sink.finish(anyNull ? nulls : noNulls());
  }

  @Override
  public ColumnVector readSome(int rows, int[] positions, int count) {
    try {
      return decodeSome(rows, positions, count);
    } catch (MalformedDataException | IndexOutOfBoundsException e) {
      throw corrupt(e);
    }
  }

  private ColumnVector decodeSome(int rows, int[] positions, int count) {
    sink.start(count);
    boolean[] nulls = new boolean[count];
    boolean anyNull = false;
    int done = 0;
    int next = 0;
    while (done < rows) {
      if (pageLeft == 0) {
        nextPage();
      }
      int n = Math.min(pageLeft, rows - done);
      int end = next;
      while (end < count && positions[end] < done + n) {
        end++;
      }
      if (end == next) {
        pass(n);
      } else {
        if (ordinals.length < end - next) {
          ordinals = new int[count];
        }
        anyNull |= appendSome(n, done, positions, next, end, nulls);
        pageLeft -= n;
        row += n;
      }
      done += n;
      next = end;
    }
    return sink.finish(anyNull ? nulls : noNulls());
  }

  /**
   * Appends the rows at {@code positions[from..to)}, which are those of the next {@code n} rows of
   * the page, the first of which is at {@code done}. Says whether one is null.
   */
  private boolean appendSome(int n, int done, int[] positions, int from, int to, boolean[] nulls) {
    RunLengthDecoder definition = current().definition();
    if (definition != null && !definition.skipRunOf(maxDefinition, n)) {
      boolean[] flags = new boolean[n];
      int present = definition.readNulls(flags, 0, n, maxDefinition);
      if (present < n) {
        int rank = 0;
        int picked = 0;
        int next = from;
        for (int i = 0; i < n; i++) {
          boolean wanted = next < to && positions[next] == done + i;
          if (wanted && flags[i]) {
            nulls[next] = true;
          } else if (wanted) {
            ordinals[picked++] = rank;
          }
          next += wanted ? 1 : 0;
          rank += flags[i] ? 0 : 1;
        }
        appendSome(present, ordinals, picked, to - from, nulls, from);
        return picked < to - from;
      }
    }
    for (int k = from; k < to; k++) {
      ordinals[k - from] = positions[k] - done;
    }
    appendSome(n, ordinals, to - from, to - from, null, 0);
    return false;
  }

  private static boolean @Nullable [] noNulls() {
    return null;
  }

  private void nextPage() {
    while (pageLeft == 0) {
      if (!advance()) {
        throw new MalformedDataException("the column ends at row " + row + " of its row group");
      }
      if (!beginsAt(row)) {
        throw new MalformedDataException("the offset index is wrong about row " + row);
      }
      deferred = 0;
    }
  }
}
