package dev.frazil.orc;

import dev.frazil.error.EngineException;
import dev.frazil.parquet.encoding.MalformedDataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Where the streams of a stripe lie and how its columns are encoded. Source: ORC specification,
 * "Stripe Footer".
 *
 * @param streams by column and kind; empty ones are left out
 * @param encodings one a column
 * @param zone where the writer's clock stood, which local timestamps are relative to
 */
record StripeFooter(Map<Key, Range> streams, List<Encoding> encodings, TimeZone zone) {
  static final int PRESENT = 0;
  static final int DATA = 1;
  static final int LENGTH = 2;
  static final int DICTIONARY_DATA = 3;
  static final int SECONDARY = 5;

  /** A stream of a column. */
  record Key(int column, int kind) {}

  /** Bytes {@code [start, end)} of the file. */
  record Range(long start, long end) {}

  /**
   * How a column is encoded.
   *
   * @param isVersion2 whether its integers are in runs of version 2
   */
  record Encoding(boolean isDictionary, boolean isVersion2, int dictionarySize) {}

  @Nullable Range stream(int column, int kind) {
    return streams.get(new Key(column, kind));
  }

  static StripeFooter read(ProtobufInput in, OrcFooter file, OrcFooter.Stripe stripe) {
    int columns = file.columnCount();
    Map<Key, Range> streams = new HashMap<>();
    List<Encoding> encodings = new ArrayList<>();
    String zone = "UTC";
    long position = stripe.offset();
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case 1 -> position = stream(in.message(), position, stripe.dataEnd(), columns, streams);
        case 2 -> {
          if (encodings.size() == columns) {
            throw new MalformedDataException("encodings of more than " + columns + " columns");
          }
          encodings.add(encoding(in.message()));
        }
        case 3 -> zone = in.text();
        case 4 ->
            throw EngineException.unsupported("reading the encrypted ORC file " + file.location());
        default -> in.skip();
      }
    }
    if (encodings.size() != columns) {
      throw new MalformedDataException(
          "encodings of " + encodings.size() + " columns of " + columns);
    }
    return new StripeFooter(streams, encodings, zone(zone, file.location()));
  }

  private static TimeZone zone(String name, String location) {
    TimeZone zone = TimeZone.getTimeZone(name.isEmpty() ? "UTC" : name);
    // A name that is not known is taken for Greenwich.
    if (zone.getID().equals("GMT") && !name.equals("GMT")) {
      throw EngineException.unsupported(
          "reading the ORC file " + location + " of the time zone \"" + name + "\"");
    }
    return zone;
  }

  private static long stream(
      ProtobufInput in, long position, long limit, int columns, Map<Key, Range> streams) {
    int kind = 0;
    int column = 0;
    long length = 0;
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case 1 -> kind = in.smallUint();
        case 2 -> column = in.smallUint();
        case 3 -> length = in.uint();
        default -> in.skip();
      }
    }
    if (length < 0 || length > limit - position) {
      throw new MalformedDataException("a stream of " + length + " bytes goes past its stripe");
    }
    if (length > 0
        && kind <= SECONDARY
        && column < columns
        && streams.put(new Key(column, kind), new Range(position, position + length)) != null) {
      throw new MalformedDataException("column " + column + " has a stream twice");
    }
    return position + length;
  }

  private static Encoding encoding(ProtobufInput in) {
    int kind = 0;
    int dictionarySize = 0;
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case 1 -> kind = in.smallUint();
        case 2 -> dictionarySize = in.smallUint();
        default -> in.skip();
      }
    }
    if (kind > 3) {
      throw new MalformedDataException("encoding " + kind);
    }
    return new Encoding((kind & 1) != 0, kind >= 2, dictionarySize);
  }
}
