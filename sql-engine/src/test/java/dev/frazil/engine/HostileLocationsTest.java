package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.AvroRewrite;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.HostileLocations;
import dev.frazil.testing.S3Conduct;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Locations that hostile metadata names, in every place that names one: each is refused (58P02)
 * before the server hears of it, though the objects outside are there and well-formed.
 */
@Tag("slow")
class HostileLocationsTest {
  /** What the list of locations calls the bucket and the warehouse in it. */
  private static final String BUCKET = "bucket";

  private ConditionalS3Server server;
  private Map<String, byte[]> original;

  /** Where a location stands. */
  enum Place {
    POINTER("SELECT count(*) FROM t"),
    MANIFEST_LIST("SELECT * FROM t"),
    MANIFEST("SELECT * FROM t"),
    DATA_FILE("SELECT * FROM t"),
    DELETE_FILE("SELECT * FROM t"),
    DELETION_VECTOR("SELECT * FROM v"),
    TABLE_LOCATION("INSERT INTO t VALUES (3)"),
    DATA_PATH("INSERT INTO t VALUES (3)"),
    METADATA_PATH("INSERT INTO t VALUES (3)");

    private final String statement;

    Place(String statement) {
      this.statement = statement;
    }

    private String table() {
      return this == DELETION_VECTOR ? "v" : "t";
    }
  }

