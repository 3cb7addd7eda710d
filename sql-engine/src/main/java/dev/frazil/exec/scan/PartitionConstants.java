package dev.frazil.exec.scan;

import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Partitioning;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.PartitionUtil;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a data file's partition fixes: a column under an identity transform has the
 * partition's value in every row, and migrated files do not even hold it (Iceberg spec, "Column
 * Projection"). Thread-safe: no state.
 */
final class PartitionConstants {
  private PartitionConstants() {}

  /** By field id, vectors of one row. */
  static Map<Integer, ColumnVector> of(ScanFile task, IntFunction<Types.NestedField> fieldById) {
    Map<Integer, ColumnVector> constants = new HashMap<>();
    StructLike partition = task.file().partition();
    List<PartitionField> fields = task.spec().fields();
    for (int i = 0; i < fields.size(); i++) {
      int sourceId = fields.get(i).sourceId();
      if (fields.get(i).transform().isIdentity()
          && task.spec().schema().asStruct().field(sourceId) != null) {
        SqlType type = TypeMapping.toSql(fieldById.apply(sourceId).type());
        constants.put(sourceId, vector(partition.get(i, Object.class), type));
      }
    }
    return constants;
  }

  /** The partition in the fields of all specs of the table, a vector of one row. */
  static ColumnVector whole(ScanFile task, Table table, SqlType type) {
    Types.StructType fields = Partitioning.partitionType(table);
    StructLike partition =
        PartitionUtil.coercePartition(fields, task.spec(), task.file().partition());
    VectorBuilder builder = VectorBuilder.of(type);
    builder.appendValue(IcebergValues.toEngine(partition, fields));
    return builder.build();
  }

  private static ColumnVector vector(@Nullable Object value, SqlType type) {
    if (value == null) {
      return ConstantVectors.nulls(type, 1);
    }
    VectorBuilder builder = VectorBuilder.of(type);
    if (value instanceof CharSequence text) {
      builder.appendText(text.toString());
    } else if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      builder.appendBytes(copy);
    } else if (value instanceof UUID uuid) {
      builder.appendBytes(
          ByteBuffer.allocate(16)
              .putLong(uuid.getMostSignificantBits())
              .putLong(uuid.getLeastSignificantBits())
              .array());
    } else if (value instanceof BigDecimal decimal) {
      builder.appendDecimal(decimal);
    } else if (value instanceof Number number) {
      append(builder, number, type.kind());
    } else {
      builder.appendValue(value);
    }
    return builder.build();
  }

  /** The partition may hold a narrower number than a promoted column. */
  private static void append(VectorBuilder builder, Number number, PhysicalKind kind) {
    switch (kind) {
      case INT -> builder.appendInt(number.intValue());
      case LONG -> builder.appendLong(number.longValue());
      case FLOAT -> builder.appendFloat(number.floatValue());
      case DOUBLE -> builder.appendDouble(number.doubleValue());
      case BOOLEAN, INT128, BYTES, LIST, MAP, STRUCT -> builder.appendValue(number);
    }
  }
}
