package dev.frazil.function;

import dev.frazil.vector.VectorBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Bytes as text and back, digests, ids, URLs. */
final class EncodingLibrary {
  private EncodingLibrary() {}

  static void define(Definitions library) {
    texts(library);
    digests(library);
    checksums(library);
    ByteLibrary.define(library);
    RowKeys.define(library);
    UrlLibrary.define(library);
  }

  private static void texts(Definitions library) {
    if (library.has("to_hex", "hex")) {
      library
          .function("bigint -> varchar | varbinary -> varchar", EncodingLibrary::toHex)
          .is("Hexadecimal digits: small ones for a number, capitals for bytes.")
          .example("to_hex(X'0aff')", "0AFF");
    }
    if (library.has("from_hex", "unhex")) {
      library
          .function("varchar -> varbinary", EncodingLibrary::fromHex)
          .is("The bytes that hexadecimal digits stand for.")
          .example("from_hex('0AFF')", "x'0aff'");
    }
    if (library.has("to_base64", "base64")) {
      library
          .function(
              "varbinary -> varchar",
              (in, out) -> out.appendText(Base64.getEncoder().encodeToString(in.bytes(0))))
          .is("Bytes as Base64.")
          .example("to_base64(X'667261')", "ZnJh");
    }
    if (library.has("from_base64")) {
      library
          .function(
              "varchar -> varbinary",
              (in, out) -> out.appendBytes(base64(unbroken(in.text(0)), Base64.getDecoder())))
          .is("The bytes of a Base64 text.")
          .example("from_base64('ZnJh')", "x'667261'");
    }
    if (library.has("to_base64url")) {
      library
          .function(
              "varbinary -> varchar",
              (in, out) -> out.appendText(Base64.getUrlEncoder().encodeToString(in.bytes(0))))
          .is("Bytes as Base64 for URLs.")
          .example("to_base64url(X'fbff')", "-_8=");
    }
    if (library.has("from_base64url")) {
      library
          .function(
              "varchar -> varbinary",
              (in, out) -> out.appendBytes(base64(in.text(0), Base64.getUrlDecoder())))
          .is("The bytes of a Base64 text for URLs.")
          .example("from_base64url('-_8=')", "x'fbff'");
    }
    if (library.has("to_utf8")) {
      library
          .function("varchar -> varbinary", (in, out) -> out.appendBytes(in.bytes(0)))
          .is("The UTF-8 bytes of a text.")
          .example("to_utf8('€')", "x'e282ac'");
    }
    if (library.has("from_utf8")) {
      library
          .function(
              "varbinary -> varchar",
              (in, out) -> out.appendText(new String(in.bytes(0), StandardCharsets.UTF_8)))
          .is("The text of UTF-8 bytes; what is not UTF-8 becomes U+FFFD.")
          .example("from_utf8(X'e282ac')", "€");
    }
    if (library.has("encode")) {
      library
          .function("varbinary, varchar -> varchar", EncodingLibrary::encode)
          .is("Bytes as text: 'hex' or 'base64'.")
          .example("encode(X'0aff', 'hex')", "0aff");
    }
    if (library.has("decode")) {
      library
          .function("varchar, varchar -> varbinary", EncodingLibrary::decode)
          .is("Bytes of a text: 'hex' or 'base64'.")
          .example("decode('Cv8=', 'base64')", "x'0aff'");
    }
    if (library.has("uuid", "gen_random_uuid", "uuidv4")) {
      library
          .function("-> uuid", EncodingLibrary::uuid)
          .is("A random UUID (version 4), another one for each row.")
          .isVolatile()
          .example("uuid()", "");
    }
  }

