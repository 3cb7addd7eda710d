package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.bridge.RestBridge;
import dev.frazil.error.EngineException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./frazil serve}. */
class FrazilServerTest {
  @TempDir Path folder;

  private static int status(RestBridge bridge, String token) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(bridge.uri() + "/v1/namespaces"))
                .header("Authorization", "Bearer " + token)
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  @Test
  void makesATokenAndSaysHowToReachIt() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RestBridge bridge =
        FrazilServer.run(
            List.of(folder.toString(), "--port", "0"),
            null,
            new PrintStream(out, true, StandardCharsets.UTF_8))) {
      String said = out.toString(StandardCharsets.UTF_8);
      assertThat(said).contains(bridge.uri().toString());
      Matcher token = Pattern.compile("token +([0-9a-f]{48})").matcher(said);
      assertThat(token.find()).isTrue();
      assertThat(status(bridge, token.group(1))).isEqualTo(200);
    }
  }

  @Test
  void takesATokenFromAFileOrTheEnvironment() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    Path file = Files.writeString(folder.resolve("token"), "token-of-a-file-42\n");
    Path database = folder.resolve("db");
    List<String> arguments =
        List.of(database.toString(), "--port", "0", "--token-file", file.toString());
    try (RestBridge bridge = FrazilServer.run(arguments, "token-of-the-environment", printed)) {
      assertThat(status(bridge, "token-of-a-file-42")).isEqualTo(200);
      assertThat(status(bridge, "token-of-the-environment")).isEqualTo(401);
    }
    List<String> shorter = List.of(database.toString(), "--port", "0", "--read-only");
    try (RestBridge bridge = FrazilServer.run(shorter, "token-of-the-environment", printed)) {
      assertThat(status(bridge, "token-of-the-environment")).isEqualTo(200);
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .doesNotContain("token-of")
        .contains("for reading");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    PrintStream out = System.out;
    assertThatThrownBy(() -> FrazilServer.run(List.of("--prot", "1"), null, out))
        .isInstanceOf(ServerArguments.UsageException.class)
        .hasMessageContaining("--prot");
    assertThatThrownBy(() -> FrazilServer.run(List.of("--tls-key", "k"), null, out))
        .isInstanceOf(ServerArguments.UsageException.class)
        .hasMessageContaining("--tls-certificates");
    assertThatThrownBy(() -> FrazilServer.run(List.of("x", "--host", "0.0.0.0"), null, out))
        .hasMessageContaining("plain text");
    assertThatThrownBy(() -> FrazilServer.run(List.of("x"), "short", out))
        .isInstanceOf(EngineException.class)
        .hasMessageNotContaining("short");
  }
}