  @BeforeEach
  void makeTables() {
    server = ConditionalS3Server.start();
    server.addBucket(BUCKET, ConditionalS3Server.REGION, false, false, S3Conduct.CORRECT);
    server.addBucket("other", ConditionalS3Server.REGION, false, false, S3Conduct.CORRECT);
    try (EngineRunner frazil = open()) {
      String deletes = "\"write.delete.mode\" = 'merge-on-read'";
      frazil.script(
          "CREATE TABLE t (id bigint) WITH (\"format-version\" = '2', " + deletes + ")",
          "INSERT INTO t VALUES (1), (2)",
          "DELETE FROM t WHERE id = 1",
          "CREATE TABLE v (id bigint) WITH (\"format-version\" = '3', " + deletes + ")",
          "INSERT INTO v VALUES (1), (2)",
          "DELETE FROM v WHERE id = 1");
    }
    original = new TreeMap<>();
    server.keys(BUCKET, "").forEach(key -> original.put(key, server.peek(BUCKET, key)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private EngineRunner open() {
    return EngineRunner.open(server.config(BUCKET, "wh", Map.of()));
  }

  @ParameterizedTest
  @EnumSource
  void isNeverOpened(Place place) {
    int refused = 0;
    for (String location : HostileLocations.FOR_BUCKET) {
      String hostile =
          place == Place.MANIFEST && location.endsWith("x") ? location + ".avro" : location;
      original.forEach((key, body) -> server.poke(BUCKET, key, body));
      byte[] named = forge(place, hostile);
      // Whatever the location may come to, there would be something to read.
      for (String key :
          List.of(
              "x", "wh2", "whx/x", "WH/x", "wh/x", "wh/../x", "/wh/x", "x.avro", "wh/../x.avro")) {
        server.poke("other", key, named);
        if (!key.equals("wh/x")) {
          server.poke(BUCKET, key, named);
        }
      }
      Throwable thrown;
      try (EngineRunner frazil = open()) {
        thrown = catchThrowable(() -> frazil.execute(place.statement));
        if (thrown == null) {
          thrown = catchThrowable(() -> frazil.query("SELECT * FROM " + place.table()));
        }
      }
      assertThat(thrown)
          .as("%s in the place of %s", hostile, place)
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.state()).as(e.toString()).isIn(expected(place, hostile)));
      refused++;
    }
    assertThat(refused).isGreaterThanOrEqualTo(60);
  }

  /** Iceberg's reader may notice first that there is no name, or none of a manifest. */
  private static List<SqlState> expected(Place place, String hostile) {
    return hostile.isBlank() || (place == Place.MANIFEST && !hostile.endsWith(".avro"))
        ? List.of(SqlState.LOCATION_REFUSED, SqlState.DATA_CORRUPTED)
        : List.of(SqlState.LOCATION_REFUSED);
  }

  /** Changes the place, and answers what was in the object that it named. */
  private byte[] forge(Place place, String hostile) {
    String table = place.table();
    switch (place) {
      case POINTER -> {
        String metadata = key(table, "/metadata/00002-", ".json");
        replace("wh/_frazil/root.json", "s3://bucket/" + metadata, hostile);
        return original.get(metadata);
      }
      case MANIFEST_LIST -> {
        String list = lastOf(table, "snap-");
        replace(key(table, "/metadata/00002-", ".json"), "s3://bucket/" + list, hostile);
        return original.get(list);
      }
      case MANIFEST -> {
        String list = lastOf(table, "snap-");
        rewrite(list, record -> record.put("manifest_path", hostile));
        return original.get(key(table, "/metadata/", "-m0.avro"));
      }
      case DATA_FILE, DELETE_FILE, DELETION_VECTOR -> {
        boolean isData = place == Place.DATA_FILE;
        String list = lastOf(table, "snap-");
        String[] manifest = new String[1];
        rewrite(
            list,
            record -> {
              if ((int) record.get("content") == (isData ? 0 : 1)) {
                manifest[0] = record.get("manifest_path").toString();
              }
            });
        String[] file = new String[1];
        String manifestKey = manifest[0].substring("s3://bucket/".length());
        rewrite(
            manifestKey,
            record -> {
              GenericRecord entry = (GenericRecord) record.get("data_file");
              file[0] = entry.get("file_path").toString();
              entry.put("file_path", hostile);
            });
        long length = server.peek(BUCKET, manifestKey).length;
        rewrite(
            list,
            record -> {
              if (record.get("manifest_path").toString().equals(manifest[0])) {
                record.put("manifest_length", length);
              }
            });
        return original.get(file[0].substring("s3://bucket/".length()));
      }
      case TABLE_LOCATION, DATA_PATH, METADATA_PATH -> {
        String metadata = key(table, "/metadata/00002-", ".json");
        String body = new String(original.get(metadata), StandardCharsets.UTF_8);
        String quoted = quoted(hostile);
        String forged =
            switch (place) {
              case TABLE_LOCATION ->
                  body.replaceFirst(
                      "\"location\"\\s*:\\s*\"[^\"]*\"",
                      java.util.regex.Matcher.quoteReplacement("\"location\":" + quoted));
              default ->
                  body.replaceFirst(
                      "\"properties\"\\s*:\\s*\\{",
                      java.util.regex.Matcher.quoteReplacement(
                          "\"properties\":{\""
                              + (place == Place.DATA_PATH
                                  ? "write.data.path"
                                  : "write.metadata.path")
                              + "\":"
                              + quoted
                              + ","));
            };
        assertThat(forged).isNotEqualTo(body);
        server.poke(BUCKET, metadata, forged.getBytes(StandardCharsets.UTF_8));
        return new byte[0];
      }
    }
    throw new AssertionError(place);
  }

  private void rewrite(String key, Consumer<GenericRecord> change) {
    server.poke(BUCKET, key, AvroRewrite.records(server.peek(BUCKET, key), change));
  }

  private void replace(String key, String location, String hostile) {
    String body = new String(original.get(key), StandardCharsets.UTF_8);
    assertThat(body).contains('"' + location + '"');
    server.poke(
        BUCKET,
        key,
        body.replace('"' + location + '"', quoted(hostile)).getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      json.append(c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : c);
    }
    return json.append('"').toString();
  }

  private String key(String table, String part, String end) {
    return original.keySet().stream()
        .filter(key -> key.startsWith("wh/main/" + table + "-") && key.contains(part))
        .filter(key -> key.endsWith(end))
        .findFirst()
        .orElseThrow();
  }

  /** The list of manifests of the current snapshot. */
  private String lastOf(String table, String part) {
    String metadata =
        new String(original.get(key(table, "/metadata/00002-", ".json")), StandardCharsets.UTF_8);
    String id = metadata.replaceAll("(?s).*\"current-snapshot-id\"\\s*:\\s*(\\d+).*", "$1");
    return key(table, "/metadata/" + part + id, ".avro");
  }
}
