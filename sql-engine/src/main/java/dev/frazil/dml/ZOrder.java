package dev.frazil.dml;

import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.ZOrderByteUtils;

/**
 * The order of the z-curve over several columns: the bits of their values are taken in turns, so
 * that rows that are near each other in every column come into the same files, and conditions on
 * any of the columns leave files out. Immutable.
 */
public final class ZOrder {
  private final List<ZColumn> columns;
  private final int widthBytes;

  /**
   * @param fields of the schema, each of a type that {@link #canTake} holds for
   * @param variableBytes how many bytes count of a text or a byte string
   * @param mostBytes how many bytes of the value are compared
   * @param files all that the rows are of, with their bounds
   */
  public ZOrder(
      Schema schema,
      List<Types.NestedField> fields,
      int variableBytes,
      int mostBytes,
      Iterable<DataFile> files) {
    List<ZColumn> made = new ArrayList<>();
    for (Types.NestedField field : fields) {
      made.add(new ZColumn(schema.columns().indexOf(field), field, variableBytes, files));
    }
    this.columns = List.copyOf(made);
    this.widthBytes = Math.min(mostBytes, columns.stream().mapToInt(ZColumn::lengthBytes).sum());
  }

  /** Whether columns of a type can take part. */
  public static boolean canTake(Type type) {
    return ZColumn.canTake(type);
  }

  /** The place of each row alive on the curve, to be compared as byte strings. */
  ColumnVector values(RowBatch rows) {
    byte[] data = new byte[rows.rowCount() * widthBytes];
    int[] offsets = new int[rows.rowCount() + 1];
    for (int row = 0; row < rows.rowCount(); row++) {
      offsets[row + 1] = (row + 1) * widthBytes;
    }
    byte[][] parts =
        columns.stream().map(column -> new byte[column.lengthBytes()]).toArray(byte[][]::new);
    ByteBuffer value = ByteBuffer.allocate(widthBytes);
    int[] positions = RowBatches.positions(rows);
    for (int k = 0; k < rows.selectedCount(); k++) {
      int row = positions[k];
      for (int i = 0; i < parts.length; i++) {
        columns.get(i).put(rows.columns(), row, parts[i]);
      }
      byte[] bits = ZOrderByteUtils.interleaveBits(parts, widthBytes, value);
      System.arraycopy(bits, 0, data, offsets[row], widthBytes);
    }
    return new BytesVector(Primitive.VARBINARY, rows.rowCount(), data, offsets, null);
  }
}
