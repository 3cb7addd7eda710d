package dev.frazil.catalog.rest;

import dev.frazil.testing.RestCatalogServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature Version 4 for the service glue, worked out by hand from AWS's page "Create a signed AWS
 * API request". Stateless.
 */
final class RestSignature {
  private static final Pattern SIGNED = Pattern.compile(".*SignedHeaders=([^,]+),.*");

  private RestSignature() {}

  static String expected(
      RestCatalogServer.Seen request, String secretKey, String accessKey, String region) {
    Map<String, String> headers = request.headers();
    Matcher signed = SIGNED.matcher(headers.get("authorization"));
    if (!signed.matches()) {
      return "signed headers";
    }
    String names = signed.group(1);
    StringBuilder lines = new StringBuilder();
    for (String name : names.split(";")) {
      lines.append(name).append(':').append(headers.get(name).strip()).append('\n');
    }
    String query =
        new TreeMap<>(request.query())
            .entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + '=' + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    // A path is encoded once more than it is sent.
    String path = '/' + request.path().replace("%", "%25");
    String canonical =
        String.join(
            "\n",
            request.method(),
            path,
            query,
            lines.toString(),
            names,
            headers.get("x-amz-content-sha256"));
    String date = headers.get("x-amz-date");
    String day = date.substring(0, 8);
    String scope = day + '/' + region + "/glue/aws4_request";
    String text =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            date,
            scope,
            HexFormat.of().formatHex(sha256(canonical.getBytes(StandardCharsets.UTF_8))));
    byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {day, region, "glue", "aws4_request"}) {
      key = mac(key, part);
    }
    return "AWS4-HMAC-SHA256 Credential="
        + accessKey
        + '/'
        + scope
        + ", SignedHeaders="
        + names
        + ", Signature="
        + HexFormat.of().formatHex(mac(key, text));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
