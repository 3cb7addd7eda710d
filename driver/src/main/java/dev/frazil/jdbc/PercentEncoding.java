package dev.frazil.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Decodes {@code %20} and the like (RFC 3986); a plus sign stays a plus sign. */
final class PercentEncoding {
  private PercentEncoding() {}

  static String decode(String text) throws SQLException {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] given = text.getBytes(StandardCharsets.UTF_8);
    byte[] decoded = new byte[given.length];
    int length = 0;
    for (int i = 0; i < given.length; i++) {
      if (given[i] == '%') {
        int high = i + 2 <= given.length - 1 ? Character.digit(given[i + 1], 16) : -1;
        int low = i + 2 <= given.length - 1 ? Character.digit(given[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw SqlExceptions.invalid("a '%' in the URL must be followed by two hex digits");
        }
        decoded[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        decoded[length++] = given[i];
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decoded, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw SqlExceptions.invalid("the URL's percent-encoded bytes are not UTF-8");
    }
  }
}
