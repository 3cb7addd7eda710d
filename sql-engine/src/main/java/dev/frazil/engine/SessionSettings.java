package dev.frazil.engine;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.plan.CatalogStatements;
import dev.frazil.plan.PlannedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rows of SHOW ALL: the properties of the connection with their values of now. */
final class SessionSettings {
  private SessionSettings() {}

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
    ConnectionConfig config = session.config();
    if (property.kind() == ConnectionProperty.Kind.SECRET) {
      return config.secret(property).isPresent() ? "(secret)" : null;
    }
    return switch (property) {
      case SCHEMA -> session.currentSchema().toString();
      case READ_ONLY -> Boolean.toString(session.readOnly());
      case ISOLATION -> session.serializable() ? "serializable" : "snapshot";
      case TIME_ZONE -> {
        String zone = session.planSettings().timeZone().getId();
        yield zone.equals("Z") ? "UTC" : zone;
      }
      default -> config.text(property).orElse(null);
    };
  }
}
