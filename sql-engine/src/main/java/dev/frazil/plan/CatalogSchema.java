package dev.frazil.plan;

import dev.frazil.catalog.TableBranch;
import dev.frazil.plan.stats.TableStatistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptSchema;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a session as Calcite's name resolution wants them: a tree of schemas whose tables
 * load when a query names them. Holds, for one statement, what was loaded; so a table that is named
 * twice is the same table. Tables of our own making (the target of an UPDATE, a time travel) are
 * registered at the root under names that begin with {@code $}.
 */
final class CatalogSchema {
  private final TableResolver resolver;
  private final TableReferences tables;
  private final RelDataTypeFactory factory;
  private final Map<TableIdentifier, CatalogTable> loaded = new LinkedHashMap<>();
  private final Map<String, CatalogTable> registered = new HashMap<>();
  private final Set<String> metadataColumns;
  private @Nullable RelOptSchema relOptSchema;
  private @Nullable StatementContext context;

  /**
   * @param metadataColumns those that the statement names
   */
  CatalogSchema(
      TableResolver resolver,
      TableReferences tables,
      RelDataTypeFactory factory,
      Set<String> metadataColumns) {
    this.metadataColumns = metadataColumns;
    this.resolver = resolver;
    this.tables = tables;
    this.factory = factory;
  }

  /** The root for Calcite. */
  CalciteSchema root() {
    return CalciteSchema.createRootSchema(false, false, "", new Level(Namespace.empty()));
  }

  void bind(RelOptSchema schema, StatementContext statement) {
    relOptSchema = schema;
    context = statement;
  }

  /** Makes a table known under a name of ours. */
  void register(String name, TableHandle handle, boolean withRowAddress) {
    registered.put(name, newTable(List.of(name), handle, withRowAddress));
  }

  /** Makes the changes of a table known under a name of ours. */
  void register(String name, ChangeScan changes) {
    registered.put(
        name,
        new CatalogTable(List.of(name), changes, factory, Objects.requireNonNull(relOptSchema)));
  }

  /** How many columns a table has that is known under a name of ours. */
  int width(String name) {
    return Objects.requireNonNull(registered.get(name)).columnNames().size();
  }

