package dev.frazil.jdbc;

import java.net.URI;
import java.net.URISyntaxException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/**
 * The address of a REST catalog, as in {@code rest:https://host/path}. Without encryption only on
 * this machine: whoever listens between would read tokens. Messages never repeat the address, which
 * could hold a secret.
 */
final class RestLocation {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private RestLocation() {}

  /** The address without a trailing slash; 22023. */
  static String parse(String text) throws SQLException {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw invalid();
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    if (host == null || uri.getRawFragment() != null || uri.getRawQuery() != null) {
      throw invalid();
    }
    if (uri.getRawUserInfo() != null) {
      throw SqlExceptions.invalid(
          "credentials may not stand in the URL; pass token, or clientId and clientSecret, in the"
              + " Properties");
    }
    boolean plain = scheme.equals("http") && THIS_MACHINE.contains(host.toLowerCase(Locale.ROOT));
    if (!scheme.equals("https") && !plain) {
      throw SqlExceptions.invalid(
          "a REST catalog is reached by https, or by http on this machine (localhost) only: others"
              + " could read its tokens on the way");
    }
    String normalised = uri.normalize().toString();
    while (normalised.endsWith("/")) {
      normalised = normalised.substring(0, normalised.length() - 1);
    }
    return normalised;
  }

  private static SQLException invalid() {
    return SqlExceptions.invalid(
        "a REST catalog is written jdbc:iceberg:rest:https://host/path?warehouse=name");
  }
}
