package dev.frazil.parquet.read;

import dev.frazil.error.EngineException;
import dev.frazil.parquet.format.CorruptFile;
import dev.frazil.parquet.format.SchemaNode;
import dev.frazil.type.SqlType;
import dev.frazil.type.TypeMapping;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which sink reads a leaf of a file as a column of an Iceberg type, promotions included. A pair
 * that does not fit is {@code XX001}: the file is not one of its table.
 */
public final class LeafConversion {
  private static final int UNSIGNED_32_DIGITS = 10;
  private static final int UNSIGNED_64_DIGITS = 20;

  private LeafConversion() {}

  static VectorSink sink(Type.PrimitiveType wanted, SchemaNode leaf, String location) {
    SqlType type = TypeMapping.toSql(wanted);
    SchemaElement element = leaf.element();
    VectorSink sink =
        switch (wanted.typeId()) {
          case BOOLEAN ->
              element.getType() == org.apache.parquet.format.Type.BOOLEAN
                  ? new BooleanSink(type)
                  : null;
          case INTEGER -> integerSink(type, element);
          case DATE ->
              element.getType() == org.apache.parquet.format.Type.INT32 ? new IntSink(type) : null;
          case LONG -> longSink(type, element);
          case FLOAT ->
              element.getType() == org.apache.parquet.format.Type.FLOAT
                  ? new FloatSink(type)
                  : null;
          case DOUBLE ->
              switch (element.getType()) {
                case FLOAT -> new DoubleSink(type, true);
                case DOUBLE -> new DoubleSink(type, false);
                default -> null;
              };
          case TIME -> timeSink(type, element);
          case TIMESTAMP -> timestampSink(type, element);
          case TIMESTAMP_NANO -> nanoSink(type, element);
          case DECIMAL -> decimalSink(type, (Types.DecimalType) wanted, element);
          case STRING, BINARY, GEOMETRY, GEOGRAPHY ->
              element.getType() == org.apache.parquet.format.Type.BYTE_ARRAY
                      || element.getType() == org.apache.parquet.format.Type.FIXED_LEN_BYTE_ARRAY
                  ? new BytesSink(type)
                  : null;
          case FIXED -> fixedSink(type, element, ((Types.FixedType) wanted).length());
          case UUID -> fixedSink(type, element, 16);
          default -> throw EngineException.unsupported("the Iceberg type " + wanted);
        };
    if (sink == null) {
      throw CorruptFile.error(
          location,
          "column "
              + leaf.path()
              + " holds "
              + element.getType()
              + (element.isSetLogicalType() ? " " + element.getLogicalType() : "")
              + ", which is no "
              + wanted);
    }
    return sink;
  }

  private static @Nullable VectorSink integerSink(SqlType type, SchemaElement element) {
    if (element.getType() != org.apache.parquet.format.Type.INT32 || isUnsigned(element, 32)) {
      return null;
    }
    return new IntSink(type);
  }

  private static @Nullable VectorSink longSink(SqlType type, SchemaElement element) {
    return switch (element.getType()) {
      case INT32 ->
          new LongSink(
              type,
              isUnsigned(element, 32) ? LongSink.Source.INT32_UNSIGNED : LongSink.Source.INT32);
      case INT64 -> isUnsigned(element, 64) ? null : new LongSink(type, LongSink.Source.INT64);
      default -> null;
    };
  }

  private static @Nullable VectorSink timeSink(SqlType type, SchemaElement element) {
    TimeUnit unit =
        element.isSetLogicalType() && element.getLogicalType().isSetTIME()
            ? element.getLogicalType().getTIME().getUnit()
            : null;
    return switch (element.getType()) {
      case INT32 -> new LongSink(type, LongSink.Source.INT32_MILLIS);
      case INT64 ->
          new LongSink(
              type,
              unit != null && unit.isSetNANOS()
                  ? LongSink.Source.INT64_NANOS
                  : LongSink.Source.INT64);
      default -> null;
    };
  }

  private static @Nullable VectorSink timestampSink(SqlType type, SchemaElement element) {
    return switch (element.getType()) {
      case INT32 -> isDate(element) ? new LongSink(type, LongSink.Source.DAYS_AS_MICROS) : null;
      case INT64 -> new LongSink(type, timestampSource(element));
      case INT96 -> new LongSink(type, LongSink.Source.INT96);
      default -> null;
    };
  }

