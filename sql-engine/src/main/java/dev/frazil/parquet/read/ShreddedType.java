package dev.frazil.parquet.read;

import dev.frazil.parquet.format.SchemaNode;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.variant.VariantKind;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf {@code typed_value} holds, and how it is read. Source: Apache Parquet,
 * VariantShredding.md, the table of shredded types.
 *
 * @param kind the primitive of the variant; of decimals any of the three
 */
record ShreddedType(VariantKind kind, SqlType type, VectorSink sink) {

  /** Null for a type that variants are not shredded into. */
  static @Nullable ShreddedType of(SchemaNode leaf) {
    SchemaElement element = leaf.element();
    LogicalType logical = LegacyAnnotation.of(element);
    if (logical != null && logical.isSetDECIMAL()) {
      return decimal(element, logical.getDECIMAL().getPrecision(), logical.getDECIMAL().getScale());
    }
    return switch (element.getType()) {
      case BOOLEAN ->
          new ShreddedType(VariantKind.TRUE, Primitive.BOOLEAN, new BooleanSink(Primitive.BOOLEAN));
      case INT32 -> int32(logical);
      case INT64 -> int64(logical);
      case FLOAT ->
          new ShreddedType(VariantKind.FLOAT, Primitive.REAL, new FloatSink(Primitive.REAL));
      case DOUBLE ->
          new ShreddedType(
              VariantKind.DOUBLE, Primitive.DOUBLE, new DoubleSink(Primitive.DOUBLE, false));
      case BYTE_ARRAY ->
          logical == null
              ? bytes(VariantKind.BINARY)
              : logical.isSetSTRING() ? bytes(VariantKind.STRING) : null;
      case FIXED_LEN_BYTE_ARRAY ->
          logical != null && logical.isSetUUID() && element.getType_length() == 16
              ? bytes(VariantKind.UUID)
              : null;
      case INT96 -> null;
    };
  }

  private static ShreddedType bytes(VariantKind kind) {
    return new ShreddedType(kind, Primitive.VARBINARY, new BytesSink(Primitive.VARBINARY));
  }

  private static ShreddedType integer(VariantKind kind) {
    return new ShreddedType(kind, Primitive.INTEGER, new IntSink(Primitive.INTEGER));
  }

  private static ShreddedType bigint(VariantKind kind) {
    return new ShreddedType(
        kind, Primitive.BIGINT, new LongSink(Primitive.BIGINT, LongSink.Source.INT64));
  }

  private static @Nullable ShreddedType int32(@Nullable LogicalType logical) {
    if (logical == null) {
      return integer(VariantKind.INT32);
    } else if (logical.isSetDATE()) {
      return integer(VariantKind.DATE);
    } else if (!logical.isSetINTEGER() || !logical.getINTEGER().isIsSigned()) {
      return null;
    }
    return switch (logical.getINTEGER().getBitWidth()) {
      case 8 -> integer(VariantKind.INT8);
      case 16 -> integer(VariantKind.INT16);
      case 32 -> integer(VariantKind.INT32);
      default -> null;
    };
  }

  private static @Nullable ShreddedType int64(@Nullable LogicalType logical) {
    if (logical == null) {
      return bigint(VariantKind.INT64);
    } else if (logical.isSetTIMESTAMP()) {
      TimeUnit unit = logical.getTIMESTAMP().getUnit();
      boolean utc = logical.getTIMESTAMP().isIsAdjustedToUTC();
      if (unit.isSetNANOS()) {
        return bigint(
            utc ? VariantKind.TIMESTAMP_NANOS_WITH_TIME_ZONE : VariantKind.TIMESTAMP_NANOS);
      }
      return unit.isSetMICROS()
          ? bigint(utc ? VariantKind.TIMESTAMP_WITH_TIME_ZONE : VariantKind.TIMESTAMP)
          : null;
    } else if (logical.isSetTIME()) {
      return logical.getTIME().getUnit().isSetMICROS() ? bigint(VariantKind.TIME) : null;
    }
    boolean isLong =
        logical.isSetINTEGER()
            && logical.getINTEGER().isIsSigned()
            && logical.getINTEGER().getBitWidth() == 64;
    return isLong ? bigint(VariantKind.INT64) : null;
  }

  private static @Nullable ShreddedType decimal(SchemaElement element, int precision, int scale) {
    if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
      return null;
    }
    SqlType type = new SqlType.DecimalType(precision, scale);
    boolean isShort = precision <= SqlType.DecimalType.MAX_LONG_PRECISION;
    VectorSink sink =
        switch (element.getType()) {
          case INT32 -> isShort ? new LongSink(type, LongSink.Source.INT32) : null;
          case INT64 -> isShort ? new LongSink(type, LongSink.Source.INT64) : null;
          case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
              isShort
                  ? new LongSink(type, LongSink.Source.BYTES)
                  : new Int128Sink(type, Int128Sink.Source.BYTES);
          case BOOLEAN, INT96, FLOAT, DOUBLE -> null;
        };
    return sink == null ? null : new ShreddedType(VariantKind.DECIMAL16, type, sink);
  }
}
