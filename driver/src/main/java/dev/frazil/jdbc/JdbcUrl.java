package dev.frazil.jdbc;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.config.Warehouse;
import dev.frazil.error.SqlState;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A URL {@code jdbc:iceberg:<location>[?name=value&...]} with the properties given beside it,
 * checked: unknown and doubled properties are refused, and secrets are taken from properties only.
 *
 * @param text the URL as given; holds no secret
 */
record JdbcUrl(String text, ConnectionConfig config) {
  static final String PREFIX = "jdbc:iceberg:";

  /** Before the name of each property of the source. */
  private static final String OF_SOURCE = ConnectionProperty.SOURCE.propertyName() + ".";

  /** What {@code DriverManager.getConnection(url, user, password)} sends. */
  private static final Map<String, ConnectionProperty> ALIASES =
      Map.of(
          "user", ConnectionProperty.ACCESS_KEY_ID,
          "password", ConnectionProperty.SECRET_ACCESS_KEY);

  /** The same where the URL names a catalog in a database. */
  private static final Map<String, ConnectionProperty> ALIASES_OF_DATABASE =
      Map.of(
          "user", ConnectionProperty.CATALOG_USER,
          "password", ConnectionProperty.CATALOG_PASSWORD);

  /** What LibreOffice Base hands on of its own settings of a stored data source. */
  private static final Set<String> OF_LIBREOFFICE = Set.of("Type", "Url");

  static boolean accepts(String url) {
    return url.startsWith(PREFIX);
  }

  static JdbcUrl parse(String url, Properties properties) throws SQLException {
    if (!accepts(url)) {
      throw SqlExceptions.of(
          SqlState.CONNECTION_FAILURE, "a Frazil URL starts with '" + PREFIX + "'");
    }
    String rest = url.substring(PREFIX.length());
    int queryStart = rest.indexOf('?');
    String location = queryStart < 0 ? rest : rest.substring(0, queryStart);
    Map<ConnectionProperty, String> values = new EnumMap<>(ConnectionProperty.class);
    Properties ofSource = new Properties();
    if (queryStart >= 0) {
      readQuery(rest.substring(queryStart + 1), values);
    }
    Map<ConnectionProperty, Secret> secrets = new EnumMap<>(ConnectionProperty.class);
    readProperties(location.startsWith("jdbc:"), properties, values, secrets, ofSource);
    Warehouse warehouse =
        WarehouseLocation.parse(location, values.get(ConnectionProperty.WAREHOUSE));
    @Nullable ConnectionConfig source = source(values.get(ConnectionProperty.SOURCE), ofSource);
    return new JdbcUrl(
        url, SqlExceptions.call(() -> new ConnectionConfig(warehouse, values, secrets, source)));
  }

  /** The database that others are taken from: nothing of this connection's own settings. */
  private static @Nullable ConnectionConfig source(@Nullable String url, Properties properties)
      throws SQLException {
    if (url == null) {
      if (!properties.isEmpty()) {
        throw SqlExceptions.invalid(
            "properties that begin with '"
                + OF_SOURCE
                + "' are of the database that the property '"
                + ConnectionProperty.SOURCE.propertyName()
                + "' names, and it names none");
      }
      return null;
    }
    ConnectionConfig config = parse(url, properties).config();
    if (config.source() != null) {
      throw SqlExceptions.invalid("the source of a connection may not have a source");
    }
    return config;
  }

  /** The properties that a query names; those that are not understood are left out. */
  static Map<String, String> lenientQuery(String url) {
    Map<String, String> found = new LinkedHashMap<>();
    int queryStart = url.indexOf('?');
    if (queryStart >= 0) {
      for (String pair : url.substring(queryStart + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          found.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
      }
    }
    return found;
  }

  private static void readQuery(String query, Map<ConnectionProperty, String> values)
      throws SQLException {
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw SqlExceptions.invalid(
            "the part of the URL after '?' must be name=value pairs joined by '&'");
      }
      String name = PercentEncoding.decode(pair.substring(0, equals));
      ConnectionProperty property = known(name);
      if (property.kind() == ConnectionProperty.Kind.SECRET) {
        throw SqlExceptions.invalid(
            "the property '"
                + name
                + "' is a secret and may not stand in the URL, where logs would show it; pass it in"
                + " the Properties, or leave it to the default chain of AWS");
      }
      put(values, property, PercentEncoding.decode(pair.substring(equals + 1)));
    }
  }

  /**
   * @param isDatabase whether the user that tools ask for is one of a catalog's database
   */
  private static void readProperties(
      boolean isDatabase,
      Properties properties,
      Map<ConnectionProperty, String> values,
      Map<ConnectionProperty, Secret> secrets,
      Properties ofSource)
      throws SQLException {
    for (String name : properties.stringPropertyNames()) {
      String value = properties.getProperty(name);
      if (name.startsWith(OF_SOURCE)) {
        ofSource.setProperty(name.substring(OF_SOURCE.length()), value);
        continue;
      }
      boolean alias = ALIASES.containsKey(name);
      if (value == null || (alias && value.isEmpty())) {
        continue; // tools send an empty user and password
      }
      if (OF_LIBREOFFICE.contains(name)) {
        continue;
      }
      ConnectionProperty ofDatabase = isDatabase ? ALIASES_OF_DATABASE.get(name) : null;
      ConnectionProperty property = ofDatabase == null ? known(name) : ofDatabase;
      if (property.kind() == ConnectionProperty.Kind.SECRET) {
        if (secrets.put(property, new Secret(value)) != null) {
          throw doubled(property);
        }
      } else {
        put(values, property, value);
      }
    }
    for (Object key : properties.keySet()) {
      if (!(key instanceof String name) || !(properties.get(name) instanceof String)) {
        throw SqlExceptions.invalid("the Properties may hold strings only");
      }
    }
  }

  private static void put(
      Map<ConnectionProperty, String> values, ConnectionProperty property, String value)
      throws SQLException {
    if (values.put(property, value) != null) {
      throw doubled(property);
    }
  }

  private static SQLException doubled(ConnectionProperty property) {
    return SqlExceptions.invalid(
        "the property '" + property.propertyName() + "' is given twice; give it once");
  }

  private static ConnectionProperty known(String name) throws SQLException {
    ConnectionProperty alias = ALIASES.get(name);
    if (alias != null) {
      return alias;
    }
    Optional<ConnectionProperty> property = ConnectionProperty.byName(name);
    if (property.isPresent()) {
      return property.get();
    }
    // A name that does not look like one may be a secret pasted in the wrong place: not echoed.
    String shown = name.matches("[A-Za-z][A-Za-z0-9._-]{0,39}") ? " '" + name + "'" : "";
    Optional<String> nearest =
        NearestName.of(
            name,
            Stream.of(ConnectionProperty.values()).map(ConnectionProperty::propertyName).toList());
    throw SqlExceptions.invalid(
        "unknown property"
            + shown
            + nearest
                .map(known -> "; did you mean '" + known + "'?")
                .orElse("; docs/reference/properties.md lists those there are"));
  }
}
