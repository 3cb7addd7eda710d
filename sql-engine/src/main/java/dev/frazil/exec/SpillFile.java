package dev.frazil.exec;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.event.Events;
import dev.frazil.event.SpillEvent;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Batches that did not fit in memory, written once and read any number of times. The file has mode
 * 0600, stands in the statement's private folder, and is deleted as soon as it is open where the
 * system allows, else on close: nobody else can read it and a crash leaves nothing behind. One
 * thread at a time. Failures are 53100 (disk full) and 58030.
 */
public final class SpillFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 15;

  /** Small batches, the crumbs of partitioning, are read together up to so many rows. */
  private static final int READ_ROWS = 1024;

  /** Long rows are written, and read, in batches of about so many bytes. */
  private static final long BATCH_BYTES = 1L << 20;

  private static final AtomicLong NUMBERS = new AtomicLong();

  private final QueryContext context;
  private final List<SqlType> types;
  private final FileChannel channel;
  private final Path path;
  private @Nullable ByteBuffer buffer = newBuffer();
  private long lengthBytes;
  private long rowCount;
  private @Nullable SpillEvent event;

  /** Opens a new file in the private folder of the statement. */
  public SpillFile(QueryContext context, List<SqlType> types) {
    this.context = context;
    this.types = List.copyOf(types);
    this.path = context.tempFolder().resolve("spill-" + NUMBERS.incrementAndGet() + ".frazil");
    if (Events.recording()) {
      event = new SpillEvent();
      event.begin();
    }
    try {
      this.channel = open(path);
    } catch (IOException e) {
      throw failure("creating", e);
    }
  }

  private static FileChannel open(Path path) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    boolean posix =
        Files.getFileStore(path.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
    return posix ? FileChannel.open(path, options, ownerOnly()) : FileChannel.open(path, options);
  }

  private static FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }

  private static ByteBuffer newBuffer() {
    return ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.nativeOrder());
  }

  /** Rows written. */
  public long rowCount() {
    return rowCount;
  }

  /** Bytes written. */
  public long lengthBytes() {
    return lengthBytes;
  }

  /** Where the next batch will begin: bytes from the start of the file. */
  public long position() {
    return lengthBytes + writeBuffer().position();
  }

  /** Writes the rows of the batch that are alive. */
  public void append(RowBatch batch) {
    RowBatch compact = RowBatches.compact(batch);
    rowCount += compact.rowCount();
    SpillCodec.Sink sink = new SpillCodec.Sink(writeBuffer(), this::drain);
    int rows = rowsAtATime(compact);
    int from = 0;
    while (from < compact.rowCount()) {
      int count = Math.min(rows, compact.rowCount() - from);
      SpillCodec.write(RowBatches.compact(RowBatches.slice(compact, from, count)), sink);
      from += count;
    }
  }

  /** How many rows like those of a batch without a selection are about a megabyte; at least one. */
  public static int rowsAtATime(RowBatch batch) {
    long rows = BATCH_BYTES * Math.max(1, batch.rowCount()) / Math.max(1, bytes(batch));
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, rows));
  }

  private static long bytes(RowBatch batch) {
    long bytes = 0;
    for (ColumnVector column : batch.columns()) {
      bytes +=
          column instanceof DictionaryVector vector
              ? Integer.BYTES * (long) vector.ids().length
              : RowBatches.memoryBytes(column);
    }
    return bytes;
  }

  private ByteBuffer writeBuffer() {
    ByteBuffer current = buffer;
    if (current == null) {
      throw EngineException.internal("a spill file is written after it was read");
    }
    return current;
  }

  private void drain(ByteBuffer full) {
    full.flip();
    context.counters().add(QueryCounters.Counter.BYTES_SPILLED, full.remaining());
    try {
      while (full.hasRemaining()) {
        lengthBytes += channel.write(full, lengthBytes);
      }
    } catch (IOException e) {
      throw failure("writing", e);
    }
    full.clear();
  }

  /** Ends writing and gives back the buffer; reading ends it too. */
  public void finish() {
    ByteBuffer last = buffer;
    if (last != null) {
      drain(last);
      buffer = null;
    }
  }

  /** Reads from the start; valid while the file is open. */
  public Operator reader() {
    return reader(0, rowCount);
  }

  /**
   * Reads so many rows from a {@link #position()} on, where a batch began and after which one ends;
   * valid while the file is open.
   */
  public Operator reader(long position, long rows) {
    finish();
    return new Reader(position, rows);
  }

  /** As {@link #reader(long, long)}, of a file that is written further. */
  public Operator readerBeforeEnd(long position, long rows) {
    ByteBuffer pending = writeBuffer();
    if (pending.position() > 0) {
      drain(pending);
    }
    return new Reader(position, rows);
  }

  @Override
  public void close() {
    buffer = null;
    SpillEvent told = event;
    event = null;
    if (told != null) {
      told.file = path.toString();
      told.rows = rowCount;
      told.bytes = lengthBytes;
      told.commit();
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw failure("closing", e);
    }
  }

  private EngineException failure(String doing, IOException cause) {
    String text = String.valueOf(cause.getMessage());
    boolean full = text.contains("No space left") || text.contains("not enough space");
    return new EngineException(
        full ? SqlState.DISK_FULL : SqlState.IO_ERROR,
        doing
            + " the temporary file "
            + path
            + " failed ("
            + text
            + "); free space there, set tempFolder, or raise memoryLimit",
        cause);
  }

  private final class Reader implements Operator {
    private final ByteBuffer input = newBuffer().limit(0);
    private long position;
    private long rowsLeft;

    Reader(long position, long rows) {
      this.position = position;
      this.rowsLeft = rows;
    }

    @Override
    public @Nullable RowBatch next() {
      if (rowsLeft == 0) {
        return null;
      }
      List<RowBatch> read = new ArrayList<>();
      int rows = 0;
      long bytes = 0;
      while (rowsLeft > 0 && rows < READ_ROWS && bytes < BATCH_BYTES) {
        RowBatch batch = SpillCodec.read(types, new SpillCodec.Source(input, this::fill));
        read.add(batch);
        rows += batch.rowCount();
        bytes += bytes(batch);
        rowsLeft -= batch.rowCount();
      }
      return RowBatches.concat(read);
    }

    private void fill(ByteBuffer target) {
      target.compact();
      try {
        int count = channel.read(target, position);
        if (count < 0) {
          throw new IOException("the file ends early");
        }
        position += count;
      } catch (IOException e) {
        throw failure("reading", e);
      }
      target.flip();
    }

    @Override
    public void close() {
      rowsLeft = 0;
    }
  }
}
