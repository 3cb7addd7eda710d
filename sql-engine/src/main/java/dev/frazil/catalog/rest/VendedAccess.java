package dev.frazil.catalog.rest;

import dev.frazil.config.Secret;
import dev.frazil.storage.StoreCredentials;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that a server hands out for the files under one prefix.
 *
 * @param prefix a location
 * @param endpoint a URL; null for AWS
 * @param region null where the server says nothing
 * @param expiresAtMillis null for never
 */
record VendedAccess(
    String prefix,
    @Nullable String endpoint,
    @Nullable String region,
    boolean pathStyle,
    StoreCredentials credentials,
    @Nullable Long expiresAtMillis) {
  private static final String ENDPOINT = "s3.endpoint";
  private static final String REGION = "client.region";
  private static final String S3_REGION = "s3.region";
  private static final String PATH_STYLE = "s3.path-style-access";
  private static final String ACCESS_KEY = "s3.access-key-id";
  private static final String SECRET_KEY = "s3.secret-access-key";
  private static final String SESSION_TOKEN = "s3.session-token";
  private static final String EXPIRES = "s3.session-token-expires-at-ms";

  /** All that a server may say of how files are reached; the names are Iceberg's. */
  private static final List<String> KNOWN =
      List.of(
          ENDPOINT, REGION, S3_REGION, PATH_STYLE, ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, EXPIRES);

  /** Those of a server's settings that are looked at. */
  static Map<String, String> settings(Map<String, String> said) {
    Map<String, String> settings = new HashMap<>();
    for (String key : KNOWN) {
      String value = said.get(key);
      if (value != null) {
        settings.put(key, value);
      }
    }
    return Map.copyOf(settings);
  }

  /** The access that settings tell of; null where they hold no keys. */
  static @Nullable VendedAccess of(String prefix, Map<String, String> settings) {
    String accessKey = settings.get(ACCESS_KEY);
    String secretKey = settings.get(SECRET_KEY);
    if (accessKey == null || secretKey == null) {
      return null;
    }
    String token = settings.get(SESSION_TOKEN);
    String expires = settings.getOrDefault(EXPIRES, "");
    return new VendedAccess(
        prefix,
        settings.get(ENDPOINT),
        settings.getOrDefault(REGION, settings.get(S3_REGION)),
        "true".equalsIgnoreCase(settings.get(PATH_STYLE)),
        new StoreCredentials(
            accessKey, new Secret(secretKey), token == null ? null : new Secret(token)),
        expires.matches("[0-9]{1,18}") ? Long.valueOf(expires) : null);
  }
}
