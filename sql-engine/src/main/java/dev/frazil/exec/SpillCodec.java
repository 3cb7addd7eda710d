package dev.frazil.exec;

import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.StructVector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How batches lie in a {@link SpillFile}: the row count, then column after column its null mask and
 * its arrays, in the byte order of the machine. The types are not written: the reader knows them.
 */
final class SpillCodec {
  private static final byte PLAIN = 0;
  private static final byte DICTIONARY = 1;

  private SpillCodec() {}

  static void write(RowBatch batch, Sink sink) {
    sink.putInt(batch.rowCount());
    for (ColumnVector column : batch.columns()) {
      write(column, batch.rowCount(), sink);
    }
  }

  static RowBatch read(List<SqlType> types, Source source) {
    int rows = source.takeInt();
    List<ColumnVector> columns = new ArrayList<>(types.size());
    for (SqlType type : types) {
      columns.add(read(type, rows, source));
    }
    return new RowBatch(columns, rows);
  }

  private static void write(ColumnVector column, int rows, Sink sink) {
    if (column instanceof DictionaryVector dictionary) {
      writeDictionary(dictionary, rows, sink);
      return;
    }
    if (column instanceof BytesVector) {
      sink.putByte(PLAIN);
    }
    sink.putNulls(column.nulls(), rows);
    if (column instanceof BooleanVector vector) {
      sink.putBooleans(vector.values(), rows);
    } else if (column instanceof IntVector vector) {
      sink.putInts(vector.values(), 0, rows);
    } else if (column instanceof LongVector vector) {
      sink.putLongs(vector.values(), rows);
    } else if (column instanceof FloatVector vector) {
      for (int i = 0; i < rows; i++) {
        sink.putInt(Float.floatToRawIntBits(vector.values()[i]));
      }
    } else if (column instanceof DoubleVector vector) {
      for (int i = 0; i < rows; i++) {
        sink.putLong(Double.doubleToRawLongBits(vector.values()[i]));
      }
    } else if (column instanceof Int128Vector vector) {
      sink.putLongs(vector.high(), rows);
      sink.putLongs(vector.low(), rows);
    } else if (column instanceof BytesVector vector) {
      writeBytes(vector, rows, sink);
    } else if (column instanceof ListVector vector) {
      writeNested(vector.offsets(), List.of(vector.elements()), rows, sink);
    } else if (column instanceof MapVector vector) {
      writeNested(vector.offsets(), List.of(vector.keys(), vector.mapValues()), rows, sink);
    } else if (column instanceof StructVector vector) {
      for (ColumnVector field : vector.fields()) {
        write(field, rows, sink);
      }
    }
  }

  private static void writeDictionary(DictionaryVector vector, int rows, Sink sink) {
    BytesVector dictionary = vector.dictionary();
    if (dictionary.rowCount() <= rows) {
      sink.putByte(DICTIONARY);
      sink.putNulls(vector.nulls(), rows);
      sink.putInts(vector.ids(), 0, rows);
      sink.putInt(dictionary.rowCount());
      writeBytes(dictionary, dictionary.rowCount(), sink);
      return;
    }
    sink.putByte(PLAIN);
    sink.putNulls(vector.nulls(), rows);
    int position = 0;
    for (int i = 0; i < rows; i++) {
      sink.putInt(position);
      position += vector.isNull(i) ? 0 : dictionary.lengthBytes(vector.ids()[i]);
    }
    sink.putInt(position);
    for (int i = 0; i < rows; i++) {
      if (!vector.isNull(i)) {
        int id = vector.ids()[i];
        sink.putBytes(dictionary.data(), dictionary.offsets()[id], dictionary.lengthBytes(id));
      }
    }
  }

  private static void writeBytes(BytesVector vector, int rows, Sink sink) {
    int[] offsets = vector.offsets();
    int start = offsets[0];
    for (int i = 0; i <= rows; i++) {
      sink.putInt(offsets[i] - start);
    }
    sink.putBytes(vector.data(), start, offsets[rows] - start);
  }

  private static void writeNested(int[] offsets, List<ColumnVector> children, int rows, Sink sink) {
    sink.putInts(offsets, 0, rows + 1);
    // Elements before the first offset are kept: offsets stay valid as they are.
    int elements = rows == 0 ? 0 : offsets[rows];
    for (ColumnVector child : children) {
      write(child, elements, sink);
    }
  }

