package dev.frazil.parquet.write;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.geometry.GeometryExtent;
import dev.frazil.parquet.encoding.BytesTarget;
import dev.frazil.parquet.encoding.RunLengthEncoder;
import dev.frazil.parquet.prune.XxHash64;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.Int128Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.GeospatialStatistics;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/**
 * Writes BYTE_ARRAY and FIXED_LEN_BYTE_ARRAY leaves: text, bytes, uuids, long decimals. While the
 * dictionary is alive the open page holds ids only.
 */
final class BytesLeafWriter extends LeafWriter {
  private static final int UNKNOWN_ID = -1;

  private final boolean fixed;
  private final boolean signed;
  private final int fixedBytes;
  private final boolean isGeospatial;
  private GeometryExtent chunkExtent = new GeometryExtent();
  private final GeometryExtent fileExtent = new GeometryExtent();
  private BytesTarget values = new BytesTarget(16, 256);
  private int[] ids = new int[0];
  private int idCount;
  private int pageBytes;
  private BytesDictionary dictionary = new BytesDictionary();
  private DictionaryChoice choice;
  private @Nullable BytesVector knownSource;
  private int[] knownIds = new int[0];
  private byte @Nullable [] pageLeast;
  private byte @Nullable [] pageGreatest;
  private byte @Nullable [] chunkLeast;
  private byte @Nullable [] chunkGreatest;
  private byte @Nullable [] fileLeast;
  private byte @Nullable [] fileGreatest;

  BytesLeafWriter(LeafColumn column, WriteSettings settings) {
    super(column, settings);
    this.fixed = column.element().getType() == Type.FIXED_LEN_BYTE_ARRAY;
    this.fixedBytes = column.element().getType_length();
    this.signed = column.type().typeId() == TypeID.DECIMAL;
    this.isGeospatial = GeospatialColumns.isGeospatial(column.type());
    this.choice = newChoice();
  }

  private DictionaryChoice newChoice() {
    return new DictionaryChoice(
        !settings.plainColumns().contains(column.name()), settings.dictionaryBytes());
  }

  @Override
  void addValues(ColumnVector vector, int[] positions, int count) {
    if (vector instanceof DictionaryVector source) {
      addFromDictionary(source, positions, count);
    } else if (vector instanceof BytesVector source) {
      for (int i = 0; i < count; i++) {
        int row = positions[i];
        add(source.data(), source.offsets()[row], source.offsets()[row + 1]);
      }
    } else if (vector instanceof Int128Vector source) {
      byte[] value = new byte[fixedBytes];
      for (int i = 0; i < count; i++) {
        bigEndian(source.high()[positions[i]], source.low()[positions[i]], value);
        add(value, 0, fixedBytes);
      }
    } else if (count > 0) {
      throw EngineException.internal(
          "column " + column.name() + " of " + column.type() + " given as " + vector.type());
    }
  }

  @SuppressWarnings("ReferenceEquality") // dictionaries are shared by identity
  private void addFromDictionary(DictionaryVector source, int[] positions, int count) {
    BytesVector from = source.dictionary();
    if (!choice.isActive()) {
      for (int i = 0; i < count; i++) {
        int id = source.ids()[positions[i]];
        add(from.data(), from.offsets()[id], from.offsets()[id + 1]);
      }
      return;
    }
    if (knownSource != from) {
      knownSource = from;
      knownIds = new int[from.rowCount()];
      Arrays.fill(knownIds, UNKNOWN_ID);
    }
    for (int i = 0; i < count; i++) {
      int sourceId = source.ids()[positions[i]];
      int id = knownIds[sourceId];
      if (id == UNKNOWN_ID) {
        id = newId(from.data(), from.offsets()[sourceId], from.offsets()[sourceId + 1]);
        knownIds[sourceId] = id;
      }
      appendId(id);
    }
  }

  private void add(byte[] source, int from, int to) {
    if (choice.isActive()) {
      appendId(newId(source, from, to));
      return;
    }
    check(to - from);
    if (hasBloom()) {
      addBloomHash(XxHash64.ofBytes(source, from, to));
    }
    values.appendUnpadded(source, from, to - from);
    pageBytes += plainLength(to - from);
  }

  private int newId(byte[] source, int from, int to) {
    int before = dictionary.count();
    int id = dictionary.id(source, from, to);
    if (id == before) {
      check(to - from);
      if (hasBloom()) {
        addBloomHash(XxHash64.ofBytes(source, from, to));
      }
    }
    return id;
  }

  private void check(int lengthBytes) {
    if (fixed && lengthBytes != fixedBytes) {
      throw new EngineException(
          SqlState.DATA_EXCEPTION,
          "a value of "
              + lengthBytes
              + " bytes in column "
              + column.name()
              + ", whose values have "
              + fixedBytes);
    }
  }

  private void appendId(int id) {
    if (ids.length == idCount) {
      ids = Arrays.copyOf(ids, Math.max(1024, idCount * 2));
    }
    ids[idCount++] = id;
    int[] offsets = dictionary.values().offsets();
    pageBytes += plainLength(offsets[id + 1] - offsets[id]);
  }

  private int plainLength(int lengthBytes) {
    return fixed ? lengthBytes : lengthBytes + Integer.BYTES;
  }

  @Override
  int pageValueBytes() {
    return pageBytes;
  }

