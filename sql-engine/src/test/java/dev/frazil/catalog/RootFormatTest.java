package dev.frazil.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootFormatTest {
  private static final String LOCATION = "/w/_frazil/root.json";

  private static DatabaseRoot sample() {
    return new DatabaseRoot(
        3,
        "id-3",
        Map.of(Namespace.of("main"), Map.of("owner", "ü\"\n"), Namespace.of("a", "b.c"), Map.of()),
        Map.of(
            TableIdentifier.of("main", "t"),
            new TablePointer(TablePointer.Kind.TABLE, "/w/main/t/metadata/0.json", "u1"),
            TableIdentifier.of(Namespace.of("a", "b.c"), "v/w"),
            new TablePointer(TablePointer.Kind.VIEW, "/w/a/v/metadata/0.json", "u2")),
        List.of(new RecentCommit(2, "id-2", null), new RecentCommit(3, "id-3", "token")),
        List.of(
            new TableClaim("claim-1", Set.of(TableIdentifier.of("main", "t")), 2_000),
            new TableClaim(
                "claim-2", Set.of(TableIdentifier.of(Namespace.of("a", "b.c"), "x")), 1)),
        List.of(
            new RootVersion(2, 1_000, "id-2", Map.of(), Map.of()),
            new RootVersion(
                3,
                2_000,
                "id-3",
                before(TableIdentifier.of("main", "t"), TableIdentifier.of("main", "new")),
                Map.of(Namespace.of("main"), Map.of("owner", "x")))));
  }

  private static Map<TableIdentifier, TablePointer> before(
      TableIdentifier changed, TableIdentifier created) {
    Map<TableIdentifier, TablePointer> before = new java.util.HashMap<>();
    before.put(
        changed, new TablePointer(TablePointer.Kind.TABLE, "/w/main/t/metadata/9.json", "u"));
    before.put(created, null);
    return before;
  }

  @Test
  void whatIsWrittenIsRead() {
    byte[] body = DatabaseRootFormat.write(sample());
    assertThat(DatabaseRootFormat.read(body, LOCATION)).isEqualTo(sample());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "[]",
        "{}",
        "{\"frazil-format\":0}",
        "{\"frazil-format\":1,\"version\":0,\"commit-id\":\"x\",\"namespaces\":[],"
            + "\"relations\":[],\"recent-commits\":[]}",
        "{\"frazil-format\":1,\"version\":1,\"commit-id\":\"x\",\"namespaces\":[],"
            + "\"relations\":[],\"recent-commits\":[],\"more\":1}",
        "{\"frazil-format\":1,\"version\":1,\"version\":2,\"commit-id\":\"x\",\"namespaces\":[],"
            + "\"relations\":[],\"recent-commits\":[]}",
        "{\"frazil-format\":1,\"version\":1,\"commit-id\":\"x\",\"namespaces\":[],"
            + "\"relations\":[{\"kind\":\"table\",\"namespace\":[\"gone\"],\"name\":\"t\","
            + "\"metadata-location\":\"l\",\"uuid\":\"u\"}],\"recent-commits\":[]}",
        "{\"frazil-format\":1,\"version\":1,\"commit-id\":\"x\",\"namespaces\":[],"
            + "\"relations\":[],\"recent-commits\":[]} trailing"
      })
  void aCorruptRootIsNamedWithAdvice(String body) {
    assertThatThrownBy(
            () -> DatabaseRootFormat.read(body.getBytes(StandardCharsets.UTF_8), LOCATION))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED))
        .hasMessageContaining(LOCATION)
        .hasMessageContaining("Restore");
  }

  @Test
  void aNewerFormatIsNotCalledCorrupt() {
    assertThatThrownBy(
            () ->
                DatabaseRootFormat.read(
                    "{\"frazil-format\":2}".getBytes(StandardCharsets.UTF_8), LOCATION))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED));
  }

  @Test
  void mutatedBytesAreReadOrRefusedButNeverCrash() {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    System.out.println("mutated roots: -Dfrazil.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    byte[] whole = DatabaseRootFormat.write(sample());
    for (int i = 0; i < 3_000; i++) {
      byte[] body = java.util.Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(DatabaseRootFormat.read(body, LOCATION).version()).isPositive();
      } catch (EngineException e) {
        assertThat(e.state()).isIn(SqlState.DATA_CORRUPTED, SqlState.FEATURE_NOT_SUPPORTED);
      }
    }
  }

  @Test
  void theRingKeepsRecentCommitsAndLongerThoseWithTokens() {
    DatabaseRoot root = DatabaseRoot.unwritten();
    for (int i = 1; i <= 3_000; i++) {
      String token = i % 2 == 0 ? "token-" + i : null;
      root = root.next(root.draft(), List.of(new RecentCommit(i, "id-" + i, token)), i);
    }
    assertThat(root.commit("id-3000")).isPresent();
    assertThat(root.commit("id-" + (3_000 - DatabaseRoot.RECENT_COMMITS + 1))).isPresent();
    assertThat(root.commit("id-" + (3_000 - DatabaseRoot.RECENT_COMMITS - 1))).isEmpty();
    assertThat(root.remembers(3_000 - DatabaseRoot.RECENT_COMMITS + 1)).isTrue();
    assertThat(root.remembers(3_000 - DatabaseRoot.RECENT_COMMITS)).isFalse();
    assertThat(root.token("token-" + (3_000 - 2 * (DatabaseRoot.RECENT_TOKENS - 1)))).isPresent();
    assertThat(root.token("token-2")).isEmpty();
    assertThat(DatabaseRootFormat.write(root).length).isLessThan(200_000);
  }
}
