package dev.frazil.bridge;

import dev.frazil.config.Secret;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link RestBridge} listens.
 *
 * @param host the address to listen on; every other than one of this machine itself needs {@code
 *     tls}
 * @param port 0 for one that is free
 * @param token what a client must present; at least {@value #MIN_TOKEN_LENGTH} characters
 * @param tls the key of the server; null for plain HTTP
 * @param readOnly whether every change is refused (403)
 * @param threads how many requests are worked on at once
 * @param maxBodyBytes of one request
 * @param patience how long a request may take to arrive, and how long its commit is tried
 */
public record BridgeOptions(
    String host,
    int port,
    Secret token,
    @Nullable TlsIdentity tls,
    boolean readOnly,
    int threads,
    int maxBodyBytes,
    Duration patience) {

  /** Shorter ones could be guessed. */
  public static final int MIN_TOKEN_LENGTH = 16;

  /** The port of {@link #local}, as of other REST catalogs. */
  public static final int DEFAULT_PORT = 8181;

  private static final int DEFAULT_THREADS = 16;
  private static final int DEFAULT_MAX_BODY_BYTES = 16 << 20;
  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

  public BridgeOptions {
    if (token.reveal().length() < MIN_TOKEN_LENGTH
        || !token.reveal().chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw invalid(
          "a token needs at least "
              + MIN_TOKEN_LENGTH
              + " characters, all of them printable ASCII without spaces");
    }
    if (port < 0 || port > 65_535) {
      throw invalid("the port " + port + " is not between 0 and 65535");
    }
    if (threads < 1 || maxBodyBytes < 1 || patience.isNegative() || patience.isZero()) {
      throw invalid("threads, maxBodyBytes and patience must be positive");
    }
  }

  /** Plain HTTP on this machine only, port {@value #DEFAULT_PORT}. */
  public static BridgeOptions local(Secret token) {
    return new BridgeOptions(
        "127.0.0.1",
        DEFAULT_PORT,
        token,
        null,
        false,
        DEFAULT_THREADS,
        DEFAULT_MAX_BODY_BYTES,
        DEFAULT_PATIENCE);
  }

  /** The same on another address. */
  public BridgeOptions at(String otherHost, int otherPort) {
    return new BridgeOptions(
        otherHost, otherPort, token, tls, readOnly, threads, maxBodyBytes, patience);
  }

  /** The same with a key: HTTPS. */
  public BridgeOptions encrypted(TlsIdentity identity) {
    return new BridgeOptions(
        host, port, token, identity, readOnly, threads, maxBodyBytes, patience);
  }

  /** The same, refusing every change. */
  public BridgeOptions forReading() {
    return new BridgeOptions(host, port, token, tls, true, threads, maxBodyBytes, patience);
  }

  /** The same with other limits. */
  public BridgeOptions limited(int threadLimit, int bodyLimitBytes, Duration patienceLimit) {
    return new BridgeOptions(
        host, port, token, tls, readOnly, threadLimit, bodyLimitBytes, patienceLimit);
  }

  private static EngineException invalid(String message) {
    return new EngineException(SqlState.INVALID_PARAMETER_VALUE, message);
  }
}
