package dev.frazil.bridge;

import java.util.Map;

/**
 * Limits of the JDK's HTTP server that can only be set for the whole process, before its first
 * server: how long a request may take to arrive before any code of ours sees it, how many
 * connections wait idle. Whoever embeds the bridge and has set one keeps it.
 */
final class HttpServerLimits {
  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "60",
          "sun.net.httpserver.maxReqHeaders", "100",
          "sun.net.httpserver.maxReqHeaderSize", "65536",
          "jdk.httpserver.maxConnections", "2048",
          // Else the answer to each request on a kept connection waits for 40 milliseconds.
          "sun.net.httpserver.nodelay", "true");

  private HttpServerLimits() {}

  static void set() {
    LIMITS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }
}