  private static ColumnVector read(SqlType type, int rows, Source source) {
    return switch (type.kind()) {
      case BOOLEAN -> {
        boolean @Nullable [] nulls = source.takeNulls(rows);
        yield new BooleanVector(type, rows, source.takeBooleans(rows), nulls);
      }
      case INT -> {
        boolean @Nullable [] nulls = source.takeNulls(rows);
        yield new IntVector(type, rows, source.takeInts(rows), nulls);
      }
      case LONG -> {
        boolean @Nullable [] nulls = source.takeNulls(rows);
        yield new LongVector(type, rows, source.takeLongs(rows), nulls);
      }
      case FLOAT -> {
        boolean @Nullable [] nulls = source.takeNulls(rows);
        float[] values = new float[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = Float.intBitsToFloat(source.takeInt());
        }
        yield new FloatVector(type, rows, values, nulls);
      }
      case DOUBLE -> {
        boolean @Nullable [] nulls = source.takeNulls(rows);
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = Double.longBitsToDouble(source.takeLong());
        }
        yield new DoubleVector(type, rows, values, nulls);
      }
      case INT128 -> {
        boolean @Nullable [] nulls = source.takeNulls(rows);
        long[] high = source.takeLongs(rows);
        yield new Int128Vector(type, rows, high, source.takeLongs(rows), nulls);
      }
      case BYTES -> readBytes(type, rows, source);
      case LIST -> {
        boolean @Nullable [] nulls = source.takeNulls(rows);
        int[] offsets = source.takeInts(rows + 1);
        SqlType element = ((SqlType.ArrayType) type).element();
        yield new ListVector(type, rows, offsets, read(element, offsets[rows], source), nulls);
      }
      case MAP -> {
        boolean @Nullable [] nulls = source.takeNulls(rows);
        int[] offsets = source.takeInts(rows + 1);
        SqlType.MapType map = (SqlType.MapType) type;
        ColumnVector keys = read(map.key(), offsets[rows], source);
        ColumnVector values = read(map.value(), offsets[rows], source);
        yield new MapVector(type, rows, offsets, keys, values, nulls);
      }
      case STRUCT -> {
        boolean @Nullable [] nulls = source.takeNulls(rows);
        List<ColumnVector> fields = new ArrayList<>();
        for (SqlType.Field field : ((SqlType.RowType) type).fields()) {
          fields.add(read(field.type(), rows, source));
        }
        yield new StructVector(type, rows, fields, nulls);
      }
    };
  }

  private static ColumnVector readBytes(SqlType type, int rows, Source source) {
    boolean dictionary = source.takeByte() == DICTIONARY;
    boolean @Nullable [] nulls = source.takeNulls(rows);
    if (!dictionary) {
      int[] offsets = source.takeInts(rows + 1);
      return new BytesVector(type, rows, source.takeBytes(offsets[rows]), offsets, nulls);
    }
    int[] ids = source.takeInts(rows);
    int entries = source.takeInt();
    int[] offsets = source.takeInts(entries + 1);
    byte[] data = source.takeBytes(offsets[entries]);
    return new DictionaryVector(
        rows, ids, new BytesVector(type, entries, data, offsets, null), nulls);
  }

  /** Writes into a buffer that is drained whenever it is full. */
  static final class Sink {
    private final ByteBuffer buffer;
    private final Consumer<ByteBuffer> drain;

    Sink(ByteBuffer buffer, Consumer<ByteBuffer> drain) {
      this.buffer = buffer;
      this.drain = drain;
    }

    private void room(int bytes) {
      if (buffer.remaining() < bytes) {
        drain.accept(buffer);
      }
    }

    void putByte(byte value) {
      room(1);
      buffer.put(value);
    }

    void putInt(int value) {
      room(4);
      buffer.putInt(value);
    }

    void putLong(long value) {
      room(8);
      buffer.putLong(value);
    }

    void putInts(int[] values, int from, int count) {
      int done = 0;
      while (done < count) {
        room(4);
        int chunk = Math.min(count - done, buffer.remaining() / 4);
        buffer.asIntBuffer().put(values, from + done, chunk);
        buffer.position(buffer.position() + chunk * 4);
        done += chunk;
      }
    }

    void putLongs(long[] values, int count) {
      int done = 0;
      while (done < count) {
        room(8);
        int chunk = Math.min(count - done, buffer.remaining() / 8);
        buffer.asLongBuffer().put(values, done, chunk);
        buffer.position(buffer.position() + chunk * 8);
        done += chunk;
      }
    }

    void putBytes(byte[] values, int from, int count) {
      int done = 0;
      while (done < count) {
        room(1);
        int chunk = Math.min(count - done, buffer.remaining());
        buffer.put(values, from + done, chunk);
        done += chunk;
      }
    }

    void putBooleans(boolean[] values, int count) {
      for (int i = 0; i < count; i++) {
        putByte(values[i] ? (byte) 1 : 0);
      }
    }

    void putNulls(boolean @Nullable [] nulls, int count) {
      putByte(nulls == null ? (byte) 0 : 1);
      if (nulls != null) {
        putBooleans(nulls, count);
      }
    }
  }

  /** Reads from a buffer that is filled whenever it runs out. */
  static final class Source {
    private final ByteBuffer buffer;
    private final Consumer<ByteBuffer> fill;

    Source(ByteBuffer buffer, Consumer<ByteBuffer> fill) {
      this.buffer = buffer;
      this.fill = fill;
    }

    private void have(int bytes) {
      while (buffer.remaining() < bytes) {
        fill.accept(buffer);
      }
    }

    byte takeByte() {
      have(1);
      return buffer.get();
    }

    int takeInt() {
      have(4);
      return buffer.getInt();
    }

    long takeLong() {
      have(8);
      return buffer.getLong();
    }

    int[] takeInts(int count) {
      int[] values = new int[count];
      int done = 0;
      while (done < count) {
        have(4);
        int chunk = Math.min(count - done, buffer.remaining() / 4);
        buffer.asIntBuffer().get(values, done, chunk);
        buffer.position(buffer.position() + chunk * 4);
        done += chunk;
      }
      return values;
    }

    long[] takeLongs(int count) {
      long[] values = new long[count];
      int done = 0;
      while (done < count) {
        have(8);
        int chunk = Math.min(count - done, buffer.remaining() / 8);
        buffer.asLongBuffer().get(values, done, chunk);
        buffer.position(buffer.position() + chunk * 8);
        done += chunk;
      }
      return values;
    }

    byte[] takeBytes(int count) {
      byte[] values = new byte[count];
      int done = 0;
      while (done < count) {
        have(1);
        int chunk = Math.min(count - done, buffer.remaining());
        buffer.get(values, done, chunk);
        done += chunk;
      }
      return values;
    }

    boolean[] takeBooleans(int count) {
      boolean[] values = new boolean[count];
      for (int i = 0; i < count; i++) {
        values[i] = takeByte() != 0;
      }
      return values;
    }

    boolean @Nullable [] takeNulls(int count) {
      return takeByte() == 0 ? null : takeBooleans(count);
    }
  }
}
