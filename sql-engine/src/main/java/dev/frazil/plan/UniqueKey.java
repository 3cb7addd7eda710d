package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a table of which no two rows hold the same values. The primary key is Iceberg's
 * identifier fields, and a property of the table says that it is enforced; other unique keys are in
 * a property, by the ids of their fields. Rows with a null in a unique key equal no other.
 *
 * @param name as a message shows it
 */
public record UniqueKey(String name, List<Types.NestedField> columns) {
  /** Property of a table: whether its identifier fields are kept unique. */
  public static final String PRIMARY_KEY_ENFORCED = "frazil.primary-key.enforced";

  /** Property of a table: field ids of each unique key, such as {@code 2;3,4}. */
  public static final String UNIQUE_KEYS = "frazil.unique-keys";

  /**
   * Property of a table: the field ids of the primary key in the order in which it was declared,
   * where that is not the order of the columns; identifier fields have none.
   */
  static final String PRIMARY_KEY_ORDER = "frazil.primary-key.order";

  public UniqueKey {
    columns = List.copyOf(columns);
  }

  /** The keys of a table that writers must keep. */
  public static List<UniqueKey> enforced(Table table) {
    Map<String, String> properties = table.properties();
    List<UniqueKey> keys = new ArrayList<>(unique(table));
    if (Boolean.parseBoolean(properties.get(PRIMARY_KEY_ENFORCED))) {
      List<Types.NestedField> columns = primaryKey(table);
      if (!columns.isEmpty()) {
        keys.add(new UniqueKey("the primary key", columns));
      }
    }
    return keys;
  }

  /** The columns of the primary key, enforced or not, as it was declared; none without one. */
  public static List<Types.NestedField> primaryKey(Table table) {
    Set<Integer> ids = table.schema().identifierFieldIds();
    List<Types.NestedField> columns = new ArrayList<>();
    for (Types.NestedField field : table.schema().columns()) {
      if (ids.contains(field.fieldId())) {
        columns.add(field);
      }
    }
    @Nullable String order = table.properties().get(PRIMARY_KEY_ORDER);
    List<Types.NestedField> declared = order == null ? List.of() : columns(table.schema(), order);
    // Another engine may have set other identifier fields since.
    boolean isCurrent = declared.size() == columns.size() && declared.containsAll(columns);
    return isCurrent ? declared : columns;
  }

  /** What {@link #PRIMARY_KEY_ORDER} says of a key; null where the columns have its order. */
  static @Nullable String order(Schema schema, List<String> names) {
    List<Types.NestedField> declared =
        names.stream()
            .map(name -> Objects.requireNonNull(ColumnPath.among(schema.columns(), name)))
            .toList();
    List<Types.NestedField> stored = schema.columns().stream().filter(declared::contains).toList();
    return declared.equals(stored)
        ? null
        : declared.stream()
            .map(field -> Integer.toString(field.fieldId()))
            .collect(Collectors.joining(","));
  }

  /** The unique keys beside the primary key. */
  static List<UniqueKey> unique(Table table) {
    @Nullable String text = table.properties().get(UNIQUE_KEYS);
    List<UniqueKey> keys = new ArrayList<>();
    if (text != null && !text.isBlank()) {
      for (String key : text.split(";", -1)) {
        List<Types.NestedField> columns = columns(table.schema(), key);
        if (!columns.isEmpty()) {
          keys.add(new UniqueKey("a unique key", columns));
        }
      }
    }
    return keys;
  }

  /** None where one of the columns is gone: what was unique with it need not be without. */
  private static List<Types.NestedField> columns(Schema schema, String ids) {
    List<Types.NestedField> columns = new ArrayList<>();
    for (String id : ids.split(",", -1)) {
      Types.NestedField field = schema.findField(number(id));
      if (field == null || !schema.columns().contains(field)) {
        return List.of();
      }
      columns.add(field);
    }
    return columns;
  }

  private static int number(String id) {
    try {
      return Integer.parseInt(id.strip());
    } catch (NumberFormatException e) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "the table property " + UNIQUE_KEYS + " is no list of field ids: " + id,
          e);
    }
  }

  /** The names of the columns. */
  public List<String> names() {
    return columns.stream().map(Types.NestedField::name).toList();
  }
}
