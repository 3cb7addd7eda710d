package dev.frazil.function;

import com.google.common.io.BaseEncoding;
import dev.frazil.vector.VectorBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Numbers, texts and ids as bytes, and back. */
final class ByteLibrary {
  private ByteLibrary() {}

  static void define(Definitions library) {
    numbers(library);
    floats(library);
    texts(library);
    parts(library);
    ids(library);
    digests(library);
  }

  private static void numbers(Definitions library) {
    if (library.has("to_big_endian_32")) {
      library
          .function(
              "integer -> varbinary",
              (in, out) ->
                  out.appendBytes(ByteBuffer.allocate(4).putInt((int) in.integer(0)).array()))
          .is("The four bytes of an integer, highest first.")
          .example("to_big_endian_32(258)", "x'00000102'");
    }
    if (library.has("to_big_endian_64")) {
      library
          .function(
              "bigint -> varbinary",
              (in, out) -> out.appendBytes(ByteBuffer.allocate(8).putLong(in.integer(0)).array()))
          .is("The eight bytes of a bigint, highest first.")
          .example("to_big_endian_64(258)", "x'0000000000000102'");
    }
    if (library.has("from_big_endian_32")) {
      library
          .function(
              "varbinary -> integer",
              (in, out) -> out.appendInt(bytes(in, 4, "from_big_endian_32").getInt()))
          .is("The integer of four bytes, highest first.")
          .example("from_big_endian_32(X'00000102')", "258");
    }
    if (library.has("from_big_endian_64")) {
      library
          .function(
              "varbinary -> bigint",
              (in, out) -> out.appendLong(bytes(in, 8, "from_big_endian_64").getLong()))
          .is("The bigint of eight bytes, highest first.")
          .example("from_big_endian_64(X'0000000000000102')", "258");
    }
  }

  private static void floats(Definitions library) {
    if (library.has("to_ieee754_32")) {
      library
          .function(
              "real -> varbinary",
              (in, out) ->
                  out.appendBytes(ByteBuffer.allocate(4).putFloat((float) in.number(0)).array()))
          .is("The four bytes of a real, highest first.")
          .example("to_ieee754_32(CAST(1 AS real))", "x'3f800000'");
    }
    if (library.has("to_ieee754_64")) {
      library
          .function(
              "double -> varbinary",
              (in, out) -> out.appendBytes(ByteBuffer.allocate(8).putDouble(in.number(0)).array()))
          .is("The eight bytes of a double, highest first.")
          .example("to_ieee754_64(1)", "x'3ff0000000000000'");
    }
    if (library.has("from_ieee754_32")) {
      library
          .function(
              "varbinary -> real",
              (in, out) -> out.appendFloat(bytes(in, 4, "from_ieee754_32").getFloat()))
          .is("The real of four bytes, highest first.")
          .example("from_ieee754_32(X'3f800000')", "1");
    }
    if (library.has("from_ieee754_64")) {
      library
          .function(
              "varbinary -> double",
              (in, out) -> out.appendDouble(bytes(in, 8, "from_ieee754_64").getDouble()))
          .is("The double of eight bytes, highest first.")
          .example("from_ieee754_64(X'3ff0000000000000')", "1");
    }
  }

  private static ByteBuffer bytes(Arguments in, int wanted, String function) {
    byte[] value = in.bytes(0);
    if (value.length != wanted) {
      throw FunctionErrors.argument(function + " takes " + wanted + " bytes, not " + value.length);
    }
    return ByteBuffer.wrap(value);
  }