  /**
   * The names of columns and fields of which a table that the statement named so far has several
   * that differ in case only; found whatever their case.
   */
  Set<String> namesThatDifferInCase() {
    Set<String> names = Set.of();
    List<CatalogTable> tables = new ArrayList<>(loaded.values());
    tables.addAll(registered.values());
    for (CatalogTable table : tables) {
      Set<String> own = table.namesThatDifferInCase();
      if (!own.isEmpty()) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(names);
        all.addAll(own);
        names = all;
      }
    }
    return names;
  }

  /** The columns of the tables that the statement named so far. */
  List<String> columnNames() {
    List<String> columns = new ArrayList<>();
    for (CatalogTable table : loaded.values()) {
      columns.addAll(table.columnNames());
    }
    for (CatalogTable table : registered.values()) {
      columns.addAll(table.columnNames());
    }
    return columns;
  }

  /** The table as it is now. */
  static TableHandle current(TableIdentifier identifier, org.apache.iceberg.Table table) {
    Snapshot snapshot = table.currentSnapshot();
    return new TableHandle(
        identifier, table, snapshot == null ? null : snapshot.snapshotId(), false);
  }

  private CatalogTable newTable(List<String> name, TableHandle handle, boolean withRowAddress) {
    RelOptSchema schema = relOptSchema;
    if (schema == null) {
      throw new IllegalStateException("bind before use");
    }
    return new CatalogTable(
        name,
        handle,
        withRowAddress,
        metadataColumns,
        factory,
        schema,
        TableStatistics.of(handle).rowCount());
  }

  private @Nullable CatalogTable table(Namespace schema, String name) {
    if (schema.isEmpty()) {
      return registered.get(name);
    }
    List<String> parts = List.of(parts(schema, name));
    TableHandle found = tables.find(parts);
    if (found == null) {
      TableNames.FoundView view = tables.findView(parts);
      if (view != null) {
        return view(view);
      }
      return isInformation(schema) ? informationTable(name) : null;
    }
    // A branch under audit stands under the name of its table.
    return loaded.computeIfAbsent(
        TableBranch.table(found.identifier()),
        identifier -> newTable(path(identifier), found, false));
  }

  private static String[] parts(Namespace schema, String name) {
    String[] parts = java.util.Arrays.copyOf(schema.levels(), schema.length() + 1);
    parts[schema.length()] = name;
    return parts;
  }

  private CatalogTable view(TableNames.FoundView found) {
    CatalogTable known = loaded.get(found.identifier());
    if (known != null) {
      return known;
    }
    CatalogTable view =
        ViewReading.table(
            path(found.identifier()),
            found.identifier(),
            found.view(),
            Objects.requireNonNull(context),
            factory,
            Objects.requireNonNull(relOptSchema));
    loaded.put(found.identifier(), view);
    return view;
  }

  private static boolean isInformation(Namespace schema) {
    return schema.length() == 1 && schema.level(0).equalsIgnoreCase(InformationSchema.NAME);
  }

  private @Nullable CatalogTable informationTable(String name) {
    if (InformationSchema.columns(name) == null) {
      return null;
    }
    TableIdentifier identifier =
        TableIdentifier.of(InformationSchema.NAME, name.toLowerCase(Locale.ROOT));
    return loaded.computeIfAbsent(
        identifier,
        any ->
            new CatalogTable(
                path(identifier),
                new InformationSchema(resolver).rows(name),
                factory,
                Objects.requireNonNull(relOptSchema)));
  }

  private static List<String> path(TableIdentifier identifier) {
    List<String> path = new ArrayList<>(List.of(identifier.namespace().levels()));
    path.add(identifier.name());
    return path;
  }

  /** The table that a path of Calcite's means; null for that of a row in a column. */
  @Nullable TableIdentifier identifier(List<String> path) {
    CatalogTable own = path.size() == 1 ? registered.get(path.get(0)) : null;
    if (own != null) {
      return Objects.requireNonNull(own.handle()).identifier();
    }
    TableIdentifier table = TableIdentifier.of(path.toArray(new String[0]));
    return loaded.containsKey(table) ? table : null;
  }

  /** A level of the tree of schemas. */
  private final class Level extends AbstractSchema {
    private final Namespace schema;

    Level(Namespace schema) {
      this.schema = schema;
    }

    @Override
    public Lookup<Table> tables() {
      return new NamedLookup<>(name -> table(schema, name)) {
        @Override
        public Set<String> getNames(LikePattern pattern) {
          Set<String> tables = new TreeSet<>();
          if (!schema.isEmpty()) {
            resolver.tables(schema).forEach(table -> tables.add(table.name()));
          }
          return tables;
        }
      };
    }

    @Override
    public Lookup<? extends Schema> subSchemas() {
      return new NamedLookup<Schema>(this::subSchema) {
        @Override
        public Set<String> getNames(LikePattern pattern) {
          Set<String> children = new TreeSet<>();
          for (Namespace candidate : resolver.schemas()) {
            if (isBelow(candidate)) {
              children.add(candidate.level(schema.length()));
            }
          }
          return children;
        }
      };
    }

    private @Nullable Schema subSchema(String name) {
      String insensitive = null;
      for (Namespace candidate : resolver.schemas()) {
        if (isBelow(candidate)) {
          String child = candidate.level(schema.length());
          if (child.equals(name)) {
            return new Level(child(child));
          }
          if (child.equalsIgnoreCase(name)) {
            insensitive = child;
          }
        }
      }
      if (insensitive == null
          && schema.isEmpty()
          && name.equalsIgnoreCase(InformationSchema.NAME)) {
        return new Level(Namespace.of(InformationSchema.NAME));
      }
      if (insensitive == null
          && schema.isEmpty()
          && name.equalsIgnoreCase(resolver.catalogName())) {
        return this;
      }
      return insensitive == null ? null : new Level(child(insensitive));
    }

    private Namespace child(String name) {
      return Namespace.of(parts(schema, name));
    }

    private boolean isBelow(Namespace candidate) {
      if (candidate.length() <= schema.length()) {
        return false;
      }
      for (int i = 0; i < schema.length(); i++) {
        if (!candidate.level(i).equals(schema.level(i))) {
          return false;
        }
      }
      return true;
    }
  }

  /** A lookup that finds names whatever their case, exact first. */
  private abstract static class NamedLookup<T> implements Lookup<T> {
    private final java.util.function.Function<String, @Nullable T> finder;

    NamedLookup(java.util.function.Function<String, @Nullable T> finder) {
      this.finder = finder;
    }

    @Override
    public @Nullable T get(String name) {
      return finder.apply(name);
    }

    @Override
    public @Nullable Named<T> getIgnoreCase(String name) {
      T found = finder.apply(name);
      return found == null ? null : new Named<>(name, found);
    }
  }
}
