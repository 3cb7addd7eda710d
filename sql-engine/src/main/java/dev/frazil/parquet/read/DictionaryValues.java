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
import dev.frazil.vector.VectorValues;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.iceberg.types.Type;

/** Reads a chunk's dictionary for pruning. Stateless. */
public final class DictionaryValues {
  private DictionaryValues() {}

  /** The distinct values of a chunk that has a dictionary page, in no particular form of bytes. */
  public static Collection<Object> read(
      FileFooter footer,
      FileBytes file,
      int rowGroup,
      SchemaNode leaf,
      Type.PrimitiveType type,
      ReadMemory memory) {
    ColumnChunkInfo chunk = footer.chunk(rowGroup, leaf);
    PrefetchedBytes bytes = new PrefetchedBytes(file, memory);
    bytes.want(chunk.start(), chunk.metadata().getData_page_offset());
    ColumnVector dictionary =
        ChunkReader.readDictionary(
            new PageReader(footer.location(), chunk, bytes, memory),
            LeafConversion.sink(type, leaf, footer.location()));
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < dictionary.rowCount(); i++) {
      values.add(value(dictionary, i));
    }
    return values;
  }

  private static Object value(ColumnVector dictionary, int row) {
    if (dictionary instanceof BytesVector bytes) {
      return ByteBuffer.wrap(bytes.data(), bytes.offsets()[row], bytes.lengthBytes(row)).slice();
    }
    Object value = VectorValues.read(dictionary, row);
    return value == null ? SqlType.Primitive.UNKNOWN : value;
  }
}
