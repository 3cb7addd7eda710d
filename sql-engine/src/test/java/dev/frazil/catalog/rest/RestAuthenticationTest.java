package dev.frazil.catalog.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.RestCatalogServer;
import dev.frazil.testing.RestFault;
import dev.frazil.testing.SimulatedTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.catalog.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who asks: tokens, their renewal, signatures; and that no secret shows. */
class RestAuthenticationTest {
  private static final Secret SECRET = new Secret("secret-canary");
  private static final String ISSUED = "client-credentials-token:sub=me";

  private final RestCatalogServer server = RestCatalogServer.start("/nowhere");

  @AfterEach
  void close() {
    server.close();
  }

  private DatabaseCatalog open(
      Map<ConnectionProperty, String> values,
      Map<ConnectionProperty, Secret> secrets,
      TimeSource time) {
    Warehouse.RestCatalog warehouse = new Warehouse.RestCatalog(server.uri());
    Map<ConnectionProperty, String> all = new EnumMap<>(ConnectionProperty.class);
    all.putAll(values);
    return RestOpener.open(
        new ConnectionConfig(warehouse, all, secrets),
        warehouse,
        time,
        Ids.system(),
        1_000,
        Set.of());
  }

  private DatabaseCatalog withClient(TimeSource time) {
    return open(
        Map.of(ConnectionProperty.CLIENT_ID, "me"),
        Map.of(ConnectionProperty.CLIENT_SECRET, SECRET),
        time);
  }

  private static boolean hasMain(DatabaseCatalog catalog) {
    return catalog.snapshot().root().namespaces().containsKey(Namespace.of("main"));
  }

  private List<String> authorizations() {
    return server.seen().stream()
        .filter(request -> !request.path().endsWith("tokens"))
        .map(request -> request.headers().getOrDefault("authorization", "none"))
        .toList();
  }

  @Test
  void aTokenGoesWithEveryRequest() {
    try (DatabaseCatalog catalog =
        open(Map.of(), Map.of(ConnectionProperty.TOKEN, SECRET), TimeSource.system())) {
      assertThat(hasMain(catalog)).isFalse();
    }
    assertThat(authorizations()).containsExactly("Bearer secret-canary", "Bearer secret-canary");
  }

  @Test
  void aTokenThatIsRefusedIsNotShown() {
    server.faults((request, earlier) -> RestFault.UNAUTHENTICATED);
    try (DatabaseCatalog catalog =
        open(Map.of(), Map.of(ConnectionProperty.TOKEN, SECRET), TimeSource.system())) {
      assertThatThrownBy(() -> hasMain(catalog))
          .hasMessageNotContaining("canary")
          .extracting(e -> ((EngineException) e).state())
          .isEqualTo(SqlState.INVALID_AUTHORIZATION);
    }
  }

