package dev.frazil.plan;

import dev.frazil.catalog.PropertyValues;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.TableAlteration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.UpdateProperties;

/** The properties of a table, its comment and its format version among them. */
final class PropertyChanges {
  private static final int LAST_VERSION = 3;

  private final AlteredTable target;
  private final Table table;

  PropertyChanges(AlteredTable target) {
    this.target = target;
    this.table = target.table();
  }

  List<TableChange> set(TableAlteration.SetProperties set) {
    Map<String, String> properties = new LinkedHashMap<>();
    set.properties().forEach((key, value) -> NewTableProperties.add(properties, key, value));
    properties.forEach(this::check);
    PropertyValues.check(properties);
    return List.of(
        new TableChange.Update(
            now -> {
              UpdateProperties update = now.updateProperties();
              properties.forEach(update::set);
              return update;
            }));
  }

  private void check(String key, String value) {
    String name = key.toLowerCase(Locale.ROOT);
    if (name.endsWith("impl") || name.endsWith("factory") || name.endsWith("class")) {
      throw refused(key, "names a class, which is not allowed");
    }
    if (key.startsWith(TableCheck.PREFIX)) {
      throw refused(key, "is set by ADD CHECK");
    }
    if (key.equals(TableProperties.FORMAT_VERSION)) {
      int now = TableUtil.formatVersion(table);
      if (!value.matches("[1-9]") || Integer.parseInt(value) > LAST_VERSION) {
        throw refused(key, "is 1, 2 or 3, not '" + value + "'");
      }
      if (Integer.parseInt(value) < now) {
        throw refused(key, "is " + now + ", and a table never goes back to an earlier one");
      }
    } else if (TableProperties.RESERVED_PROPERTIES.contains(key)) {
      throw refused(key, "is reserved by Iceberg");
    }
  }

  private EngineException refused(String key, String why) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE,
        "the property '" + key + "' of table " + target.identifier() + " " + why);
  }

  List<TableChange> unset(TableAlteration.UnsetProperties unset) {
    for (String key : unset.keys()) {
      if (key.startsWith(TableCheck.PREFIX)
          || key.startsWith(DefaultValues.PREFIX)
          || key.equals(UniqueKey.PRIMARY_KEY_ENFORCED)
          || key.equals(UniqueKey.PRIMARY_KEY_ORDER)
          || key.equals(UniqueKey.UNIQUE_KEYS)) {
        throw refused(key, "is a constraint or a default; DROP CONSTRAINT or DROP DEFAULT ends it");
      }
      if (TableProperties.RESERVED_PROPERTIES.contains(key)) {
        throw refused(key, "is reserved by Iceberg");
      }
      if (!unset.ifExists() && !table.properties().containsKey(key)) {
        throw new EngineException(
            SqlState.UNDEFINED_OBJECT,
            "table "
                + target.identifier()
                + " has no property '"
                + key
                + "'"
                + NearestNames.hint(key, List.copyOf(table.properties().keySet())));
      }
    }
    return List.of(
        new TableChange.Update(
            now -> {
              UpdateProperties update = now.updateProperties();
              unset.keys().forEach(update::remove);
              return update;
            }));
  }

  List<TableChange> comment(TableAlteration.CommentTable set) {
    String comment = set.comment();
    return List.of(
        new TableChange.Update(
            now ->
                comment == null
                    ? now.updateProperties().remove("comment")
                    : now.updateProperties().set("comment", comment)));
  }
}
