package dev.frazil.engine;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.CatalogStatements;
import dev.frazil.plan.HistoryPlanner;
import dev.frazil.plan.NearestNames;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.SessionZone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The properties of the connection with their values of now: the rows of SHOW ALL, and SET. */
final class SettingStatements {
  private SettingStatements() {}

  static PlannedStatement rows(PlannedStatement.ShowSettings show, DatabaseSession session) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    String label = "value";
    for (ConnectionProperty property : ConnectionProperty.values()) {
      if (!show.names().test(property.propertyName())) {
        continue;
      }
      List<@Nullable String> row = new ArrayList<>();
      if (show.isOne()) {
        label = property.propertyName();
        row.add(value(property, session));
      } else {
        row.add(property.propertyName());
        row.add(value(property, session));
        row.add(property.defaultValue().orElse(null));
        row.add(property.kind().name().toLowerCase(Locale.ROOT));
        row.add(property.description());
      }
      rows.add(row);
    }
    return CatalogStatements.rows(
        show.isOne() ? List.of(label) : List.of("name", "value", "default", "type", "description"),
        rows);
  }

  private static @Nullable String value(ConnectionProperty property, DatabaseSession session) {
    ConnectionConfig config = session.settings().current();
    if (property.kind() == ConnectionProperty.Kind.SECRET) {
      return config.secret(property).isPresent() ? "(secret)" : null;
    }
    return switch (property) {
      case SCHEMA -> session.currentSchema().toString();
      case READ_ONLY -> Boolean.toString(session.readOnly());
      case IDEMPOTENCY_TOKEN -> session.idempotencyToken();
      case APPLICATION_NAME -> session.transactions().applicationName();
      case AS_OF -> {
        SessionMoment asOf = session.transactions().asOf();
        yield asOf == null ? null : asOf.text();
      }
      case ISOLATION -> session.serializable() ? "serializable" : "snapshot";
      case TIME_ZONE -> {
        String zone = session.planSettings().timeZone().getId();
        yield zone.equals("Z") ? "UTC" : zone;
      }
      default -> config.text(property).orElse(null);
    };
  }

  /**
   * SET of a property.
   *
   * <p>Errors: 42704 no such property, 22023 not one of its values, 25000 a transaction is open,
   * 0A000 the property is fixed when a connection is opened.
   *
   * @param value null for what the connection began with
   */
  static void set(String name, @Nullable String value, DatabaseSession session) {
    ConnectionProperty property = property(name);
    ConnectionConfig first = session.settings().initial();
    switch (property) {
      case ISOLATION ->
          session.setSerializable(
              asked(first, property, value).text(property).orElseThrow().equals("serializable"));
      case READ_ONLY -> session.setReadOnly(asked(first, property, value).flag(property));
      case AS_OF -> {
        String text = value == null ? first.text(property).orElse(null) : value;
        session
            .transactions()
            .setAsOf(
                text == null
                    ? null
                    : HistoryPlanner.moment(text, session.planSettings().timeZone()));
      }
      case TIME_ZONE ->
          session.settings().setTimeZone(value == null ? null : SessionZone.of(value));
      case APPLICATION_NAME -> session.setApplicationName(value);
      case CONFLICT_RETRIES,
          RECURSION_LIMIT,
          THREADS,
          SLOW_QUERY_MILLIS,
          PROFILE_OPERATORS,
          WAP_BRANCH,
          WAP_ID ->
          session.settings().set(property, value);
      case SCHEMA,
          IDEMPOTENCY_TOKEN,
          REGION,
          WAREHOUSE,
          TABLE_LOCATIONS,
          CATALOG_ENDPOINT,
          CATALOG_NAME,
          CATALOG_USER,
          CATALOG_PASSWORD,
          CATALOG_PARAMETERS,
          ENDPOINT,
          PATH_STYLE_ACCESS,
          ACCESS_KEY_ID,
          SECRET_ACCESS_KEY,
          SESSION_TOKEN,
          TOKEN,
          CLIENT_ID,
          CLIENT_SECRET,
          TOKEN_ENDPOINT,
          SCOPE,
          SIGNING_NAME,
          MEMORY_LIMIT,
          TEMP_FOLDER,
          QUERY_TIMEOUT,
          OPEN_TELEMETRY,
          REQUEST_TIMEOUT_MILLIS,
          COPY_LOCATIONS,
          SOURCE,
          CLIENT_TYPES,
          READ_TABLE_COMMENTS ->
          throw EngineException.unsupported(
              "SET "
                  + property.propertyName()
                  + ", which is fixed when a connection is opened: give it as a property,");
    }
  }

  private static ConnectionProperty property(String name) {
    List<String> names = new ArrayList<>();
    for (ConnectionProperty property : ConnectionProperty.values()) {
      if (property.propertyName().equalsIgnoreCase(name)) {
        return property;
      }
      names.add(property.propertyName());
    }
    throw new EngineException(
        SqlState.UNDEFINED_OBJECT,
        "there is no property '" + name + "' to be set" + NearestNames.hint(name, names));
  }

  /** With the value checked. */
  private static ConnectionConfig asked(
      ConnectionConfig first, ConnectionProperty property, @Nullable String value) {
    return value == null
        ? first
        : new ConnectionConfig(first.warehouse(), Map.of(property, value), Map.of());
  }
}
