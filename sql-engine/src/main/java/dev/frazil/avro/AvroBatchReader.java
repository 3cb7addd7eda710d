package dev.frazil.avro;

import dev.frazil.memory.MemoryReservation;
import dev.frazil.parquet.BatchReader;
import dev.frazil.parquet.PendingRows;
import dev.frazil.parquet.PositionedBatch;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Reads a file from its first record to its last. Opens it with the first rows asked for. */
final class AvroBatchReader implements BatchReader {
  private static final int MAX_VARINT_BYTES = 20;

  /** Encoded bytes that a batch aims at. */
  private static final long TARGET_BATCH_BYTES = 2L << 20;

  /** Vectors take about so many bytes for one encoded byte. */
  private static final int VECTOR_SHARE = 4;

  private final AvroBytes bytes;
  private final String location;
  private final long rowCount;
  private final List<Types.NestedField> fields;
  private final @Nullable NameMapping mapping;
  private final MemoryReservation memory;
  private final AvroInput in;
  private final List<VectorBuilder> builders = new ArrayList<>();
  private @Nullable AvroHeader header;
  private AvroReader record = input -> {};
  private byte[] block = new byte[0];
  private long recordsLeft;
  private long row;
  private long batchBytes;

  AvroBatchReader(
      AvroBytes bytes,
      String location,
      long rowCount,
      List<Types.NestedField> fields,
      @Nullable NameMapping mapping,
      MemoryReservation memory) {
    this.bytes = bytes;
    this.location = location;
    this.rowCount = rowCount;
    this.fields = fields;
    this.mapping = mapping;
    this.memory = memory;
    this.in = new AvroInput(this::takeForBatch);
  }

  @Override
  public long prefetch() {
    return 0;
  }

  @Override
  public void reuseBatches() {}

  @Override
  public @Nullable PositionedBatch next() {
    long first = row;
    List<ColumnVector> columns = read();
    return columns == null
        ? null
        : new PositionedBatch(new RowBatch(columns, (int) (row - first)), first);
  }

  @Override
  public @Nullable PendingRows nextRows() {
    long first = row;
    List<ColumnVector> columns = read();
    return columns == null ? null : new Rows(columns, (int) (row - first), first);
  }

  /** The next rows, or null at the end. */
  private @Nullable List<ColumnVector> read() {
    memory.shrink(batchBytes);
    batchBytes = 0;
    int rows = 0;
    long encoded = 0;
    try {
      AvroHeader opened = header;
      if (opened == null) {
        opened = AvroHeader.read(bytes, location);
        open(opened);
        header = opened;
      }
      while (rows < RowBatch.TARGET_ROWS && encoded < TARGET_BATCH_BYTES) {
        if (recordsLeft == 0) {
          if (!nextBlock(opened)) {
            break;
          }
          continue;
        }
        int start = in.position();
        record.read(in);
        in.checkEnd();
        encoded += in.position() - start;
        recordsLeft--;
        rows++;
      }
    } catch (MalformedAvroException | IndexOutOfBoundsException | ArithmeticException e) {
      throw AvroHeader.corrupt(location, "after row " + (row + rows), e);
    }
    row += rows;
    if (row > rowCount) {
      throw AvroHeader.corrupt(
          location, "it holds more rows than the " + rowCount + " that its manifest tells", null);
    }
    if (rows == 0) {
      close();
      return null;
    }
    takeForBatch(encoded * VECTOR_SHARE);
    return builders.stream().map(VectorBuilder::build).toList();
  }

  private void open(AvroHeader opened) {
    Schema schema = opened.schema();
    if (schema.getType() != Schema.Type.RECORD) {
      throw AvroHeader.corrupt(location, "its rows are no records", null);
    }
    for (Types.NestedField field : fields) {
      builders.add(VectorBuilder.of(TypeMapping.toSql(field.type())));
    }
    record =
        new AvroReader.Factory(new AvroFields(schema, mapping), location)
            .ofRecord(fields, schema, builders, "");
  }

  /** Goes to the next block; false at the end of the file. */
  private boolean nextBlock(AvroHeader opened) {
    if (!in.atEnd()) {
      throw new MalformedAvroException("a block is longer than its records");
    }
    if (bytes.atEnd()) {
      return false;
    }
    int ready = bytes.fill(MAX_VARINT_BYTES);
    in.set(bytes.window(), bytes.position(), bytes.position() + ready);
    long count = in.readLong();
    long length = in.readLong();
    in.checkEnd();
    if (count < 0 || length < 0 || length > AvroCodec.MAX_BLOCK_BYTES) {
      throw new MalformedAvroException("a block of " + count + " records and " + length + " bytes");
    }
    bytes.skip(in.position() - bytes.position());
    byte[] sync = opened.sync();
    bytes.require(length + sync.length);
    int start = bytes.position();
    int end = start + (int) length;
    if (!Arrays.equals(bytes.window(), end, end + sync.length, sync, 0, sync.length)) {
      throw new MalformedAvroException("a block does not end with the mark of the file");
    }
    AvroCodec.Block plain =
        opened.codec().decompress(bytes.window(), start, (int) length, block, memory::grow);
    if (opened.codec() != AvroCodec.NULL) {
      block = plain.bytes();
    }
    in.set(plain.bytes(), plain.from(), plain.to());
    bytes.skip((int) length + sync.length);
    recordsLeft = count;
    return true;
  }

  private void takeForBatch(long taken) {
    memory.grow(taken);
    batchBytes += taken;
  }

  @Override
  public void close() {
    memory.close();
  }

  /** Rows that are decoded. */
  private record Rows(List<ColumnVector> columns, int rowCount, long firstRowPosition)
      implements PendingRows {
    @Override
    public ColumnVector column(int index) {
      return columns.get(index);
    }

    @Override
    public ColumnVector column(int index, int[] rows, int count) {
      return VectorGather.gather(columns.get(index), rows, count);
    }
  }
}
