package dev.frazil.catalog;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.EnumMap;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;

/**
 * The properties of a catalog as Iceberg's engines spell them, as a configuration of ours.
 * Iceberg's own access to files takes the same ones.
 */
final class EngineProperties {
  private static final Map<String, ConnectionProperty> PLAIN =
      Map.of(
          "client.region", ConnectionProperty.REGION,
          "s3.endpoint", ConnectionProperty.ENDPOINT,
          "s3.path-style-access", ConnectionProperty.PATH_STYLE_ACCESS);

  private static final Map<String, ConnectionProperty> SECRET =
      Map.of(
          "s3.access-key-id", ConnectionProperty.ACCESS_KEY_ID,
          "s3.secret-access-key", ConnectionProperty.SECRET_ACCESS_KEY,
          "s3.session-token", ConnectionProperty.SESSION_TOKEN);

  private EngineProperties() {}

  /** 22023 where the warehouse is missing or a value does not fit. */
  static ConnectionConfig config(Map<String, String> properties) {
    String warehouse = properties.get(CatalogProperties.WAREHOUSE_LOCATION);
    if (warehouse == null) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "the catalog property 'warehouse' is missing: a folder, or s3://bucket/prefix");
    }
    Map<ConnectionProperty, String> values = new EnumMap<>(ConnectionProperty.class);
    Map<ConnectionProperty, Secret> secrets = new EnumMap<>(ConnectionProperty.class);
    properties.forEach(
        (name, value) -> {
          if (PLAIN.containsKey(name)) {
            values.put(PLAIN.get(name), value);
          } else if (SECRET.containsKey(name)) {
            ConnectionProperty property = SECRET.get(name);
            if (property.kind() == ConnectionProperty.Kind.SECRET) {
              secrets.put(property, new Secret(value));
            } else {
              values.put(property, value);
            }
          }
        });
    return new ConnectionConfig(warehouse(warehouse), values, secrets);
  }

  private static Warehouse warehouse(String location) {
    String stripped = location.replaceAll("/+$", "");
    if (!stripped.startsWith("s3://")) {
      return new Warehouse.LocalFolder(stripped.replaceFirst("^file:(//)?", ""));
    }
    String place = stripped.substring("s3://".length());
    int slash = place.indexOf('/');
    return slash < 0
        ? new Warehouse.S3Prefix(place, "")
        : new Warehouse.S3Prefix(place.substring(0, slash), place.substring(slash + 1));
  }
}
