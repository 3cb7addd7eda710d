package dev.frazil.function;

import dev.frazil.error.EngineException;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.VectorBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests and checksums. */
final class Digests {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  private Digests() {}

  static void append(String algorithm, Arguments in, VectorBuilder out) {
    byte[] digest;
    try {
      digest = MessageDigest.getInstance(algorithm).digest(in.bytes(0));
    } catch (GeneralSecurityException e) {
      throw EngineException.unsupported(algorithm + " on this Java runtime");
    }
    if (out.type() == Primitive.VARCHAR) {
      out.appendText(HexFormat.of().formatHex(digest));
    } else {
      out.appendBytes(digest);
    }
  }

  /** By the name that a digest has behind "Hmac" in Java. */
  static void hmac(String digest, Arguments in, VectorBuilder out) {
    byte[] key = in.bytes(1);
    String algorithm = "Hmac" + digest;
    if (key.length == 0) {
      throw FunctionErrors.argument("the key of an HMAC must not be empty");
    }
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      out.appendBytes(mac.doFinal(in.bytes(0)));
    } catch (GeneralSecurityException e) {
      throw EngineException.unsupported(algorithm + " on this Java runtime");
    }
  }

  static void crc32(Arguments in, VectorBuilder out) {
    CRC32 checksum = new CRC32();
    checksum.update(in.bytes(0));
    out.appendLong(checksum.getValue());
  }

  static void xxHash64(Arguments in, VectorBuilder out) {
    long hash = xxHash64(ByteBuffer.wrap(in.bytes(0)).order(ByteOrder.LITTLE_ENDIAN));
    out.appendBytes(ByteBuffer.allocate(8).putLong(hash).array());
  }

  static long xxHash64(byte[] data) {
    return xxHash64(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** As the specification of xxHash describes it, with seed 0. */
  private static long xxHash64(ByteBuffer data) {
    int length = data.remaining();
    long hash;
    if (length >= 32) {
      long seed = 0;
      long first = seed + PRIME_1 + PRIME_2;
      long second = seed + PRIME_2;
      long third = seed;
      long fourth = seed - PRIME_1;
      while (data.remaining() >= 32) {
        first = round(first, data.getLong());
        second = round(second, data.getLong());
        third = round(third, data.getLong());
        fourth = round(fourth, data.getLong());
      }
      hash =
          Long.rotateLeft(first, 1)
              + Long.rotateLeft(second, 7)
              + Long.rotateLeft(third, 12)
              + Long.rotateLeft(fourth, 18);
      hash = merge(merge(merge(merge(hash, first), second), third), fourth);
    } else {
      hash = PRIME_5;
    }
    hash += length;
    while (data.remaining() >= 8) {
      hash = Long.rotateLeft(hash ^ round(0, data.getLong()), 27) * PRIME_1 + PRIME_4;
    }
    if (data.remaining() >= 4) {
      hash ^= (data.getInt() & 0xffffffffL) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
    }
    while (data.hasRemaining()) {
      hash = Long.rotateLeft(hash ^ ((data.get() & 0xff) * PRIME_5), 11) * PRIME_1;
    }
    hash = (hash ^ (hash >>> 33)) * PRIME_2;
    hash = (hash ^ (hash >>> 29)) * PRIME_3;
    return hash ^ (hash >>> 32);
  }

  private static long round(long accumulator, long input) {
    return Long.rotateLeft(accumulator + input * PRIME_2, 31) * PRIME_1;
  }

  private static long merge(long hash, long accumulator) {
    return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
  }
}