  @Override
  Encoding encodeValues(GrowableBytes out) {
    boolean asIds = false;
    if (choice.isActive()) {
      int distinct = dictionary.count();
      int width = RunLengthEncoder.widthOf(Math.max(0, distinct - 1));
      long bytes = dictionary.lengthBytes() + (fixed ? 0L : (long) distinct * Integer.BYTES);
      asIds = choice.decide(idCount, distinct, width, bytes, pageBytes);
      if (asIds) {
        RunLengthEncoder encoder = new RunLengthEncoder(width);
        encoder.write(ids, 0, idCount);
        byte[] encoded = encoder.finish();
        out.write(width);
        out.write(encoded, 0, encoded.length);
      } else {
        BytesTarget from = dictionary.values();
        values.appendAll(from.data(), from.offsets(), ids, 0, idCount);
      }
    }
    if (!asIds) {
      writePlain(out, values);
    }
    values.clear();
    idCount = 0;
    pageBytes = 0;
    return asIds ? Encoding.RLE_DICTIONARY : Encoding.PLAIN;
  }

  private void writePlain(GrowableBytes out, BytesTarget source) {
    int[] offsets = source.offsets();
    out.reserve(source.lengthBytes() + source.count() * Integer.BYTES);
    for (int i = 0; i < source.count(); i++) {
      int length = offsets[i + 1] - offsets[i];
      if (!fixed) {
        out.writeInt(length);
      }
      out.write(source.data(), offsets[i], length);
    }
  }

  @Override
  byte @Nullable [][] pageBounds() {
    pageLeast = null;
    pageGreatest = null;
    if (idCount > 0) {
      BytesTarget from = dictionary.values();
      boolean[] seen = new boolean[from.count()];
      for (int i = 0; i < idCount; i++) {
        int id = ids[i];
        if (!seen[id]) {
          seen[id] = true;
          widen(from.data(), from.offsets()[id], from.offsets()[id + 1]);
        }
      }
    }
    for (int i = 0; i < values.count(); i++) {
      widen(values.data(), values.offsets()[i], values.offsets()[i + 1]);
    }
    byte[] least = pageLeast;
    byte[] greatest = pageGreatest;
    if (least == null || greatest == null) {
      return null;
    }
    chunkLeast = lesser(chunkLeast, least);
    chunkGreatest = greater(chunkGreatest, greatest);
    return new byte[][] {least, greatest};
  }

  private void widen(byte[] source, int from, int to) {
    if (isGeospatial) {
      chunkExtent.add(source, from, to);
      return; // bytes of geometries have no order
    }
    byte[] least = pageLeast;
    if (least == null || compare(source, from, to, least) < 0) {
      pageLeast = Arrays.copyOfRange(source, from, to);
    }
    byte[] greatest = pageGreatest;
    if (greatest == null || compare(source, from, to, greatest) > 0) {
      pageGreatest = Arrays.copyOfRange(source, from, to);
    }
  }

  private int compare(byte[] source, int from, int to, byte[] other) {
    if (signed && source[from] != other[0]) {
      return Byte.compare(source[from], other[0]);
    }
    return Arrays.compareUnsigned(source, from, to, other, 0, other.length);
  }

  private byte[] lesser(byte @Nullable [] known, byte[] other) {
    return known == null || compare(other, 0, other.length, known) < 0 ? other : known;
  }

  private byte[] greater(byte @Nullable [] known, byte[] other) {
    return known == null || compare(other, 0, other.length, known) > 0 ? other : known;
  }

  @Override
  byte @Nullable [][] chunkBounds() {
    byte[] least = chunkLeast;
    byte[] greatest = chunkGreatest;
    chunkLeast = null;
    chunkGreatest = null;
    if (least == null || greatest == null) {
      return null;
    }
    byte[] lower = lesser(fileLeast, least);
    byte[] upper = greater(fileGreatest, greatest);
    fileLeast = lower;
    fileGreatest = upper;
    totals.bounds(icebergValue(lower), icebergValue(upper));
    return new byte[][] {least, greatest};
  }

  @Override
  @Nullable GeospatialStatistics takeGeospatial() {
    if (!isGeospatial) {
      return null;
    }
    GeospatialStatistics statistics = GeospatialColumns.statistics(column.type(), chunkExtent);
    fileExtent.add(chunkExtent);
    chunkExtent = new GeometryExtent();
    if (GeospatialColumns.hasBox(column.type(), fileExtent)) {
      totals.bounds(GeospatialColumns.lower(fileExtent), GeospatialColumns.upper(fileExtent));
    } else {
      totals.noBounds();
    }
    return statistics;
  }

  private Object icebergValue(byte[] bytes) {
    return switch (column.type().typeId()) {
      case STRING -> new String(bytes, StandardCharsets.UTF_8);
      case DECIMAL ->
          new BigDecimal(new BigInteger(bytes), ((Types.DecimalType) column.type()).scale());
      case UUID -> {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        yield new UUID(buffer.getLong(), buffer.getLong());
      }
      default -> ByteBuffer.wrap(bytes);
    };
  }

  private static void bigEndian(long high, long low, byte[] target) {
    for (int i = 0; i < target.length; i++) {
      int shift = 8 * (target.length - 1 - i);
      target[i] = (byte) (shift >= 64 ? high >> (shift - 64) : low >>> shift);
    }
  }

  @Override
  @Nullable DictionaryBytes takeDictionary() {
    DictionaryBytes taken = null;
    if (choice.isUsed()) {
      GrowableBytes bytes = new GrowableBytes(dictionary.lengthBytes() + 1024);
      writePlain(bytes, dictionary.values());
      taken = new DictionaryBytes(dictionary.count(), bytes.toArray());
    }
    dictionary = new BytesDictionary();
    knownSource = null;
    choice = newChoice();
    return taken;
  }

  @Override
  int dictionaryBytes() {
    return choice.isUsed() ? dictionary.lengthBytes() : 0;
  }
}
