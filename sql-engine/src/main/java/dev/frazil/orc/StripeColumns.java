package dev.frazil.orc;

import dev.frazil.error.EngineException;
import dev.frazil.orc.OrcType.Kind;
import dev.frazil.orc.StripeFooter.Range;
import dev.frazil.parquet.format.PrefetchedBytes;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Opens the columns of one stripe in the types of the table, and announces the bytes that they will
 * read. One thread.
 */
final class StripeColumns {
  private static final long MICROS_A_DAY = 86_400_000_000L;
  private static final long NANOS_A_MICRO = 1_000;
  private static final int UUID_BYTES = 16;

  private final OrcFooter file;
  private final OrcFields fields;
  private final StripeFooter stripe;
  private final PrefetchedBytes bytes;
  private final ChunkDecompressor decompressor;
  private final ReadMemory memory;
  private final BatchMemory batch;
  private long announced;
  private double valuesBeyondRows;

  StripeColumns(
      OrcFooter file,
      OrcFields fields,
      StripeFooter stripe,
      PrefetchedBytes bytes,
      ChunkDecompressor decompressor,
      ReadMemory memory,
      BatchMemory batch) {
    this.file = file;
    this.fields = fields;
    this.stripe = stripe;
    this.bytes = bytes;
    this.decompressor = decompressor;
    this.memory = memory;
    this.batch = batch;
  }

  /** Bytes of all streams that were opened. */
  long announcedBytes() {
    return announced;
  }

  /** Values of all columns that were opened that an average row has beyond one a column. */
  double valuesBeyondRows() {
    return valuesBeyondRows;
  }

  /** Tells which rows are not null; null where all are. */
  @Nullable BooleanRuns present(OrcType type) {
    valuesBeyondRows += file.valuesBeyondRows(type.column());
    Range range = stripe.stream(type.column(), StripeFooter.PRESENT);
    return range == null ? null : new BooleanRuns(open(range));
  }

  /** The column of a field of a struct. */
  OrcColumn field(OrcType struct, Types.NestedField wanted, String path) {
    OrcType found = fields.find(struct, wanted);
    if (found == null || wanted.type().typeId() == Type.TypeID.UNKNOWN) {
      if (wanted.isRequired() && wanted.initialDefault() == null) {
        throw CorruptOrc.error(
            file.location(),
            "it lacks the required column "
                + path
                + wanted.name()
                + " (field id "
                + wanted.fieldId()
                + ")");
      }
      return new MissingOrcColumn(batch, wanted);
    }
    return column(wanted.type(), found, path + wanted.name());
  }

  private OrcColumn column(Type wanted, OrcType stored, String path) {
    OrcColumn column =
        switch (wanted.typeId()) {
          case STRUCT -> struct(wanted.asStructType(), stored, path);
          case LIST ->
              stored.kind() == Kind.LIST
                  ? repeated(
                      wanted,
                      stored,
                      List.of(
                          column(
                              wanted.asListType().elementType(),
                              stored.children().get(0),
                              path + ".element")))
                  : null;
          case MAP ->
              stored.kind() == Kind.MAP
                  ? repeated(
                      wanted,
                      stored,
                      List.of(
                          column(
                              wanted.asMapType().keyType(),
                              stored.children().get(0),
                              path + ".key"),
                          column(
                              wanted.asMapType().valueType(),
                              stored.children().get(1),
                              path + ".value")))
                  : null;
          default -> primitive(wanted, stored);
        };
    if (column != null) {
      return column;
    }
    if (stored.kind() == Kind.UNION || wanted.typeId() == Type.TypeID.VARIANT) {
      throw EngineException.unsupported(
          "the column "
              + path
              + " of "
              + file.location()
              + ", a "
              + (stored.kind() == Kind.UNION ? "union" : "variant in an ORC file")
              + ",");
    }
    throw CorruptOrc.error(
        file.location(), "column " + path + " holds " + stored.kind() + ", which is no " + wanted);
  }

  private @Nullable OrcColumn struct(Types.StructType wanted, OrcType stored, String path) {
    if (stored.kind() != Kind.STRUCT) {
      return null;
    }
    BooleanRuns present = present(stored);
    List<OrcColumn> columns = new ArrayList<>();
    for (Types.NestedField field : wanted.fields()) {
      columns.add(field(stored, field, path + "."));
    }
    return new StructColumn(present, batch, TypeMapping.toSql(wanted), columns);
  }

  private OrcColumn repeated(Type wanted, OrcType stored, List<OrcColumn> parts) {
    return new RepeatedColumn(
        present(stored),
        batch,
        TypeMapping.toSql(wanted),
        integers(stored, StripeFooter.LENGTH, false),
        parts);
  }

