package dev.frazil.orc;

import dev.frazil.parquet.BatchReader;
import dev.frazil.parquet.PendingRows;
import dev.frazil.parquet.PositionedBatch;
import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.format.FileBytes;
import dev.frazil.parquet.format.PrefetchedBytes;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Reads a stripe from its first row to its last. Opens it with the first rows asked for. */
final class StripeReader implements BatchReader {
  /** Bytes of a batch that are aimed at. */
  private static final long TARGET_BATCH_BYTES = 4L << 20;

  /** Vectors take about so many bytes for one encoded byte. */
  private static final int VECTOR_SHARE = 4;

  private final FileBytes file;
  private final OrcFooter footer;
  private final OrcFields fields;
  private final OrcFooter.Stripe stripe;
  private final List<Types.NestedField> wanted;
  private final ReadMemory memory;
  private final BatchMemory batch;
  private final ChunkDecompressor decompressor;
  private final PrefetchedBytes bytes;
  private final List<Skipping> columns = new ArrayList<>();
  private @Nullable BooleanRuns present;
  private boolean opened;
  private boolean closed;
  private int batchRows = 1;
  private long row;

  /** A column, and how many values its rows so far have beyond those that were read. */
  private static final class Skipping {
    private final OrcColumn column;
    private long unread;

    Skipping(OrcColumn column) {
      this.column = column;
    }

    ColumnVector read(int rows, boolean @Nullable [] absent) {
      column.skip(unread);
      unread = 0;
      return column.read(rows, absent);
    }
  }

  StripeReader(
      FileBytes file,
      OrcFooter footer,
      OrcFields fields,
      OrcFooter.Stripe stripe,
      List<Types.NestedField> wanted,
      ReadMemory memory) {
    this.file = file;
    this.footer = footer;
    this.fields = fields;
    this.stripe = stripe;
    this.wanted = wanted;
    this.memory = memory;
    this.batch = new BatchMemory(memory);
    this.decompressor = new ChunkDecompressor(footer.codec(), footer.maxChunkBytes());
    this.bytes = new PrefetchedBytes(file, memory);
  }

  @Override
  public long prefetch() {
    open();
    return bytes.start();
  }

  @Override
  public void reuseBatches() {}

  private void open() {
    if (opened) {
      return;
    }
    opened = true;
    guarded(
        "its footer",
        () -> {
          openColumns();
          return Boolean.TRUE;
        });
  }

  private void openColumns() {
    long from = stripe.dataEnd();
    byte[] plain =
        OrcFooter.plain(
            new PrefetchedBytes(file, memory),
            decompressor,
            from,
            from + stripe.footerBytes(),
            memory);
    StripeFooter streams =
        StripeFooter.read(new ProtobufInput(plain, 0, plain.length), footer, stripe);
    StripeColumns factory =
        new StripeColumns(footer, fields, streams, bytes, decompressor, memory, batch);
    present = factory.present(footer.root());
    for (Types.NestedField field : wanted) {
      columns.add(new Skipping(factory.field(footer.root(), field, "")));
    }
    // Runs of many elements take next to no bytes.
    long rowBytes =
        factory.announcedBytes() * VECTOR_SHARE / Math.max(1, stripe.rowCount())
            + (long) Math.min(TARGET_BATCH_BYTES, factory.valuesBeyondRows() * Long.BYTES);
    batchRows =
        (int)
            Math.max(1, Math.min(RowBatch.TARGET_ROWS, TARGET_BATCH_BYTES / Math.max(1, rowBytes)));
  }

  @Override
  public @Nullable PositionedBatch next() {
    PendingRows pending = nextRows();
    if (pending == null) {
      return null;
    }
    List<ColumnVector> vectors = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      vectors.add(pending.column(i));
    }
    return new PositionedBatch(
        new RowBatch(vectors, pending.rowCount()), pending.firstRowPosition());
  }

  @Override
  public @Nullable PendingRows nextRows() {
    if (row == stripe.rowCount()) {
      close();
      return null;
    }
    open();
    batch.giveAll();
    int rows = (int) Math.min(batchRows, stripe.rowCount() - row);
    Rows pending = new Rows(stripe.firstRow() + row, rows, absent(rows));
    row += rows;
    for (Skipping column : columns) {
      column.unread += pending.values;
    }
    return pending;
  }

  /** Rows that are null as a whole; null for none. */
  private boolean @Nullable [] absent(int rows) {
    BooleanRuns bits = present;
    if (bits == null) {
      return null;
    }
    return guarded(
        "its rows",
        () -> {
          boolean[] absent = new boolean[rows];
          for (int i = 0; i < rows; i++) {
            absent[i] = !bits.next();
          }
          return absent;
        });
  }

  private <T> T guarded(String what, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (MalformedDataException | IndexOutOfBoundsException | ArithmeticException e) {
      throw CorruptOrc.error(
          footer.location(), what + " in stripe " + stripe.ordinal() + " cannot be read", e);
    }
  }

  private final class Rows implements PendingRows {
    private final long first;
    private final int rows;
    private final boolean @Nullable [] absent;
    private final int values;

    Rows(long first, int rows, boolean @Nullable [] absent) {
      this.first = first;
      this.rows = rows;
      this.absent = absent;
      int present = rows;
      if (absent != null) {
        for (boolean isAbsent : absent) {
          present -= isAbsent ? 1 : 0;
        }
      }
      this.values = present;
    }

    @Override
    public int rowCount() {
      return rows;
    }

    @Override
    public long firstRowPosition() {
      return first;
    }

    @Override
    public ColumnVector column(int index) {
      Skipping column = columns.get(index);
      column.unread -= values;
      return guarded("column " + wanted.get(index).name(), () -> column.read(rows, absent));
    }

    @Override
    public ColumnVector column(int index, int[] some, int count) {
      return VectorGather.gather(column(index), some, count);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      row = stripe.rowCount();
      decompressor.close();
      memory.close();
    }
  }
}