  private static void digests(Definitions library) {
    if (library.has("md5")) {
      library
          .function(
              "varchar -> varchar | varbinary -> varbinary",
              (in, out) -> Digests.append("MD5", in, out))
          .is("The MD5 digest: of a text in hexadecimal, of bytes as bytes.")
          .example("md5('frazil')", "88c382e6e8d7ca919d37393cd56b394f");
    }
    if (library.has("sha1")) {
      library
          .function(
              "varchar -> varchar | varbinary -> varbinary",
              (in, out) -> Digests.append("SHA-1", in, out))
          .is("The SHA-1 digest: of a text in hexadecimal, of bytes as bytes.")
          .example("sha1('frazil')", "61ad5ad999cb5865752284c2e78ba6c15deba433");
    }
    if (library.has("sha256")) {
      library
          .function(
              "varchar -> varchar | varbinary -> varbinary",
              (in, out) -> Digests.append("SHA-256", in, out))
          .is("The SHA-256 digest: of a text in hexadecimal, of bytes as bytes.")
          .example(
              "sha256('frazil')",
              "8235cf874f9dc53b4d26f703d3fb581ab360271a05dcfae683e6ab64f656f8ec");
    }
    if (library.has("sha384")) {
      library
          .function(
              "varchar -> varchar | varbinary -> varbinary",
              (in, out) -> Digests.append("SHA-384", in, out))
          .is("The SHA-384 digest: of a text in hexadecimal, of bytes as bytes.")
          .example("left(sha384('frazil'), 16)", "bcedb3595072d483");
    }
    if (library.has("sha512")) {
      library
          .function(
              "varchar -> varchar | varbinary -> varbinary",
              (in, out) -> Digests.append("SHA-512", in, out))
          .is("The SHA-512 digest: of a text in hexadecimal, of bytes as bytes.")
          .example("left(sha512('frazil'), 16)", "c8c093c075e8aced");
    }
    if (library.has("hmac_sha256")) {
      library
          .function(
              "varbinary, varbinary -> varbinary", (in, out) -> Digests.hmac("SHA256", in, out))
          .is("The HMAC of data (first) under a key (second) with SHA-256.")
          .example(
              "to_hex(hmac_sha256(to_utf8('what do ya want for nothing?'), to_utf8('Jefe')))",
              "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843");
    }
  }

  private static void checksums(Definitions library) {
    if (library.has("crc32")) {
      library
          .function("varchar -> bigint | varbinary -> bigint", Digests::crc32)
          .is("The CRC-32 checksum.")
          .example("crc32('123456789')", "3421780262");
    }
    if (library.has("murmur3")) {
      library
          .function(
              "varbinary -> varbinary", (in, out) -> out.appendBytes(MurmurHash.of(in.bytes(0))))
          .is("The 128-bit MurmurHash3 with seed 0.")
          .example("murmur3(from_base64('aaaaaa'))", "x'ba5855635569b42f4920372ca0e396ef'");
    }
    if (library.has("xxhash64")) {
      library
          .function("varchar -> varbinary | varbinary -> varbinary", Digests::xxHash64)
          .is("The 64-bit xxHash with seed 0, highest byte first.")
          .example("xxhash64(X'')", "x'ef46db3751d8e999'")
          .example("xxhash64('abc')", "x'44bc2cf5ad770999'");
    }
  }

  private static void toHex(Arguments in, VectorBuilder out) {
    boolean number = in.vector(0).type() == dev.frazil.type.SqlType.Primitive.BIGINT;
    out.appendText(
        number
            ? Long.toHexString(in.integer(0))
            : HexFormat.of().withUpperCase().formatHex(in.bytes(0)));
  }

  private static void fromHex(Arguments in, VectorBuilder out) {
    out.appendBytes(hex(in.text(0)));
  }

  private static byte[] hex(String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException notHex) {
      throw FunctionErrors.notA(text, "an even number of hexadecimal digits");
    }
  }

  /** Without the line breaks that mail puts in; the decoder that expects them passes over all. */
  private static String unbroken(String text) {
    return text.replaceAll("[\\r\\n]", "");
  }

  private static byte[] base64(String text, Base64.Decoder decoder) {
    try {
      return decoder.decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw FunctionErrors.notA(text, "Base64");
    }
  }

  private static void encode(Arguments in, VectorBuilder out) {
    byte[] bytes = in.bytes(0);
    out.appendText(
        switch (form(in.text(1))) {
          case "hex" -> HexFormat.of().formatHex(bytes);
          default -> Base64.getEncoder().encodeToString(bytes);
        });
  }

  private static void decode(Arguments in, VectorBuilder out) {
    String text = in.text(0);
    out.appendBytes(
        switch (form(in.text(1))) {
          case "hex" -> hex(text);
          default -> base64(unbroken(text), Base64.getDecoder());
        });
  }

  private static String form(String text) {
    String form = text.toLowerCase(Locale.ROOT);
    if (!form.equals("hex") && !form.equals("base64")) {
      throw FunctionErrors.argument("'" + text + "' is no encoding of bytes: hex or base64");
    }
    return form;
  }

  private static void uuid(Arguments in, VectorBuilder out) {
    long high = (in.randomBits() & 0xffffffffffff0fffL) | 0x0000000000004000L;
    long low = (in.randomBits() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    out.appendBytes(ByteBuffer.allocate(16).putLong(high).putLong(low).array());
  }
}