  private static void texts(Definitions library) {
    if (library.has("to_base32")) {
      library
          .function(
              "varbinary -> varchar",
              (in, out) -> out.appendText(BaseEncoding.base32().encode(in.bytes(0))))
          .is("Bytes as Base32 (RFC 4648).")
          .example("to_base32(to_utf8('foob'))", "MZXW6YQ=");
    }
    if (library.has("from_base32")) {
      library
          .function("varchar -> varbinary", ByteLibrary::fromBase32)
          .is("The bytes of a Base32 text.")
          .example("from_utf8(from_base32('MZXW6YQ='))", "foob");
    }
    if (library.has("convert_from")) {
      library
          .function(
              "varbinary, varchar -> varchar",
              (in, out) ->
                  out.appendText(
                      new String(in.bytes(0), in.remember(in.text(1), ByteLibrary::charset))))
          .is("The text of bytes in an encoding such as 'UTF8' or 'LATIN1'.")
          .example("convert_from(X'6672e9', 'LATIN1')", "fré");
    }
    if (library.has("convert_to")) {
      library
          .function(
              "varchar, varchar -> varbinary",
              (in, out) ->
                  out.appendBytes(
                      in.text(0).getBytes(in.remember(in.text(1), ByteLibrary::charset))))
          .is("The bytes of a text in an encoding; what it lacks becomes a question mark.")
          .example("convert_to('fré', 'LATIN1')", "x'6672e9'");
    }
  }

