package dev.frazil.parquet.write;

import dev.frazil.error.EngineException;
import dev.frazil.parquet.encoding.RunLengthEncoder;
import dev.frazil.parquet.prune.XxHash64;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import java.math.BigDecimal;
import java.util.Arrays;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/**
 * Writes BOOLEAN, INT32, INT64, FLOAT and DOUBLE leaves. Values are held as longs: integers as they
 * are, floating point as raw bits, booleans as 0 and 1.
 */
final class LongLeafWriter extends LeafWriter {
  private final Type physical;
  private final int widthBytes;
  private final boolean floating;
  private long[] values = new long[0];
  private int count;
  private int[] ids = new int[0];
  private LongDictionary dictionary = new LongDictionary();
  private DictionaryChoice choice;

  // Bounds are kept as keys that compare as signed longs; no value yet when least > greatest.
  private long chunkLeast = Long.MAX_VALUE;
  private long chunkGreatest = Long.MIN_VALUE;
  private long fileLeast = Long.MAX_VALUE;
  private long fileGreatest = Long.MIN_VALUE;

  LongLeafWriter(LeafColumn column, WriteSettings settings) {
    super(column, settings);
    this.physical = column.element().getType();
    this.widthBytes = physical == Type.INT32 || physical == Type.FLOAT ? 4 : 8;
    this.floating = physical == Type.FLOAT || physical == Type.DOUBLE;
    this.choice = newChoice();
  }

  private DictionaryChoice newChoice() {
    boolean allowed = physical != Type.BOOLEAN && !settings.plainColumns().contains(column.name());
    return new DictionaryChoice(allowed, settings.dictionaryBytes());
  }

  @Override
  void addValues(ColumnVector vector, int[] positions, int added) {
    if (values.length - count < added) {
      values = Arrays.copyOf(values, Math.max(values.length * 2, count + added));
    }
    long[] target = values;
    int at = count;
    if (vector instanceof LongVector longs) {
      long[] source = longs.values();
      for (int i = 0; i < added; i++) {
        target[at + i] = source[positions[i]];
      }
    } else if (vector instanceof IntVector ints) {
      int[] source = ints.values();
      for (int i = 0; i < added; i++) {
        target[at + i] = source[positions[i]];
      }
    } else if (vector instanceof DoubleVector doubles) {
      double[] source = doubles.values();
      for (int i = 0; i < added; i++) {
        target[at + i] = Double.doubleToRawLongBits(source[positions[i]]);
      }
    } else if (vector instanceof FloatVector floats) {
      float[] source = floats.values();
      for (int i = 0; i < added; i++) {
        target[at + i] = Float.floatToRawIntBits(source[positions[i]]);
      }
    } else if (vector instanceof BooleanVector booleans) {
      boolean[] source = booleans.values();
      for (int i = 0; i < added; i++) {
        target[at + i] = source[positions[i]] ? 1 : 0;
      }
    } else if (added > 0) {
      throw EngineException.internal(
          "column " + column.name() + " of " + column.type() + " given as " + vector.type());
    }
    count += added;
  }

  @Override
  int pageValueBytes() {
    return count * widthBytes;
  }

  @Override
  Encoding encodeValues(GrowableBytes out) {
    if (choice.isActive()) {
      if (ids.length < count) {
        ids = new int[values.length];
      }
      for (int i = 0; i < count; i++) {
        ids[i] = dictionary.id(values[i]);
      }
    }
    if (hasBloom()) {
      for (int i = 0; i < count; i++) {
        addBloomHash(
            widthBytes == 4 ? XxHash64.ofInt((int) values[i]) : XxHash64.ofLong(values[i]));
      }
    }
    int distinct = dictionary.count();
    int idWidth = RunLengthEncoder.widthOf(Math.max(0, distinct - 1));
    boolean asIds =
        choice.decide(
            count, distinct, idWidth, (long) distinct * widthBytes, (long) count * widthBytes);
    if (asIds) {
      RunLengthEncoder encoder = new RunLengthEncoder(idWidth);
      encoder.write(ids, 0, count);
      byte[] encoded = encoder.finish();
      out.write(idWidth);
      out.write(encoded, 0, encoded.length);
    } else {
      writePlain(out, values, count);
    }
    count = 0;
    return asIds ? Encoding.RLE_DICTIONARY : Encoding.PLAIN;
  }

