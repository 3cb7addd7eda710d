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

  FlatColumn(Source source) {
    super(source);
    this.maxDefinition = leaf.maxDefinition();
  }

  @Override
  public void seek(long target) {
    try {
      long firstRow = seekPage(target);
      if (firstRow >= 0) {
        row = firstRow;
      }
      while (row < target) {
        if (pageLeft == 0) {
          nextPage();
        }
        int n = (int) Math.min(pageLeft, target - row);
        // Pages that hold nothing wanted are not even decompressed.
        if (n < pageLeft) {
          skip(n);
        }
        pageLeft -= n;
        row += n;
      }
    } catch (MalformedDataException | IndexOutOfBoundsException e) {
      throw corrupt(e);
    }
  }

  private void skip(int count) {
    RunLengthDecoder definition = openPage().definition();
    int present = count;
    if (definition != null && !definition.skipRunOf(maxDefinition, count)) {
      present = definition.readNulls(new boolean[count], 0, count, maxDefinition);
    }
    skipValues(present);
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
    sink.begin(rows);
    boolean[] nulls = null;
    boolean anyNull = false;
    int done = 0;
    while (done < rows) {
      if (pageLeft == 0) {
        nextPage();
      }
      int n = Math.min(pageLeft, rows - done);
      int present = n;
      RunLengthDecoder definition = openPage().definition();
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
    }
  }
}
