package dev.frazil.exec.scan;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.scan.ChangedFiles.Part;
import dev.frazil.plan.ChangeScan;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes between two states of a table. Where rows both went and came, those that are in both
 * states are found first and left out: files are often written anew for a few rows of them. Of the
 * rest, the rows of one key before and after are an update, if the table has keys ({@link
 * ChangeIdentity}); they are held in memory (53200). One thread.
 */
final class ChangeStep implements AutoCloseable {
  static final String DELETE = "delete";
  static final String INSERT = "insert";

  private final ChangedFiles files;
  private final ChangeReading reading;
  private final ChangeIdentity identity;
  private @Nullable CommonRows common;
  private @Nullable Iterator<Batch> paired;
  private Iterator<Part> parts;
  private boolean isAfter;
  private boolean begun;
  private @Nullable ChangeCursor cursor;

  /**
   * Some changes.
   *
   * @param rows in the columns of the feed's scan
   * @param types what happened, for every row of the batch
   */
  record Batch(RowBatch rows, ColumnVector types) {}

  ChangeStep(ChangeScan scan, ChangedFiles files, QueryContext context) {
    this.files = files;
    this.reading = new ChangeReading(scan, context);
    this.identity = ChangeIdentity.of(scan, files);
    this.parts = files.before().iterator();
  }

  @Nullable Batch next() {
    if (!begun) {
      begun = true;
      begin();
    }
    Iterator<Batch> pairs = paired;
    if (pairs != null) {
      return pairs.hasNext() ? pairs.next() : null;
    }
    RowBatch rows = nextRows();
    return rows == null
        ? null
        : new Batch(
            rows,
            ConstantVectors.of(isAfter ? INSERT : DELETE, Primitive.VARCHAR, rows.rowCount()));
  }

  private void begin() {
    if (files.before().isEmpty() || files.after().isEmpty()) {
      return;
    }
    CommonRows counted = new CommonRows(identity, reading);
    RowBatch rows = nextRows();
    while (rows != null) {
      counted.count(rows, isAfter);
      rows = nextRows();
    }
    counted.counted();
    rewind();
    common = counted;
    if (!identity.keys().isEmpty()) {
      paired = pairs();
    }
  }

  private Iterator<Batch> pairs() {
    List<RowBatch> before = new ArrayList<>();
    List<RowBatch> after = new ArrayList<>();
    RowBatch rows = nextRows();
    while (rows != null) {
      RowBatch kept = RowBatches.compact(rows);
      reading.reservation().grow(2 * RowBatches.memoryBytes(kept));
      (isAfter ? after : before).add(kept);
      rows = nextRows();
    }
    return new ChangePairs(identity, reading).of(before, after);
  }

  private void rewind() {
    isAfter = false;
    parts = files.before().iterator();
  }

  /** The next rows of a state that are not in both; first those of the state before. */
  private @Nullable RowBatch nextRows() {
    while (true) {
      ChangeCursor current = cursor;
      if (current == null) {
        if (!parts.hasNext()) {
          if (isAfter) {
            return null;
          }
          isAfter = true;
          parts = files.after().iterator();
          continue;
        }
        cursor = open(parts.next());
        continue;
      }
      ScanBatch batch = current.next();
      if (batch == null) {
        current.close();
        cursor = null;
        continue;
      }
      CommonRows known = common;
      if (known != null) {
        known.drop(batch, isAfter);
      }
      if (batch.selectedCount() > 0) {
        return batch.finish();
      }
    }
  }

  private ChangeCursor open(Part part) {
    return new ChangeCursor(
        reading.open(part.file()),
        part.unchanged(reading),
        reading.positionColumn(),
        reading.context());
  }

  @Override
  public void close() {
    ChangeCursor current = cursor;
    cursor = null;
    if (current != null) {
      current.close();
    }
    reading.close();
  }
}
