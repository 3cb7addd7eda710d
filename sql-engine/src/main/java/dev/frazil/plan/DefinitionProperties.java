package dev.frazil.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a table that are part of its definition, as its columns are: what CREATE TABLE
 * says by PRIMARY KEY, UNIQUE, CHECK, DEFAULT and COMMENT. Some name columns by their field ids.
 */
public final class DefinitionProperties {
  private static final String COMMENT = "comment";

  private DefinitionProperties() {}

  /** Whether a property belongs to the definition, so that a table made anew does not keep it. */
  public static boolean defines(String property) {
    return isConstraint(property) || isDefault(property) || property.equals(COMMENT);
  }

  static boolean isConstraint(String property) {
    return property.equals(UniqueKey.PRIMARY_KEY_ENFORCED)
        || property.equals(UniqueKey.PRIMARY_KEY_ORDER)
        || property.equals(UniqueKey.UNIQUE_KEYS)
        || property.startsWith(TableCheck.PREFIX);
  }

  static boolean isDefault(String property) {
    return property.startsWith(DefaultValues.PREFIX);
  }

  /**
   * What a table like another one, or made anew, shall have of its properties: all but those of the
   * definition, and but the version of the format, which is no property of the metadata.
   */
  public static Map<String, String> others(Map<String, String> properties) {
    Map<String, String> others = new LinkedHashMap<>(properties);
    others.keySet().removeIf(key -> defines(key) || key.equals(TableProperties.FORMAT_VERSION));
    return others;
  }

  /**
   * The properties with other field ids.
   *
   * @param from the schema whose ids they name
   * @param to the schema whose ids they shall name, of columns of the same names; what names a
   *     column that is not there is left out
   */
  public static Map<String, String> renumbered(
      Map<String, String> properties, Schema from, Schema to) {
    Map<String, String> renumbered = new LinkedHashMap<>();
    properties.forEach(
        (key, value) -> {
          if (isDefault(key)) {
            @Nullable String id = id(key.substring(DefaultValues.PREFIX.length()), from, to);
            if (id != null) {
              renumbered.put(DefaultValues.PREFIX + id, value);
            }
          } else if (key.equals(UniqueKey.UNIQUE_KEYS) || key.equals(UniqueKey.PRIMARY_KEY_ORDER)) {
            @Nullable String keys = keys(value, from, to);
            if (keys != null) {
              renumbered.put(key, keys);
            }
          } else {
            renumbered.put(key, value);
          }
        });
    return renumbered;
  }

  /** {@code 2;3,4} with other ids; null where no key is left. */
  private static @Nullable String keys(String text, Schema from, Schema to) {
    List<String> keys = new ArrayList<>();
    for (String key : text.split(";", -1)) {
      List<String> ids = new ArrayList<>();
      boolean complete = true;
      for (String old : key.split(",", -1)) {
        @Nullable String id = id(old.trim(), from, to);
        if (id == null) {
          complete = false;
        } else {
          ids.add(id);
        }
      }
      if (complete) {
        keys.add(String.join(",", ids));
      }
    }
    return keys.isEmpty() ? null : String.join(";", keys);
  }

  private static @Nullable String id(String text, Schema from, Schema to) {
    if (!text.matches("[0-9]{1,9}")) {
      return null;
    }
    @Nullable String name = from.findColumnName(Integer.parseInt(text));
    Types.NestedField field = name == null ? null : to.findField(name);
    return field == null ? null : Integer.toString(field.fieldId());
  }
}
