package dev.frazil.bridge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.iceberg.exceptions.BadRequestException;

/**
 * What makes a request the same when it is sent again: the client's {@code Idempotency-Key}, and
 * what it asks for. It becomes the id of the commit, so that the root itself tells whether the
 * request was carried out, also to another process.
 *
 * @param commitId stands in the root when the request was carried out
 */
record RequestKey(String commitId) {
  /** The header. */
  static final String HEADER = "Idempotency-Key";

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final int DIGITS = 24;

  /**
   * @param key as the client gave it; 400 where it is no UUID
   */
  static RequestKey of(String key, String method, String path, byte[] body) {
    String uuid = key.toLowerCase(Locale.ROOT);
    if (!UUID.matcher(uuid).matches()) {
      throw new BadRequestException("The header %s must be a UUID", HEADER);
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((method + ' ' + path + '\n').getBytes(StandardCharsets.UTF_8));
      String content = HexFormat.of().formatHex(digest.digest(body)).substring(0, DIGITS);
      return new RequestKey("rest-" + uuid + '-' + content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
