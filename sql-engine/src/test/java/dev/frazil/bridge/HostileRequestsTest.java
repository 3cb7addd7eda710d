package dev.frazil.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Secret;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests of those who mean no good, or do not know better. */
class HostileRequestsTest extends BridgeRequests {
  @Test
  void whoHasNoTokenLearnsNothing() throws Exception {
    for (String given :
        List.of(
            "Bearer wrong", "Bearer ", "Basic " + Bridges.TOKEN, "Bearer " + Bridges.TOKEN + "x")) {
      for (String path : List.of("/v1/config", "/v1/namespaces", "/nowhere", "/")) {
        HttpResponse<String> response = send("GET", path, "", "Authorization", given);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(error(response).get("type").asText()).isEqualTo("NotAuthorizedException");
      }
    }
    HttpRequest none = HttpRequest.newBuilder(URI.create(bridge.uri() + "/v1/config")).build();
    assertThat(http.send(none, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(401);
  }

  @Test
  void requestsThatAreNoneChangeNothing() throws Exception {
    send("POST", "/v1/namespaces", "{\"namespace\":[\"s\"]}");
    String deep = "[".repeat(100_000);
    for (String body :
        List.of(
            "",
            "null",
            "{",
            "[]",
            "\"x\"",
            "{\"namespace\":7}",
            "{\"namespace\":[]}",
            "{\"namespace\":[\"\"]}",
            "{\"namespace\":[\"a\\u0000b\"]}",
            "{\"namespace\":[null]}",
            "{\"namespace\":" + deep,
            "{\"namespace\":[\"x\"],\"properties\":{\"a\":[]}}")) {
      HttpResponse<String> response = send("POST", "/v1/namespaces", body);
      assertThat(response.statusCode())
          .as(body.substring(0, Math.min(60, body.length())))
          .isEqualTo(400);
      error(response);
    }
    for (String body :
        List.of(
            "{\"name\":\"t\"}",
            "{\"name\":null,\"schema\":null}",
            "{\"name\":\"t\",\"schema\":{\"type\":\"struct\",\"fields\":[{\"id\":1,\"name\":\"x\","
                + "\"type\":\"nonsense\",\"required\":true}]}}",
            "{\"name\":\"\",\"schema\":{\"type\":\"struct\",\"fields\":[]}}")) {
      HttpResponse<String> response = send("POST", "/v1/namespaces/s/tables", body);
      assertThat(response.statusCode()).as(body).isEqualTo(400);
      error(response);
    }
    HttpResponse<String> update =
        send(
            "POST",
            "/v1/namespaces/s/tables/t",
            "{\"requirements\":[{\"type\":\"assert-moon\"}],\"updates\":[]}");
    assertThat(update.statusCode()).isEqualTo(400);
    error(update);
    assertThat(send("GET", "/v1/namespaces", "").body())
        .isEqualTo("{\"namespaces\":[[\"main\"],[\"s\"]],\"next-page-token\":null}");
  }

  @Test
  void pathsLeadNowhereElse() throws Exception {
    for (String path :
        List.of(
            "/v1",
            "/v1/",
            "//v1/namespaces",
            "/v1/namespaces/main/tables/t/../../../../etc/passwd",
            "/v1/oauth/tokens",
            "/v2/namespaces")) {
      assertThat(send("GET", path, "").statusCode()).as(path).isEqualTo(404);
    }
    for (String name : List.of("..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%252e", "%C0%AE")) {
      HttpResponse<String> response = send("GET", "/v1/namespaces/main/tables/" + name, "");
      assertThat(response.statusCode()).as(name).isEqualTo(404);
      assertThat(error(response).get("type").asText()).isEqualTo("NoSuchTableException");
    }
    assertThat(send("GET", "/v1/namespaces/main/tables/a%00b", "").statusCode()).isEqualTo(400);
    assertThat(send("GET", "/v1/namespaces?parent=a&parent=b", "").statusCode()).isEqualTo(400);
    assertThat(send("GET", "/v1/namespaces?pageSize=-1", "").statusCode()).isEqualTo(400);
    assertThat(send("GET", "/v1/namespaces?pageSize=1&pageToken=%21", "").statusCode())
        .isEqualTo(400);
    HttpResponse<String> method = send("PUT", "/v1/namespaces", "");
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.headers().firstValue("Allow")).hasValue("GET, POST");
  }

  @Test
  void placesOutsideOfTheWarehouseAreRefused() throws Exception {
    String schema =
        "\"schema\":{\"type\":\"struct\",\"schema-id\":0,\"fields\":[{\"id\":1,\"name\":\"x\","
            + "\"type\":\"long\",\"required\":true}]}";
    for (String place :
        List.of(
            "\"location\":\"file:///etc\"",
            "\"location\":\"" + folder + "/../elsewhere\"",
            "\"location\":\"s3://other/bucket\"",
            "\"properties\":{\"write.metadata.path\":\"/tmp/elsewhere\"}",
            "\"properties\":{\"write.data.path\":\"/tmp/elsewhere\"}")) {
      HttpResponse<String> response =
          send(
              "POST",
              "/v1/namespaces/main/tables",
              "{\"name\":\"t\"," + schema + "," + place + "}");
      assertThat(response.statusCode()).as(place).isEqualTo(403);
      error(response);
    }
    HttpResponse<String> register =
        send(
            "POST",
            "/v1/namespaces/main/register",
            "{\"name\":\"t\",\"metadata-location\":\"/etc/passwd\"}");
    assertThat(register.statusCode()).isEqualTo(403);
    assertThat(Files.exists(folder.resolve("_frazil"))).as("anything written").isFalse();
  }

  @Test
  void aBodyBeyondTheLimitIsNotRead() throws Exception {
    bridge.close();
    bridge =
        RestBridge.start(
            ConnectionConfig.of(new Warehouse.LocalFolder(folder.toString())),
            Bridges.options().limited(2, 10_000, Duration.ofSeconds(1)));
    String large = "{\"namespace\":[\"" + "x".repeat(20_000) + "\"]}";
    assertThat(send("POST", "/v1/namespaces", large).statusCode()).isEqualTo(413);
    HttpRequest chunked =
        HttpRequest.newBuilder(URI.create(bridge.uri() + "/v1/namespaces"))
            .header("Authorization", "Bearer " + Bridges.TOKEN)
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
            .build();
    assertThat(http.send(chunked, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(413);
  }

  /** Two threads, and more clients than that who never send what they announced. */
  @Test
  void clientsThatNeverEndKeepNobodyOut() throws Exception {
    bridge.close();
    bridge =
        RestBridge.start(
            ConnectionConfig.of(new Warehouse.LocalFolder(folder.toString())),
            Bridges.options().limited(2, 10_000, Duration.ofMillis(300)));
    Socket[] slow = new Socket[4];
    for (int i = 0; i < slow.length; i++) {
      slow[i] = new Socket("127.0.0.1", bridge.uri().getPort());
      slow[i]
          .getOutputStream()
          .write(
              ("POST /v1/namespaces HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                      + Bridges.TOKEN
                      + "\r\nContent-Length: 5000\r\n\r\n{")
                  .getBytes(StandardCharsets.US_ASCII));
      slow[i].getOutputStream().flush();
    }
    assertThat(send("GET", "/v1/namespaces", "").statusCode()).isEqualTo(200);
    for (Socket socket : slow) {
      socket.close();
    }
  }

  @Test
  void beyondThisMachineOnlyWithAKey() {
    BridgeOptions everywhere = Bridges.options().at("0.0.0.0", 0);
    assertThatThrownBy(
            () ->
                RestBridge.start(
                    ConnectionConfig.of(new Warehouse.LocalFolder(folder.toString())), everywhere))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("plain text");
    assertThatThrownBy(() -> BridgeOptions.local(new Secret("short")))
        .hasMessageContaining("16 characters")
        .hasMessageNotContaining("short");
    assertThat(Bridges.options().toString()).doesNotContain(Bridges.TOKEN);
  }

  /** A root that holds it could be written, but never read again. */
  @Test
  void whatTheRootCannotHoldIsRefused() throws Exception {
    for (String properties :
        List.of(
            "{\"" + "k".repeat(70_000) + "\":\"v\"}", "{\"k\":\"" + "v".repeat(2 << 20) + "\"}")) {
      HttpResponse<String> response =
          send(
              "POST",
              "/v1/namespaces",
              "{\"namespace\":[\"s\"],\"properties\":" + properties + "}");
      assertThat(response.statusCode()).isEqualTo(400);
      error(response);
    }
    bridge.close();
    bridge = Bridges.open(folder);
    assertThat(send("GET", "/v1/namespaces", "").statusCode()).isEqualTo(200);
  }
}
