package dev.frazil.catalog.rest;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.AwsAccess;
import dev.frazil.storage.RetryPolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Chooses how a connection shows who it is. Stateless. */
final class Authentications {
  private static final Pattern REGION_OF_HOST =
      Pattern.compile(
          "(?:glue|s3tables)\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?|"
              + "[a-z0-9-]+\\.execute-api\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private Authentications() {}

  /** By the properties that are given; 22023 where they are of several ways, or of half a one. */
  static Authentication of(
      ConnectionConfig config, URI address, HttpTransport transport, RetryPolicy retries) {
    Optional<Secret> token = config.secret(ConnectionProperty.TOKEN);
    Optional<String> client = config.text(ConnectionProperty.CLIENT_ID);
    Optional<Secret> clientSecret = config.secret(ConnectionProperty.CLIENT_SECRET);
    Optional<String> signing = config.text(ConnectionProperty.SIGNING_NAME);
    List<String> ways = new ArrayList<>();
    token.ifPresent(unused -> ways.add("token"));
    client.ifPresent(unused -> ways.add("clientId"));
    signing.ifPresent(unused -> ways.add("signingName"));
    if (ways.size() > 1) {
      throw invalid("the properties " + String.join(" and ", ways) + " exclude each other");
    }
    if (client.isPresent() != clientSecret.isPresent()) {
      throw invalid("clientId and clientSecret belong together: give both, or neither");
    }
    if (token.isPresent()) {
      requirePrintable(token.get());
      return new BearerToken(token.get());
    }
    if (client.isPresent() && clientSecret.isPresent()) {
      return new ClientCredentials(
          transport,
          tokenEndpoint(config, address),
          client.get(),
          clientSecret.get(),
          config.text(ConnectionProperty.SCOPE).orElse("catalog"),
          retries);
    }
    if (signing.isPresent()) {
      return new SignatureV4(AwsAccess.credentials(config), signing.get(), region(config, address));
    }
    return Authentication.NONE;
  }

  /** A token that was read from a file often ends with the line. */
  private static void requirePrintable(Secret token) {
    if (token.reveal().isEmpty() || !token.reveal().chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw invalid("the property token is empty, or holds a space, an end of line or the like");
    }
  }

  private static URI tokenEndpoint(ConnectionConfig config, URI address) {
    Optional<String> given = config.text(ConnectionProperty.TOKEN_ENDPOINT);
    if (given.isEmpty()) {
      return URI.create(address + "/v1/oauth/tokens");
    }
    try {
      URI uri = new URI(given.get());
      String host = uri.getHost();
      boolean plain =
          "http".equals(uri.getScheme())
              && host != null
              && THIS_MACHINE.contains(host.toLowerCase(Locale.ROOT));
      if (host != null && uri.getUserInfo() == null && ("https".equals(uri.getScheme()) || plain)) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw invalidEndpoint(e);
    }
    throw invalidEndpoint(null);
  }

  /** Does not repeat the value: somebody may have put a secret into it. */
  private static EngineException invalidEndpoint(@Nullable Throwable e) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE,
        "the property 'tokenEndpoint' must be an https URL without a user",
        e);
  }

  private static EngineException invalid(String message) {
    return new EngineException(SqlState.INVALID_PARAMETER_VALUE, message);
  }

  private static String region(ConnectionConfig config, URI address) {
    Optional<String> given = config.text(ConnectionProperty.REGION);
    if (given.isPresent()) {
      return given.get();
    }
    Matcher host = REGION_OF_HOST.matcher(String.valueOf(address.getHost()));
    if (host.matches()) {
      return host.group(1) == null ? host.group(2) : host.group(1);
    }
    String ofProcess = AwsAccess.regionOfProcess();
    if (ofProcess == null) {
      throw invalid("signingName needs the property region: the URL does not tell it");
    }
    return ofProcess;
  }
}
