package dev.frazil.testing;

import java.util.Map;
import java.util.Optional;

/**
 * One request as the S3 test server understands it.
 *
 * @param method in capitals
 * @param bucket from the path or the host name; empty for requests to the service
 * @param key decoded; empty for requests to the bucket
 * @param query decoded; parameters without a value have an empty one
 * @param headers by lower-case name
 * @param body without any chunk framing
 */
public record S3Request(
    String method,
    String bucket,
    String key,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  public boolean hasQuery(String name) {
    return query.containsKey(name);
  }

  /** A PUT of a whole object under a condition. */
  public boolean isConditionalPut() {
    return isPlainPut()
        && (headers.containsKey("if-match") || headers.containsKey("if-none-match"));
  }

  /** A PUT of a whole object, conditional or not. */
  public boolean isPlainPut() {
    return method.equals("PUT")
        && !key.isEmpty()
        && !hasQuery("partNumber")
        && !headers.containsKey("x-amz-copy-source");
  }

  /**
   * The region that it was signed for: one to a bucket that does not exist is only refused for
   * that, not for its region.
   */
  String regionClaimed(String otherwise) {
    String[] credential = headers.getOrDefault("authorization", "").split("/");
    return credential.length > 2 ? credential[2] : otherwise;
  }

  /** True if the request would change something. */
  public boolean isWrite() {
    return !method.equals("GET") && !method.equals("HEAD");
  }
}
