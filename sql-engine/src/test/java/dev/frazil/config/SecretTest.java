package dev.frazil.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {

  @Test
  void secretsOfOneValueAreEqual() {
    assertThat(new Secret("canary")).isEqualTo(new Secret("canary"));
    assertThat(new Secret("canary")).isNotEqualTo(new Secret("canarz"));
    assertThat(new Secret("canary")).isNotEqualTo(new Secret("canary2")).isNotEqualTo("canary");
    assertThat(config("a")).isEqualTo(config("a")).hasSameHashCodeAs(config("a"));
    assertThat(config("a")).isNotEqualTo(config("b"));
  }

  @Test
  void neitherTextNorHashCodeTellsAnything() {
    assertThat(config("canary").toString()).doesNotContain("canary").contains("***");
    assertThat(new Secret("canary")).hasSameHashCodeAs(new Secret("another"));
  }

  private static ConnectionConfig config(String secret) {
    return new ConnectionConfig(
        new Warehouse.S3Prefix("bucket", "prefix"),
        Map.of(ConnectionProperty.ACCESS_KEY_ID, "key"),
        Map.of(ConnectionProperty.SECRET_ACCESS_KEY, new Secret(secret)));
  }
}