  @Test
  void aTokenWithAnEndOfLineIsRefusedAndNotShown() {
    assertThatThrownBy(
            () -> {
              try (DatabaseCatalog catalog =
                  open(
                      Map.of(),
                      Map.of(ConnectionProperty.TOKEN, new Secret("secret-canary\n")),
                      TimeSource.system())) {
                hasMain(catalog);
              }
            })
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("canary"))
        .extracting(e -> ((EngineException) e).state())
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
  }

  @Test
  void aTokenThatNoHeaderTakesIsRefusedAndNotShown() {
    server.answers(
        (request, answer) -> {
          if (request.path().endsWith("tokens")) {
            ((com.fasterxml.jackson.databind.node.ObjectNode) answer)
                .put("access_token", "canary\r\nX-Other: y");
          }
          return answer;
        });
    try (DatabaseCatalog catalog = withClient(TimeSource.system())) {
      assertThatThrownBy(() -> hasMain(catalog))
          .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("canary"))
          .extracting(e -> ((EngineException) e).state())
          .isEqualTo(SqlState.INVALID_AUTHORIZATION);
    }
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void aClientGetsATokenOnceAndAnotherWhenItIsRefused() {
    server.faults(
        (request, earlier) ->
            !request.path().endsWith("tokens") && earlier == 3 ? RestFault.UNAUTHENTICATED : null);
    try (DatabaseCatalog catalog = withClient(TimeSource.system())) {
      assertThat(hasMain(catalog)).isFalse();
      assertThat(hasMain(catalog)).isFalse();
    }
    assertThat(authorizations()).containsOnly("Bearer " + ISSUED);
    assertThat(server.count("POST", "v1/oauth/tokens")).isEqualTo(2);
  }

  @Test
  void aTokenIsReplacedBeforeItExpires() {
    server.answers(
        (request, answer) -> {
          if (request.path().endsWith("tokens")) {
            ((com.fasterxml.jackson.databind.node.ObjectNode) answer).put("expires_in", 600);
          }
          return answer;
        });
    SimulatedTime time = new SimulatedTime();
    try (DatabaseCatalog catalog = withClient(time)) {
      assertThat(hasMain(catalog)).isFalse();
      time.advanceMillis(500_000);
      assertThat(hasMain(catalog)).isFalse();
      assertThat(server.count("POST", "v1/oauth/tokens")).isEqualTo(1);
      time.advanceMillis(50_000);
      assertThat(hasMain(catalog)).isFalse();
      assertThat(server.count("POST", "v1/oauth/tokens")).isEqualTo(2);
    }
  }

  @Test
  void aClientThatIsUnknownIsRefusedWithoutItsSecret() {
    server.faults(
        (request, earlier) -> request.path().endsWith("tokens") ? RestFault.UNAUTHENTICATED : null);
    try (DatabaseCatalog catalog = withClient(TimeSource.system())) {
      assertThatThrownBy(() -> hasMain(catalog))
          .hasMessageContaining("me")
          .hasMessageNotContaining("canary")
          .extracting(e -> ((EngineException) e).state())
          .isEqualTo(SqlState.INVALID_AUTHORIZATION);
    }
  }

  @Test
  void requestsAreSigned() {
    try (DatabaseCatalog catalog =
        open(
            Map.of(
                ConnectionProperty.SIGNING_NAME, "glue",
                ConnectionProperty.REGION, "eu-west-1",
                ConnectionProperty.ACCESS_KEY_ID, "AKID"),
            Map.of(
                ConnectionProperty.SECRET_ACCESS_KEY,
                SECRET,
                ConnectionProperty.SESSION_TOKEN,
                new Secret("session")),
            TimeSource.system())) {
      assertThat(hasMain(catalog)).isFalse();
    }
    assertThat(server.seen())
        .allSatisfy(
            request ->
                assertThat(request.headers().get("authorization"))
                    .isEqualTo(
                        RestSignature.expected(request, "secret-canary", "AKID", "eu-west-1")));
    assertThat(server.seen().get(0).headers()).containsEntry("x-amz-security-token", "session");
  }

  @Test
  void nothingShowsSecretsThatHoldsThem() throws IOException {
    ServerConfig config =
        ServerConfig.of(
            new ObjectMapper()
                .readTree("{\"overrides\":{\"s3.secret-access-key\":\"secret-canary\"}}"),
            URI.create(server.uri()));
    assertThat(config.storage()).containsValue("secret-canary");
    HttpCall call =
        new HttpCall("GET", URI.create(server.uri()), Map.of("a", SECRET.reveal()), null);
    assertThat(List.of(config, call, new BearerToken(SECRET)).toString())
        .doesNotContain("secret-canary");
  }

  @Test
  void waysExcludeEachOther() {
    assertThatThrownBy(
            () ->
                open(
                    Map.of(ConnectionProperty.CLIENT_ID, "me"),
                    Map.of(ConnectionProperty.TOKEN, SECRET),
                    TimeSource.system()))
        .hasMessageContaining("exclude each other");
    assertThatThrownBy(
            () -> open(Map.of(ConnectionProperty.CLIENT_ID, "me"), Map.of(), TimeSource.system()))
        .hasMessageContaining("belong together");
    assertThatThrownBy(
            () ->
                open(
                    Map.of(
                        ConnectionProperty.CLIENT_ID, "me",
                        ConnectionProperty.TOKEN_ENDPOINT, "http://example.com/canary"),
                    Map.of(ConnectionProperty.CLIENT_SECRET, SECRET),
                    TimeSource.system()))
        .hasMessageContaining("tokenEndpoint")
        .hasMessageNotContaining("canary");
  }

  @Test
  void anotherServerIsNotFollowed() {
    server.config(
        config -> {
          config.putObject("overrides").put("uri", "https://elsewhere.example/api");
          return config;
        });
    try (DatabaseCatalog catalog =
        open(Map.of(), Map.of(ConnectionProperty.TOKEN, SECRET), TimeSource.system())) {
      assertThatThrownBy(() -> hasMain(catalog)).hasMessageContaining("another server");
    }
  }
}