  /** Also of columns that once counted microseconds, or were dates. */
  private static @Nullable VectorSink nanoSink(SqlType type, SchemaElement element) {
    return switch (element.getType()) {
      case INT32 -> isDate(element) ? new LongSink(type, LongSink.Source.DAYS_AS_NANOS) : null;
      case INT64 ->
          new LongSink(
              type,
              switch (timestampSource(element)) {
                case INT64_NANOS -> LongSink.Source.INT64;
                case INT64_MILLIS -> LongSink.Source.MILLIS_AS_NANOS;
                default -> LongSink.Source.MICROS_AS_NANOS;
              });
      default -> null;
    };
  }

  private static boolean isDate(SchemaElement element) {
    return element.getConverted_type() == ConvertedType.DATE
        || (element.isSetLogicalType() && element.getLogicalType().isSetDATE());
  }

  private static LongSink.Source timestampSource(SchemaElement element) {
    if (element.isSetLogicalType() && element.getLogicalType().isSetTIMESTAMP()) {
      TimeUnit unit = element.getLogicalType().getTIMESTAMP().getUnit();
      return unit.isSetMILLIS()
          ? LongSink.Source.INT64_MILLIS
          : unit.isSetNANOS() ? LongSink.Source.INT64_NANOS : LongSink.Source.INT64;
    }
    return element.getConverted_type() == ConvertedType.TIMESTAMP_MILLIS
        ? LongSink.Source.INT64_MILLIS
        : LongSink.Source.INT64;
  }

  private static @Nullable VectorSink decimalSink(
      SqlType type, Types.DecimalType wanted, SchemaElement element) {
    int scale = element.getScale();
    int precision = element.getPrecision();
    if (element.isSetLogicalType() && element.getLogicalType().isSetDECIMAL()) {
      scale = element.getLogicalType().getDECIMAL().getScale();
      precision = element.getLogicalType().getDECIMAL().getPrecision();
    }
    if (scale != wanted.scale() || precision > wanted.precision()) {
      return null;
    }
    if (isUnsigned(element, 32) || isUnsigned(element, 64)) {
      return unsignedSink(type, wanted, element);
    }
    boolean isShort = wanted.precision() <= SqlType.DecimalType.MAX_LONG_PRECISION;
    return switch (element.getType()) {
      case INT32 ->
          isShort
              ? new LongSink(type, LongSink.Source.INT32)
              : new Int128Sink(type, Int128Sink.Source.INT32);
      case INT64 ->
          isShort
              ? new LongSink(type, LongSink.Source.INT64)
              : new Int128Sink(type, Int128Sink.Source.INT64);
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
          isShort
              ? new LongSink(type, LongSink.Source.BYTES)
              : new Int128Sink(type, Int128Sink.Source.BYTES);
      default -> null;
    };
  }

  private static @Nullable VectorSink fixedSink(
      SqlType type, SchemaElement element, int lengthBytes) {
    boolean fits =
        element.getType() == org.apache.parquet.format.Type.FIXED_LEN_BYTE_ARRAY
            && element.getType_length() == lengthBytes;
    return fits ? new BytesSink(type) : null;
  }

  /** Spark, too, takes unsigned numbers of 64 bits for decimals, of which 20 digits hold all. */
  private static @Nullable VectorSink unsignedSink(
      SqlType type, Types.DecimalType wanted, SchemaElement element) {
    boolean isWord = element.getType() == org.apache.parquet.format.Type.INT32;
    if (wanted.precision() < (isWord ? UNSIGNED_32_DIGITS : UNSIGNED_64_DIGITS)) {
      return null;
    }
    if (!isWord) {
      return new Int128Sink(type, Int128Sink.Source.INT64_UNSIGNED);
    }
    return wanted.precision() <= SqlType.DecimalType.MAX_LONG_PRECISION
        ? new LongSink(type, LongSink.Source.INT32_UNSIGNED)
        : new Int128Sink(type, Int128Sink.Source.INT32_UNSIGNED);
  }

  /** Whether integers are annotated as unsigned and need all of {@code bits}. */
  static boolean isUnsigned(SchemaElement element, int bits) {
    LogicalType logical = element.getLogicalType();
    if (logical != null && logical.isSetINTEGER()) {
      return !logical.getINTEGER().isIsSigned() && logical.getINTEGER().getBitWidth() == bits;
    }
    return element.getConverted_type()
        == (bits == 32 ? ConvertedType.UINT_32 : ConvertedType.UINT_64);
  }
}
