package dev.frazil.catalog.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.storage.AwsJsonService;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One item of a catalog: a table or a namespace. Two readings of an item are equal only when nobody
 * wrote it between them: every write gives it a version that was never used before.
 *
 * @param version the attribute {@code v}; empty for an item that has none
 * @param properties the attributes that begin with {@code p.}, without that
 * @param attributes all of them, as DynamoDB writes them
 */
record DynamoDbItem(
    DynamoDbKey key, String version, Map<String, String> properties, ObjectNode attributes) {
  static final String VERSION = "v";
  static final String CREATED_AT = "created_at";
  static final String UPDATED_AT = "updated_at";
  static final String PROPERTY_PREFIX = "p.";
  static final String METADATA_LOCATION = "metadata_location";
  static final String PREVIOUS_METADATA_LOCATION = "previous_metadata_location";
  static final String TABLE_TYPE = "table_type";
  static final String ICEBERG = "ICEBERG";

  static DynamoDbItem of(JsonNode item) {
    Map<String, String> properties = new HashMap<>();
    item.properties()
        .forEach(
            field -> {
              if (field.getKey().startsWith(PROPERTY_PREFIX) && field.getValue().has("S")) {
                properties.put(
                    field.getKey().substring(PROPERTY_PREFIX.length()),
                    field.getValue().path("S").asText());
              }
            });
    return new DynamoDbItem(
        DynamoDbKey.of(item),
        item.path(VERSION).path("S").asText(""),
        Map.copyOf(properties),
        item.deepCopy());
  }

  /** The metadata file of a table; null for an item that has none. */
  @Nullable String metadataLocation() {
    return properties.get(METADATA_LOCATION);
  }

  /** A new item, as Iceberg makes it. */
  static ObjectNode fresh(
      DynamoDbKey key, Map<String, String> properties, String version, long nowMillis) {
    ObjectNode item = AwsJsonService.request();
    item.setAll(key.json());
    properties.forEach((name, value) -> item.putObject(PROPERTY_PREFIX + name).put("S", value));
    item.putObject(CREATED_AT).put("N", String.valueOf(nowMillis));
    item.putObject(UPDATED_AT).put("N", String.valueOf(nowMillis));
    item.putObject(VERSION).put("S", version);
    return item;
  }
}
