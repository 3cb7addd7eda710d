package dev.frazil.parquet.read;

import dev.frazil.parquet.format.ColumnChunkInfo;
import dev.frazil.parquet.format.FileBytes;
import dev.frazil.parquet.format.FileFooter;
import dev.frazil.parquet.format.PrefetchedBytes;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.parquet.format.SchemaNode;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorValues;
import java.nio.ByteBuffer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.apache.iceberg.types.Type;

/** The distinct values of a chunk, for pruning. Immutable. */
public final class DictionaryValues {
  private final ColumnVector dictionary;

  private DictionaryValues(ColumnVector dictionary) {
    this.dictionary = dictionary;
  }

  /** Reads those of a chunk that has a dictionary page. */
  public static DictionaryValues read(
      FileFooter footer,
      FileBytes file,
      int rowGroup,
      SchemaNode leaf,
      Type.PrimitiveType type,
      ReadMemory memory) {
    ColumnChunkInfo chunk = footer.chunk(rowGroup, leaf);
    PrefetchedBytes bytes = new PrefetchedBytes(file, memory);
    bytes.want(chunk.start(), chunk.metadata().getData_page_offset());
    return new DictionaryValues(
        ChunkReader.readDictionary(
            new PageReader(footer.location(), chunk, bytes, memory),
            LeafConversion.sink(type, leaf, footer.location())));
  }

  /**
   * Whether any value passes.
   *
   * @param integers judges integers, dates, times and timestamps
   * @param others judges the rest, as Iceberg holds them, in no particular form of bytes
   */
  public boolean anyMatch(LongPredicate integers, Predicate<Object> others) {
    int count = dictionary.rowCount();
    if (dictionary instanceof IntVector numbers && numbers.nulls() == null) {
      int[] values = numbers.values();
      for (int i = 0; i < count; i++) {
        if (integers.test(values[i])) {
          return true;
        }
      }
      return false;
    }
    if (dictionary instanceof LongVector numbers
        && numbers.nulls() == null
        && !(numbers.type() instanceof SqlType.DecimalType)) {
      long[] values = numbers.values();
      for (int i = 0; i < count; i++) {
        if (integers.test(values[i])) {
          return true;
        }
      }
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (others.test(value(dictionary, i))) {
        return true;
      }
    }
    return false;
  }

  private static Object value(ColumnVector dictionary, int row) {
    if (dictionary instanceof BytesVector bytes) {
      return ByteBuffer.wrap(bytes.data(), bytes.offsets()[row], bytes.lengthBytes(row)).slice();
    }
    Object value = VectorValues.read(dictionary, row);
    return value == null ? SqlType.Primitive.UNKNOWN : value;
  }
}
