package dev.frazil.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Amazon's DynamoDB Local, in memory, in a JVM of its own with its own libraries, which the build
 * lays out in {@code target/dynamodb-local} of this module. One for all tests of a JVM; each takes
 * a table of its own.
 */
public final class DynamoDbLocal {
  private static final long START_MILLIS = 60_000;

  private final String endpoint;

  private DynamoDbLocal(String endpoint) {
    this.endpoint = endpoint;
  }

  /** The one of this JVM, started by the first who asks. */
  public static DynamoDbLocal shared() {
    return Holder.SHARED;
  }

  private static final class Holder {
    static final DynamoDbLocal SHARED = start();
  }

  public String endpoint() {
    return endpoint;
  }

  /** A proxy before it that lets requests go wrong. */
  public JsonServiceServer proxy() {
    return JsonServiceServer.start("dynamodb", this::forward);
  }

  /** Asks it directly. */
  public void ask(String operation, String body) throws IOException {
    JsonServiceServer.Reply reply = forward(operation, body.getBytes(StandardCharsets.UTF_8));
    if (reply.status() != 200) {
      throw new IOException(new String(reply.body(), StandardCharsets.UTF_8));
    }
  }

  private JsonServiceServer.Reply forward(String operation, byte[] body) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(endpoint).toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
    connection.setRequestProperty("X-Amz-Target", "DynamoDB_20120810." + operation);
    connection.setRequestProperty(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=test/20260101/"
            + JsonServiceServer.REGION
            + "/dynamodb/aws4_request, SignedHeaders=host, Signature=0");
    connection.setFixedLengthStreamingMode(body.length);
    connection.getOutputStream().write(body);
    int status = connection.getResponseCode();
    try (InputStream answer =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return new JsonServiceServer.Reply(status, answer.readAllBytes());
    }
  }

  private static DynamoDbLocal start() {
    Path libraries = Path.of("target", "dynamodb-local").toAbsolutePath();
    if (!Files.isDirectory(libraries)) {
      throw new IllegalStateException(
          libraries + " is missing: run mvn -pl sql-engine process-test-resources");
    }
    try {
      int port = freePort();
      Process process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xmx192m",
                      "-XX:TieredStopAtLevel=1",
                      "-XX:+UseSerialGC",
                      "-Djava.library.path=" + libraries,
                      "-cp",
                      libraries + "/*",
                      "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                      "-inMemory",
                      "-disableTelemetry",
                      "-port",
                      String.valueOf(port)))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      DynamoDbLocal local = new DynamoDbLocal("http://127.0.0.1:" + port);
      local.await(process);
      return local;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void await(Process process) throws InterruptedException {
    long deadline = System.nanoTime() + START_MILLIS * 1_000_000;
    byte[] question = "{}".getBytes(StandardCharsets.UTF_8);
    while (true) {
      try {
        if (forward("ListTables", question).status() == 200) {
          return;
        }
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IllegalStateException("DynamoDB Local did not start", e);
        }
      }
      Thread.sleep(100);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
