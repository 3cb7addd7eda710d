package dev.frazil.jdbc;

import dev.frazil.bridge.BridgeOptions;
import dev.frazil.bridge.TlsIdentity;
import dev.frazil.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line of {@code ./frazil serve} asks for.
 *
 * @param url where the database lives
 * @param generatedToken to be shown; null where the user brought one
 */
record ServerArguments(String url, BridgeOptions options, @Nullable String generatedToken) {
  /** Where a token may stand, as an argument would be seen by all users of the machine. */
  static final String TOKEN_VARIABLE = "FRAZIL_TOKEN";

  static final String USAGE =
      """
      Usage: ./frazil serve [url] [--port 8181] [--host 127.0.0.1] [--read-only]
                            [--token-file FILE]
                            [--tls-keystore FILE.p12 --tls-password-file FILE]
                            [--tls-certificates FILE.pem --tls-key FILE.pem]

      Serves the database as an Iceberg REST catalog, to Spark, Trino, Flink, DuckDB, PyIceberg.
      The token that clients present comes from the file, else from the variable FRAZIL_TOKEN, else
      a new one is made and printed. Other hosts than this machine's own need a key for TLS.
      """;

  private static final String PREFIX = "jdbc:iceberg:";
  private static final String DEFAULT_URL = PREFIX + "./frazil-warehouse";
  private static final int TOKEN_BYTES = 24;
  private static final Set<String> VALUED =
      Set.of(
          "--port",
          "--host",
          "--token-file",
          "--tls-keystore",
          "--tls-password-file",
          "--tls-certificates",
          "--tls-key");

  /** A command line that is not understood; the message says what is wrong. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  static ServerArguments parse(List<String> arguments, @Nullable String tokenOfEnvironment)
      throws UsageException, IOException {
    Map<String, String> values = new HashMap<>();
    String url = null;
    boolean readOnly = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (VALUED.contains(argument)) {
        if (i + 1 == arguments.size()) {
          throw new UsageException(argument + " needs a value");
        }
        values.put(argument, arguments.get(++i));
      } else if (argument.equals("--read-only")) {
        readOnly = true;
      } else if (argument.startsWith("-")) {
        throw new UsageException("unknown option " + argument);
      } else if (url == null) {
        url = argument.startsWith(PREFIX) ? argument : PREFIX + argument;
      } else {
        throw new UsageException("two URLs are given: " + url + " and " + argument);
      }
    }
    String generated = null;
    String token = tokenOfEnvironment;
    if (values.containsKey("--token-file")) {
      token = line(values.get("--token-file"));
    } else if (token == null || token.isEmpty()) {
      byte[] random = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(random);
      generated = HexFormat.of().formatHex(random);
      token = generated;
    }
    BridgeOptions options =
        BridgeOptions.local(new Secret(token))
            .at(values.getOrDefault("--host", "127.0.0.1"), port(values.get("--port")));
    TlsIdentity identity = identity(values);
    if (identity != null) {
      options = options.encrypted(identity);
    }
    return new ServerArguments(
        url == null ? DEFAULT_URL : url, readOnly ? options.forReading() : options, generated);
  }

  private static int port(@Nullable String text) throws UsageException {
    try {
      return text == null ? BridgeOptions.DEFAULT_PORT : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new UsageException("the port " + text + " is no number");
    }
  }

  private static @Nullable TlsIdentity identity(Map<String, String> values)
      throws UsageException, IOException {
    String keyStore = values.get("--tls-keystore");
    String passwordFile = values.get("--tls-password-file");
    String certificates = values.get("--tls-certificates");
    String key = values.get("--tls-key");
    if ((keyStore == null) != (passwordFile == null)
        || (certificates == null) != (key == null)
        || (keyStore != null && certificates != null)) {
      throw new UsageException(
          "TLS needs --tls-keystore with --tls-password-file, or --tls-certificates with --tls-key");
    }
    if (keyStore != null && passwordFile != null) {
      return TlsIdentity.pkcs12(Path.of(keyStore), new Secret(line(passwordFile)));
    }
    return certificates == null || key == null
        ? null
        : TlsIdentity.pem(Path.of(certificates), Path.of(key));
  }

  /** What stands in a file, without the end of the line. */
  private static String line(@Nullable String file) throws IOException {
    return Files.readString(Path.of(String.valueOf(file))).strip();
  }
}
