package dev.frazil.testing;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AWS Signature Version 4 as S3 and other services want it in the Authorization header, with a
 * hashed, unsigned or chunked payload (AWS: "Authenticating Requests: Using the Authorization
 * Header").
 */
final class SignatureCheck {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([a-z0-9-]+)/aws4_request,"
              + "\\s*SignedHeaders=([^,]+),\\s*Signature=([0-9a-f]{64})");
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final long MAX_SKEW_SECONDS = 900;
  private static final String EMPTY_HASH = hex(sha256(new byte[0]));

  private final String accessKey;
  private final String secretKey;
  private final @Nullable String sessionToken;
  private final String service;

  SignatureCheck(String accessKey, String secretKey, @Nullable String sessionToken) {
    this(accessKey, secretKey, sessionToken, "s3");
  }

  /**
   * @param service the name of the service in signatures, such as {@code dynamodb}
   */
  SignatureCheck(
      String accessKey, String secretKey, @Nullable String sessionToken, String service) {
    this.service = service;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.sessionToken = sessionToken;
  }

  /** The body without framing, or the refusal. */
  record Verdict(byte @Nullable [] body, @Nullable S3Answer refusal) {}

  Verdict check(
      String method,
      String rawPath,
      @Nullable String rawQuery,
      Map<String, String> headers,
      byte[] body,
      String region) {
    Matcher authorization = AUTHORIZATION.matcher(headers.getOrDefault("authorization", ""));
    if (!authorization.matches()) {
      return refuse(403, "AccessDenied", "the request is not signed");
    }
    if (!authorization.group(1).equals(accessKey)) {
      return refuse(403, "InvalidAccessKeyId", "the access key does not exist");
    }
    if (!authorization.group(4).equals(service)) {
      return refuse(403, "SignatureDoesNotMatch", "signed for another service than " + service);
    }
    if (!authorization.group(3).equals(region)) {
      return new Verdict(
          null,
          S3Answer.xml(
                  400,
                  "<Error><Code>AuthorizationHeaderMalformed</Code><Message>the region is wrong;"
                      + " expecting '"
                      + region
                      + "'</Message><Region>"
                      + region
                      + "</Region></Error>")
              .with("x-amz-bucket-region", region));
    }
    if (sessionToken != null && !sessionToken.equals(headers.get("x-amz-security-token"))) {
      return refuse(403, "InvalidToken", "the session token is not valid");
    }
    String date = headers.getOrDefault("x-amz-date", "");
    long skew =
        date.isEmpty()
            ? Long.MAX_VALUE
            : Math.abs(
                Instant.from(AMZ_DATE.parse(date)).getEpochSecond()
                    - Instant.now().getEpochSecond());
    if (skew > MAX_SKEW_SECONDS) {
      return refuse(403, "RequestTimeTooSkewed", "the clocks differ too much");
    }
    // Only S3 wants the hash in a header.
    String payload =
        headers.getOrDefault("x-amz-content-sha256", service.equals("s3") ? "" : hex(sha256(body)));
    String scope = authorization.group(2) + "/" + region + "/" + service + "/aws4_request";
    byte[] key = signingKey(authorization.group(2), region);
    String canonical =
        String.join(
            "\n",
            method,
            rawPath,
            canonicalQuery(rawQuery),
            canonicalHeaders(authorization.group(5), headers),
            authorization.group(5),
            payload);
    String signature = sign(key, "AWS4-HMAC-SHA256", date, scope, hex(sha256(utf8(canonical))));
    if (!signature.equals(authorization.group(6))) {
      return refuse(403, "SignatureDoesNotMatch", "the signature is not the one computed here");
    }
    return checkPayload(payload, headers, body, new Chain(key, date, scope, signature));
  }

  private record Chain(byte[] key, String date, String scope, String seed) {}

  private static Verdict checkPayload(
      String payload, Map<String, String> headers, byte[] body, Chain chain) {
    if (payload.equals("UNSIGNED-PAYLOAD")) {
      return new Verdict(body, null);
    }
    if (!payload.startsWith("STREAMING-")) {
      return hex(sha256(body)).equals(payload)
          ? new Verdict(body, null)
          : refuse(400, "XAmzContentSHA256Mismatch", "the body has another hash");
    }
    byte[] decoded = decodeChunks(body, payload.startsWith("STREAMING-AWS4"), chain);
    if (decoded == null) {
      return refuse(403, "SignatureDoesNotMatch", "a chunk is malformed or wrongly signed");
    }
    String length = headers.getOrDefault("x-amz-decoded-content-length", "");
    return length.equals(String.valueOf(decoded.length))
        ? new Verdict(decoded, null)
        : refuse(400, "IncompleteBody", "the body has another length than announced");
  }

  /** {@code length[;chunk-signature=s]\r\n data \r\n}..., a last chunk of length 0, trailers. */
  private static byte @Nullable [] decodeChunks(byte[] body, boolean signed, Chain chain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String previous = chain.seed();
    int at = 0;
    while (true) {
      int lineEnd = indexOfLineEnd(body, at);
      if (lineEnd < 0) {
        return null;
      }
      String[] line = new String(body, at, lineEnd - at, StandardCharsets.US_ASCII).split(";", 2);
      int length = Integer.parseInt(line[0].trim(), 16);
      int from = lineEnd + 2;
      if (from + length > body.length) {
        return null;
      }
      byte[] data = Arrays.copyOfRange(body, from, from + length);
      if (signed) {
        String expected =
            sign(
                chain.key(),
                "AWS4-HMAC-SHA256-PAYLOAD",
                chain.date(),
                chain.scope(),
                previous + "\n" + EMPTY_HASH + "\n" + hex(sha256(data)));
        if (line.length < 2 || !line[1].equals("chunk-signature=" + expected)) {
          return null;
        }
        previous = expected;
      }
      if (length == 0) {
        return out.toByteArray();
      }
      out.writeBytes(data);
      at = from + length + 2;
    }
  }

  private static int indexOfLineEnd(byte[] body, int from) {
    for (int i = from; i + 1 < body.length; i++) {
      if (body[i] == '\r' && body[i + 1] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static String canonicalQuery(@Nullable String rawQuery) {
    if (rawQuery == null || rawQuery.isEmpty()) {
      return "";
    }
    TreeMap<String, String> parameters = new TreeMap<>();
    for (String parameter : rawQuery.split("&")) {
      int equal = parameter.indexOf('=');
      String name = equal < 0 ? parameter : parameter.substring(0, equal);
      String value = equal < 0 ? "" : parameter.substring(equal + 1);
      parameters.put(recode(name), recode(value));
    }
    return parameters.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining("&"));
  }

  private static String recode(String text) {
    String decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    return URLEncoder.encode(decoded, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static String canonicalHeaders(String signedHeaders, Map<String, String> headers) {
    StringBuilder text = new StringBuilder();
    for (String name : signedHeaders.split(";")) {
      String value = headers.getOrDefault(name, "").trim().replaceAll(" +", " ");
      text.append(name).append(':').append(value).append('\n');
    }
    return text.toString();
  }

  private byte[] signingKey(String day, String region) {
    byte[] key = hmac(utf8("AWS4" + secretKey), day);
    return hmac(hmac(hmac(key, region), service), "aws4_request");
  }

  private static String sign(byte[] key, String algorithm, String date, String scope, String rest) {
    return hex(hmac(key, String.join("\n", algorithm, date, scope, rest)));
  }

  private static Verdict refuse(int status, String code, String message) {
    return new Verdict(null, S3Answer.error(status, code, message));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
