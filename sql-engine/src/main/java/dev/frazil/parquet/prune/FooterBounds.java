package dev.frazil.parquet.prune;

import dev.frazil.parquet.format.ColumnChunkInfo;
import dev.frazil.parquet.format.FileFooter;
import dev.frazil.parquet.format.SchemaNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * What the footer of a file tells of a column that is in no array or map, over all row groups.
 *
 * @param sizeBytes compressed
 * @param values rows, those without a value among them
 * @param nulls null where the footer does not tell
 * @param least as Iceberg holds values of the type; null where nothing is known
 * @param greatest likewise; null for floating numbers too, as a footer does not tell of NaN, which
 *     is above all
 */
public record FooterBounds(
    long sizeBytes,
    long values,
    @Nullable Long nulls,
    @Nullable Object least,
    @Nullable Object greatest) {

  /** Reads them of a column. */
  public static FooterBounds of(FileFooter footer, Types.NestedField field, SchemaNode leaf) {
    long sizeBytes = 0;
    long values = 0;
    Long nulls = 0L;
    Object least = null;
    Object greatest = null;
    boolean isKnown = true;
    for (int rowGroup = 0; rowGroup < footer.rowGroups().size(); rowGroup++) {
      ColumnChunkInfo chunk = footer.chunk(rowGroup, leaf);
      ColumnMetaData metadata = chunk.metadata();
      sizeBytes += metadata.getTotal_compressed_size();
      values += metadata.getNum_values();
      Long more = nulls(chunk);
      nulls = nulls == null || more == null ? null : (Long) (nulls + more);
      ColumnBounds bounds = RowGroupPruner.bounds(chunk, new PrunedColumn(field, leaf));
      if (bounds.onlyNulls() || metadata.getNum_values() == 0) {
        continue;
      }
      Object low = bounds.least();
      Object high = bounds.greatest();
      if (low == null || high == null) {
        isKnown = false;
        continue;
      }
      least = least == null || BoundValues.compare(low, least) < 0 ? low : least;
      greatest = greatest == null || BoundValues.compare(high, greatest) > 0 ? high : greatest;
    }
    Object low = isKnown && least != null ? value(field.type(), least) : null;
    Object high = isKnown && greatest != null ? value(field.type(), greatest) : null;
    boolean mayBeNaN =
        field.type().typeId() == Type.TypeID.FLOAT || field.type().typeId() == Type.TypeID.DOUBLE;
    return new FooterBounds(sizeBytes, values, nulls, low, low == null || mayBeNaN ? null : high);
  }

  private static @Nullable Long nulls(ColumnChunkInfo chunk) {
    if (chunk.leaf().maxDefinition() == 0) {
      return 0L;
    }
    Statistics statistics = chunk.metadata().getStatistics();
    return statistics != null && statistics.isSetNull_count() ? statistics.getNull_count() : null;
  }

  /** A bound in Iceberg's own form; null for types whose order in files is not that of tables. */
  private static @Nullable Object value(Type type, Object bound) {
    return switch (type.typeId()) {
      case BOOLEAN -> bound instanceof Boolean ? bound : null;
      case INTEGER, DATE -> bound instanceof Long number ? (Object) number.intValue() : null;
      case LONG, TIME, TIMESTAMP, TIMESTAMP_NANO -> bound instanceof Long ? bound : null;
      // The least zero is the negative one, as bounds of Iceberg are compared.
      case FLOAT ->
          bound instanceof Double number
              ? (Object) (number == 0 ? -0.0f : number.floatValue())
              : null;
      case DOUBLE -> bound instanceof Double number ? (Object) (number == 0 ? -0.0 : number) : null;
      case DECIMAL -> bound instanceof BigDecimal ? bound : null;
      case STRING -> bound instanceof byte[] bytes ? text(bytes) : null;
      case BINARY -> bound instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : null;
      default -> null;
    };
  }

  /** Null where a bound was cut within a character. */
  private static @Nullable String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
