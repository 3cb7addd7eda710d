package dev.frazil.vector;

import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batches, all of whose rows are alive, put behind each other: the arrays are made first, then
 * pieces of them are filled independently of each other. Made and finished by one thread; {@link
 * #fill} runs in any.
 */
public final class BatchConcat {
  private static final int PIECE_ROWS = 1 << 15;

  private final List<RowBatch> batches;
  private final int rowCount;
  private final Column[] columns;

  /** First batch of each piece, and the number of batches last. */
  private final int[] firstBatches;

  /** First row of each piece. */
  private final int[] firstRows;

  /**
   * @param batches at least one, none with a selection
   */
  public BatchConcat(List<RowBatch> batches) {
    this.batches = batches;
    int[] first = new int[batches.size() + 1];
    int[] rows = new int[batches.size() + 1];
    int pieces = 0;
    int row = 0;
    int inPiece = PIECE_ROWS;
    for (int i = 0; i < batches.size(); i++) {
      if (inPiece >= PIECE_ROWS) {
        first[pieces] = i;
        rows[pieces++] = row;
        inPiece = 0;
      }
      inPiece += batches.get(i).rowCount();
      row = Math.addExact(row, batches.get(i).rowCount());
    }
    first[pieces] = batches.size();
    this.rowCount = row;
    this.firstBatches = Arrays.copyOf(first, pieces + 1);
    this.firstRows = Arrays.copyOf(rows, pieces);
    this.columns = new Column[batches.get(0).columns().size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = column(c);
    }
  }

  /** How many calls of {@link #fill} it takes. */
  public int pieceCount() {
    return columns.length * firstRows.length;
  }

  /** Fills one piece, each once. */
  public void fill(int piece) {
    int c = piece / firstRows.length;
    int number = piece % firstRows.length;
    columns[c].fill(c, number);
  }

  /** The rows, once all pieces are filled. */
  public RowBatch result() {
    return new RowBatch(Arrays.stream(columns).map(Column::vector).toList(), rowCount);
  }

  /** All of it in the calling thread. */
  public RowBatch filled() {
    for (int piece = 0; piece < pieceCount(); piece++) {
      fill(piece);
    }
    return result();
  }

  private Column column(int c) {
    SqlType type = batches.get(0).column(c).type();
    boolean[] nulls = null;
    boolean uniform = true;
    boolean allDictionaries = true;
    boolean allBytes = true;
    for (RowBatch batch : batches) {
      ColumnVector vector = batch.column(c);
      nulls = nulls == null && vector.nulls() != null ? new boolean[rowCount] : nulls;
      uniform &= vector.getClass() == batches.get(0).column(c).getClass();
      allDictionaries &= vector instanceof DictionaryVector;
      allBytes &= vector instanceof BytesVector;
    }
    return switch (type.kind()) {
      case BOOLEAN, INT, LONG, FLOAT, DOUBLE, INT128 ->
          uniform ? new Numbers(type, nulls) : new Copied(type);
      case BYTES -> {
        Dictionaries merged = allDictionaries ? Dictionaries.of(batches, c, rowCount) : null;
        yield merged != null
            ? new Ids(merged, nulls)
            : allBytes ? new Strings(type, nulls, c) : new Copied(type);
      }
      case LIST, MAP, STRUCT -> new Copied(type);
    };
  }

  /** One column being filled. */
  private abstract class Column {
    final boolean @Nullable [] nulls;

    Column(boolean @Nullable [] nulls) {
      this.nulls = nulls;
    }

    void fill(int c, int piece) {
      int row = firstRows[piece];
      for (int i = firstBatches[piece]; i < firstBatches[piece + 1]; i++) {
        ColumnVector vector = batches.get(i).column(c);
        boolean[] from = vector.nulls();
        if (nulls != null && from != null) {
          System.arraycopy(from, 0, nulls, row, vector.rowCount());
        }
        copy(vector, row, i);
        row += vector.rowCount();
      }
    }

    abstract void copy(ColumnVector vector, int row, int batch);

    abstract ColumnVector vector();
  }

  private final class Numbers extends Column {
    private final SqlType type;
    private final Object values;
    private final long[] low;

    Numbers(SqlType type, boolean @Nullable [] nulls) {
      super(nulls);
      this.type = type;
      this.values =
          switch (type.kind()) {
            case BOOLEAN -> new boolean[rowCount];
            case INT -> new int[rowCount];
            case FLOAT -> new float[rowCount];
            case DOUBLE -> new double[rowCount];
            case LONG, INT128, BYTES, LIST, MAP, STRUCT -> new long[rowCount];
          };
      this.low = new long[type.kind() == PhysicalKind.INT128 ? rowCount : 0];
    }

    @Override
    @SuppressWarnings("SuspiciousSystemArraycopy") // the arrays of one kind of vector
    void copy(ColumnVector vector, int row, int batch) {
      Object from;
      if (vector instanceof LongVector v) {
        from = v.values();
      } else if (vector instanceof IntVector v) {
        from = v.values();
      } else if (vector instanceof DoubleVector v) {
        from = v.values();
      } else if (vector instanceof FloatVector v) {
        from = v.values();
      } else if (vector instanceof BooleanVector v) {
        from = v.values();
      } else {
        Int128Vector wide = (Int128Vector) vector;
        from = wide.high();
        System.arraycopy(wide.low(), 0, low, row, vector.rowCount());
      }
      System.arraycopy(from, 0, values, row, vector.rowCount());
    }

    @Override
    ColumnVector vector() {
      if (values instanceof long[] longs) {
        return low.length > 0 || type.kind() == PhysicalKind.INT128
            ? new Int128Vector(type, rowCount, longs, low, nulls)
            : new LongVector(type, rowCount, longs, nulls);
      } else if (values instanceof int[] ints) {
        return new IntVector(type, rowCount, ints, nulls);
      } else if (values instanceof double[] doubles) {
        return new DoubleVector(type, rowCount, doubles, nulls);
      } else if (values instanceof float[] floats) {
        return new FloatVector(type, rowCount, floats, nulls);
      }
      return new BooleanVector(type, rowCount, (boolean[]) values, nulls);
    }
  }

  /** Strings that all batches hold as bytes. */
  private final class Strings extends Column {
    private final SqlType type;
    private final int[] starts = new int[batches.size()];
    private final int[] offsets = new int[rowCount + 1];
    private final byte[] data;

    Strings(SqlType type, boolean @Nullable [] nulls, int c) {
      super(nulls);
      this.type = type;
      long bytes = 0;
      for (int i = 0; i < starts.length; i++) {
        BytesVector vector = (BytesVector) batches.get(i).column(c);
        starts[i] = (int) bytes;
        bytes += vector.offsets()[vector.rowCount()] - vector.offsets()[0];
        if (bytes > VectorGather.MAX_BYTES) {
          throw BytesVectorBuilder.tooLong(bytes);
        }
      }
      data = new byte[(int) bytes];
      offsets[rowCount] = (int) bytes;
    }

    @Override
    void copy(ColumnVector vector, int row, int batch) {
      BytesVector strings = (BytesVector) vector;
      int[] from = strings.offsets();
      int rows = vector.rowCount();
      System.arraycopy(strings.data(), from[0], data, starts[batch], from[rows] - from[0]);
      int shift = starts[batch] - from[0];
      for (int i = 0; i < rows; i++) {
        offsets[row + i] = from[i] + shift;
      }
    }

    @Override
    ColumnVector vector() {
      return new BytesVector(type, rowCount, data, offsets, nulls);
    }
  }

  /** Several dictionaries behind each other. */
  private record Dictionaries(BytesVector joined, IdentityHashMap<BytesVector, Integer> firstIds) {
    private static final int FREE_ENTRIES = 1024;

    static @Nullable Dictionaries of(List<RowBatch> batches, int c, int rowCount) {
      IdentityHashMap<BytesVector, Integer> firstIds = new IdentityHashMap<>();
      BytesVector only = null;
      int entries = 0;
      int bytes = 0;
      for (RowBatch batch : batches) {
        BytesVector dictionary = ((DictionaryVector) batch.column(c)).dictionary();
        if (firstIds.putIfAbsent(dictionary, entries) == null) {
          only = dictionary;
          entries += dictionary.rowCount();
          bytes += dictionary.offsets()[dictionary.rowCount()] - dictionary.offsets()[0];
          if (firstIds.size() > 1 && entries > Math.max(FREE_ENTRIES, rowCount / 4)) {
            return null;
          }
        }
      }
      if (only == null || firstIds.size() == 1) {
        return only == null ? null : new Dictionaries(only, firstIds);
      }
      byte[] data = new byte[bytes];
      int[] offsets = new int[entries + 1];
      int entry = 0;
      int at = 0;
      for (RowBatch batch : batches) {
        BytesVector dictionary = ((DictionaryVector) batch.column(c)).dictionary();
        Integer first = firstIds.get(dictionary);
        if (first != null && first == entry && dictionary.rowCount() > 0) {
          int start = dictionary.offsets()[0];
          int length = dictionary.offsets()[dictionary.rowCount()] - start;
          System.arraycopy(dictionary.data(), start, data, at, length);
          for (int i = 0; i < dictionary.rowCount(); i++) {
            offsets[entry++] = at + dictionary.offsets()[i] - start;
          }
          at += length;
        }
      }
      offsets[entries] = at;
      return new Dictionaries(new BytesVector(only.type(), entries, data, offsets, null), firstIds);
    }
  }

  private final class Ids extends Column {
    private final Dictionaries dictionaries;
    private final int[] ids = new int[rowCount];

    Ids(Dictionaries dictionaries, boolean @Nullable [] nulls) {
      super(nulls);
      this.dictionaries = dictionaries;
    }

    @Override
    void copy(ColumnVector vector, int row, int batch) {
      DictionaryVector strings = (DictionaryVector) vector;
      Integer shift = dictionaries.firstIds().get(strings.dictionary());
      int first = shift == null ? 0 : shift;
      int[] from = strings.ids();
      boolean[] absent = strings.nulls();
      for (int i = 0; i < vector.rowCount(); i++) {
        ids[row + i] = absent != null && absent[i] ? 0 : from[i] + first;
      }
    }

    @Override
    ColumnVector vector() {
      return new DictionaryVector(rowCount, ids, dictionaries.joined(), nulls);
    }
  }

  /** Row by row, all in the first piece. */
  private final class Copied extends Column {
    private final VectorBuilder builder;

    Copied(SqlType type) {
      super(null);
      this.builder = VectorBuilder.of(type);
    }

    @Override
    void fill(int c, int piece) {
      if (piece == 0) {
        for (RowBatch batch : batches) {
          builder.appendRange(batch.column(c), 0, batch.rowCount());
        }
      }
    }

    @Override
    void copy(ColumnVector vector, int row, int batch) {
      builder.appendRange(vector, 0, vector.rowCount());
    }

    @Override
    ColumnVector vector() {
      return builder.build();
    }
  }
}
