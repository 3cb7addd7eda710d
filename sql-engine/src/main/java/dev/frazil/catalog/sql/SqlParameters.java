package dev.frazil.catalog.sql;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the driver of a JDBC catalog is given beside the URL. Drivers have parameters that name
 * classes, files to run, or objects to read back (pgjdbc CVE-2022-21724, MySQL autoDeserialize, H2
 * INIT): so only those of a list are taken. Stateless.
 */
final class SqlParameters {
  private static final Set<String> HARMLESS =
      Set.of(
          "ssl",
          "sslmode",
          "sslMode",
          "sslrootcert",
          "useSSL",
          "requireSSL",
          "tcpKeepAlive",
          "connectTimeout",
          "socketTimeout",
          "loginTimeout",
          "currentSchema",
          "targetServerType",
          "prepareThreshold",
          "preferQueryMode",
          "ApplicationName",
          "busy_timeout");

  private SqlParameters() {}

  /** Errors: 22023 for a parameter that is not in the list. */
  static Properties of(ConnectionConfig config) {
    Properties properties = new Properties();
    config.text(ConnectionProperty.CATALOG_USER).ifPresent(user -> properties.put("user", user));
    config
        .secret(ConnectionProperty.CATALOG_PASSWORD)
        .map(Secret::reveal)
        .ifPresent(password -> properties.put("password", password));
    String parameters = config.text(ConnectionProperty.CATALOG_PARAMETERS).orElse("");
    for (String parameter : parameters.split("&", -1)) {
      if (parameter.isBlank()) {
        continue;
      }
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (equals < 0 || !HARMLESS.contains(name)) {
        throw new EngineException(
            SqlState.INVALID_PARAMETER_VALUE,
            "the property "
                + ConnectionProperty.CATALOG_PARAMETERS.propertyName()
                + " takes name=value pairs of "
                + String.join(", ", new TreeSet<>(HARMLESS)));
      }
      properties.put(name, parameter.substring(equals + 1));
    }
    return properties;
  }
}