  private @Nullable OrcColumn primitive(Type wanted, OrcType stored) {
    SqlType type = TypeMapping.toSql(wanted);
    return switch (wanted.typeId()) {
      case BOOLEAN ->
          stored.kind() == Kind.BOOLEAN
              ? new BooleanColumn(
                  present(stored), batch, type, new BooleanRuns(open(stored, StripeFooter.DATA)))
              : null;
      case INTEGER -> isInteger(stored) ? integer(type, stored, null) : null;
      case LONG ->
          isInteger(stored) || stored.kind() == Kind.LONG ? integer(type, stored, null) : null;
      case TIME -> stored.kind() == Kind.LONG ? integer(type, stored, null) : null;
      case DATE -> stored.kind() == Kind.DATE ? integer(type, stored, days(1)) : null;
      case FLOAT -> stored.kind() == Kind.FLOAT ? floats(type, stored) : null;
      case DOUBLE ->
          stored.kind() == Kind.FLOAT || stored.kind() == Kind.DOUBLE ? floats(type, stored) : null;
      case TIMESTAMP ->
          timestamp(type, stored, ((Types.TimestampType) wanted).shouldAdjustToUTC(), false);
      case TIMESTAMP_NANO ->
          timestamp(type, stored, ((Types.TimestampNanoType) wanted).shouldAdjustToUTC(), true);
      case DECIMAL -> decimal((DecimalType) type, stored);
      case STRING, BINARY, GEOMETRY, GEOGRAPHY -> isBytes(stored) ? bytes(type, stored, -1) : null;
      case FIXED ->
          stored.kind() == Kind.BINARY
              ? bytes(type, stored, ((Types.FixedType) wanted).length())
              : null;
      case UUID -> stored.kind() == Kind.BINARY ? bytes(type, stored, UUID_BYTES) : null;
      default -> null;
    };
  }

  private static boolean isInteger(OrcType stored) {
    return switch (stored.kind()) {
      case BYTE, SHORT, INT -> true;
      default -> false;
    };
  }

  private static boolean isBytes(OrcType stored) {
    return switch (stored.kind()) {
      case STRING, VARCHAR, CHAR, BINARY, GEOMETRY, GEOGRAPHY -> true;
      default -> false;
    };
  }

  private OrcColumn integer(SqlType type, OrcType stored, @Nullable LongUnaryOperator conversion) {
    return new IntegerColumn(
        present(stored),
        batch,
        type,
        stored.kind() == Kind.BYTE
            ? new ByteRuns(open(stored, StripeFooter.DATA))
            : integers(stored, StripeFooter.DATA, true),
        conversion);
  }

  /**
   * From days of the file to a unit of which each day has so many. Iceberg's days are of the
   * proleptic calendar, whatever the footer tells of them.
   */
  private @Nullable LongUnaryOperator days(long units) {
    if (isHybrid()) {
      return day -> Math.multiplyExact(OrcClock.prolepticDay(day), units);
    }
    return units == 1 ? null : day -> Math.multiplyExact(day, units);
  }

  private boolean isHybrid() {
    return file.hybridCalendar() && !fields.hasIds();
  }

  private OrcColumn floats(SqlType type, OrcType stored) {
    return new FloatColumn(
        present(stored),
        batch,
        type,
        open(stored, StripeFooter.DATA),
        stored.kind() == Kind.FLOAT ? Float.BYTES : Double.BYTES);
  }

  /** Also of columns that once were dates, which have no zone. */
  private @Nullable OrcColumn timestamp(
      SqlType type, OrcType stored, boolean isMoment, boolean isNano) {
    boolean isStoredMoment = stored.kind() == Kind.TIMESTAMP_INSTANT;
    if (stored.kind() == Kind.DATE) {
      return integer(type, stored, days(isNano ? MICROS_A_DAY * NANOS_A_MICRO : MICROS_A_DAY));
    } else if (stored.kind() != Kind.TIMESTAMP && (!isStoredMoment || !isMoment)) {
      return null;
    }
    return new TimestampColumn(
        present(stored),
        batch,
        type,
        integers(stored, StripeFooter.DATA, true),
        integers(stored, StripeFooter.SECONDARY, false),
        isStoredMoment
            ? OrcClock.ofMoments(isHybrid())
            : OrcClock.ofWriter(stripe.zone(), !isMoment, isHybrid()),
        isNano);
  }

  private @Nullable OrcColumn decimal(DecimalType type, OrcType stored) {
    if (stored.kind() != Kind.DECIMAL
        || stored.scale() != type.scale()
        || stored.precision() > type.precision()) {
      return null;
    }
    return new DecimalColumn(
        present(stored),
        batch,
        type,
        open(stored, StripeFooter.DATA),
        integers(stored, StripeFooter.SECONDARY, true));
  }

  private OrcColumn bytes(SqlType type, OrcType stored, int fixedLength) {
    BooleanRuns present = present(stored);
    StripeFooter.Encoding encoding = stripe.encodings().get(stored.column());
    IntegerReader lengths = integers(stored, StripeFooter.LENGTH, false);
    if (!encoding.isDictionary()) {
      return new BytesColumn(
          present,
          batch,
          type,
          lengths,
          open(stored, StripeFooter.DATA),
          fixedLength,
          stored.kind() == Kind.CHAR);
    } else if (fixedLength >= 0) {
      throw CorruptOrc.error(file.location(), "it has a dictionary of binaries");
    }
    return new DictionaryColumn(
        present,
        batch,
        integers(stored, StripeFooter.DATA, false),
        new DictionaryColumn.Dictionary(
            type,
            encoding.dictionarySize(),
            lengths,
            open(stored, StripeFooter.DICTIONARY_DATA),
            stored.kind() == Kind.CHAR),
        memory);
  }

  private IntegerReader integers(OrcType stored, int stream, boolean isSigned) {
    StreamInput in = open(stored, stream);
    return stripe.encodings().get(stored.column()).isVersion2()
        ? new RunLengthV2(in, isSigned)
        : new RunLengthV1(in, isSigned);
  }

  /** A stream, which is empty where the stripe has none: nobody may want a value of it then. */
  private StreamInput open(OrcType stored, int stream) {
    Range range = stripe.stream(stored.column(), stream);
    return open(range == null ? new Range(0, 0) : range);
  }

  private StreamInput open(Range range) {
    bytes.want(range.start(), range.end());
    announced += range.end() - range.start();
    return new StreamInput(bytes, decompressor, range.start(), range.end(), memory);
  }
}
