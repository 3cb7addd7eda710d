package dev.frazil.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Secret;
import dev.frazil.config.Warehouse;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge over TLS, with keys as the JDK's keytool makes them. */
class TlsIdentityTest {
  private static final Secret PASSWORD = new Secret("a password");

  @TempDir static Path folder;
  private static Path pkcs12;
  private static KeyStore keys;

  @BeforeAll
  static void makeKeys() throws Exception {
    pkcs12 = folder.resolve("key.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                pkcs12.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD.reveal(),
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-alias",
                "bridge")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(pkcs12)) {
      keys.load(stream, PASSWORD.reveal().toCharArray());
    }
  }

  private static HttpResponse<String> config(RestBridge bridge) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("bridge", keys.getCertificate("bridge"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(bridge.uri() + "/v1/config"))
                .header("Authorization", "Bearer " + Bridges.TOKEN)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static RestBridge serve(TlsIdentity identity, String host) {
    return RestBridge.start(
        ConnectionConfig.of(new Warehouse.LocalFolder(folder.resolve("db").toString())),
        Bridges.options().at(host, 0).encrypted(identity));
  }

  @Test
  void aKeyInPkcs12() throws Exception {
    try (RestBridge bridge = serve(TlsIdentity.pkcs12(pkcs12, PASSWORD), "127.0.0.1")) {
      assertThat(bridge.uri().getScheme()).isEqualTo("https");
      assertThat(config(bridge).statusCode()).isEqualTo(200);
      assertThatThrownBy(
              () ->
                  HttpClient.newHttpClient()
                      .send(
                          HttpRequest.newBuilder(URI.create(bridge.uri() + "/v1/config")).build(),
                          HttpResponse.BodyHandlers.ofString()))
          .as("a client that does not trust the key")
          .isInstanceOf(javax.net.ssl.SSLException.class);
    }
  }

  @Test
  void aKeyInPem() throws Exception {
    Path certificate =
        pem("certificate.pem", "CERTIFICATE", keys.getCertificate("bridge").getEncoded());
    Path key =
        pem(
            "key.pem",
            "PRIVATE KEY",
            keys.getKey("bridge", PASSWORD.reveal().toCharArray()).getEncoded());
    try (RestBridge bridge = serve(TlsIdentity.pem(certificate, key), "localhost")) {
      assertThat(config(bridge).statusCode()).isEqualTo(200);
    }
    assertThatThrownBy(() -> TlsIdentity.pem(key, certificate))
        .hasMessageContaining("BEGIN PRIVATE KEY");
  }

  private static Path pem(String name, String kind, byte[] content) throws Exception {
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder().encodeToString(content)
            + "\n-----END "
            + kind
            + "-----\n");
  }

  @Test
  void aWrongPasswordIsSaidWithoutIt() {
    assertThatThrownBy(() -> TlsIdentity.pkcs12(pkcs12, new Secret("another one")))
        .hasMessageContaining("key.p12")
        .hasMessageNotContaining("another one");
  }
}
