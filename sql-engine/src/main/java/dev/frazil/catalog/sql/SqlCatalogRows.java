package dev.frazil.catalog.sql;

import dev.frazil.catalog.PointerChange;
import dev.frazil.catalog.PointerView;
import dev.frazil.catalog.StoredPointer;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes the rows of one catalog over one connection, as Iceberg's JdbcCatalog lays them
 * out: names of schemas with dots between their levels, a schema without tables as a row of the
 * property {@value #EXISTS}. Belongs to one thread.
 */
final class SqlCatalogRows {
  /** Says that a schema is there; no property to its users. */
  static final String EXISTS = "exists";

  private static final String ROW =
      " WHERE catalog_name = ? AND table_namespace = ? AND table_name = ?";
  private static final String POINTER = ROW + " AND metadata_location = ?";
  private static final String PROPERTIES = " WHERE catalog_name = ? AND namespace = ?";

  private final Connection connection;
  private final String catalogName;
  private final SqlSchemaVersion version;

  SqlCatalogRows(Connection connection, String catalogName, SqlSchemaVersion version) {
    this.connection = connection;
    this.catalogName = catalogName;
    this.version = version;
  }

  // ---- reading

  /** The names of all catalogs that have tables or schemas there. */
  static Set<String> catalogNames(Connection connection) throws SQLException {
    Set<String> names = new TreeSet<>();
    SqlCatalogRows rows = new SqlCatalogRows(connection, "", SqlSchemaVersion.V1);
    for (String table : List.of("iceberg_tables", "iceberg_namespace_properties")) {
      rows.query(
          "SELECT DISTINCT catalog_name FROM " + table,
          List.of(),
          row -> names.add(row.getString(1)));
    }
    return names;
  }

  /** Everything, by two queries. */
  PointerView view() throws SQLException {
    Map<Namespace, Map<String, String>> namespaces = new HashMap<>();
    Map<TableIdentifier, StoredPointer> relations = new HashMap<>();
    query(
        "SELECT namespace, property_key, property_value FROM iceberg_namespace_properties"
            + " WHERE catalog_name = ?",
        List.of(catalogName),
        row -> {
          Map<String, String> properties = addNamespace(namespaces, namespace(row.getString(1)));
          String value = row.getString(3);
          if (!EXISTS.equals(row.getString(2)) && value != null) {
            properties.put(row.getString(2), value);
          }
        });
    query(
        "SELECT table_namespace, table_name, metadata_location"
            + (version.hasKinds() ? ", iceberg_type" : "")
            + " FROM iceberg_tables WHERE catalog_name = ?",
        List.of(catalogName),
        row -> {
          Namespace namespace = namespace(row.getString(1));
          addNamespace(namespaces, namespace);
          String location = row.getString(3);
          if (location != null) {
            boolean isView = version.hasKinds() && "VIEW".equals(row.getString(4));
            relations.put(
                TableIdentifier.of(namespace, row.getString(2)),
                new StoredPointer(
                    isView ? TablePointer.Kind.VIEW : TablePointer.Kind.TABLE, location));
          }
        });
    return new PointerView(namespaces, relations);
  }

  /** With those above it. */
  private static Map<String, String> addNamespace(
      Map<Namespace, Map<String, String>> namespaces, Namespace namespace) {
    for (int levels = 1; levels < namespace.length(); levels++) {
      String[] above = Arrays.copyOf(namespace.levels(), levels);
      namespaces.computeIfAbsent(Namespace.of(above), unused -> new HashMap<>());
    }
    return namespaces.computeIfAbsent(namespace, unused -> new HashMap<>());
  }

  // ---- changes

  /** Makes a change; says what is in its way, null for nothing. */
  @Nullable String apply(PointerChange change) throws SQLException {
    if (change instanceof PointerChange.Create create) {
      return create(create.identifier(), create.pointer());
    } else if (change instanceof PointerChange.Replace replace) {
      return update(
          "UPDATE iceberg_tables SET metadata_location = ?, previous_metadata_location = ?"
              + POINTER
              + kind(replace.pointer()),
          replace.identifier(),
          List.of(replace.pointer().metadataLocation(), replace.expected()),
          replace.expected());
    } else if (change instanceof PointerChange.Drop drop) {
      return update(
          "DELETE FROM iceberg_tables" + POINTER + kind(drop.expected()),
          drop.identifier(),
          List.of(),
          drop.expected().metadataLocation());
    } else if (change instanceof PointerChange.Stay stay) {
      // Takes the lock of the row, by means that every database has.
      return update(
          "UPDATE iceberg_tables SET metadata_location = metadata_location"
              + POINTER
              + kind(stay.expected()),
          stay.identifier(),
          List.of(),
          stay.expected().metadataLocation());
    } else if (change instanceof PointerChange.Rename rename) {
      return update(
          "UPDATE iceberg_tables SET table_namespace = ?, table_name = ?"
              + POINTER
              + kind(rename.expected()),
          rename.from(),
          List.of(text(rename.to().namespace()), rename.to().name()),
          rename.expected().metadataLocation());
    } else if (change instanceof PointerChange.CreateNamespace create) {
      return create(create.namespace(), create.properties());
    } else if (change instanceof PointerChange.DropNamespace drop) {
      return drop(drop.namespace());
    } else if (change instanceof PointerChange.ReplaceProperties replace) {
      return replace(replace);
    }
    throw EngineException.internal("a change of pointers of an unknown kind");
  }

  private String kind(StoredPointer pointer) {
    boolean isView = pointer.kind() == TablePointer.Kind.VIEW;
    if (!version.hasKinds()) {
      if (isView) {
        throw EngineException.unsupported(
            "a view in a JDBC catalog of schema version V0 (jdbc.schema-version=V1 of Iceberg's"
                + " catalog brings it up to V1),");
      }
      return "";
    }
    return isView
        ? " AND iceberg_type = 'VIEW'"
        : " AND (iceberg_type = 'TABLE' OR iceberg_type IS NULL)";
  }

  private @Nullable String create(TableIdentifier identifier, StoredPointer pointer)
      throws SQLException {
    kind(pointer);
    List<String> values = new ArrayList<>();
    values.add(catalogName);
    values.add(text(identifier.namespace()));
    values.add(identifier.name());
    values.add(pointer.metadataLocation());
    if (version.hasKinds()) {
      values.add(pointer.kind() == TablePointer.Kind.VIEW ? "VIEW" : "TABLE");
    }
    execute(
        "INSERT INTO iceberg_tables (catalog_name, table_namespace, table_name,"
            + (version.hasKinds()
                ? " metadata_location, iceberg_type) VALUES (?, ?, ?, ?, ?)"
                : " metadata_location) VALUES (?, ?, ?, ?)"),
        values);
    return null;
  }

  private @Nullable String update(
      String sql, TableIdentifier identifier, List<String> set, String expected)
      throws SQLException {
    List<String> values = new ArrayList<>(set);
    values.add(catalogName);
    values.add(text(identifier.namespace()));
    values.add(identifier.name());
    values.add(expected);
    return execute(sql, values) == 1 ? null : identifier + " was changed or dropped";
  }

  private @Nullable String create(Namespace namespace, Map<String, String> properties)
      throws SQLException {
    if (properties.containsKey(EXISTS)) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "'" + EXISTS + "' is no name of a property of a schema in a JDBC catalog");
    }
    insert(namespace, EXISTS, "true");
    for (Map.Entry<String, String> property : properties.entrySet()) {
      insert(namespace, property.getKey(), property.getValue());
    }
    return null;
  }

  private void insert(Namespace namespace, String key, String value) throws SQLException {
    execute(
        "INSERT INTO iceberg_namespace_properties"
            + " (catalog_name, namespace, property_key, property_value) VALUES (?, ?, ?, ?)",
        List.of(catalogName, text(namespace), key, value));
  }

  private @Nullable String drop(Namespace namespace) throws SQLException {
    List<String> own = List.of(catalogName, text(namespace));
    int deleted = execute("DELETE FROM iceberg_namespace_properties" + PROPERTIES, own);
    List<String> tables = new ArrayList<>();
    query(
        "SELECT table_name FROM iceberg_tables WHERE catalog_name = ? AND table_namespace = ?",
        own,
        row -> tables.add(row.getString(1)));
    if (!tables.isEmpty()) {
      return "the table " + tables.get(0) + " was created in the schema " + namespace;
    }
    if (deleted == 0) {
      throw new EngineException(
          SqlState.DEPENDENT_OBJECTS_EXIST,
          "the schema " + namespace + " is there for as long as there are schemas in it");
    }
    return null;
  }

  private @Nullable String replace(PointerChange.ReplaceProperties change) throws SQLException {
    Namespace namespace = change.namespace();
    if (change.properties().containsKey(EXISTS)) {
      return create(namespace, change.properties()); // says why not
    }
    List<String> own = List.of(catalogName, text(namespace));
    Map<String, String> there = new HashMap<>();
    query(
        "SELECT property_key, property_value FROM iceberg_namespace_properties" + PROPERTIES,
        own,
        row -> there.put(row.getString(1), row.getString(2)));
    boolean marked = there.remove(EXISTS) != null;
    if (!there.equals(change.expected())) {
      return "the properties of the schema " + namespace + " were changed";
    }
    for (Map.Entry<String, String> before : there.entrySet()) {
      if (!before.getValue().equals(change.properties().get(before.getKey()))) {
        execute(
            "DELETE FROM iceberg_namespace_properties" + PROPERTIES + " AND property_key = ?",
            List.of(catalogName, text(namespace), before.getKey()));
      }
    }
    if (!marked) {
      insert(namespace, EXISTS, "true");
    }
    for (Map.Entry<String, String> after : change.properties().entrySet()) {
      if (!after.getValue().equals(there.get(after.getKey()))) {
        insert(namespace, after.getKey(), after.getValue());
      }
    }
    return null;
  }

  // ---- statements

  private static Namespace namespace(String text) {
    return Namespace.of(text.split("\\.", -1));
  }

  private static String text(Namespace namespace) {
    for (String level : namespace.levels()) {
      if (level.isEmpty() || level.indexOf('.') >= 0) {
        throw EngineException.unsupported(
            "the schema name '" + level + "' in a JDBC catalog, which puts dots between levels,");
      }
    }
    return String.join(".", namespace.levels());
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void query(String sql, List<String> values, RowReader reader) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  private int execute(String sql, List<String> values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    }
  }

  private PreparedStatement prepare(String sql, List<String> values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < values.size(); i++) {
        statement.setString(i + 1, values.get(i));
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