  private static void fromBase32(Arguments in, VectorBuilder out) {
    byte[] decoded;
    try {
      decoded = BaseEncoding.base32().decode(in.text(0));
    } catch (IllegalArgumentException notBase32) {
      throw FunctionErrors.notA(in.text(0), "a text of Base32");
    }
    out.appendBytes(decoded);
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      throw FunctionErrors.argument(
          "'" + FunctionErrors.shown(name) + "' is no encoding such as UTF8 or LATIN1");
    }
  }

  private static void parts(Definitions library) {
    if (library.has("get_byte")) {
      library
          .function(
              "varbinary, bigint -> integer",
              (in, out) -> {
                byte[] value = in.bytes(0);
                out.appendInt(
                    value[in.integer(1, 0, value.length - 1, "the number of a byte")] & 0xff);
              })
          .is("A byte by its number, from 0, as an integer.")
          .example("get_byte(X'01ff', 1)", "255");
    }
    if (library.has("set_byte")) {
      library
          .function(
              "varbinary, bigint, bigint -> varbinary",
              (in, out) -> {
                byte[] value = in.bytes(0);
                int at = in.integer(1, 0, value.length - 1, "the number of a byte");
                value[at] = (byte) in.integer(2, 0, 255, "the value of a byte");
                out.appendBytes(value);
              })
          .is("The bytes with one of them, counted from 0, set to another value.")
          .example("set_byte(X'01ff', 1, 64)", "x'0140'");
    }
    if (library.has("get_bit")) {
      library
          .function(
              "varbinary, bigint -> integer",
              (in, out) -> {
                byte[] value = in.bytes(0);
                int at = in.integer(1, 0, value.length * 8 - 1, "the number of a bit");
                out.appendInt(value[at / 8] >> (at % 8) & 1);
              })
          .is("A bit by its number: from 0, the lowest of the first byte.")
          .example("get_bit(X'02', 1)", "1");
    }
    if (library.has("set_bit")) {
      library
          .function(
              "varbinary, bigint, bigint -> varbinary",
              (in, out) -> {
                byte[] value = in.bytes(0);
                int at = in.integer(1, 0, value.length * 8 - 1, "the number of a bit");
                int bit = in.integer(2, 0, 1, "the value of a bit");
                int mask = 1 << (at % 8);
                value[at / 8] = (byte) (bit == 1 ? value[at / 8] | mask : value[at / 8] & ~mask);
                out.appendBytes(value);
              })
          .is("The bytes with one bit, counted as get_bit does, set to 0 or 1.")
          .example("set_bit(X'00', 1, 1)", "x'02'");
    }
  }

  private static void ids(Definitions library) {
    if (library.has("uuidv7")) {
      library
          .function(
              "-> uuid",
              (in, out) -> {
                // RFC 9562, 6.2, method 1: behind the time a counter of 42 bits, then chance.
                long counter = in.nextCount();
                long high = ((in.statementStartMicros() / 1000) << 16) | ((counter >>> 30) & 0xfff);
                long low = ((counter & 0x3fffffff) << 32) | (in.randomBits() & 0xffffffffL);
                out.appendBytes(
                    ByteBuffer.allocate(16)
                        .putLong(high | 0x7000)
                        .putLong(low | Long.MIN_VALUE)
                        .array());
              })
          .is(
              "A UUID of version 7, by the time at which the statement began, a count and chance: it"
                  + " ascends from statement to statement, and from row to row of one thread.")
          .isVolatile()
          .example("uuidv7()", "");
    }
    if (library.has("uuid_extract_version")) {
      library
          .function(
              "uuid -> integer",
              (in, out) -> {
                UUID id = in.uuid(0);
                if (id.variant() == 2) {
                  out.appendInt(id.version());
                } else {
                  out.appendNull();
                }
              })
          .is("The version of a UUID; null if it is not one of RFC 9562.")
          .example("uuid_extract_version(UUID '41db1265-8bc1-4ab3-992f-885799a4af1d')", "4");
    }
    if (library.has("uuid_extract_timestamp")) {
      library
          .function(
              "uuid -> timestamptz",
              (in, out) -> {
                UUID id = in.uuid(0);
                if (id.variant() == 2 && id.version() == 7) {
                  out.appendLong((id.getMostSignificantBits() >>> 16) * 1000);
                } else {
                  out.appendNull();
                }
              })
          .is("When a UUID of version 7 was made, to the millisecond; of other versions null.")
          .example(
              "uuid_extract_timestamp(UUID '019535d9-3df7-79fb-b466-fa907fa17f9e')",
              "2025-02-24T02:46:24.503Z");
    }
  }

  private static void digests(Definitions library) {
    if (library.has("sha224")) {
      library
          .function(
              "varchar -> varchar | varbinary -> varbinary",
              (in, out) -> Digests.append("SHA-224", in, out))
          .is("The SHA-224 digest: of a text in hexadecimal, of bytes as bytes.")
          .example("sha224('abc')", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7");
    }
    if (library.has("crc32c")) {
      library
          .function(
              "varchar -> bigint | varbinary -> bigint",
              (in, out) -> {
                CRC32C checksum = new CRC32C();
                checksum.update(in.bytes(0));
                out.appendLong(checksum.getValue());
              })
          .is("The CRC-32C checksum.")
          .example("crc32c('123456789')", "3808858755");
    }
    if (library.has("hmac_md5")) {
      library
          .function("varbinary, varbinary -> varbinary", (in, out) -> Digests.hmac("MD5", in, out))
          .is("The HMAC of data (first) under a key (second) with MD5.")
          .example(
              "to_hex(hmac_md5(to_utf8('what do ya want for nothing?'), to_utf8('Jefe')))",
              "750C783E6AB0B503EAA86E310A5DB738");
    }
    if (library.has("hmac_sha1")) {
      library
          .function("varbinary, varbinary -> varbinary", (in, out) -> Digests.hmac("SHA1", in, out))
          .is("The HMAC of data (first) under a key (second) with SHA-1.")
          .example(
              "to_hex(hmac_sha1(to_utf8('what do ya want for nothing?'), to_utf8('Jefe')))",
              "EFFCDF6AE5EB2FA2D27416D5F184DF9C259A7C79");
    }
    if (library.has("hmac_sha512")) {
      library
          .function(
              "varbinary, varbinary -> varbinary", (in, out) -> Digests.hmac("SHA512", in, out))
          .is("The HMAC of data (first) under a key (second) with SHA-512.")
          .example(
              "left(to_hex(hmac_sha512(to_utf8('what do ya want for nothing?'), to_utf8('Jefe'))),"
                  + " 16)",
              "164B7A7BFCF819E2");
    }
  }
}