  private void writePlain(GrowableBytes out, long[] source, int many) {
    out.reserve(many * Long.BYTES);
    if (physical == Type.BOOLEAN) {
      for (int i = 0; i < many; i += 8) {
        int bits = 0;
        for (int b = 0; b < Math.min(8, many - i); b++) {
          bits |= (int) source[i + b] << b;
        }
        out.write(bits);
      }
    } else if (widthBytes == 4) {
      for (int i = 0; i < many; i++) {
        out.writeInt((int) source[i]);
      }
    } else {
      for (int i = 0; i < many; i++) {
        out.writeLong(source[i]);
      }
    }
  }

  @Override
  byte @Nullable [][] pageBounds() {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    if (floating) {
      int nans = 0;
      for (int i = 0; i < count; i++) {
        double value = floatingValue(values[i]);
        if (Double.isNaN(value)) {
          nans++;
        } else {
          long key = key(values[i]);
          least = Math.min(least, key);
          greatest = Math.max(greatest, key);
        }
      }
      totals.addNans(nans);
    } else {
      for (int i = 0; i < count; i++) {
        least = Math.min(least, values[i]);
        greatest = Math.max(greatest, values[i]);
      }
    }
    if (least > greatest) {
      return null;
    }
    chunkLeast = Math.min(chunkLeast, least);
    chunkGreatest = Math.max(chunkGreatest, greatest);
    return new byte[][] {lowerBytes(least), upperBytes(greatest)};
  }

  @Override
  byte @Nullable [][] chunkBounds() {
    long least = chunkLeast;
    long greatest = chunkGreatest;
    chunkLeast = Long.MAX_VALUE;
    chunkGreatest = Long.MIN_VALUE;
    if (least > greatest) {
      return null;
    }
    fileLeast = Math.min(fileLeast, least);
    fileGreatest = Math.max(fileGreatest, greatest);
    totals.bounds(icebergValue(zeroDown(fileLeast)), icebergValue(zeroUp(fileGreatest)));
    return new byte[][] {lowerBytes(least), upperBytes(greatest)};
  }

  private double floatingValue(long bits) {
    return physical == Type.FLOAT
        ? Float.intBitsToFloat((int) bits)
        : Double.longBitsToDouble(bits);
  }

  /** Raw bits as a number that orders as the value does, and back: its own inverse. */
  private long key(long bits) {
    return floating ? bits ^ ((bits >> 63) & Long.MAX_VALUE) : bits;
  }

  /** Readers may hold either zero equal to the other: a lower bound of zero is the negative one. */
  private long zeroDown(long key) {
    return floating && key == 0
        ? key(physical == Type.FLOAT ? Integer.MIN_VALUE : Long.MIN_VALUE)
        : key;
  }

  private long zeroUp(long key) {
    return floating && floatingValue(key(key)) == 0.0 ? 0 : key;
  }

  private byte[] lowerBytes(long key) {
    return plainBytes(key(zeroDown(key)));
  }

  private byte[] upperBytes(long key) {
    return plainBytes(key(zeroUp(key)));
  }

  private byte[] plainBytes(long bits) {
    if (physical == Type.BOOLEAN) {
      return new byte[] {(byte) bits};
    }
    GrowableBytes bytes = new GrowableBytes(Long.BYTES);
    if (widthBytes == 4) {
      bytes.writeInt((int) bits);
    } else {
      bytes.writeLong(bits);
    }
    return bytes.toArray();
  }

  private Object icebergValue(long key) {
    long bits = key(key);
    return switch (column.type().typeId()) {
      case BOOLEAN -> bits != 0;
      case INTEGER, DATE -> (int) bits;
      case FLOAT -> Float.intBitsToFloat((int) bits);
      case DOUBLE -> Double.longBitsToDouble(bits);
      case DECIMAL -> BigDecimal.valueOf(bits, ((Types.DecimalType) column.type()).scale());
      default -> bits;
    };
  }

  @Override
  @Nullable DictionaryBytes takeDictionary() {
    DictionaryBytes taken = null;
    if (choice.isUsed()) {
      GrowableBytes bytes = new GrowableBytes(dictionary.count() * Long.BYTES);
      long[] distinct = new long[dictionary.count()];
      for (int i = 0; i < distinct.length; i++) {
        distinct[i] = dictionary.value(i);
      }
      writePlain(bytes, distinct, distinct.length);
      taken = new DictionaryBytes(distinct.length, bytes.toArray());
    }
    dictionary = new LongDictionary();
    choice = newChoice();
    return taken;
  }

  @Override
  int dictionaryBytes() {
    return choice.isUsed() ? dictionary.count() * widthBytes : 0;
  }
}
